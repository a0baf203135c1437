"""Django's record of this app."""

from django.apps import AppConfig


class BackupsConfig(AppConfig):
    name = "backups"

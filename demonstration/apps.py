"""Django's record of this app."""

from django.apps import AppConfig


class DemonstrationConfig(AppConfig):
    name = "demonstration"

"""Django's record of this app."""

from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    name = "orgs"
    default_auto_field = "django.db.models.BigAutoField"

"""Django's record of this app; lends Django's translations to the spreadsheets floor, which is independent of Django."""

from django.apps import AppConfig
from django.utils.translation import gettext

from spreadsheets import messages


class ReportsConfig(AppConfig):
    name = "reports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        messages.speak_with(gettext)

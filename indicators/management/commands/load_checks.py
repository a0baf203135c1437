"""manage.py load_checks FILE: check rules of forms, from a table."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from indicators.loading.checks import load_checks
from indicators.loading.columns import CHECKS
from orgs.loading.result import Loaded
from orgs.management.loader_command import LoaderCommand
from orgs.models import User
from spreadsheets.tables import Table


class Command(LoaderCommand):
    help = _("Load check rules of forms.")
    title = _("Checks")
    columns = CHECKS

    def load(self, table: Table, *, by: User, at: datetime, options: dict) -> Loaded:
        return load_checks(table, by=by, at=at)

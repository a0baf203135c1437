"""manage.py load_forms FILE: forms with their heads and lines, from a table."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from indicators.loading.columns import FORMS
from indicators.loading.forms import load_forms
from orgs.loading.result import Loaded
from orgs.management.loader_command import LoaderCommand
from orgs.models import User
from spreadsheets.tables import Table


class Command(LoaderCommand):
    help = _("Load forms with their heads and lines.")
    title = _("Forms")
    columns = FORMS

    def load(self, table: Table, *, by: User, at: datetime, options: dict) -> Loaded:
        return load_forms(table, by=by, at=at)

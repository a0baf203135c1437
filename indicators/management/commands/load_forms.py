"""manage.py load_forms FILE: forms with their heads and lines, from a table."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from indicators.loading.forms import load_forms
from indicators.loading.noted import Noted
from orgs.management.loading import LoaderCommand
from orgs.models import User
from spreadsheets.tables import Table


class Command(LoaderCommand):
    help = _("Load forms with their heads and lines.")

    def load(self, table: Table, *, by: User, at: datetime, options: dict) -> Noted:
        return load_forms(table, by=by, at=at)

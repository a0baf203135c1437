"""manage.py load_catalogue FILE: indicators with their definitions, breakdowns and checks, from a table."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from indicators.loading.catalogue import load_catalogue
from indicators.loading.noted import Noted
from orgs.management.loading import LoaderCommand
from orgs.models import User
from spreadsheets.tables import Table


class Command(LoaderCommand):
    help = _("Load a catalogue of indicators with their definitions.")

    def load(self, table: Table, *, by: User, at: datetime, options: dict) -> Noted:
        return load_catalogue(table, by=by, at=at)

"""manage.py load_catalogue FILE: indicators with their definitions, breakdowns and checks, from a table."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from indicators.loading.catalogue import load_catalogue
from indicators.loading.columns import CATALOGUE
from orgs.loading.result import Loaded
from orgs.management.loader_command import LoaderCommand
from orgs.models import User
from spreadsheets.tables import Table


class Command(LoaderCommand):
    help = _("Load a catalogue of indicators with their definitions.")
    title = _("Indicators")
    columns = CATALOGUE
    from_help = _("the day from which new indicators hold, where the file does not say it")

    def load(self, table: Table, *, by: User, at: datetime, options: dict) -> Loaded:
        return load_catalogue(table, by=by, at=at, since=options["since"])

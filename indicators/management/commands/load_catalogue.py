"""manage.py load_catalogue FILE [--org CODE]: indicators with their definitions, breakdowns and checks, from a table."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from indicators.loading.catalogue import load_catalogue
from indicators.loading.columns import CATALOGUE
from indicators.management.definition_loader import OwnedLoaderCommand
from orgs.loading.result import Loaded
from orgs.models import Organization, User
from spreadsheets.tables import Table


class Command(OwnedLoaderCommand):
    help = _("Load a catalogue of indicators with their definitions.")
    title = _("Indicators")
    columns = CATALOGUE
    from_help = _("the day from which new indicators hold, where the file does not say it")

    def load_owned(self, table: Table, *, by: User, at: datetime, owner: Organization | None, options: dict) -> Loaded:
        return load_catalogue(table, by=by, at=at, since=options["since"], owner=owner)

"""manage.py load_orgs FILE: organizations and their places over time, from a table."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from orgs.loading.org_columns import COLUMNS
from orgs.loading.orgs import load_orgs
from orgs.loading.result import Loaded
from orgs.management.loader_command import LoaderCommand
from orgs.models import User
from spreadsheets.tables import Table


class Command(LoaderCommand):
    help = _("Load organizations and their places over time.")
    title = _("Organizations")
    columns = COLUMNS
    from_help = _("the day from which a new place, a closing or another name holds whose row says no day")

    def load(self, table: Table, *, by: User, at: datetime, options: dict) -> Loaded:
        return load_orgs(table, by=by, at=at, since=options["since"])

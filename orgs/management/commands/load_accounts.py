"""manage.py load_accounts FILE: people and their posts, from a table; prints first passwords once."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from orgs.loading.accounts import COLUMNS, load_accounts
from orgs.loading.result import Loaded
from orgs.management.loader_command import LoaderCommand
from orgs.models import User
from spreadsheets.tables import Table


class Command(LoaderCommand):
    help = _("Load accounts and their posts; first passwords are printed once.")
    title = _("Accounts")
    columns = COLUMNS

    def load(self, table: Table, *, by: User, at: datetime, options: dict) -> Loaded:
        return load_accounts(table, by=by, at=at)

"""manage.py load_checks FILE [--org CODE]: check rules of forms, from a table."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from indicators.loading.checks import load_checks
from indicators.loading.columns import CHECKS
from indicators.management.definition_loader import OwnedLoaderCommand
from orgs.loading.result import Loaded
from orgs.models import Organization, User
from spreadsheets.tables import Table


class Command(OwnedLoaderCommand):
    help = _("Load check rules of forms.")
    title = _("Checks")
    columns = CHECKS

    def load_owned(self, table: Table, *, by: User, at: datetime, owner: Organization | None, options: dict) -> Loaded:
        return load_checks(table, by=by, at=at, owner=owner)

"""manage.py load_forms FILE [--org CODE]: forms with their heads and lines, from a table."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from indicators.loading.columns import FORMS
from indicators.loading.forms import load_forms
from indicators.management.definition_loader import OwnedLoaderCommand
from orgs.loading.result import Loaded
from orgs.models import Organization, User
from spreadsheets.tables import Table


class Command(OwnedLoaderCommand):
    help = _("Load forms with their heads and lines.")
    title = _("Forms")
    columns = FORMS

    def load_owned(self, table: Table, *, by: User, at: datetime, owner: Organization | None, options: dict) -> Loaded:
        return load_forms(table, by=by, at=at, owner=owner)

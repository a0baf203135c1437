"""`load_calendar FILE [--org CODE]`: a county's own days off and make-up days, from a table."""

from datetime import datetime

from django.core.management.base import CommandError
from django.utils.translation import gettext_lazy as _

from orgs.loading.result import Loaded
from orgs.management.loader_command import LoaderCommand
from orgs.models import User
from orgs.tree.queries import UnknownOrganization, county_named
from spreadsheets.tables import Table
from submissions.tasks.calendar.loading import COLUMNS, load_calendar


class Command(LoaderCommand):
    help = _("Load days off and make-up days of a county; a due date on a day off moves on to the next working day.")

    title = _("Calendar")
    columns = COLUMNS

    def add_options(self, parser) -> None:
        parser.add_argument("--org", metavar="ORG", help=_("the county; needed where there are several"))

    def load(self, table: Table, *, by: User, at: datetime, options: dict) -> Loaded:
        try:
            county = county_named(options["org"] or "")
        except UnknownOrganization as error:
            raise CommandError(f"--org: {error}") from error
        return load_calendar(table, county=county, by=by, at=at)

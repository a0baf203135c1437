"""manage.py load_figures FILE [--state draft|submitted|approved]: figures from a table, as the system operator."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from orgs.loading.result import Loaded
from orgs.management.loader_command import LoaderCommand
from orgs.models import User
from spreadsheets.tables import Table
from submissions.choices import State
from submissions.imports.loading.columns import COLUMNS
from submissions.imports.loading.figures import STATES, load_figures


class Command(LoaderCommand):
    help = _("Load figures, send them in and approve them, as the system operator.")

    title = _("Figures")
    columns = COLUMNS

    def add_options(self, parser) -> None:
        parser.add_argument(
            "--state",
            choices=[str(state) for state in STATES],
            default=str(State.SUBMITTED),
            help=_("how far the reports are brought"),
        )

    def load(self, table: Table, *, by: User, at: datetime, options: dict) -> Loaded:
        loaded = load_figures(table, by=by, at=at, upto=State(options["state"]))
        for notice in loaded.notices:
            self.stderr.write(notice)
        return loaded

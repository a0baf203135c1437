"""manage.py correct FILE --reason TEXT: corrects approved reports from a table, as the system operator."""

from datetime import datetime

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orgs.loading.result import Loaded
from orgs.management.loader_command import LoaderCommand
from orgs.models import User
from spreadsheets.tables import Table
from submissions.corrections.loading import correct_figures
from submissions.imports.loading.columns import COLUMNS


class Command(LoaderCommand):
    help = gettext_lazy("Correct figures of approved reports, as the system operator: the old value stays readable.")

    title = gettext_lazy("Corrections")
    columns = COLUMNS

    def add_options(self, parser) -> None:
        parser.add_argument("--reason", metavar="TEXT", default="", help=gettext_lazy("why the figures are corrected (needed)"))
        parser.add_argument("--evidence", metavar="TEXT", default="", help=gettext_lazy("the paper that it rests on"))

    def load(self, table: Table, *, by: User, at: datetime, options: dict) -> Loaded:
        reason = options["reason"].strip()
        if not reason:
            raise CommandError(_("A correction needs its reason: correct FILE --reason TEXT."))
        return correct_figures(table, reason=reason, evidence=options["evidence"].strip(), by=by, at=at)

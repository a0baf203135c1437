"""`flat --period P[,P] --org CODE --out FILE.csv|.xlsx`: one row per value, for other programs; see docs/flat-data.md."""

from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.origin import origin
from indicators.periods import BadPeriod, read_periods
from orgs.accounts.accounts import system_operator
from orgs.management.operator_command import OperatorCommand
from orgs.management.output_files import path_to_write, write_whole
from orgs.tree.queries import UnknownOrganization, organization_named
from reports.figures.output.cells import APPROVED, BASES
from reports.flat.files import CSV, WORKBOOK, FlatRequest, take_flat
from reports.tables.export import NothingToExport


class Command(OperatorCommand):
    """Writes the file and says how many rows it has, and its digest."""

    help = gettext_lazy("Write one row per reported value, for other programs.")

    def add_arguments(self, parser):
        parser.add_argument("--period", required=True, metavar="PERIODS", help=gettext_lazy("the periods asked for"))
        parser.add_argument(
            "--org", required=True, metavar="ORG", help=gettext_lazy("the organization asked for, with all below it")
        )
        parser.add_argument("--out", required=True, metavar="FILE.csv|FILE.xlsx", help=gettext_lazy("the file to write"))
        parser.add_argument("--form", default="", metavar="FORM", help=gettext_lazy("only this form"))
        parser.add_argument(
            "--basis", choices=BASES, default=APPROVED, help=gettext_lazy("count approved reports, or all that were sent in")
        )

    def handle(self, *, out, form, basis, **options):
        path = path_to_write(out, (CSV, WORKBOOK))
        try:
            periods = tuple(read_periods(options["period"]))
            asked = FlatRequest(periods, organization_named(options["org"]), form, basis)
            with origin(channel="command:flat"):
                made = take_flat(asked, path.suffix.lower(), by=system_operator(), at=timezone.now())
        except (BadPeriod, NothingToExport, UnknownOrganization) as error:
            raise CommandError(str(error)) from error
        with made.file:
            write_whole(path, made.file)
        sentence = _("%(out)s written, %(rows)s rows, digest %(digest)s.")
        self.stdout.write(sentence % {"out": out, "rows": made.rows, "digest": made.digest})

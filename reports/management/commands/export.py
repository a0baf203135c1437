"""`export LAYOUT --period P --org CODE --out FILE.xlsx`, or `export all … --out FILE.zip`: printed tables; see docs/commands.md."""

from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.origin import origin
from indicators.periods import BadPeriod, read_period
from orgs.accounts.accounts import system_operator
from orgs.management.operator_command import OperatorCommand
from orgs.management.output_files import path_to_write, write_whole
from orgs.tree.queries import UnknownOrganization, organization_named
from reports.figures.output.cells import BASES
from reports.figures.plan.query_plan import BadQuestion
from reports.figures.sums.aggregation import NOW, THEN
from reports.tables.archive import ALL, export_all
from reports.tables.export import Exported, NothingToExport, Options, UnknownLayout, export
from reports.tables.layouts.definition import Rounding


class Command(OperatorCommand):
    """Writes a workbook, or a zip of all layouts, and says its digest."""

    help = gettext_lazy("Write a printed table as a workbook, or all that apply as a zip.")

    def add_arguments(self, parser):
        parser.add_argument(
            "layout", metavar="LAYOUT", help=gettext_lazy("R1 to R14, the code of a layout of the county, or all")
        )
        parser.add_argument("--period", required=True, metavar="PERIOD", help=gettext_lazy("the period asked for"))
        parser.add_argument(
            "--org", required=True, metavar="ORG", help=gettext_lazy("the organization asked for, with all below it")
        )
        parser.add_argument("--out", required=True, metavar="FILE.xlsx", help=gettext_lazy("the file to write"))
        parser.add_argument("--form", default="", metavar="FORM", help=gettext_lazy("only this form"))
        parser.add_argument(
            "--basis", choices=BASES, default="", help=gettext_lazy("count approved reports, or all that were sent in")
        )
        parser.add_argument(
            "--tree", choices=(THEN, NOW), default=THEN, help=gettext_lazy("add up under the tree of then, or of today")
        )
        parser.add_argument("--formulas", action="store_true", help=gettext_lazy("totals as formulas with the same results"))
        parser.add_argument(
            "--all",
            action="store_true",
            dest="with_settled",
            help=gettext_lazy("R12: every report, not only those to be chased"),
        )
        parser.add_argument("--balanced", action="store_true", help=gettext_lazy("printed parts adjusted to add up (舍位平衡)"))

    def handle(self, *, layout, out, form, basis, tree, formulas, balanced, with_settled, **options):
        path = path_to_write(out, (".zip" if layout == ALL else ".xlsx",))
        try:
            with origin(channel="command:export"):
                asked = Options(basis, tree, formulas, Rounding.BALANCED if balanced else None, with_settled)
                made = _made(
                    layout, asked, form=form, period=read_period(options["period"]), org=organization_named(options["org"]),
                    by=system_operator(), at=timezone.now(),
                )  # fmt: skip
        except (BadPeriod, BadQuestion, NothingToExport, UnknownLayout, UnknownOrganization) as error:
            raise CommandError(str(error)) from error
        write_whole(path, made.content)
        self.stdout.write(_("%(out)s written, digest %(digest)s.") % {"out": out, "digest": made.digest})


def _made(layout: str, options: Options, **wanted) -> Exported:
    if layout == ALL:
        return export_all(options=options, **wanted)
    return export(
        layout, basis=options.basis, tree=options.tree, with_formulas=options.with_formulas, rounding=options.rounding,
        with_settled=options.with_settled, **wanted,
    )  # fmt: skip

"""`export LAYOUT --period P --org CODE --out FILE.xlsx`, or `export all … --out FILE.zip`: printed tables; see docs/commands.md."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.origin import origin
from indicators.periods import BadPeriod, read_period
from orgs.actions.accounts import system_operator
from orgs.management.writing import path_to_write, write_whole
from orgs.queries import UnknownOrganization, organization_named
from reports.asking import BadQuestion
from reports.cells import BASES
from reports.exporting import Exported, NothingToExport, Options, UnknownLayout, export
from reports.gathering import NOW, THEN
from reports.layouts.definition import Rounding
from reports.packing import ALL, export_all


class Command(BaseCommand):
    """Writes a workbook, or a zip of all layouts, and says its digest."""

    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("layout", metavar="LAYOUT")
        parser.add_argument("--period", required=True)
        parser.add_argument("--org", required=True)
        parser.add_argument("--out", required=True, metavar="FILE.xlsx")
        parser.add_argument("--form", default="")
        parser.add_argument("--basis", choices=BASES, default="")
        parser.add_argument("--tree", choices=(THEN, NOW), default=THEN)
        parser.add_argument("--formulas", action="store_true", help="totals as formulas with the same results")
        parser.add_argument(
            "--all", action="store_true", dest="with_settled", help="R12: every report, not only those to be chased"
        )
        parser.add_argument("--balanced", action="store_true", help="printed parts adjusted to add up (舍位平衡)")

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

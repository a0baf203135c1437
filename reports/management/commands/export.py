"""`export LAYOUT --period P --org CODE --out FILE.xlsx`, or `export all … --out FILE.zip`: printed tables; see docs/commands.md."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.origin import origin
from indicators.periods import BadPeriod, read_period
from orgs.actions.accounts import system_operator
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
        parser.add_argument("--balanced", action="store_true", help="printed parts adjusted to add up (舍位平衡)")

    def handle(self, *, layout, out, form, basis, tree, formulas, balanced, **options):
        path, ending = Path(out), ".zip" if layout == ALL else ".xlsx"
        if path.suffix.lower() != ending or not path.parent.is_dir():
            raise CommandError(
                _("--out: %(out)s: name a %(ending)s file in a folder that exists.") % {"out": out, "ending": ending}
            )
        try:
            with origin(channel="command:export"):
                made = _made(
                    layout, Options(basis, tree, formulas, Rounding.BALANCED if balanced else None), form=form,
                    period=read_period(options["period"]), org=organization_named(options["org"]), by=system_operator(),
                    at=timezone.now(),
                )  # fmt: skip
        except (BadPeriod, BadQuestion, NothingToExport, UnknownLayout, UnknownOrganization) as error:
            raise CommandError(str(error)) from error
        _write(path, made.content)
        self.stdout.write(_("%(out)s written, digest %(digest)s.") % {"out": out, "digest": made.digest})


def _made(layout: str, options: Options, **wanted) -> Exported:
    if layout == ALL:
        return export_all(options=options, **wanted)
    return export(
        layout, basis=options.basis, tree=options.tree, with_formulas=options.with_formulas, rounding=options.rounding, **wanted
    )


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all."""
    unfinished = path.with_name(f"{path.name}.part")
    try:
        unfinished.write_bytes(content)
        unfinished.replace(path)
    except OSError as error:
        raise CommandError(
            _("--out: %(out)s can not be written: %(reason)s.") % {"out": path, "reason": error.strerror}
        ) from error
    finally:
        unfinished.unlink(missing_ok=True)

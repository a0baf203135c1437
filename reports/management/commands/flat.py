"""`flat --period P[,P] --org CODE --out FILE.csv|.xlsx`: one row per value, for other programs; see docs/flat-data.md."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.origin import origin
from indicators.periods import BadPeriod, read_period
from orgs.actions.accounts import system_operator
from orgs.management.writing import path_to_write, write_whole
from orgs.queries import UnknownOrganization, organization_named
from reports.cells import APPROVED, BASES
from reports.exporting import NothingToExport
from reports.flat_files import CSV, WORKBOOK, Asked, take_flat


class Command(BaseCommand):
    """Writes the file and says how many rows it has, and its digest."""

    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--period", required=True, metavar="P[,P…]")
        parser.add_argument("--org", required=True)
        parser.add_argument("--out", required=True, metavar="FILE.csv|FILE.xlsx")
        parser.add_argument("--form", default="")
        parser.add_argument("--basis", choices=BASES, default=APPROVED)

    def handle(self, *, out, form, basis, **options):
        path = path_to_write(out, (CSV, WORKBOOK))
        try:
            periods = tuple(dict.fromkeys(read_period(text) for text in options["period"].split(",")))
            asked = Asked(periods, organization_named(options["org"]), form, basis)
            with origin(channel="command:flat"):
                made = take_flat(asked, path.suffix.lower(), by=system_operator(), at=timezone.now())
        except (BadPeriod, NothingToExport, UnknownOrganization) as error:
            raise CommandError(str(error)) from error
        with made.file:
            write_whole(path, made.file)
        said = _("%(out)s written, %(rows)s rows, digest %(digest)s.")
        self.stdout.write(said % {"out": out, "rows": made.rows, "digest": made.digest})

"""`fill_template NAME --period P --org CODE --out FILE.xlsx`: fills a bound table, lists what did not fit; see docs/commands.md."""

from pathlib import PurePath

from django.core.management.base import CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.origin import origin
from indicators.periods import BadPeriod, read_period
from orgs.accounts.accounts import system_operator
from orgs.management.operator_command import OperatorCommand
from orgs.management.output_files import path_to_write, write_whole
from orgs.models import Organization
from orgs.tree.queries import UnknownOrganization, organization_named
from reports.external.actions import confirm_likely
from reports.external.bindings.queries import kept_of, tables_of
from reports.external.filling.contradictions import Contradicted
from reports.external.filling.workbook import Filled, fill
from reports.figures.output.cells import APPROVED, BASES
from reports.figures.sums.aggregation import NOW, THEN
from reports.models import UpperTable
from spreadsheets.read.workbook import Unreadable


class Command(OperatorCommand):
    """Writes the filled file and says its digest; a line per figure that did not fit."""

    help = gettext_lazy("Fill a bound table of an upper level and list what did not fit.")

    def add_arguments(self, parser):
        parser.add_argument("name", metavar="NAME", help=gettext_lazy("what the table is called here"))
        parser.add_argument("--period", required=True, metavar="PERIOD", help=gettext_lazy("the period asked for"))
        parser.add_argument(
            "--org", required=True, metavar="ORG", help=gettext_lazy("the organization asked for, with all below it")
        )
        parser.add_argument("--out", required=True, metavar="FILE.xlsx", help=gettext_lazy("the file to write"))
        parser.add_argument(
            "--basis", choices=BASES, default=APPROVED, help=gettext_lazy("count approved reports, or all that were sent in")
        )
        parser.add_argument(
            "--tree", choices=(THEN, NOW), default=THEN, help=gettext_lazy("add up under the tree of then, or of today")
        )
        parser.add_argument(
            "--confirm-likely", action="store_true", help=gettext_lazy("fill what is only likely too: you answer for it")
        )

    def handle(self, *, name, out, basis, tree, **options):
        path = path_to_write(out, (".xlsx", ".xlsm"))
        try:
            period, org = read_period(options["period"]), organization_named(options["org"])
            table = _table(name, org)
            _check_ending(table, path)
            with origin(channel="command:fill_template"), transaction.atomic():
                if options["confirm_likely"]:
                    confirm_likely(table=table, by=system_operator(), at=timezone.now())
                made = fill(table, period=period, org=org, basis=basis, tree=tree, by=system_operator(), at=timezone.now())
        except (BadPeriod, UnknownOrganization) as error:
            raise CommandError(str(error)) from error
        except Contradicted as error:
            raise CommandError(str(error)) from error
        except Unreadable as error:
            raise CommandError(f"{name}: {error.sentence}") from error
        write_whole(path, made.content)
        self._tell(out, made)

    def _tell(self, out: str, made: Filled) -> None:
        self.stdout.write(_("%(out)s written, digest %(digest)s.") % {"out": out, "digest": made.digest})
        for coverage in made.coverage:
            self.stdout.write(coverage.sentence)
        for misfit in made.misfits:
            figures = "".join(f"\n    {name}: {text or '-'}" for name, text in misfit.figures)
            self.stdout.write(f"- {misfit.sentence}{figures}")


def _table(name: str, org: Organization) -> UpperTable:
    known = {table.name: table for table in tables_of([org.county_id])}
    if name not in known:
        sentence = _("There is no bound table “%(name)s” in the county of %(org)s; there are: %(known)s.")
        raise CommandError(sentence % {"name": name, "org": org.name, "known": "、".join(known) or _("none")})
    return known[name]


def _check_ending(table: UpperTable, path: PurePath) -> None:
    """A workbook with macros opens only under its own ending."""
    ending = PurePath(kept_of(table).edition.file_name).suffix.lower()
    if ending in (".xlsx", ".xlsm") and path.suffix.lower() != ending:
        sentence = _("--out: the table is a %(ending)s file; name the filled one so too.")
        raise CommandError(sentence % {"ending": ending})

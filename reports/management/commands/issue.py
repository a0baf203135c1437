"""`issue LAYOUT --period P --org CODE --title TEXT`, or `issue --next-of RELEASE`: issues a printed table; see docs/commands.md."""

from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.origin import origin
from indicators.periods import BadPeriod, read_period
from orgs.accounts.accounts import system_operator
from orgs.management.operator_command import OperatorCommand
from orgs.tree.queries import UnknownOrganization, county_named, organization_named
from reports.figures.output.cells import BASES
from reports.figures.plan.query_plan import BadQuestion
from reports.figures.sums.aggregation import NOW, THEN
from reports.releases.issuing import Issue, NotIssued, issue
from reports.releases.orders import ReleaseOrder, next_order
from reports.releases.queries import UnknownRelease, release_numbered
from reports.tables.export import NothingToExport, Options, UnknownLayout
from reports.tables.known_layouts import layout_named
from reports.tables.layouts.definition import Rounding

_OF_AN_ORDER = ("layout", "period", "org", "form", "basis", "tree")


class Command(OperatorCommand):
    """Says number, edition and SHA-256 of the release."""

    help = gettext_lazy("Issue a printed table: keep its workbook, its figures and their versions for ever under a number.")

    def add_arguments(self, parser):
        parser.add_argument(
            "layout",
            nargs="?",
            default="",
            metavar="LAYOUT",
            help=gettext_lazy("R1 to R14, or the code of a layout of the county"),
        )
        parser.add_argument("--period", default="", metavar="PERIOD", help=gettext_lazy("the period asked for"))
        parser.add_argument(
            "--org", default="", metavar="ORG", help=gettext_lazy("the organization asked for, with all below it")
        )
        parser.add_argument("--title", default="", help=gettext_lazy("the title that is printed on it"))
        parser.add_argument("--form", default="", metavar="FORM", help=gettext_lazy("only this form"))
        parser.add_argument(
            "--basis", choices=BASES, default="", help=gettext_lazy("count approved reports, or all that were sent in")
        )
        parser.add_argument(
            "--tree", choices=(THEN, NOW), default="", help=gettext_lazy("add up under the tree of then, or of today")
        )
        parser.add_argument("--formulas", action="store_true", help=gettext_lazy("totals as formulas with the same results"))
        parser.add_argument("--balanced", action="store_true", help=gettext_lazy("printed parts adjusted to add up (舍位平衡)"))
        parser.add_argument("--note", default="", help=gettext_lazy("a sentence that is printed on it"))
        parser.add_argument(
            "--incomplete",
            action="store_true",
            help=gettext_lazy("also where expected reports are not approved; it says so on it"),
        )
        parser.add_argument(
            "--next-of", default="", metavar="RELEASE", help=gettext_lazy("the next edition of this release, such as 2026-0007")
        )
        parser.add_argument("--county", default="", metavar="ORG", help=gettext_lazy("the county, where there are several"))

    def handle(self, **options):
        try:
            with origin(channel="command:issue"):
                order = _next(options) if options["next_of"] else _first(options)
                made = issue(order, by=system_operator(), at=timezone.now())
        except NotIssued as refusal:
            raise CommandError(refusal.sentence) from refusal
        except (
            BadPeriod, BadQuestion, NothingToExport, UnknownLayout, UnknownOrganization, UnknownRelease,
        ) as error:  # fmt: skip
            raise CommandError(str(error)) from error
        self.stdout.write(_sentence(made))


def _first(options: dict) -> ReleaseOrder:
    missing = [name for name, value in (("LAYOUT", "layout"), ("--period", "period"), ("--org", "org")) if not options[value]]
    if missing:
        raise CommandError(_("Say also %(missing)s, or --next-of RELEASE.") % {"missing": "、".join(missing)})
    org = organization_named(options["org"])
    rounding = Rounding.BALANCED if options["balanced"] else None
    asked = Options(options["basis"], options["tree"] or THEN, options["formulas"], rounding)
    return ReleaseOrder(
        layout_named(options["layout"], org.county_id), options["form"], read_period(options["period"]), org, asked,
        options["title"], options["note"], options["incomplete"],
    )  # fmt: skip


def _next(options: dict) -> ReleaseOrder:
    given = [name for name in _OF_AN_ORDER if options[name]]
    if given:
        sentence = _("The next edition has what %(release)s has; leave out: %(given)s.")
        raise CommandError(sentence % {"release": options["next_of"], "given": "、".join(given)})
    county = county_named(options["county"]) if options["county"] else None
    release = release_numbered(options["next_of"], county)
    return next_order(
        release, title=options["title"], note=options["note"], accepts_open=options["incomplete"],
        with_formulas=options["formulas"], is_balanced=options["balanced"],
    )  # fmt: skip


def _sentence(made: Issue) -> str:
    release = made.release
    words = {"number": release.number, "edition": release.edition, "sha256": release.sha256}
    if not made.is_new:
        return _("Release %(number)s says this already, nothing was issued; edition %(edition)d, SHA-256 %(sha256)s.") % words
    if release.previous_id:
        words["previous"] = release.previous.number
        return _("Release %(number)s issued, edition %(edition)d after %(previous)s, SHA-256 %(sha256)s.") % words
    return _("Release %(number)s issued, edition %(edition)d, SHA-256 %(sha256)s.") % words

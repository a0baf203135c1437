"""`figures CODE[:item]… --period P[,P…] --org CODE`: prints a Grid as table, CSV or JSON."""

from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext_lazy

from indicators.periods import BadPeriod, read_periods
from orgs.management.operator_command import OperatorCommand
from orgs.moments import one_moment
from orgs.tree.queries import UnknownOrganization, organization_named
from reports.figures.answers.figure_query import figures
from reports.figures.answers.formats import as_csv, as_json, as_table
from reports.figures.answers.records import records
from reports.figures.changes.change import COMPARED
from reports.figures.output.cells import APPROVED, BASES
from reports.figures.plan.query_plan import BadQuestion, read_view
from reports.figures.plan.rows import CHILDREN, GROUPINGS
from reports.figures.sums.aggregation import NOW, THEN


class Command(OperatorCommand):
    """Prints figures with their coverage; see docs/commands.md."""

    help = gettext_lazy("Answer figures with their coverage, as a table, CSV or JSON.")

    def add_arguments(self, parser):
        parser.add_argument(
            "codes", nargs="+", metavar="CODE[:item]", help=gettext_lazy("indicators, or items of their breakdown")
        )
        parser.add_argument("--period", required=True, metavar="PERIODS", help=gettext_lazy("the periods asked for"))
        parser.add_argument(
            "--org", required=True, metavar="ORG", help=gettext_lazy("the organization asked for, with all below it")
        )
        parser.add_argument("--by", choices=GROUPINGS, default=CHILDREN, help=gettext_lazy("what the rows are"))
        parser.add_argument(
            "--basis", choices=BASES, default=APPROVED, help=gettext_lazy("count approved reports, or all that were sent in")
        )
        parser.add_argument("--view", default="period", help=gettext_lazy("period, ytd (the year to date), or since:DATE"))
        parser.add_argument(
            "--tree", choices=(THEN, NOW), default=THEN, help=gettext_lazy("add up under the tree of then, or of today")
        )
        parser.add_argument(
            "--compare", default="", help=gettext_lazy("one or several of prev, same_last_year, year_end, parted by commas")
        )
        parser.add_argument("--records", action="store_true", help=gettext_lazy("add the units' own answers"))
        parser.add_argument(
            "--format", choices=("table", "csv", "json"), default="table", help=gettext_lazy("how it is printed")
        )

    def handle(self, *, codes, format, **options):
        try:
            org = organization_named(options["org"])
            periods = read_periods(options["period"])
            view = read_view(options["view"])
            with one_moment():
                grid = figures(
                    codes, periods=periods, org=org, by=options["by"], basis=options["basis"], view=view,
                    tree=options["tree"], compare=_compared(options["compare"]), with_names=True,
                )  # fmt: skip
                behind = None
                if options["records"]:
                    behind = records(codes, periods=periods, org=org, view=view, today=timezone.localdate())
        except (BadQuestion, BadPeriod, UnknownOrganization) as error:
            raise CommandError(str(error)) from error
        text = as_json(grid, behind) if format == "json" else (as_csv if format == "csv" else as_table)(grid)
        self.stdout.write(text)
        if behind is not None and format != "json":
            self.stdout.writelines("\t".join(str(value) for value in record.values()) + "\n" for record in behind)


def _compared(text: str) -> list[str]:
    names = [name for name in text.split(",") if name]
    unknown = [name for name in names if name not in COMPARED]
    if unknown:
        raise CommandError(f"--compare: {', '.join(unknown)}: choose from {', '.join(COMPARED)}")
    return names

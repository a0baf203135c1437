"""`figures CODE[:item]… --period P[,P…] --org CODE`: prints a Grid as table, CSV or JSON."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from indicators.periods import BadPeriod, read_period
from orgs.queries import UnknownOrganization, organization_named
from reports.asking import BadQuestion, read_view
from reports.cells import APPROVED, BASES
from reports.comparing import COMPARED
from reports.figures import figures
from reports.gathering import NOW, THEN
from reports.presenting import as_csv, as_json, as_table
from reports.records import records
from reports.rows import CHILDREN, GROUPINGS


class Command(BaseCommand):
    """Prints figures with their coverage; see docs/commands.md."""

    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("codes", nargs="+", metavar="CODE[:item]")
        parser.add_argument("--period", required=True)
        parser.add_argument("--org", required=True)
        parser.add_argument("--by", choices=GROUPINGS, default=CHILDREN)
        parser.add_argument("--basis", choices=BASES, default=APPROVED)
        parser.add_argument("--view", default="period")
        parser.add_argument("--tree", choices=(THEN, NOW), default=THEN)
        parser.add_argument("--compare", default="")
        parser.add_argument("--records", action="store_true")
        parser.add_argument("--format", choices=("table", "csv", "json"), default="table")

    def handle(self, *, codes, format, **options):
        try:
            org = organization_named(options["org"])
            periods = [read_period(text) for text in options["period"].split(",")]
            view = read_view(options["view"])
            grid = figures(
                codes, periods=periods, org=org, by=options["by"], basis=options["basis"], view=view,
                tree=options["tree"], compare=_compared(options["compare"]), with_names=True,
            )  # fmt: skip
            behind = None
            if options["records"]:
                behind = records(codes, periods=periods, org=org, view=view, today=timezone.localdate())
        except (BadQuestion, BadPeriod, UnknownOrganization) as error:
            raise CommandError(str(error)) from error
        said = as_json(grid, behind) if format == "json" else (as_csv if format == "csv" else as_table)(grid)
        self.stdout.write(said)
        if behind is not None and format != "json":
            self.stdout.writelines("\t".join(str(value) for value in record.values()) + "\n" for record in behind)


def _compared(text: str) -> list[str]:
    names = [name for name in text.split(",") if name]
    unknown = [name for name in names if name not in COMPARED]
    if unknown:
        raise CommandError(f"--compare: {', '.join(unknown)}: choose from {', '.join(COMPARED)}")
    return names

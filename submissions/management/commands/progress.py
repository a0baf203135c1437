"""`progress FORM PERIOD --org CODE`: who was expected and what came, as a table, CSV or JSON."""

import csv
import io
import json
from dataclasses import asdict

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from indicators.periods import BadPeriod, Period, read_period
from orgs.management.operator_command import OperatorCommand
from orgs.models import Organization
from orgs.moments import one_moment
from orgs.tree.queries import UnknownOrganization, organization_named
from spreadsheets.safe_text import comma_text
from submissions.models import Task
from submissions.tasks.progress import CHILDREN, GROUPINGS
from submissions.tasks.queries import missing_units, progress_rows, tasks_of

MISSING = "missing"


class Command(OperatorCommand):
    """Prints the progress of one task; `--list missing` names the units that have not sent."""

    help = gettext_lazy("Say who was expected to report and what came.")

    def add_arguments(self, parser):
        parser.add_argument("form", metavar="FORM", help=gettext_lazy("the form asked for"))
        parser.add_argument("period", metavar="PERIOD", help=gettext_lazy("the period asked for"))
        parser.add_argument(
            "--org", required=True, metavar="ORG", help=gettext_lazy("the organization asked for, with all below it")
        )
        parser.add_argument("--by", choices=GROUPINGS, default=CHILDREN, help=gettext_lazy("what the rows are"))
        parser.add_argument("--list", choices=(MISSING,), help=gettext_lazy("name the units that have not sent"))
        parser.add_argument(
            "--format", choices=("table", "csv", "json"), default="table", help=gettext_lazy("how it is printed")
        )

    def handle(self, *, form, period, org, by, format, **options):
        try:
            top, parsed_period = organization_named(org), read_period(period)
        except (BadPeriod, UnknownOrganization) as error:
            raise CommandError(str(error)) from error
        with one_moment():
            tasks = _tasks(form, parsed_period, top)
            rows = _missing(tasks, top) if options["list"] == MISSING else _progress(tasks, top, by)
        self.stdout.write({"table": _table, "csv": _csv, "json": _json}[format](rows))


def _tasks(form: str, period: Period, top: Organization) -> list[Task]:
    tasks = tasks_of(form, str(period), top)
    if not tasks:
        raise CommandError(
            _("No task of form “%(form)s” is open for %(period)s at %(org)s; open it with open_task.")
            % {"form": form, "period": period, "org": top.code}
        )
    return tasks


def _progress(tasks: list[Task], top: Organization, by: str) -> list[dict]:
    return [
        {"org": row.code, "name": row.name, "kind": row.kind, **asdict(row.progress)} for row in progress_rows(tasks, top, by)
    ]


def _missing(tasks: list[Task], top: Organization) -> list[dict]:
    return [
        {
            "org": unit.organization.code, "name": unit.organization.name, "state": unit.state,
            "contact": unit.organization.contact, "telephone": unit.organization.telephone,
        }
        for unit in missing_units(tasks, top)
    ]  # fmt: skip


def _table(rows: list[dict]) -> str:
    """Columns as wide as their widest text, parted by two spaces."""
    lines = [[str(value) for value in row] for row in ([rows[0].keys(), *(row.values() for row in rows)] if rows else [])]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join("  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip() for line in lines)


def _csv(rows: list[dict]) -> str:
    if not rows:
        return ""
    text = io.StringIO()
    writer = csv.DictWriter(text, rows[0], lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: comma_text(str(value)) for name, value in row.items()} for row in rows)
    return text.getvalue().rstrip("\n")


def _json(rows: list[dict]) -> str:
    return json.dumps({"rows": rows}, ensure_ascii=False, indent=1)

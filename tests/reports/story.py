"""A county of a test, loaded from tables with the operator's commands: organizations, forms, tasks, figures, reports."""

import json
from copy import copy
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path

from django.core.management import call_command

from indicators.periods import read_period
from orgs.tree.queries import organization_named
from submissions.tasks.queries import counties_asked
from tests.factories.submissions import declare_working

ORG_HEAD = "code,name,unit_category,parent_code,district_code,line_code,valid_from,valid_to"
CATALOGUE_HEAD = (
    "code,name_zh,name_en,source,domain,unit,kind,numerator,denominator,disaggregation,org_kinds,frequency,validation"
)
FIGURE_HEAD = "form,period,org_code,indicator_code,item,value"


class Story:
    """Each method is one command; rows are lines of comma text under the usual head."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.printed = self.error_output = ""  # what the last command wrote to stdout and stderr

    def in_folder(self, folder: Path) -> "Story":
        """The same county for one more test, whose files go to a folder of its own."""
        other = copy(self)
        other.folder = folder
        return other

    def _file(self, name: str, head: str, rows) -> str:
        path = self.folder / name
        path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
        return str(path)

    def run(self, *words: str) -> str:
        out, err = StringIO(), StringIO()
        try:
            call_command(*words, stdout=out, stderr=err)
        finally:
            self.printed, self.error_output = out.getvalue(), err.getvalue()
        return self.printed

    def orgs(self, *rows: str) -> None:
        self.run("load_orgs", self._file("orgs.csv", ORG_HEAD, rows))

    def villages(self, *codes: str, parent: str = "T", county: str = "C") -> None:
        """A county, one township, and villages in it."""
        rows = [f"{county},县,county,,,,,", f"{parent},镇,township,{county},,,,"]
        self.orgs(*rows, *(f"{code},{code}村,village,{parent},,,," for code in codes))

    def indicators(self, *rows: str, extra: str = "") -> None:
        """`CODE,name,unit,kind,numerator,denominator,items` plus the columns named in `extra`."""
        full = []
        for row in rows:
            code, name, unit, kind, numerator, denominator, items, *rest = row.split(",")
            cells = [code, name, "", "", "coverage", unit, kind, numerator, denominator, items, "village", "quarter", ""]
            full.append(",".join([*cells, *rest]))
        head = CATALOGUE_HEAD + (f",{extra}" if extra else "")
        self.run("load_catalogue", self._file("catalogue.csv", head, full))

    def form(self, code: str, *indicators: str, frequency: str = "quarter", head: str = "", values: str = "") -> None:
        """A form of these indicators; further columns by `head` with the same `values` on every row."""
        rows = [f"{code},{code}表,{frequency},{indicator}" + (f",{values}" if values else "") for indicator in indicators]
        full = "form,title,frequency,indicator_code" + (f",{head}" if head else "")
        self.run("load_forms", self._file("forms.csv", full, rows))

    def checks(self, *rows: str) -> None:
        self.run("load_checks", self._file("checks.csv", "form,expression,severity,message", rows))

    def open(self, form: str, *periods: str, due: str = "2099-12-31", org: str = "") -> None:
        """Of every county there is, or of one organization."""
        for period in periods:
            for code in [org] if org else [county.code for county in counties_asked(None, read_period(period).last_day)]:
                declare_working(organization_named(code).county, date.fromisoformat(due))
                self.run("open_task", form, period, "--due", due, "--org", code)

    def figures(self, form: str, *rows: str, state: str = "approved") -> None:
        """`period,org,indicator,item,value`."""
        path = self._file("figures.csv", FIGURE_HEAD, [f"{form},{row}" for row in rows])
        self.run("load_figures", path, "--state", state)

    def series(self, form: str, indicator: str, org: str, year: int, *values: str, state: str = "approved") -> None:
        """Quarter by quarter; a value of "" is not reported at all."""
        rows = [f"{year}Q{quarter},{org},{indicator},,{value}" for quarter, value in enumerate(values, start=1) if value != ""]
        self.figures(form, *rows, state=state)

    def ask(self, *codes: str, period: str, org: str = "C", **options: str) -> "Answer":
        words = [part for name, value in options.items() for part in (f"--{name}", value)]
        return Answer(json.loads(self.run("figures", *codes, "--period", period, "--org", org, *words, "--format", "json")))

    def progress(self, form: str, period: str, org: str = "C", **options: str) -> dict[str, dict]:
        words = [part for name, value in options.items() for part in (f"--{name}", value)]
        answer = json.loads(self.run("progress", form, period, "--org", org, *words, "--format", "json"))
        return {row["org"]: row for row in answer["rows"]}


class Answer:
    """The JSON of the figures command, asked by row and column."""

    def __init__(self, data: dict):
        self.data = data

    def rows(self, kind: str = "") -> list[dict]:
        return [row for row in self.data["rows"] if not kind or row["kind"] == kind]

    def cell(self, org: str = "", column: int = 0, kind: str = "") -> dict:
        """The total's cell, or that of a row by code (and kind, where a code has two rows)."""
        found = [row for row in self.data["rows"] if (row["org"] == org if org else row["kind"] == "total")]
        found = [row for row in found if not kind or row["kind"] == kind]
        assert len(found) == 1, [(row["org"], row["kind"]) for row in self.data["rows"]]
        return found[0]["cells"][column]

    def value(self, org: str = "", column: int = 0, kind: str = "") -> Decimal | None:
        value = self.cell(org, column, kind)["value"]
        return None if value is None else Decimal(value)

    def text(self, org: str = "", column: int = 0, kind: str = "") -> str:
        return self.cell(org, column, kind)["text"]

    def coverage(self, org: str = "", column: int = 0) -> tuple[int, int]:
        """Reported of expected."""
        cell = self.cell(org, column)
        return cell["reported"], cell["expected"]

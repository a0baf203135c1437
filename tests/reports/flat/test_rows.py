"""Flat data: the same rows from the database view, as a comma file and as a workbook, and they are what the figures add up."""

import csv
import json
import re
from collections import defaultdict
from decimal import Decimal

import pytest
from django.core.management import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from audit.models import Event
from indicators.periods import read_period
from orgs.models import Organization
from reports.flat.rows import COLUMNS, flat_rows, tasks_asked
from tests.house.files import ROOT
from tests.reports.story import Story

QUARTERS = ("2026Q1", "2026Q2")


@pytest.fixture(scope="module")
def module_county(module_story) -> Story:
    """Two townships, a bureau beside them, a village that moves, one that closes, one whose name looks like a formula."""
    module_story.orgs(
        "C,云岭县,county,,,,,", "T1,青山镇,township,C,,,,", "T2,白沙镇,township,C,,,,", "B,县教育局,department,C,,,,",
        "V1,甲村,village,T1,,,,", "V2,=乙村,village,T2,,,,", "V3,丙村,village,T2,,,,2026-03-31",
        "M,迁村,village,T1,,,,2026-04-30", "M,迁村,village,T2,,,2026-05-01,",
    )  # fmt: skip
    module_story.indicators(
        "A,受理,件,flow,,,甲类;乙“类,sum,0", "S,党员,名,stock,,,,sum,0", "D,增收,万元,flow,,,,sum,4", "K,累计,次,cumulative,,,,sum,0",
        "R,比率,%,ratio,A,S,,ratio,1", extra="org_rule,decimals",
    )  # fmt: skip
    module_story.form("F", "A", "S", "D", "K", "R")
    module_story.open("F", *QUARTERS)
    for period, more in (("2026Q1", 0), ("2026Q2", 3)):
        for unit in ("V1", "M", "B"):
            module_story.figures("F", *(f"{period},{unit},{code},{item},{value}" for code, item, value in (
                ("A", "", 10 + more), ("A", "甲类", 3), ("A", "乙“类", 0), ("S", "", "NA"), ("D", "", "0.0125"), ("K", "", 5 + more),
            )))  # fmt: skip
    module_story.figures("F", "2026Q1,V3,A,,7", "2026Q1,V3,D,,123456789012345.6789")
    module_story.figures("F", "2026Q2,V2,A,,4", "2026Q2,V2,S,,60", state="submitted")
    module_story.figures("F", "2026Q1,V2,A,,99", state="draft")
    return module_story


@pytest.fixture
def county(module_county, db, tmp_path) -> Story:
    return module_county.in_folder(tmp_path)


def taken(county: Story, *periods: str, ending: str = ".csv", org: str = "C", **options: str) -> list[dict]:
    """The rows of a file as texts, "" where a cell is empty."""
    path = county.folder / f"flat{ending}"
    words = [part for name, value in options.items() for part in (f"--{name}", value)]
    county.run("flat", "--period", ",".join(periods), "--org", org, "--out", str(path), *words)
    if ending == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))
    rows = [row for sheet in load_workbook(path).worksheets for row in sheet.iter_rows(min_row=2, values_only=True)]
    return [dict(zip(COLUMNS, ("" if value is None else str(value) for value in row), strict=True)) for row in rows]


def seen(where: str = "1 = 1") -> list[dict]:
    """The rows of the view as texts."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM flat_figures WHERE {where}")
        assert tuple(column.name if hasattr(column, "name") else column[0] for column in cursor.description) == COLUMNS
        return [
            dict(zip(COLUMNS, ("" if value is None else str(value) for value in row), strict=True)) for row in cursor.fetchall()
        ]


def in_order(rows: list[dict]) -> list[tuple]:
    return sorted(tuple(row.values()) for row in rows)


def unguarded(rows: list[dict]) -> list[dict]:
    """Without the apostrophe before what a spreadsheet would take for a formula."""
    return [{name: text.removeprefix("'") for name, text in row.items()} for row in rows]


@pytest.mark.parametrize(("basis", "where"), [("approved", "state = 'approved'"), ("submitted", "1 = 1")])
def test_view_comma_file_and_workbook_hold_the_same_rows(county, basis, where):
    rows = in_order(unguarded(taken(county, *QUARTERS, basis=basis)))
    assert rows == in_order(seen(where))
    assert rows == in_order(taken(county, *QUARTERS, ending=".xlsx", basis=basis))
    assert len(rows) == {"approved": 2 * 3 * 6 + 2, "submitted": 2 * 3 * 6 + 4}[basis]


def test_added_up_they_are_the_figures(county):
    """Every indicator that adds up over units, of every period, and every item."""
    sums: dict[tuple, Decimal] = defaultdict(Decimal)
    for row in taken(county, *QUARTERS):
        if row["value"] and row["over_units"] == "sum" and row["kind"] != "cumulative":
            sums[row["period"], row["indicator"], row["item"]] += Decimal(row["value"])
    keys = ("A", "A:甲类", "A:乙“类", "S", "D")
    for period in QUARTERS:
        answer = county.ask(*keys, period=period, by="self")
        for column, key in enumerate(keys):
            code, _colon, item = key.partition(":")
            assert sums.get((period, code, item)) == answer.value(column=column), (period, key)


def test_townships_added_up_are_the_figures_by_child(county):
    answer = county.ask("A", period="2026Q2")
    sums: dict[str, int] = defaultdict(int)
    for row in taken(county, "2026Q2"):
        if (row["indicator"], row["item"]) == ("A", ""):
            sums[row["township"]] += int(row["value"])
    assert sums == {"T1": 13, "T2": 13, "B": 13}
    assert sums == {code: answer.value(code) for code in ("T1", "T2", "B")}


def test_a_row_says_everything_of_its_value(county):
    row = next(row for row in taken(county, "2026Q2") if (row["org"], row["indicator"], row["item"]) == ("M", "A", "甲类"))
    at = row.pop("approved_at")
    assert at == row.pop("submitted_at")
    assert len(at) == len("2026-07-01 08:00:00")
    assert row == {
        "county": "C", "form": "F", "period": "2026Q2", "period_end": "2026-06-30", "org": "M", "org_name": "迁村",
        "unit_category": "village", "township": "T2", "township_name": "白沙镇", "indicator": "A", "item": "甲类",
        "indicator_name": "受理", "unit": "件", "kind": "flow", "over_units": "sum", "over_time": "sum", "value": "3",
        "is_na": "0", "state": "approved", "version": "1",
    }  # fmt: skip


def test_blank_zero_and_not_applicable_stay_apart(county):
    rows = {(row["org"], row["indicator"], row["item"]): row for row in taken(county, "2026Q1")}
    zero, not_applicable = rows["V1", "A", "乙“类"], rows["V1", "S", ""]
    assert (zero["value"], zero["is_na"]) == ("0", "0")
    assert (not_applicable["value"], not_applicable["is_na"]) == ("", "1")
    assert ("V3", "S", "") not in rows
    assert not any(row["indicator"] == "R" for row in rows.values())


def test_numbers_are_exact_and_are_numbers_in_a_workbook(county):
    values = {(row["org"], row["indicator"]): row["value"] for row in taken(county, "2026Q1")}
    assert values["V3", "D"] == "123456789012345.6789"
    assert values["V1", "D"] == "0.0125"
    taken(county, "2026Q1", ending=".xlsx")
    sheet = load_workbook(county.folder / "flat.xlsx").active
    found = {(row[4], row[9]): row[16] for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert found["V1", "D"] == 0.0125
    assert found["V3", "A"] == 7


def test_a_township_takes_only_its_own(county):
    assert {row["org"] for row in taken(county, *QUARTERS, org="T1", basis="submitted")} == {"V1", "M"}
    assert {(row["org"], row["period"]) for row in taken(county, *QUARTERS, org="T2", basis="submitted")} == {
        ("V3", "2026Q1"), ("V2", "2026Q2"), ("M", "2026Q2"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("frequency", "period"),
    [("week", "2026W01"), ("week", "2026W53"), ("week", "2027W01"), ("month", "2024-02"), ("half", "2026H2"), ("year", "2026")],
)
def test_a_period_ends_on_the_same_day_in_the_view(county, frequency, period):
    county.form("X", "A", frequency=frequency)
    county.open("X", period)
    county.figures("X", f"{period},V1,A,,1")
    assert {row["period_end"] for row in seen(f"period = '{period}'")} == {read_period(period).last_day.isoformat()}
    assert in_order(seen(f"period = '{period}'")) == in_order(taken(county, period))


def test_more_rows_cost_no_more_queries(county):
    def queries() -> int:
        top = Organization.objects.get(code="C")
        with CaptureQueriesContext(
            connection,
        ) as found:
            list(flat_rows(tasks_asked([read_period("2026Q1")], top), top))
        return len(found)

    before = queries()
    county.orgs("T3,新镇,township,C,,,,", *(f"N{number},新{number}村,village,T3,,,," for number in range(9)))
    county.form("G", "A")
    county.open("G", "2026Q1")
    assert queries() == before + 1
    county.figures("G", *(f"2026Q1,N{number},A,,1" for number in range(9)))
    assert queries() == before + 1


def test_it_is_recorded_in_the_audit(county):
    taken(county, "2026Q1", form="F")
    event = Event.objects.get(kind="figures.exported")
    details = json.loads(event.data)
    assert event.organization_id == Organization.objects.get(code="C").id
    assert (details["what"], details["rows"]) == ("flat.csv", 20)
    assert details["asked"] == "period=2026Q1 org=C form=F basis=approved"
    assert details["digest"] in county.printed


def test_the_examples_of_the_documentation_run(county):
    """The first is written for PostgreSQL, the second for SQLite."""
    examples = re.findall(r"```sql\n(SELECT.*?)```", (ROOT / "docs/flat-data.md").read_text(), flags=re.DOTALL)
    assert len(examples) == 2
    statement = examples[0 if connection.vendor == "postgresql" else 1]
    names = {"990101": "C", "基层季01表": "F", "两新季01表": "F", "2026Q3": "2026Q2", "ORG-003": "A", "ORG-002": "K"}
    for theirs, ours in names.items():
        statement = statement.replace(theirs, ours)
    with connection.cursor() as cursor:
        cursor.execute(statement)
        rows = cursor.fetchall()
    if connection.vendor == "postgresql":
        assert ("T1", "青山镇", "A", 33, 3) in rows
    else:
        assert dict(rows) == {"青山镇": 162.5, "白沙镇": 162.5, "县教育局": 162.5}


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--period", "2019Q1", "--out", "x.csv"), "No form was asked of 云岭县 for First quarter of 2019"),
        (("--period", "2026Q1", "--form", "Z", "--out", "x.csv"), "Form Z was not asked of 云岭县"),
        (("--period", "soon", "--out", "x.csv"), "“soon” is not a period"),
        (("--period", "2026Q1", "--out", "x.pdf"), "name a .csv / .xlsx file"),
    ],
)
def test_what_cannot_be_taken_is_a_sentence_and_no_file(county, words, sentence, monkeypatch):
    monkeypatch.chdir(county.folder)
    with pytest.raises(CommandError, match=sentence):
        county.run("flat", "--org", "C", *words)
    assert not list(county.folder.glob("x.*"))
    assert not Event.objects.filter(kind="figures.exported").exists()

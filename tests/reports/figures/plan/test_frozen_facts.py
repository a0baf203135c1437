"""Under `then` a period keeps its facts (T75): category and name of a unit, name, unit and decimals of an indicator; on every face."""

import csv
import io
import json

import pytest
from django.db import connection
from openpyxl import load_workbook

from indicators.periods import read_period
from orgs.models import FormerName, Organization
from reports.figures.answers.records import records
from reports.figures.plan.query_plan import View
from tests.reports.story import ORG_HEAD, Story

Q1, Q4 = "2025Q1", "2026Q4"  # the fourth quarter of 2026 ends after today, whatever today is in these tests
CATALOGUE = "code,name_zh,domain,unit,kind,decimals"


@pytest.fixture(scope="module")
def module_county(module_story) -> Story:
    """A village and a community in a township; then the village becomes a community, and township and village other names."""
    module_story.orgs("C,云岭县,county,,,,,", "T,青山镇,township,C,,,,", "V,甲村,village,T,,,,", "W,乙社区,community,T,,,,")
    module_story.run(
        "load_catalogue",
        module_story._file("catalogue.csv", CATALOGUE, ["A,活动次数,coverage,次,flow,0", "B,金额,coverage,元,flow,2"]),
    )
    module_story.form("F", "A", "B")
    module_story.open("F", Q1)
    module_story.figures("F", f"{Q1},V,A,,5", f"{Q1},W,A,,100", f"{Q1},V,B,,0.25", f"{Q1},W,B,,0.5")
    return module_story


@pytest.fixture
def county(module_county, db, tmp_path) -> Story:
    return module_county.in_folder(tmp_path)


def change(story: Story, *words: str) -> None:
    rows = ["V,甲社区,community,T,,,,", "T,青山街道,street,C,,,,"]
    story.run("load_orgs", story._file("changed.csv", ORG_HEAD, rows), *words)


def by_category(story: Story, **options) -> dict:
    answer = story.ask("A", period=Q1, by="unit_category", **options)
    return {row["org"]: answer.text(row["org"]) for row in answer.rows("group")}


def names(story: Story, by: str = "units", **options) -> dict[str, str]:
    return {row["org"]: row["name"] for row in story.ask("A", period=Q1, by=by, **options).rows()}


def test_t75_the_category_of_then(county):
    before = by_category(county)
    change(county)
    assert before == by_category(county) == {"village": "5", "community": "100"}
    assert by_category(county, tree="now") == {"community": "105"}


def test_the_category_of_the_organization_that_is_asked_itself(county):
    county.run("load_orgs", county._file("own.csv", ORG_HEAD, ["W,乙社区,community,T,,,,"]))
    change(county)
    answer = county.ask("A", period=Q1, by="unit_category", org="V")
    assert [row["org"] for row in answer.rows("group")] in ([], ["village"])


def test_the_names_of_then(county):
    before = names(county), names(county, "children")
    change(county)
    assert (names(county), names(county, "children")) == before
    assert before[0] == {"C": "云岭县", "T": "青山镇", "V": "甲村", "W": "乙社区"}
    assert names(county, tree="now") == {"C": "云岭县", "T": "青山街道", "V": "甲社区", "W": "乙社区"}


def test_the_renamed_organization_itself_is_called_as_then(county):
    change(county)
    assert names(county, "self", org="T") == {"T": "青山镇"}


def test_a_name_holds_from_its_day(county):
    change(county, "--from", "2025-03-31")
    assert names(county)["V"] == "甲社区"
    assert FormerName.objects.get(organization__code="V").until.isoformat() == "2025-03-30"


def test_a_name_that_was_always_wrong_leaves_none_behind(county):
    change(county, "--from", "2000-01-01")
    assert names(county)["V"] == "甲社区"
    assert not FormerName.objects.exists()


def test_a_name_before_another_renaming_is_refused_at_its_row(county):
    change(county, "--from", "2025-06-01")
    with pytest.raises(SystemExit):
        county.run("load_orgs", county._file("again.csv", ORG_HEAD, ["V,丙社区,community,T,,,,"]), "--from", "2025-05-01")
    assert ":2: name: " in county.error_output
    assert "2025-06-01" in county.error_output
    assert Organization.objects.get(code="V").name == "甲社区"


def test_renamed_twice_each_period_has_its_own_name(county):
    change(county, "--from", "2025-06-01")
    county.run("load_orgs", county._file("again.csv", ORG_HEAD, ["V,丙社区,community,T,,,,"]), "--from", "2025-09-01")
    county.open("F", "2025Q2", "2025Q3")
    county.figures("F", "2025Q2,V,A,,1", "2025Q3,V,A,,1")
    names = [
        {row["org"]: row["name"] for row in county.ask("A", period=period, by="units").rows()}["V"]
        for period in (Q1, "2025Q2", "2025Q3")
    ]
    assert names == ["甲村", "甲社区", "丙社区"]


def flat(county: Story) -> set[tuple]:
    path = county.folder / "flat.csv"
    county.run("flat", "--period", Q1, "--org", "C", "--out", str(path))
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {tuple(row[name] for name in FACTS) for row in csv.DictReader(file)}


FACTS = ("org", "org_name", "unit_category", "township_name", "indicator", "indicator_name", "unit", "value")


def seen() -> set[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(FACTS)} FROM flat_figures WHERE period = '{Q1}'")
        return {tuple(map(str, row)) for row in cursor.fetchall()}


def sheet_texts(county: Story, layout: str, **options) -> list[list[str]]:
    path = county.folder / f"{layout}.xlsx"
    words = [part for name, value in options.items() for part in (f"--{name}", value)]
    county.run("export", layout, "--period", Q1, "--org", "C", "--form", "F", "--out", str(path), *words)
    sheets = load_workbook(path).worksheets
    return [[str(cell) for cell in row if cell is not None] for sheet in sheets for row in sheet.iter_rows(values_only=True)]


def test_every_face_says_the_same_before_and_after(county):
    def faces() -> tuple:
        grid = county.run("figures", "A", "B", "--period", Q1, "--org", "C", "--by", "units", "--format", "csv")
        rows = {tuple(row.values()) for row in csv.DictReader(io.StringIO(grid))}
        data = json.loads(
            county.run("figures", "A", "B", "--period", Q1, "--org", "C", "--by", "unit_category", "--format", "json")
        )
        return (
            rows,
            data["rows"],
            data["columns"],
            flat(county),
            seen(),
            sheet_texts(county, "R4")[5:],
            sheet_texts(county, "R3")[5:],
        )

    before = faces()
    change(county)
    county.run(
        "load_catalogue",
        county._file("catalogue.csv", CATALOGUE, ["A,开展活动,coverage,次,flow,0", "B,投入,coverage,元,flow,2"]),
    )
    after = faces()
    assert before[3] == before[4]
    assert {row[:4] for row in before[3]} == {("V", "甲村", "village", "青山镇"), ("W", "乙社区", "community", "青山镇")}
    for was, now in zip(before[:5], after[:5], strict=True):
        assert was == now
    for was, now in zip(before[5:], after[5:], strict=True):  # but for the line that says when it was made
        assert [row for row in was if "制表" not in "".join(row) and "Made" not in "".join(row)] == [
            row for row in now if "制表" not in "".join(row) and "Made" not in "".join(row)
        ]


def test_todays_facts_of_an_indicator_only_under_now(county):
    county.run(
        "load_catalogue",
        county._file("catalogue.csv", CATALOGUE, ["A,开展活动,coverage,次,flow,0", "B,投入,coverage,元,flow,1"]),
    )
    then = county.ask("A", "B", period=Q1)
    now = county.ask("A", "B", period=Q1, tree="now")
    assert [column["name"] for column in then.data["columns"]] == ["活动次数", "金额"]
    assert [column["name"] for column in now.data["columns"]] == ["开展活动", "投入"]
    assert (then.text(column=1), now.text(column=1)) == ("0.75", "0.8")


def test_a_column_over_tasks_that_froze_other_names_says_so(county):
    county.run("load_catalogue", county._file("catalogue.csv", CATALOGUE, ["A,开展活动,coverage,次,flow,0"]))
    county.open("F", "2025Q2")
    county.figures("F", "2025Q2,V,A,,1")
    answer = county.ask("A", period="2025Q2", view="ytd")
    assert answer.data["columns"][0]["name"] == "开展活动"
    assert answer.data["notes"] == ["A 开展活动 stood in First quarter of 2025 as: 活动次数."]
    assert county.ask("A", period="2025Q2").data["notes"] == []


def test_what_stands_behind_the_figures_is_called_as_then(county):
    change(county)
    found = records(
        ["A"], periods=[read_period(Q1)], org=Organization.objects.get(code="C"), view=View(), today=read_period(Q4).last_day
    )
    assert {row["org"]: row["name"] for row in found} == {"V": "甲村", "W": "乙社区"}

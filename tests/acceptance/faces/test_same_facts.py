"""Facts frozen with an approved quarter are the same on every face, before and after a name, decimals or a category changes."""

import csv
import io
import json
import re
from dataclasses import dataclass
from decimal import Decimal

import openpyxl
import pytest

from indicators.values.number_parser import format_figure
from orgs.choices import Role
from orgs.models import Organization
from submissions.models import Submission
from tests.acceptance.faces.cells import markup_rows, plain, text_of_cell
from tests.markup import markup_of
from tests.reports.people import signed_in, text_of
from tests.reports.story import ORG_HEAD, Story

Q = "2025Q1"
CATALOGUE = "code,name_zh,domain,unit,kind,decimals"
THEN = ("A,活动次数,coverage,场,flow,0", "B,活动金额,coverage,元,flow,2")
TODAY = ("A,开展活动,coverage,场,flow,1", "B,投入资金,coverage,元,flow,1")


@dataclass(frozen=True)
class Fact:
    """What a face says of one figure; "" where it does not say it."""

    org: str
    name: str
    key: str
    indicator: str
    unit: str
    text: str


WANTED = {
    Fact("V", "甲村", "A", "活动次数", "场", "5"),
    Fact("V", "甲村", "B", "活动金额", "元", "0.25"),
    Fact("W", "乙社区", "A", "活动次数", "场", "100"),
    Fact("W", "乙社区", "B", "活动金额", "元", "0.50"),
}
CATEGORIES = {"village": "5", "community": "100"}


@pytest.fixture(scope="module")
def module_county(module_story) -> Story:
    """A village and a community, both approved. The tests change the book of today."""
    module_story.orgs("C,云岭县,county,,,,,", "T,青山镇,township,C,,,,", "V,甲村,village,T,,,,", "W,乙社区,community,T,,,,")
    module_story.run("load_catalogue", module_story._file("catalogue.csv", CATALOGUE, THEN))
    module_story.form("F", "A", "B")
    module_story.open("F", Q)
    module_story.figures("F", f"{Q},V,A,,5", f"{Q},W,A,,100", f"{Q},V,B,,0.25", f"{Q},W,B,,0.5")
    return module_story


@pytest.fixture
def county(module_county, db, tmp_path) -> Story:
    return module_county.in_folder(tmp_path)


def rename_indicators(story: Story) -> None:
    story.run("load_catalogue", story._file("catalogue.csv", CATALOGUE, TODAY))


def rename_organizations(story: Story) -> None:
    story.run("load_orgs", story._file("orgs.csv", ORG_HEAD, ["V,甲新村,village,T,,,,", "T,青山街道,township,C,,,,"]))


def change_categories(story: Story) -> None:
    story.run("load_orgs", story._file("orgs.csv", ORG_HEAD, ["V,甲村,community,T,,,,", "T,青山镇,street,C,,,,"]))


def change_all(story: Story) -> None:
    rename_indicators(story)
    story.run("load_orgs", story._file("orgs.csv", ORG_HEAD, ["V,甲社区,community,T,,,,", "T,青山街道,street,C,,,,"]))


# --- what the faces say ---------------------------------------------------------------------------------------------


def by_csv(story: Story) -> set[Fact]:
    text = story.run("figures", "A", "B", "--period", Q, "--org", "C", "--by", "units", "--format", "csv")
    rows = (row for row in csv.DictReader(io.StringIO(text)) if row["kind"] == "unit")
    return {Fact(row["org"], row["name"], row["indicator"], row["indicator_name"], row["unit"], row["text"]) for row in rows}


def by_json(story: Story) -> set[Fact]:
    output = story.run("figures", "A", "B", "--period", Q, "--org", "C", "--by", "units", "--format", "json")
    return _of_grid(json.loads(output))


def by_json_of_the_page(story: Story) -> set[Fact]:
    answer = signed_in(Role.OFFICER, "C").get(f"/figures.json?codes=A+B&period={Q}&by=units")
    return _of_grid(json.loads(answer.content))


def _of_grid(grid: dict) -> set[Fact]:
    return {
        Fact(row["org"], row["name"], column["indicator"], column["name"], column["unit"], cell["text"])
        for row in grid["rows"]
        if row["kind"] == "unit"
        for column, cell in zip(grid["columns"], row["cells"], strict=True)
    }


def by_flat_data(story: Story) -> set[Fact]:
    """Flat data gives the figure itself; the decimals are the layout's."""
    decimals = {"A": 0, "B": 2}
    return {
        Fact(row["org"], row["org_name"], row["indicator"], row["indicator_name"], row["unit"], text)
        for row in flat_rows(story)
        for text in [format_figure(_number(row["value"]), decimals[row["indicator"]])]
    }


def flat_rows(story: Story) -> list[dict]:
    path = story.folder / "flat.csv"
    story.run("flat", "--period", Q, "--org", "C", "--out", str(path))
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _number(text: str) -> Decimal:
    return Decimal(text)


def by_table_page(story: Story) -> set[Fact]:
    body = markup_of(signed_in(Role.OFFICER, "C").get(f"/figures/?codes=A+B&period={Q}&by=units"))
    heads = re.findall(
        r'<span class="wrap2" title="([^"]*)">.*?<span class="quiet">(\S*) <span class="code">(\w+)<', body, flags=re.DOTALL
    )
    return {
        Fact(code, " ".join(name), key, indicator, unit, plain(cell))
        for _row, (head, *cells) in markup_rows(body)
        for *name, code in [plain(head[1]).split()]
        if code in "VW"
        for (indicator, unit, key), (_its, cell) in zip(heads, cells, strict=True)
    }


def by_unit_table(story: Story) -> set[Fact]:
    """R2: names and units of measure in its heads, (unit) on a line of its own."""
    sheet = _exported(story, "R2", "C")
    rows = list(sheet.iter_rows())
    at = next(number for number, row in enumerate(rows) if row[0].value == "甲")
    heads = [re.fullmatch(r"(.*)\n（(.*)）", cell.value).groups() for cell in rows[at - 1][3:5]]
    return {
        Fact(row[2].value, row[1].value, key, indicator, unit, text_of_cell(cell))
        for row in rows[at + 1 :]
        if row[2].value in ("V", "W")
        for key, (indicator, unit), cell in zip("AB", heads, row[3:5], strict=True)
    }


def by_form_of_one_unit(story: Story) -> set[Fact]:
    """R1, with the name of the unit in its head."""
    found = set()
    for org, name in (("V", "甲村"), ("W", "乙社区")):
        sheet = _exported(story, "R1", org)
        printed_name = name if any(name in str(cell.value) for row in sheet.iter_rows(max_row=8) for cell in row) else ""
        found |= {
            Fact(org, printed_name, row[0].value, row[1].value, row[2].value, text_of_cell(row[3]))
            for row in sheet.iter_rows()
            if row[0].value in ("A", "B")
        }
    return found


def _exported(story: Story, layout: str, org: str):
    path = story.folder / f"{layout}.xlsx"
    story.run("export", layout, "--period", Q, "--org", org, "--form", "F", "--out", str(path))
    return openpyxl.load_workbook(path, data_only=True).worksheets[1]


FACES = (by_csv, by_json, by_json_of_the_page, by_flat_data, by_table_page, by_unit_table, by_form_of_one_unit)
CHANGES = (rename_indicators, rename_organizations, change_categories, change_all)


@pytest.mark.parametrize("change", CHANGES)
def test_every_face_says_the_facts_of_then(county, change):
    assert {face.__name__: face(county) for face in FACES} == {face.__name__: WANTED for face in FACES}
    change(county)
    assert {face.__name__: face(county) for face in FACES} == {face.__name__: WANTED for face in FACES}


@pytest.mark.parametrize("change", CHANGES)
def test_categories_are_those_of_then(county, change):
    change(county)
    answer = county.ask("A", period=Q, by="unit_category")
    assert {row["org"]: answer.text(row["org"]) for row in answer.rows("group")} == CATEGORIES
    assert {row["unit_category"]: row["value"] for row in flat_rows(county) if row["indicator"] == "A"} == CATEGORIES
    printed = {row[1].value: row[2].value for row in _exported(county, "R4", "C").iter_rows() if row[1].value}
    assert [figure for _name, figure in printed.items() if figure in (5, 100)] == [5, 100]


@pytest.mark.parametrize("change", CHANGES)
def test_pages_of_the_report_show_names_units_and_decimals_of_then(county, change):
    """Its page and its workbook: the lines of the task. Whose report it is they say by today's name, like all pages of work."""
    report = Submission.objects.get(organization=Organization.objects.get(code="V"))
    client = signed_in(Role.OFFICER, "C")
    before = _lines_of_page(client, report), _lines_of_workbook(county)
    change(county)
    assert (_lines_of_page(client, report), _lines_of_workbook(county)) == before
    assert before[0] == [("活动次数", "场", "5"), ("活动金额", "元", "0.25")]
    assert before[1] == [("A", "活动次数", "场", "5"), ("B", "活动金额", "元", "0.25")]
    assert "开展活动" not in text_of(client.get(f"/submissions/{report.pk}/"))


def _lines_of_page(client, report: Submission) -> list[tuple[str, ...]]:
    body = markup_of(client.get(f"/submissions/{report.pk}/"))
    return [tuple(plain(markup) for _its, markup in cells[:3]) for _row, cells in markup_rows(body) if len(cells) > 1]


def _lines_of_workbook(story: Story) -> list[tuple[str, ...]]:
    path = story.folder / "form.xlsx"
    story.run("form_workbook", "F", Q, "--org", "V", "--out", str(path))
    rows = openpyxl.load_workbook(path, data_only=True).worksheets[0].iter_rows()
    shown = [row for row in rows if row[0].value in ("A", "B")]
    return [(row[0].value, row[2].value, row[3].value, text_of_cell(row[4])) for row in shown]

"""One figure, four faces: page, dashboard, workbook and JSON say the sum of the stored leaf values, after every change (statement 7)."""

import json
import re
from decimal import Decimal

import openpyxl
import pytest

from orgs.choices import Role
from orgs.models import Organization
from submissions.filling.submission_actions import withdraw
from submissions.models import Submission
from submissions.review.actions import approve, send_back
from submissions.tasks.exemptions import exempt, lift
from tests.acceptance.sums.worlds import AT
from tests.factories.orgs import a_user
from tests.factories.submissions import fill, send
from tests.reports.people import client_of, rows_of
from tests.reports.story import Story

Q = "2026Q3"
CODES = ("A", "D", "S")
GIVEN = {
    "V1": ("3", "999999999999999.99", "7"),
    "V2": ("40", "-0.01", "0"),
    "V3": ("500", "12.5", ""),
    "V4": ("6000", "0.07", "9"),
}


@pytest.fixture
def county(story) -> Story:
    """Two townships, four villages; whole numbers, hundredths up to 10^15, a stock with a gap; V4 is a draft, V3 waits."""
    story.orgs(
        "C,云岭县,county,,,,,", "T1,青山镇,township,C,,,,", "T2,白沙镇,township,C,,,,",
        *(f"V{n},V{n}村,village,{'T1' if n < 3 else 'T2'},,,," for n in (1, 2, 3, 4)),
    )  # fmt: skip
    head = "code,name_zh,domain,unit,kind,frequency,validation"
    rows = [
        "A,受理,coverage,件,flow,quarter,int>=0",
        "D,增收,coverage,万元,flow,quarter,decimal(2)",
        "S,党员,coverage,名,stock,quarter,int>=0",
    ]
    story.run("load_catalogue", story._file("c.csv", head, rows))
    story.form("F", *CODES)
    story.open("F", Q)
    for state, units in (("approved", ("V1", "V2")), ("submitted", ("V3",)), ("draft", ("V4",))):
        story.figures(
            "F",
            *(f"{Q},{unit},{code},,{value}" for unit in units for code, value in zip(CODES, GIVEN[unit], strict=True)),
            state=state,
        )
    story.officer = a_user(Role.OFFICER, Organization.objects.get(code="C"))
    story.clerk = a_user(Role.CLERK, Organization.objects.get(code="V3"))
    story.client = client_of(story.officer)
    return story


def stored(basis: str, below: tuple[str, ...]) -> dict[str, Decimal | None]:
    """The plain sum of what stands in the documents."""
    states = ("approved",) if basis == "approved" else ("submitted", "passed", "approved")
    rows = Submission.objects.filter(state__in=states, organization__code__in=below).select_related("standing")
    found = {}
    for code in CODES:
        given = [row.standing.figures[code] for row in rows if code in row.standing.figures]
        found[code] = sum(map(Decimal, given), Decimal(0)) if given else None
    return found


BRANCHES = {"C": ("V1", "V2", "V3", "V4"), "T1": ("V1", "V2"), "T2": ("V3", "V4")}


def number(text: str) -> Decimal | None:
    """The figure at the beginning of a cell; coverage and words after it are not read."""
    found = re.match(r"-?[\d,]*\d(\.\d+)?", text)
    return Decimal(found.group().replace(",", "")) if found else None


def by_command(county, basis: str) -> dict:
    answer = county.ask(*CODES, period=Q, basis=basis)
    return {org: {code: answer.value(org, column) for column, code in enumerate(CODES)} for org in BRANCHES}


def by_json(county, basis: str) -> dict:
    answer = county.client.get(f"/figures.json?codes={'+'.join(CODES)}&period={Q}&basis={basis}")
    rows = json.loads(answer.content)["rows"]
    return {
        row["org"]: dict(zip(CODES, (cell["value"] and Decimal(cell["value"]) for cell in row["cells"]), strict=True))
        for row in rows
    }


def by_table(county, basis: str) -> dict:
    rows = rows_of(county.client.get(f"/figures/?codes={'+'.join(CODES)}&period={Q}&basis={basis}"))
    return {row[0].split()[-1]: dict(zip(CODES, map(number, row[1:]), strict=True)) for row in rows}


def by_dashboard(county, basis: str) -> dict:
    """The rows of the table; its columns are the headline figures, here all there are, in the order of the heads."""
    response = county.client.get(f"/dashboard/?period={Q}&basis={basis}")
    keys = re.findall(r'data-key="([^"]+)"', response.content.decode())
    assert set(keys) == set(CODES)
    names = {"云岭县": "C", "青山镇": "T1", "白沙镇": "T2"}
    rows = rows_of(response, "child-table")
    return {names[row[0]]: dict(zip(keys, map(number, row[-len(keys) :]), strict=True)) for row in rows}


def by_workbook(county, basis: str) -> dict:
    path = county.folder / "summary.xlsx"
    county.run("export", "R2", "--period", Q, "--org", "C", "--form", "F", "--out", str(path), "--basis", basis)
    sheet = openpyxl.load_workbook(path)["F"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_col=3) if row[0].value in BRANCHES]
    return {row[0]: {code: number(str(value)) for code, value in zip(CODES, row[1:], strict=False)} for row in rows}


FACES = (by_command, by_json, by_table, by_dashboard, by_workbook)


def all_agree(county) -> None:
    for basis in ("approved", "submitted"):
        right = {org: stored(basis, below) for org, below in BRANCHES.items()}
        for face in FACES:
            assert face(county, basis) == right, (face.__name__, basis)


def report(unit: str) -> Submission:
    return Submission.objects.select_related("task__form", "organization", "standing").get(organization__code=unit)


def test_every_face_tells_the_stored_sum_after_every_change(county):
    by_officer = {"by": county.officer, "at": AT}
    all_agree(county)
    for step in (
        lambda: approve(submission=report("V3"), version_number=1, **by_officer),
        lambda: send(report("V4"), {"S": 0}, by=county.clerk, at=AT),
        lambda: send_back(submission=report("V4"), version_number=1, reason="请核对", cell_reasons={}, **by_officer),
        lambda: exempt(submission=report("V4"), reason="停业整顿", **by_officer),
        lambda: lift(submission=report("V4"), **by_officer),
        lambda: send(report("V4"), {"A": 60_000}, by=county.clerk, at=AT),
        lambda: withdraw(submission=report("V4"), by=county.clerk, at=AT),
        lambda: fill(report("V4"), {"D": Decimal("1.01")}, by=county.clerk, at=AT),
    ):
        step()
        all_agree(county)


def test_an_organization_taken_in_and_asked_later_is_expected_at_once(county):
    """A new place stamps the tree, a task opened again stamps the task: neither leaves an old expectation behind."""
    assert county.ask("A", period=Q).coverage() == (3, 4)
    county.orgs("C,云岭县,county,,,,,", "T2,白沙镇,township,C,,,,", "V5,V5村,village,T2,,,,")
    assert county.ask("A", period=Q).coverage() == (3, 4)
    county.open("F", Q)
    assert [county.ask("A", period=Q).coverage(org) for org in ("C", "T2")] == [(3, 5), (1, 3)]
    county.figures("F", f"{Q},V5,A,,1")
    assert county.ask("A", period=Q).coverage() == (4, 5)

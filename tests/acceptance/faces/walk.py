"""Which places of the demonstration are looked at, whose reports there, and every face of each. The same for the same seed."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from orgs.choices import Role
from orgs.models import Organization
from submissions.choices import State
from submissions.models import Submission, Task
from tests.acceptance.faces import printed_tables, reports, tables
from tests.acceptance.faces.book import APPROVED, PERIOD, SUBMITTED, YEAR, Book, Number
from tests.acceptance.faces.places import Place
from tests.factories.orgs import a_user
from tests.reports.people import client_of
from tests.reports.story import Story

LAST = "2026Q3"  # the quarter of the demonstration that is going on
OVER = ("2025Q1", "2025Q2", "2025Q3", "2025Q4", "2026Q1", "2026Q2")
COUNTY = "990101"
FIRST_TOWNSHIP = f"{COUNTY}101"
OF_FIRST_TOWNSHIP = ("积分季01表", "第一书记季01表", "结对季09表")
OF_THE_COUNTY = ("两新季01表", "红领季01表")
DRAFT = "draft"
OPEN = (State.BLANK, State.DRAFT, State.RETURNED)
UNITS = 3  # reports of a place


@dataclass(frozen=True)
class Spot:
    """A place with the units whose reports are opened there."""

    place: Place
    units: tuple[Organization, ...]


def spots(story: Story, dice: random.Random) -> Iterator[Spot]:
    """The large form in two townships, the forms of townships in the county, the small ones where they are asked."""
    officer = client_of(a_user(Role.OFFICER, Organization.objects.get(code=COUNTY)))
    townships = list(Organization.objects.filter(county__code=COUNTY, unit_category="township").order_by("code"))
    asked = [("基层季01表", dice.choice(townships).code, period) for period in (dice.choice(OVER), LAST)]
    asked += [(form, COUNTY, period) for form in OF_THE_COUNTY for period in (dice.choice(OVER), LAST)]
    asked += [(form, FIRST_TOWNSHIP, dice.choice((*OVER, LAST))) for form in OF_FIRST_TOWNSHIP]
    asked += [("远教季01表", FIRST_TOWNSHIP, dice.choice(("2025Q1", "2025Q2")))]
    for form, top, period in asked:
        task = Task.objects.select_related("form").get(form__code=form, period=period)
        basis, by = SUBMITTED if period == LAST else APPROVED, "children" if top == COUNTY else "units"
        place = Place(story, officer, Organization.objects.get(code=top), task, basis, by)
        yield Spot(place, tuple(_units(place, dice)))


def _units(place: Place, dice: random.Random) -> list[Organization]:
    """Units that owe the report; while the quarter goes on one of each state."""
    below = Submission.objects.filter(task=place.task, organization__code__startswith=place.top.code)
    rows = list(below.select_related("organization").order_by("organization__code"))
    if place.basis == APPROVED:
        return [row.organization for row in dice.sample(rows, UNITS)]
    states = sorted({row.state for row in rows})
    return [dice.choice([row for row in rows if row.state == state]).organization for state in states]


def read_spot(book: Book, spot: Spot) -> None:
    """Every face that shows something of the place or of its chosen reports."""
    place = spot.place
    for unit in spot.units:
        read_report(book, place, place.report(unit))
    for read in (tables.read_figures, tables.read_records, tables.read_table_page, tables.read_flat, tables.read_dashboard):
        read(book, place)
    printed_tables.read_one_unit(book, place, place.top.code)
    printed_tables.read_comparison(book, place, place.top.code)
    printed_tables.read_by_unit(book, place)
    printed_tables.read_by_category(book, place)
    if place.form == "两新季01表":
        printed_tables.read_by_layout(book, place, "R5")
    printed_tables.read_upper(book, place, [place.top.code, *(unit.code for unit in spot.units)])


def read_report(book: Book, place: Place, submission: Submission) -> None:
    basis = DRAFT if submission.state in OPEN else place.basis
    reports.read_detail(book, place.client, submission, basis)
    reports.read_workbook(book, place.story, submission, basis)
    if submission.state in OPEN:
        clerk = client_of(a_user(Role.CLERK, submission.organization))
        reports.read_fill(book, clerk, submission, basis)
        return
    reports.read_panel(book, place.client, submission, place.top.pk, basis)
    if submission.state == State.SUBMITTED and submission.reviewer_org:
        reviewer = client_of(a_user(Role.REVIEWER, submission.reviewer_org))
        reports.read_return(book, reviewer, submission, basis)
    if submission.state != State.EXEMPT:
        printed_tables.read_one_unit(book, place, submission.organization.code)


def drawn(spots_read: Sequence[Spot], dice: random.Random, count: int) -> list[Number]:
    """Numbers of reports and of sums, lines that are typed and computed, items, of the period and of the year to date."""
    found = []
    for spot in spots_read:
        place = spot.place
        for unit in (place.top, *spot.units):
            lines, basis = place.lines, place.basis
            if unit != place.top:
                report = place.report(unit)
                lines, basis = reports.printed_lines(report), DRAFT if report.state in OPEN else basis
            found += [Number(unit.code, place.period, line.key, view, basis) for line in lines for view in (PERIOD, YEAR)]
    return dice.sample(found, count)

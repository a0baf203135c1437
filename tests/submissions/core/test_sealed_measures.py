"""What an approved report is worth leans on approved reports only (T80), whatever becomes of an earlier one."""

from dataclasses import dataclass, field
from datetime import date

import pytest

from indicators.choices import Kind
from indicators.measures.document_measures import pack, plan_of
from indicators.measures.history import EarlierDocuments
from submissions.filling.submission_actions import withdraw
from submissions.models import ChangeMark, Submission, Version
from submissions.review.actions import approve, send_back
from submissions.tasks.exemptions import exempt, lift
from tests.factories.indicators import make_form, make_indicator
from tests.factories.submissions import AT, a_place, a_task, send, submission_of

pytestmark = pytest.mark.django_db
DUES = {"2026Q1": date(2026, 4, 10), "2026Q2": date(2026, 7, 10), "2026Q3": date(2026, 10, 10), "2027Q1": date(2027, 4, 10)}


@dataclass
class Quarters:
    """One village's reports of a form, quarter by quarter."""

    place: object = field(default_factory=a_place)
    tasks: dict = field(default_factory=dict)

    def open(self, *codes: str) -> "Quarters":
        form = make_form("累计表", codes)
        self.tasks = {period: a_task(self.place.county, form, period=period, due_on=due) for period, due in DUES.items()}
        return self

    def of(self, period: str) -> Submission:
        return submission_of(self.tasks[period], self.place.village)

    def send(self, period: str, **figures) -> None:
        send(self.of(period), figures, by=self.place.clerk)

    def approve(self, period: str) -> None:
        for person in (self.place.reviewer, self.place.officer):
            approve(submission=self.of(period), version_number=self.of(period).standing.number, by=person, at=AT)

    def send_back(self, period: str) -> None:
        number = self.of(period).standing.number
        send_back(
            submission=self.of(period), version_number=number, reason="请核对", cell_reasons={}, by=self.place.reviewer, at=AT
        )

    def worth(self, period: str, key: str, role: str) -> tuple:
        """Over everything sent in, and over what is approved."""
        version = Version.objects.get(pk=self.of(period).standing_id)
        measure = plan_of(self.tasks[period].layout).measure(key, role)
        approved = version.measures if version.approved_measures is None else version.approved_measures
        return measure.given_in(bytes(version.measures)), measure.given_in(bytes(approved))


@pytest.fixture
def running() -> Quarters:
    quarters = Quarters()
    make_indicator("C", kind=Kind.CUMULATIVE)
    return quarters.open("C")


def test_t80_the_part_leans_on_an_approved_quarter_only(running):
    running.send("2026Q1", C=10)
    running.send("2026Q2", C=25)
    running.approve("2026Q2")
    assert running.worth("2026Q2", "C", "part") == (15, None)
    running.send_back("2026Q1")
    assert running.worth("2026Q2", "C", "part") == (None, None)
    running.send("2026Q1", C=12)
    assert running.worth("2026Q2", "C", "part") == (13, None)
    running.approve("2026Q1")
    assert running.worth("2026Q2", "C", "part") == (13, 13)
    assert running.worth("2026Q2", "C", "total") == (25, 25)


def test_what_is_worth_the_same_is_kept_once(running):
    running.send("2026Q1", C=10)
    running.approve("2026Q1")
    running.send("2026Q2", C=25)
    assert Version.objects.get(pk=running.of("2026Q2").standing_id).approved_measures is None
    assert Version.objects.get(pk=running.of("2026Q1").standing_id).approved_measures is None


def test_a_withdrawn_quarter_takes_its_part_from_the_provisional_figure_only(running):
    running.send("2026Q1", C=10)
    running.send("2026Q2", C=25)
    withdraw(submission=running.of("2026Q1"), by=running.place.clerk, at=AT)
    assert running.worth("2026Q2", "C", "part") == (None, None)


def test_an_exemption_and_its_end_change_no_approved_figure(running):
    running.send("2026Q2", C=25)
    running.approve("2026Q2")
    exempt(submission=running.of("2026Q1"), reason="停业", by=running.place.officer, at=AT)
    assert running.worth("2026Q2", "C", "part") == (None, None)
    lift(submission=running.of("2026Q1"), by=running.place.officer, at=AT)
    running.send("2026Q1", C=10)
    assert running.worth("2026Q2", "C", "part") == (15, None)


@pytest.mark.parametrize(("formula", "earlier", "later", "before", "after"), [
    ("{A} - {A@prev}", "2026Q1", "2026Q2", (5, None), (5, 5)),
    ("{A@ytd}", "2026Q1", "2026Q3", (25, 15), (25, 25)),
    ("{A} - {A@same_last_year}", "2026Q1", "2027Q1", (5, None), (5, 5)),
    ("coalesce({A@prev}, 0)", "2026Q1", "2026Q2", (10, 0), (10, 10)),
])  # fmt: skip
def test_formulas_look_back_at_approved_quarters_only(formula, earlier, later, before, after):
    quarters = Quarters()
    make_indicator("A")
    make_indicator("G", formula=formula)
    quarters.open("A", "G")
    quarters.send(earlier, A=10)
    quarters.send(later, A=15)
    quarters.approve(later)
    assert quarters.worth(later, "G", "value") == before
    quarters.approve(earlier)
    assert quarters.worth(later, "G", "value") == after


def test_what_leans_on_nothing_is_packed_once(django_assert_num_queries):
    quarters = Quarters()
    make_indicator("A")
    quarters.open("A")
    quarters.send("2026Q1", A=10)
    quarters.send("2026Q2", A=15)
    version = Version.objects.get(pk=quarters.of("2026Q2").standing_id)
    task = quarters.tasks["2026Q2"]
    assert (bytes(version.measures), version.approved_measures) == (
        pack(task.layout, "village", {"A": 15}, EarlierDocuments()), None,
    )  # fmt: skip


def test_only_a_report_that_is_worth_something_else_makes_sums_stale(running):
    """Passing the first quarter on changes nothing in the second; its approval does."""
    running.send("2026Q1", C=10)
    running.send("2026Q2", C=25)
    second = ChangeMark.objects.filter(task=running.tasks["2026Q2"])
    before = set(second.values_list("organization_id", "stamp"))
    first = {"submission": running.of("2026Q1"), "version_number": running.of("2026Q1").standing.number, "at": AT}
    approve(**first, by=running.place.reviewer)
    assert set(second.values_list("organization_id", "stamp")) == before
    approve(**first | {"submission": running.of("2026Q1")}, by=running.place.officer)
    renewed = set(second.values_list("organization_id", "stamp")) - before
    assert {org_id for org_id, _stamp in renewed} == {running.place.county.pk, running.place.township.pk}

"""The verify command: silent on an untouched county, and naming what was changed behind the system's back."""

import pytest
from django.core.management import CommandError

from orgs.models import Organization, Placement
from reports.figures.sums.stored_sums import _remembered
from reports.models import Summary
from reports.verification import CHECKS
from submissions.models import Submission, Version
from tests.reports.story import Story

Q = "2026Q2"


@pytest.fixture
def county(story) -> Story:
    """Two townships; one village approved, one sent, one moved between the quarters; sums kept by having been asked for."""
    story.orgs(
        "C,县,county,,,,,", "TA,甲镇,township,C,,,,", "TB,乙镇,township,C,,,,", "A1,甲村,village,TA,,,,", "B1,乙村,village,TB,,,,",
        "M,迁村,village,TA,,,,2026-03-31", "M,迁村,village,TB,,,2026-04-01,",
    )  # fmt: skip
    story.indicators("A,走访,次,flow,,,", "K,累计,次,cumulative,,,", "D,收集,件,flow,,,", "R,比率,%,ratio,A,D,")
    story.form("F", "A", "K", "D", "R")
    story.open("F", "2026Q1", Q)
    for period, more in (("2026Q1", 0), (Q, 5)):
        story.figures("F", *(f"{period},{unit},{code},,{10 + more}" for unit in ("A1", "M") for code in "AKD"))
        story.figures("F", *(f"{period},B1,{code},,{3 + more}" for code in "AD"), state="submitted")
        story.ask("A", period=period)
    return story


def failures(county) -> list[str]:
    """What verify complains of, without the lines that say whether a check holds. Sums are read anew, as its own process would."""
    _remembered.clear()
    with pytest.raises(SystemExit) as ended:
        county.run("verify")
    assert ended.value.code == 1
    return [line for line in county.printed.splitlines() if not line.endswith((": holds", " failed"))]


def test_an_untouched_county_holds(county):
    assert county.run("verify").count(": holds") == len(CHECKS) == 17


def report(unit: str) -> Submission:
    return Submission.objects.get(organization__code=unit, task__period=Q)


def change(rows, **values) -> None:
    """Past every act of the system."""
    assert rows.update(**values)


def sealed():
    return Version.objects.filter(submission=report("A1"))


def reports_of(unit: str):
    return Submission.objects.filter(pk=report(unit).pk)


def places(unit: str):
    return Placement.objects.filter(organization__code=unit)


def change_a_kept_sum() -> None:
    kept = Summary.objects.filter(task__period=Q, organization__code="TA").get()
    change(Summary.objects.filter(pk=kept.pk), submitted=b"\x01" + bytes(kept.submitted)[1:])


TAMPERED = {
    "a sealed figure": ("sealed_versions_are_as_sealed", lambda: change(sealed(), figures={"A": 99})),
    "a figure without its trail": ("trail_gives_the_figures", lambda: change(sealed(), figures={"A": 99})),
    "packed measures": ("sealed_versions_are_as_sealed", lambda: change(sealed(), measures=b"\x00" * 16)),
    "a kept sum": ("kept_sums_equal_the_documents", change_a_kept_sum),
    "a state": ("states_fit_their_versions", lambda: change(reports_of("B1"), state="approved")),
    "a version that stands": ("states_fit_their_versions", lambda: change(reports_of("A1"), standing=None)),
    "a parent": ("paths_follow_parents", lambda: change(places("A1"), parent=Organization.objects.get(code="TB"))),
    "a place": ("places_do_not_overlap", lambda: change(places("M").filter(valid_to=None), valid_from="2026-03-01")),
    "a unit's time": ("every_unit_stands_in_the_tree", lambda: change(places("B1"), valid_to="2026-01-01")),
}  # fmt: skip


@pytest.mark.parametrize("what", TAMPERED)
def test_what_was_changed_behind_its_back_is_named(county, what):
    check, tamper = TAMPERED[what]
    tamper()
    found = failures(county)
    assert any(line.startswith(f"{check}: ") for line in found), found


def test_an_empty_book_holds(story):
    assert "holds" in story.run("verify")
    with pytest.raises(CommandError):
        story.run("figures", "A", "--period", Q, "--org", "C")

"""Sums that are kept are those that are made anew, whatever was sent, approved, returned or exempted since."""

from datetime import UTC, datetime

import pytest

from orgs.accounts.accounts import system_operator
from orgs.models import Organization
from reports.figures.sums import stored_sums
from reports.figures.sums.summaries import branches
from reports.models import Summary
from submissions.models import Submission, Task
from submissions.tasks.exemptions import exempt
from tests.reports.figures.returning import give_back
from tests.reports.story import Story


@pytest.fixture
def county(story) -> Story:
    """Two townships with a village and an enterprise each; T answers for itself too."""
    story.orgs(
        "C,县,county,,,,,", "T,镇,township,C,,,,", "U,乡,township,C,,,,", "V1,甲村,village,T,,,,", "E1,甲企,private_enterprise,T,,,,",
        "V2,乙村,village,U,,,,", "E2,乙企,private_enterprise,U,,,,",
    )  # fmt: skip
    story.indicators("A,受理,件,flow,,,", "B,办结,件,flow,,,")
    story.form("F", "A", "B", head="aggregate_own,unit_categories", values="1,township;village;private_enterprise")
    story.open("F", "2026Q1")
    story.figures("F", "2026Q1,V1,A,,1", "2026Q1,T,A,,20", "2026Q1,E2,A,,300", "2026Q1,E2,B,,NA")
    story.figures("F", "2026Q1,V2,A,,4000", state="submitted")
    give_back("V2")
    return story


def sums_of(*codes: str) -> dict[str, tuple]:
    """All that is counted of these organizations: what was sent in and approved, who owes it, who is to send it again."""
    ids = dict(Organization.objects.filter(code__in=codes).values_list("code", "id"))
    found = branches(Task.objects.get(), ids.values())
    sums = {code: found[org_id] for code, org_id in ids.items()}
    return {
        code: (one.submitted.integer, one.approved.integer, one.expected, {name: n for name, n in one.returned.items() if n})
        for code, one in sums.items()
    }


def forget_kept_sums() -> None:
    stored_sums._remembered.clear()
    Summary.objects.all().delete()


def exempt_e1(_story: Story) -> None:
    submission = Submission.objects.get(organization__code="E1")
    exempt(submission=submission, reason="闭", by=system_operator(), at=datetime(2026, 4, 2, tzinfo=UTC))


@pytest.mark.parametrize(
    ("act", "changed"),
    [
        (lambda story: story.figures("F", "2026Q1,E1,A,,7"), {"C", "T"}),
        (lambda story: story.figures("F", "2026Q1,E1,A,,7", state="submitted"), {"C", "T"}),
        (lambda story: story.figures("F", "2026Q1,V2,A,,5", state="submitted"), {"C", "U"}),
        (lambda story: story.figures("F", "2026Q1,U,A,,6"), {"C", "U"}),
        (lambda story: story.figures("F", "2026Q1,E1,A,,7", state="draft"), set()),
        (exempt_e1, {"C", "T"}),
    ],
)
@pytest.mark.parametrize("is_in_memory", [True, False])
def test_kept_sums_are_those_made_anew(county, act, changed, is_in_memory):
    before = sums_of("C", "T", "U")
    act(county)
    if not is_in_memory:
        stored_sums._remembered.clear()
    kept = sums_of("C", "T", "U")
    assert {code for code in kept if kept[code] != before[code]} == changed
    forget_kept_sums()
    assert sums_of("C", "T", "U") == kept


def test_a_whole_is_the_sum_of_its_branches(county):
    sums = sums_of("C", "T", "U")
    assert sums["C"][:2] == tuple(sums["T"][number] + sums["U"][number] for number in (0, 1))
    assert sums["T"][2] == {"township": 1, "village": 1, "private_enterprise": 1}
    assert sums["C"][2] == {"township": 2, "village": 2, "private_enterprise": 2}
    assert (sums["C"][3], sums["T"][3], sums["U"][3]) == ({"village": 1}, {}, {"village": 1})


def test_a_branch_asked_alone_first_is_the_same_in_the_whole(county):
    alone = {code: sums_of(code)[code] for code in ("U", "T", "C")}
    forget_kept_sums()
    assert sums_of("C", "T", "U") == alone

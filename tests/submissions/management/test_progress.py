"""The progress command: who was expected, what came, in time or not, and who is missing."""

import io
import json
from copy import deepcopy
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command

from orgs.models import Placement
from submissions.choices import State
from submissions.filling.submission_actions import withdraw
from submissions.review.actions import send_back
from submissions.tasks.exemptions import exempt
from tests.factories.orgs import a_township, an_organization
from tests.factories.submissions import AT, a_place, a_task, bring_to, fill, send, submission_of

pytestmark = pytest.mark.django_db
LATE = datetime(2026, 10, 10, 16, 10, tzinfo=UTC)


@pytest.fixture(scope="module")
def module_place(module_db):
    return a_place()


@pytest.fixture
def place(module_place, db):
    return deepcopy(module_place)


@pytest.fixture
def story(place):
    """Six villages: approved, sent late, returned, draft, blank, exempt; and a township with one more."""
    more = [an_organization(f"350100010{number}", parent=place.township) for number in range(3, 7)]
    neighbour = a_township("35010002", place.county)
    an_organization("3501000201", parent=neighbour)
    task = a_task(place.county)
    bring_to(State.APPROVED, submission_of(task, place.village), place)
    send(submission_of(task, place.other_village), by=place.stranger, at=LATE)
    returned = submission_of(task, more[0])
    send(returned, by=place.clerk)
    send_back(submission=returned, version_number=1, reason="x", cell_reasons={}, by=place.reviewer, at=AT)
    bring_to(State.DRAFT, submission_of(task, more[1]), place)
    exempt(submission=submission_of(task, more[3]), reason="停业", by=place.officer, at=AT)
    return task


def progress(*arguments, **options) -> str:
    out = io.StringIO()
    call_command("progress", *(arguments or ("季01表", "2026Q3")), stdout=out, **options)
    return out.getvalue()


def rows(**options) -> list[dict]:
    return json.loads(progress(format="json", **options))["rows"]


def counts(row: dict) -> dict:
    return {key: row[key] for key in TOWNSHIP}


TOWNSHIP = {
    "expected": 5,
    "exempt": 1,
    "submitted": 3,
    "on_time": 2,
    "late": 1,
    "returned": 1,
    "approved": 1,
    "missing": 2,
    "in_correction": 0,
}
NEIGHBOUR = {
    "expected": 1,
    "exempt": 0,
    "submitted": 0,
    "on_time": 0,
    "late": 0,
    "returned": 0,
    "approved": 0,
    "missing": 1,
    "in_correction": 0,
}


def test_the_total_first_then_the_children(story, place):
    total, first, second = rows(org="350100")
    assert (total["org"], total["kind"]) == ("350100", "total")
    assert counts(total) == {key: TOWNSHIP[key] + NEIGHBOUR[key] for key in TOWNSHIP}
    assert (first["org"], first["name"], counts(first)) == ("35010001", place.township.name, TOWNSHIP)
    assert (second["org"], counts(second)) == ("35010002", NEIGHBOUR)


def test_only_the_organization_itself(story):
    (row,) = rows(org="35010001", by="self")
    assert counts(row) == TOWNSHIP


def test_unit_by_unit(story):
    total, *units = rows(org="35010001", by="units")
    assert counts(total) == TOWNSHIP
    assert [row["org"] for row in units] == [f"350100010{number}" for number in range(1, 7)]
    assert [row["approved"] for row in units] == [1, 0, 0, 0, 0, 0]


def test_by_district_a_unit_counts_where_its_district_is_or_else_where_it_stands(story, place):
    neighbour = Placement.objects.get(organization__code="35010002").organization
    Placement.objects.filter(organization=place.village).update(district=neighbour)
    total, *groups = rows(org="350100", by="district")
    assert [(row["org"], row["expected"], row["approved"]) for row in groups] == [("35010001", 4, 0), ("35010002", 2, 1)]
    assert total["expected"] == 6


def test_parts_never_exceed_their_whole_whatever_is_sent_returned_sent_again_and_taken_back(place):
    """已报 + 未报 = 应报; 按期 + 逾期 = 已报; 待审核 + 退回修改 + 审核通过 = 已报."""
    task = a_task(place.county)
    submission = submission_of(task, place.village)
    steps = (
        lambda: fill(submission, {"A": 1}, by=place.clerk),
        lambda: send(submission_of(task, place.village), by=place.clerk),
        lambda: withdraw(submission=submission_of(task, place.village), by=place.clerk, at=AT),
        lambda: send(submission_of(task, place.village), {"A": 2}, by=place.clerk, at=LATE),
        lambda: send_back(
            submission=submission_of(task, place.village), version_number=2, reason="x", cell_reasons={},
            by=place.reviewer, at=LATE,
        ),
        lambda: send(submission_of(task, place.village), {"A": 3}, by=place.clerk, at=LATE),
        lambda: withdraw(submission=submission_of(task, place.village), by=place.clerk, at=LATE),
        lambda: send(submission_of(task, place.village), {"A": 4}, by=place.clerk, at=LATE),
    )  # fmt: skip
    counts = []
    for step in steps:
        step()
        (row,) = rows(org="3501000101")
        counts.append((row["submitted"], row["late"], row["returned"], row["missing"]))
        assert row["submitted"] + row["missing"] == row["expected"] == 1
        assert row["on_time"] + row["late"] == row["submitted"] >= row["returned"] + row["approved"]
    assert counts == [
        (0, 0, 0, 1), (1, 0, 0, 0), (0, 0, 0, 1), (1, 1, 0, 0), (1, 1, 1, 0), (1, 1, 0, 0), (1, 1, 1, 0), (1, 1, 0, 0),
    ]  # fmt: skip


def test_a_leaf_is_its_own_total(story):
    (row,) = rows(org="3501000101")
    assert (row["expected"], row["approved"]) == (1, 1)


def test_who_is_missing_by_name(story):
    assert [(row["org"], row["state"]) for row in rows(org="350100", list="missing")] == [
        ("3501000104", "draft"), ("3501000105", "blank"), ("3501000201", "blank"),
    ]  # fmt: skip


def test_as_a_table_and_as_commas(story):
    lines = progress(org="35010001", by="self").splitlines()
    assert lines[0].split() == ["org", "name", "kind", *TOWNSHIP]
    assert lines[1].split()[-len(TOWNSHIP) :] == [str(count) for count in TOWNSHIP.values()]
    lines = progress(org="35010001", by="self", format="csv").splitlines()
    assert lines[0] == "org,name,kind," + ",".join(TOWNSHIP)


def test_a_village_that_closed_before_the_last_day_is_not_waited_for(story, place):
    """T41."""
    Placement.objects.filter(organization__code="3501000105").update(valid_to="2026-09-29")
    (row,) = rows(org="35010001", by="self")
    assert (row["expected"], row["missing"]) == (4, 1)


@pytest.mark.parametrize("arguments", [("没有", "2026Q3"), ("季01表", "2025Q3"), ("季01表", "2026Q7")])
def test_a_task_that_is_not_open_is_reported(story, arguments):
    with pytest.raises(CommandError):
        progress(*arguments, org="350100")


def test_an_unknown_organization_is_reported(story):
    with pytest.raises(CommandError) as error:
        progress(org="999")
    assert "999" in str(error.value)

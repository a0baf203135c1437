"""The approved basis leans on approved reports (T80), and a grid says which of its figures lean on others, and whose."""

from datetime import UTC, datetime

import pytest

from orgs.accounts.accounts import system_operator
from submissions.core.earlier_reports import open_report_sentences
from submissions.models import Submission, Version
from submissions.review.actions import approve, send_back
from submissions.review.report_page import panel_of

AT = datetime(2026, 11, 2, 2, 0, tzinfo=UTC)


@pytest.fixture
def county(story):
    story.villages("V1", "V2")
    story.indicators("CU,累计,次,cumulative,,,", "A,活动,次,flow,,,")
    story.form("累计表", "CU", "A")
    story.open("累计表", "2026Q1", "2026Q2")
    story.figures("累计表", "2026Q1,V1,CU,,10", "2026Q1,V2,CU,,1", state="submitted")
    return story


def report(period: str, unit: str) -> Submission:
    return Submission.objects.select_related("task__form").get(task__period=period, organization__code=unit)


def return_(period: str, unit: str) -> None:
    seen = report(period, unit)
    send_back(submission=seen, version_number=1, reason="请核对", cell_reasons={}, by=system_operator(), at=AT)


def pass_(period: str, unit: str) -> None:
    while (seen := report(period, unit)).state != "approved":
        approve(submission=seen, version_number=seen.standing.number, by=system_operator(), at=AT)


def part(story, by: str = "children", basis: str = "approved", **options) -> tuple:
    answer = story.ask("CU", period="2026Q2", by=by, basis=basis, **options)
    return answer.value(), answer.data["notes"]


@pytest.mark.parametrize("by", ["self", "children", "units", "unit_category"])
def test_t80_empty_before_and_after(county, by):
    county.figures("累计表", "2026Q2,V1,CU,,25")
    note = (
        "CU 累计, Second quarter of 2026: made with First quarter of 2026, which is not approved at 1 unit: V1村 ({}).".format
    )
    assert part(county, by) == (None, [note("Waiting for review")])
    assert part(county, by, basis="submitted") == (15, [])
    return_("2026Q1", "V1")
    assert part(county, by) == (None, [note("returned on 2026-11-02")])
    assert part(county, by, basis="submitted") == (None, [note("returned on 2026-11-02")])


def test_another_units_approved_part_stands_alone(county):
    county.figures("累计表", "2026Q2,V1,CU,,25", "2026Q2,V2,CU,,4")
    pass_("2026Q1", "V2")
    value, (note,) = part(county)
    assert (value, "V1村" in note, "V2村" in note) == (3, True, False)
    assert part(county, basis="submitted") == (18, [])
    pass_("2026Q1", "V1")
    assert part(county) == (18, [])


def test_there_is_no_note_where_nothing_leans(county):
    county.figures("累计表", "2026Q2,V1,CU,,25", "2026Q2,V1,A,,3")
    assert county.ask("A", period="2026Q2").data["notes"] == []
    assert not any("made with" in note for note in county.ask("CU", period="2026Q2", view="ytd").data["notes"])
    assert county.ask("CU", period="2026Q2", org="V2").data["notes"] == []


def test_a_later_report_that_does_not_count_leans_on_nothing(county):
    county.figures("累计表", "2026Q2,V1,CU,,25", state="submitted")
    assert part(county) == (None, [])


def test_up_to_ten_units_are_named(story):
    codes = [f"V{number:02d}" for number in range(12)]
    story.villages(*codes)
    story.indicators("CU,累计,次,cumulative,,,")
    story.form("累计表", "CU")
    story.open("累计表", "2026Q1", "2026Q2")
    story.figures("累计表", *(f"2026Q1,{code},CU,,1" for code in codes), state="submitted")
    story.figures("累计表", *(f"2026Q2,{code},CU,,2" for code in codes))
    (note,) = story.ask("CU", period="2026Q2").data["notes"]
    assert ("at 12 units: " in note, note.count("村"), note.endswith("….")) == (True, 10, True)


def test_verify_makes_both_again(county):
    county.figures("累计表", "2026Q2,V1,CU,,25")
    part(county)
    county.run("verify")
    Version.objects.filter(approved_measures__isnull=False).update(approved_measures=None)
    with pytest.raises(SystemExit):
        county.run("verify")
    assert "its packed measures differ" in county.printed + county.error_output


def test_the_units_page_and_the_reviewers_panel_say_so(county):
    county.figures("累计表", "2026Q2,V1,CU,,25", state="submitted")
    waiting = "The figures of 累计 lean on First quarter of 2026, which is still waiting for review."
    assert open_report_sentences(report("2026Q2", "V1")) == [waiting]
    return_("2026Q1", "V1")
    returned = "The figures of 累计 lean on First quarter of 2026, which was returned on 2026-11-02 and is not approved again."
    assert open_report_sentences(report("2026Q2", "V1")) == [returned]
    assert panel_of(report("2026Q2", "V1")).leans == (returned,)

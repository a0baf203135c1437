"""R12 who sent what in, R13 findings of the checks: rows of words and numbers, in the county's order, with nobody's private number."""

import io
from datetime import UTC, datetime

import openpyxl
import pytest

from indicators.checks.rules import rule_of
from indicators.periods import read_period
from orgs.models import Organization
from reports.figures.plan.query_plan import BadQuestion
from reports.tables.export import export
from reports.tables.row_types.progress_report import masked_name, masked_telephone
from submissions.corrections.actions import approve_correction, request_correction
from submissions.filling.submission_actions import submit
from submissions.review.actions import approve, send_back
from submissions.tasks.exemptions import exempt
from tests.factories.indicators import make_check, make_form, make_indicator
from tests.factories.submissions import AT, LATER, PERIOD, a_place, a_task, fill, send, submission_of

pytestmark = pytest.mark.django_db
AFTER_DUE = datetime(2026, 10, 14, 2, 0, tzinfo=UTC)  # four days over
MOST = "{ORG-001} <= 100"


@pytest.fixture
def place():
    place = a_place()
    make_indicator("ORG-001", name="单位数")
    make_indicator("ORG-002", name="已建党组织")
    form = make_form("两新季01表", ("ORG-001", "ORG-002"))
    make_check(form, MOST, severity="verify", message="超过一百家的请说明")
    place.task = a_task(place.county, form)
    Organization.objects.filter(pk=place.other_village.pk).update(contact="欧阳修远", telephone="13812345678 0990-5500001")
    return place


def sheet(place, layout, **given):
    made = export(layout, period=read_period(PERIOD), org=place.county, by=place.officer, at=AFTER_DUE, **given)
    book = openpyxl.load_workbook(io.BytesIO(made.content))
    rows = list(book.worksheets[1].iter_rows(values_only=True))
    first = next(number for number, row in enumerate(rows) if row[0] == "甲") + 1
    return [row[1:] for row in rows[first:] if isinstance(row[2], str)], "\n".join(str(row[0]) for row in rows)


def returned(place, version, reasons):
    send_back(
        submission=submission_of(place.task, place.village), version_number=version.number, reason="", by=place.reviewer, at=LATER,
        cell_reasons=reasons,
    )  # fmt: skip


def r12(place, **given):
    """Rows as head -> value, the heads without their unit of measure; and the notes."""
    made = export("R12", period=read_period(PERIOD), org=place.county, by=place.officer, at=AFTER_DUE, **given)
    rows = list(openpyxl.load_workbook(io.BytesIO(made.content)).worksheets[1].iter_rows(values_only=True))
    first = next(number for number, row in enumerate(rows) if row[0] == "甲")
    heads = [head.partition("\n")[0] for head in rows[first - 1]]
    found = [dict(zip(heads, row, strict=True)) for row in rows[first + 1 :] if isinstance(row[2], str)]
    return found, "\n".join(str(row[0]) for row in rows)


def counts(row):
    return tuple(row[head] for head in ("Expected", "Sent in", "Of which on time", "Returned", "Not sent"))


def test_r12_names_who_is_to_be_chased_and_counts_everybody(place):
    send(submission_of(place.task, place.village), {"ORG-001": 5, "ORG-002": 5}, by=place.clerk)
    (total, subtotal, missing), notes = r12(place)
    for row in (total, subtotal):
        assert counts(row) == (2, 1, 1, 0, 1)
        assert (row["Reporting rate"], row["On-time rate"]) == (50, 50)
    assert subtotal["Name of the unit"] == f"{place.township.name}, subtotal"
    assert missing["Code"] == place.other_village.code
    assert counts(missing) == (1, 0, 0, 0, 1)
    assert (missing["Due"], missing["Days over"], missing["State"]) == ("2026-10-10", 4, "Not started")
    assert (missing["Contact"], missing["Telephone"]) == ("欧***", "138****5678 0990-5500001")
    assert "Days over: until the report was first sent, or until" in notes
    assert "approved or exempt and not listed: 1; the sums count them." in notes


def test_r12_lists_every_report_where_asked(place):
    send(submission_of(place.task, place.village), {"ORG-001": 5, "ORG-002": 5}, by=place.clerk)
    rows, notes = r12(place, with_settled=True)
    assert [row["State"] for row in rows[2:]] == ["Waiting for review", "Not started"]
    assert "not listed" not in notes


def test_r12_with_nobody_to_chase_says_so(place):
    for unit in (place.village, place.other_village):
        send(submission_of(place.task, unit), {"ORG-001": 5, "ORG-002": 5}, by=place.clerk)
    rows, notes = r12(place)
    assert [counts(row) for row in rows] == [(2, 2, 2, 0, 0)]
    assert "No report has to be chased." in notes


def test_what_was_sent_late_is_over_by_the_days_until_then(place):
    submission = submission_of(place.task, place.village)
    fill(submission, {"ORG-001": 5, "ORG-002": 5}, by=place.clerk)
    send(submission, {"ORG-001": 6}, by=place.clerk, at=AFTER_DUE)
    row = r12(place, with_settled=True)[0][2]
    assert counts(row) == (1, 1, 0, 0, 0)
    assert (row["Due"], row["Days over"]) == ("2026-10-10", 4)


def test_a_report_that_came_back_was_still_in_time_and_is_chased(place):
    submission = submission_of(place.task, place.village)
    version = send(submission, {"ORG-001": 5, "ORG-002": 5}, by=place.clerk)
    returned(place, version, {"ORG-001": "请核对"})
    rows, _notes = r12(place)
    assert counts(rows[0]) == (2, 1, 1, 1, 1)
    assert counts(rows[2]) == (1, 1, 1, 1, 0)
    assert (rows[2]["Days over"], rows[2]["State"]) == (None, "Returned")


def test_an_exempt_unit_that_had_sent_counts_nowhere(place):
    submission = submission_of(place.task, place.village)
    version = send(submission, {"ORG-001": 5, "ORG-002": 5}, by=place.clerk)
    returned(place, version, {"ORG-001": "请核对"})
    exempt(submission=submission_of(place.task, place.village), reason="停工", by=place.officer, at=AFTER_DUE)
    rows, _notes = r12(place, with_settled=True)
    assert counts(rows[0]) == (1, 0, 0, 0, 1)
    assert counts(rows[2]) == (0, 0, 0, 0, 0)


def test_only_a_list_of_reports_lists_all_of_them(place):
    with pytest.raises(BadQuestion, match="lists no reports"):
        sheet(place, "R2", with_settled=True)


def test_the_data_status_counts_organizations_and_not_reports(place):
    """Two units with two forms each: one has sent both, the other one of them."""
    more = a_task(place.county, make_form("两新季02表", ("ORG-001",)))
    for task, unit in ((place.task, place.village), (more, place.village), (more, place.other_village)):
        send(submission_of(task, unit), {key: 1 for key in task.layout.by_key}, by=place.clerk)
    _rows, notes = r12(place)
    assert "(units expected 2, with all their reports sent 1, with all approved 0)" in notes
    assert "with figures not yet approved (units: 2)" in notes


def test_r13_lists_the_check_its_figures_and_the_explanation(place):
    submission = submission_of(place.task, place.village)
    explanations = {rule_of(MOST, "verify").key: "新注册企业较多，已逐家核对。"}
    draft = fill(submission, {"ORG-001": 120, "ORG-002": 5}, by=place.clerk, explanations=explanations)
    submit(submission=submission, revision=draft.revision, by=place.clerk, at=AT)
    rows, _notes = sheet(place, "R13")
    assert rows[0][:4] == ("Grand total", place.county.code, None, "Mandatory 0、Verify 1、Hint 0")
    assert rows[1] == (
        place.village.name, place.village.code, "两新季01表", "Verify", "单位数 ≤ 100", "单位数＝120",
        "ORG-001 单位数 120 家 is greater than 100. Rule: 超过一百家的请说明.",
        "新注册企业较多，已逐家核对。", None,
    )  # fmt: skip


def test_r13_carries_the_reason_of_the_reviewer_for_the_cell(place):
    submission = submission_of(place.task, place.village)
    explanations = {rule_of(MOST, "verify").key: "新注册企业较多，已逐家核对。"}
    draft = fill(submission, {"ORG-001": 120, "ORG-002": 5}, by=place.clerk, explanations=explanations)
    first = submit(submission=submission, revision=draft.revision, by=place.clerk, at=AT)
    returned(place, first, {"ORG-001": "与台账不一致"})
    again = fill(submission_of(place.task, place.village), {"ORG-001": 121}, by=place.clerk, at=LATER)
    submit(submission=submission_of(place.task, place.village), revision=again.revision, by=place.clerk, at=LATER)
    rows, _notes = sheet(place, "R13")
    assert rows[1][5:] == (
        "单位数＝121",
        "ORG-001 单位数 121 家 is greater than 100. Rule: 超过一百家的请说明.",
        "新注册企业较多，已逐家核对。",
        "与台账不一致",
    )


def test_r13_without_a_finding_says_so(place):
    send(submission_of(place.task, place.village), {"ORG-001": 5, "ORG-002": 5}, by=place.clerk)
    rows, notes = sheet(place, "R13")
    assert len(rows) == 1
    assert "The checks found nothing in the reports that stand." in notes


@pytest.mark.parametrize(("name", "shown"), [("", ""), ("王", "王"), ("王敏", "王*"), ("欧阳修远", "欧***")])
def test_of_a_name_the_first_sign_is_shown(name, shown):
    assert masked_name(name) == shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("", ""), ("0990-5500001", "0990-5500001"), ("13812345678", "138****5678"), ("20260101234567", "20260101234567"),
        ("办公室13812345678，0990-1234567", "办公室138****5678，0990-1234567"),
    ],
)  # fmt: skip
def test_a_mobile_number_is_hidden_and_an_offices_is_not(number, shown):
    assert masked_telephone(number) == shown


# --- R14 ------------------------------------------------------------------------------------------------------------


def corrected(place, **given):
    report = submission_of(place.task, place.village)
    arguments = {"version_number": report.standing.number, "by": place.clerk, "at": LATER, **given}
    return request_correction(submission=report, **arguments)


def test_r14_lists_every_corrected_cell_with_its_people(place):
    version = send(submission_of(place.task, place.village), {"ORG-001": 5, "ORG-002": 3}, by=place.clerk)
    for person in (place.reviewer, place.officer):
        approve(submission=submission_of(place.task, place.village), version_number=version.number, by=person, at=LATER)
    changes = {"ORG-001": 12, "ORG-002": 4}
    first = corrected(place, changes=changes, reason="漏报七家", evidence="工商登记册")
    assert "No approved report was corrected." in sheet(place, "R14")[1]
    for person in (place.reviewer, place.officer):
        approve_correction(correction=first, by=person, at=LATER)
    rows, _notes = sheet(place, "R14")
    name, code, form, period, figure, old, new, reason, *people, state = rows[1]
    assert (name, code, form) == (place.village.name, place.village.code, "两新季01表")
    assert (period, figure, old, new) == ("Third quarter of 2026", "ORG-001 单位数", 5, 12)
    assert (reason, state) == ("漏报七家；工商登记册", "Corrected")
    assert people == [f"{person.name} 2026-10-08 12:00" for person in (place.clerk, place.reviewer, place.officer)]
    assert rows[2][4:7] == ("ORG-002 已建党组织", 3, 4)
    assert rows[0][4] == "1 corrections of 1 reports"
    second = corrected(place, changes={"ORG-002": None}, reason="重复")
    assert len(sheet(place, "R14")[0]) == 3
    last = sheet(place, "R14", basis="submitted")[0][-1]
    assert (last[5], last[6], last[-1], second.number) == (4, None, "Requested", 2)

"""Files of which not one figure could be placed are refused with what came and what was expected, unless answers can help."""

import pytest

from orgs.choices import Role
from spreadsheets.read.workbook import ReadWorkbook
from submissions.imports.report.import_report import UNCHANGED, FileVerdict
from tests.factories.orgs import a_user
from tests.factories.submissions import fill
from tests.submissions.imports.tables.world import sheet_of
from tests.submissions.imports.workbooks import FIRST_ROW, unit_form


def table(*sheets, **facts) -> ReadWorkbook:
    return ReadWorkbook("xlsx", tuple(sheet_of(rows, title=f"表{number}") for number, rows in enumerate(sheets)), **facts)


@pytest.fixture
def weigh(desk):
    return lambda read, **fields: desk.weigh(read, task=desk.task, organization=desk.place.village, **fields)


def test_a_form_without_a_figure_is_empty(desk, weigh):
    for figures in ({}, {"A": "—"}):
        result = weigh(unit_form(desk.task, desk.place.village, figures))
        assert (result.verdict, result.sentence) == (
            FileVerdict.REFUSED,
            "The form is empty: no cell was filled in (a dash counts as blank).",
        )
    assert desk.accept(unit_form(desk.task, desk.place.village, {})).verdict == FileVerdict.REFUSED


def test_stored_figures_are_reported_as_unchanged(desk, weigh):
    fill(desk.report(), {"A": 12}, by=desk.place.clerk)
    result = weigh(unit_form(desk.task, desk.place.village, {"A": 12}))
    assert (result.verdict, result.kept_verdict, result.is_unchanged) == (FileVerdict.PREVIEW, UNCHANGED, True)
    assert result.sentence == "Nothing would change: all figures of this file stand already."


def test_an_empty_form_whose_last_figure_was_left_out_here_can_be_taken_back(desk, weigh):
    read = unit_form(desk.task, desk.place.village, {"A": "许多"})
    result = weigh(read, mended={f"{desk.place.village.name}!D{FIRST_ROW}": ""})
    assert (result.verdict, result.is_unchanged) == (FileVerdict.PREVIEW, False)
    assert result.sentence.startswith("Nothing is left to be taken in")


def test_sheets_of_another_period_are_refused_with_both_periods(desk, weigh):
    line, village = desk.task.layout.by_key["A"].name, desk.place.village.name
    other = [["2026年第二季度"], ["单位", line], [village, 3]]
    result = weigh(table(other, [["说明"], [line, "按月末数填报"]]))
    assert result.verdict == FileVerdict.REFUSED
    assert "says “2026年第二季度”" in result.sentence
    assert "is being filled in for Third quarter of 2026" in result.sentence
    assert desk.weigh(table(other), task=desk.task, organization=desk.place.village).verdict == FileVerdict.REFUSED


def test_more_strangers_than_units_of_yours_are_refused(desk, weigh):
    line = desk.task.layout.by_key["A"].name
    result = weigh(table([["单位", line], ["县直部门", 3], ["建制村", 4], ["学校", 5]]))
    assert result.verdict == FileVerdict.REFUSED
    assert result.sentence.startswith("None of the 3 names that stand for units in this table (“县直部门”、“建制村”、“学校”)")


def test_one_name_that_nobody_knows_is_asked_about(desk, weigh):
    line = desk.task.layout.by_key["A"].name
    result = weigh(table([["单位", line], ["老王庄", 3]]))
    assert (result.verdict, result.is_unchanged) == (FileVerdict.PREVIEW, False)
    assert result.sentence.startswith("No figure could be placed yet. “老王庄” is not understood.")
    (head,) = [head for head in result.heads if head.is_asked]
    passed = weigh(table([["单位", line], ["老王庄", 3]]), heads={head.address: ""})
    assert (passed.verdict, passed.is_unchanged) == (FileVerdict.PREVIEW, False)  # the answer can be taken back
    accepted = desk.accept(table([["单位", line], ["老王庄", 3]]), task=desk.task, organization=desk.place.village)
    assert (accepted.verdict, accepted.sentence.startswith("Nothing was taken in.")) == (FileVerdict.REFUSED, True)


def test_a_table_of_totals_alone_says_so(desk):
    line = desk.task.layout.by_key["A"].name
    clerk = a_user(Role.CLERK, desk.place.township)
    fields = {"task": desk.task, "organization": desk.place.township}
    result = desk.weigh(table([["单位", line], ["合计", 3], ["总计", 4]]), clerk, **fields)
    assert result.verdict == FileVerdict.REFUSED
    assert "“合计”: left out, a total." in result.sentence
    empty = desk.weigh(table([["单位", line], [desk.place.village.name, None]]), clerk, **fields)
    assert (empty.verdict, empty.sentence) == (
        FileVerdict.REFUSED,
        "The table is empty: no figure to be taken stands under its heads.",
    )


def test_figures_that_stand_beside_a_head_in_doubt_are_not_all(desk, weigh):
    fill(desk.report(), {"A": 3}, by=desk.place.clerk)
    line = desk.task.layout.by_key["A"].name
    result = weigh(table([["单位", line], [desk.place.village.name, 3], ["老王庄", 4]]))
    assert (result.verdict, result.is_unchanged) == (FileVerdict.PREVIEW, False)
    assert result.sentence == "The figures that could be placed stand already. Heads to be confirmed: 1."

"""The workbook of one unit: what stands where, what can be typed, what it says and what it carries."""

import io

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from indicators.models import Form
from orgs.models import Organization
from submissions.choices import State
from submissions.review.actions import send_back
from submissions.workbooks.stamps import COLUMNS, STAMPS_SHEET, Shape, edition_of, read_stamp
from tests.factories.submissions import AT, fill, send, submission_of
from tests.submissions.workbooks.world import columns_of, rows_of


@pytest.fixture
def sheet(world):
    return world.opened().worksheets[0]


def at(sheet, key, column):
    return sheet[f"{columns_of(sheet)[column]}{rows_of(sheet)[key]}"]


def test_every_line_has_its_key_and_every_column_its_name(world, sheet):
    assert list(rows_of(sheet)) == [line.key for line in world.task.layout.printed]
    assert set(columns_of(sheet)) <= set(COLUMNS)
    assert {"now", "choice", "previous", "last_year", "year", "warning"} <= set(columns_of(sheet))
    assert sheet.column_dimensions["A"].hidden
    assert sheet.row_dimensions[1].hidden


def test_the_stamp_stands_on_the_sheet_in_the_very_hidden_one_and_in_the_properties(world):
    book = world.opened()
    stamp = read_stamp(book.worksheets[0]["A1"].value)
    assert (stamp.form, stamp.period, stamp.org, stamp.shape) == ("季01表", "2026Q3", world.place.village.code, Shape.UNIT)
    assert stamp.edition == edition_of(world.task.layout)
    assert book[STAMPS_SHEET].sheet_state == "veryHidden"
    assert [row[0].value for row in book[STAMPS_SHEET].iter_rows()] == [stamp.text]
    props = {prop.name: prop.value for prop in book.custom_doc_props.props}
    assert (props["form"], props["period"], props["unit"], props["edition"]) == ("季01表", "2026Q3", stamp.org, stamp.edition)


def test_only_typed_cells_take_typing(world, sheet):
    assert sheet.protection.sheet
    assert not sheet.protection.password
    for line in world.task.layout.printed:
        assert at(sheet, line.key, "now").protection.locked is line.is_computed
        assert at(sheet, line.key, "choice").protection.locked is line.is_computed
        assert at(sheet, line.key, "previous").protection.locked
    assert sheet["A1"].protection.locked


def test_an_opening_stock_is_filled_in_and_locked(sheet):
    """T68: the quarter before closed with 48."""
    assert at(sheet, "START", "now").value == 48
    assert at(sheet, "START", "now").protection.locked
    assert "closing stock" in at(sheet, "START", "now").comment.text


def test_earlier_figures_stand_beside(sheet):
    found = {key: at(sheet, key, "previous").value for key in ("ALL", "ALL:男", "IN", "MONEY", "SHARE")}
    assert found == {"ALL": 20, "ALL:男": 12, "IN": 6, "MONEY": 3, "SHARE": 25}
    assert at(sheet, "ALL", "last_year").value is None


def test_what_is_kept_is_filled_in(world):
    fill(submission_of(world.task, world.place.village), {"ALL": 20, "SUM": "NA", "MONEY": -1}, by=world.place.clerk)
    sheet = world.opened().worksheets[0]
    assert [at(sheet, key, "now").value for key in ("ALL", "SUM", "MONEY", "IN")] == [20, "N/A", -1, None]


def test_computed_lines_and_the_year_are_live_formulas_with_their_results(world):
    fill(submission_of(world.task, world.place.village), {"ALL": 8, "SOME": 3, "IN": 4, "OUT": 5}, by=world.place.clerk)
    content = world.make().content
    live, cached = (openpyxl.load_workbook(io.BytesIO(content), data_only=only).worksheets[0] for only in (False, True))
    assert [at(cached, key, "now").value for key in ("SHARE", "NET")] == [37.5, -1]
    assert [at(cached, key, "year").value for key in ("IN", "OUT", "NET", "ALL", "SUM")] == [10, 7, 3, 8, None]
    assert all(at(live, key, "now").value.startswith("=IF") for key in ("SHARE", "NET"))
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    assert rows[rows_of(live)["SHARE"] - 1][4] == 37.5


def test_broken_rules_are_shown_with_their_results(world):
    figures = {"ALL": 8, "SOME": 9, "IN": 3, "OUT": 1, "END": 53}
    fill(submission_of(world.task, world.place.village), figures, by=world.place.clerk)
    sheet = openpyxl.load_workbook(io.BytesIO(world.make().content), data_only=True).worksheets[0]
    assert at(sheet, "SOME", "warning").value.startswith("× 指标SOME ≤ 指标ALL")
    assert at(sheet, "START", "warning").value == "× 期初加增减等于期末　"
    assert at(sheet, "IN", "warning").value.startswith("○ ")
    assert at(sheet, "OUT", "warning").value in (None, "")


def test_validations_mirror_the_lines_and_the_short_rules(sheet):
    found = {str(one.sqref): one for one in sheet.data_validations.dataValidation}
    now = columns_of(sheet)["now"]
    money, some = (found[f"{now}{rows_of(sheet)[key]}"] for key in ("MONEY", "SOME"))
    assert money.type == some.type == "custom"
    assert (money.errorStyle, money.allowBlank) == ("warning", True)
    assert "ROUND" in money.formula1
    assert "<0" not in money.formula1
    assert "2 decimals" in money.error
    assert f"<={now}{rows_of(sheet)['ALL']}" in some.formula1
    assert "指标SOME ≤ 指标ALL" in some.error
    assert "N/A" not in some.formula1
    assert all(len(one.formula1) <= 255 and len(one.error) <= 225 and len(one.prompt or "") <= 255 for one in found.values())


def test_the_choice_offers_not_applicable_where_the_line_takes_it(sheet):
    lists = [one for one in sheet.data_validations.dataValidation if one.type == "list"]
    offered = {str(area): one.formula1 for one in lists for area in str(one.sqref).split()}
    choice = columns_of(sheet)["choice"]
    assert offered[f"{choice}{rows_of(sheet)['SOME']}"] == '"清空"'
    assert offered[f"{choice}{rows_of(sheet)['ALL']}"] == '"N/A,清空"'


def test_definitions_stand_at_the_cell_and_on_a_sheet_of_their_own(world, sheet):
    assert sheet[f"C{rows_of(sheet)['ALL']}"].comment.text == "在册人数。"
    last = world.opened()["Definitions of the indicators"]
    texts = [cell.value for row in last.iter_rows() for cell in row if cell.value]
    assert {"在册人数。", "期初加增减等于期末"} <= set(texts)


def test_it_is_set_up_for_paper_and_screen(sheet):
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToWidth) == ("landscape", 9, 1)
    first = min(rows_of(sheet).values()) - 1  # the row of the first section
    assert sheet.freeze_panes == f"D{first}"
    assert sheet.print_title_rows == f"${first - 2}:${first - 1}"


def test_a_report_that_is_sent_is_for_reading_only(world):
    earlier = world.task.form.tasks.get(period="2026Q2")
    world.task = earlier
    sheet = world.opened().worksheets[0]
    assert at(sheet, "ALL", "now").value == 20
    assert at(sheet, "ALL", "now").protection.locked
    assert str(State.SUBMITTED.label) in sheet["B5"].value


def test_why_a_cell_was_sent_back_stands_beside_it(world):
    submission = submission_of(world.task, world.place.village)
    figures = {"ALL": 20, "ALL:男": 12, "ALL:女": 8, "SOME": 5, "IN": 6, "OUT": 1, "END": 53}
    version = send(submission, figures, by=world.place.clerk)
    given = {"version_number": version.number, "reason": "请核对", "cell_reasons": {"SOME": "上月是9"}}
    send_back(submission=submission, by=world.place.reviewer, at=AT, **given)
    sheet = world.opened().worksheets[0]
    assert at(sheet, "SOME", "note").value == "Returned: 上月是9"
    assert [at(sheet, "ALL", "note").value, at(sheet, "SOME", "now").value] == [None, 5]
    assert not at(sheet, "SOME", "now").protection.locked


def test_texts_are_never_formulas_and_long_names_are_kept(world):
    name = "=HYPERLINK(1)" + "很长的名称" * 20
    Organization.objects.filter(pk=world.place.village.pk).update(name=name)
    Form.objects.filter(pk=world.task.form_id).update(title="=1+1 " + "季度报表" * 20)
    world.place.village.refresh_from_db()
    world.task.form.refresh_from_db()
    made = world.make()
    sheet = openpyxl.load_workbook(io.BytesIO(made.content)).worksheets[0]
    assert name in sheet["B3"].value
    assert sheet["B3"].data_type == "s"
    assert sheet["B2"].value.startswith("=1+1")
    assert sheet["B2"].data_type == "s"
    assert len(made.name.encode()) < 230


def test_the_same_report_gives_the_same_bytes(world):
    assert world.make().content == world.make().content

"""Tables of strangers from the file to the preview: dates by accident, heads that were answered before, questions that stop a file."""

import io
from datetime import datetime, time

import pytest
from openpyxl import Workbook
from openpyxl.cell.cell import Cell as BookCell

from submissions.imports.report.import_report import FileResult, FileVerdict, Weight
from submissions.imports.service.uploads import accept_upload, mend_upload, put_upload
from submissions.models import Upload, Version
from tests.factories.submissions import AT, a_task
from tests.submissions.imports.tables.county import Township, a_township_with_villages, as_file
from tests.submissions.imports.tables.world import VILLAGES, sheet_of

pytestmark = pytest.mark.django_db
HEADS = ["序号", "村名", "党员总数", "其中：在村党员", "流动党员人数", "收集民情民意"]
ASKED = {
    "党员总数": "line:PM-001",
    "其中：在村党员": "line:PM-002",
    "流动党员人数": "line:PM-003",
    "收集民情民意": "line:ISS-201",
}


def _put(township: Township, content: bytes, name: str = "报表.xlsx", task=None) -> tuple[Upload, FileResult]:
    facts = {"organization": township.place, "task": task or township.task, "by": township.clerk, "at": AT}
    return put_upload(name=name, content=content, **facts)


def _quarter(title: str, date: str, first: int) -> bytes:
    """The table of one quarter: only its title, its date and its figures are new."""
    rows = [[title], ["填报单位：青山镇党委", None, None, None, date], HEADS]
    for number, village in enumerate(VILLAGES[:4]):
        rows.append([number + 1, village.short_name, *(first + 50 * place + number for place in range(4, 0, -1))])
    return as_file(sheet_of(rows, title="Sheet", merged=[(1, 1, 1, 6)]))


def _answered(township: Township, upload: Upload, result: FileResult) -> FileResult:
    """A clerk says what every head that is asked about means, and takes the file in."""
    answers = {head.address: ASKED.get(head.text, "") for head in result.heads if head.is_asked}
    if answers:
        result = mend_upload(upload=upload, mended={}, heads=answers, by=township.clerk, at=AT)
    assert all(unit.is_ready for unit in result.units)
    return accept_upload(upload=upload, sha256=upload.sha256, units=None, by=township.clerk, at=AT)


def _asks_nothing(result: FileResult) -> bool:
    return (
        not result.questions and not any(head.is_asked for head in result.heads) and all(unit.is_ready for unit in result.units)
    )


@pytest.mark.parametrize(
    ("title", "date"),
    [
        ("青山镇2026年第三季度基层党建情况", "2026年12月31日"), ("青山镇2026年第三季度基层党建情况", "2026-10-09"),
        ("青山镇基层党建情况（第三季度）", "2026.9.30"), ("2026年三季度青山镇党建情况表", ""),
        ("青山镇2026年三季度基层党建情况（改）", "10月8日"),
    ],
)  # fmt: skip
def test_the_same_heads_under_another_date_ask_nothing(title, date):
    township = a_township_with_villages(4)
    upload, result = _put(township, _quarter("青山镇2026年第三季度基层党建情况", "2026年9月30日", 400))
    assert _answered(township, upload, result).verdict == FileVerdict.ACCEPTED
    _upload, result = _put(township, _quarter(title, date, 500), name="报表(2).xlsx")
    assert _asks_nothing(result)
    assert len(list(result.changes())) == 16


@pytest.mark.parametrize("date", ["2026年12月31日", "2027年1月5日", "2027-01-04", ""])
def test_the_next_quarter_asks_nothing(date):
    township = a_township_with_villages(4)
    upload, result = _put(township, _quarter("青山镇2026年第三季度基层党建情况", "2026年9月30日", 400))
    _answered(township, upload, result)
    later = a_task(township.county, township.form, period="2026Q4", due_on=AT.date().replace(year=2027))
    _upload, result = _put(township, _quarter("青山镇2026年第四季度基层党建情况", date, 600), task=later)
    assert _asks_nothing(result)
    assert len(list(result.changes())) == 16


def test_a_date_by_accident_is_reported_and_nothing_of_its_unit_is_taken():
    """The number 12 in a cell formatted as a date, 2026-3-5 typed as a number would be, and 1:30 for a ratio."""
    township = a_township_with_villages(3)
    book = Workbook()
    sheet = book.active
    sheet.title = "Sheet"
    for row in (
        ["村名", "党员总数", "流动党员数", "收集民情民意"],
        [VILLAGES[0].short_name, datetime(2026, 3, 5), datetime(1900, 1, 12), 2],
        [VILLAGES[1].short_name, 31, time(1, 30), 2],
        [VILLAGES[2].short_name, 32, 5, 3],
    ):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    upload, result = _put(township, out.getvalue())
    errors = {remark.address for unit in result.units for remark in unit.remarks if remark.weight == Weight.ERROR}
    assert errors == {"Sheet!B2", "Sheet!C2", "Sheet!C3"}
    assert [unit.is_ready for unit in sorted(result.units, key=lambda unit: unit.org)] == [False, False, True]
    accept_upload(upload=upload, sha256=upload.sha256, units=None, by=township.clerk, at=AT)
    (version,) = Version.objects.select_related("submission__organization")
    assert version.submission.organization.code == VILLAGES[2].code


def test_a_sheet_that_does_not_say_whose_its_rows_are_asks_once_and_takes_nothing():
    township = a_township_with_villages(4)
    names = [village.short_name for village in VILLAGES[:4]]
    rows = [["帮带村", "党员总数", "示范村"], [names[0], 31, names[2]], [names[1], 32, names[3]]]
    upload, result = _put(township, as_file(sheet_of(rows)))
    (question,) = result.questions
    assert (question.what, len(question.choices), list(result.changes())) == ("unit_column", 2, [])
    assert not accept_upload(upload=upload, sha256=upload.sha256, units=None, by=township.clerk, at=AT).has_figures
    heads = {question.address: question.choices[0][0]}
    result = mend_upload(upload=upload, mended={}, heads=heads, by=township.clerk, at=AT)
    assert (result.questions, [change.new for _unit, change in result.changes()]) == ((), ["31", "32"])
    assert result.unit_column


def test_a_hidden_value_and_a_differing_total_are_in_the_preview():
    """5 over two villages with a 9 left under the merge; the total says 7 where the rows say 6."""
    township = a_township_with_villages(3)
    names = [village.short_name for village in VILLAGES[:3]]
    book = Workbook()
    sheet = book.active
    sheet.title = "Sheet"
    for row in (["村名", "党员总数", "流动党员数"], [names[0], 5, 1], [names[1], None, 2], [names[2], 33, 3], ["合计", 47, 7]):
        sheet.append(row)
    sheet.merge_cells("B2:B3")
    sheet._cells[3, 2] = BookCell(sheet, 3, 2, 9)  # what spreadsheets keep when they merge cells by the painter
    out = io.BytesIO()
    book.save(out)
    _upload, result = _put(township, out.getvalue())
    sentence = {
        remark.address: remark.sentence for remark in (*result.remarks, *(one for unit in result.units for one in unit.remarks))
    }
    assert "9" in sentence["Sheet!B3"]
    assert "7" in sentence["Sheet!C5"]
    assert "6" in sentence["Sheet!C5"]
    assert "9" not in [change.new for _unit, change in result.changes()]

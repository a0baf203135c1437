"""Where the last page of a printed sheet begins: whatever the length, the notes have rows beside them."""

from dataclasses import replace

import openpyxl
import pytest
from django.utils import timezone

from spreadsheets.write.page_breaks import Ending, ending
from spreadsheets.write.sheet import Block, BodyRow, Look, Paper, Properties, Sheet, Style
from spreadsheets.write.workbook_writer import write_workbook

HEAD = (38.0, *(16.5,) * 5, 34.0, 14.5)
FOOT = (26.0, 90.0, 17.0, 17.0)
PAPER = Paper(repeat_rows=(7, 8))


def pages(count: int, end: Ending, room: float) -> list[tuple[int, bool]]:
    """Rows and whether the foot stands there, page by page, as a program fills them."""
    found, used, rows = [], sum(HEAD), 0
    for number in range(1, count + 1):
        if used + 18 > room or len(HEAD) + number - 1 == end.row_break:
            found.append((rows, False))
            used, rows = sum(HEAD[6:]), 0
        used, rows = used + 18, rows + 1
    if used + sum(FOOT) <= room:
        return [*found, (rows, True)]
    return [*found, (rows, False), (0, True)]


@pytest.mark.parametrize("room", [490.0, 505.0, 515.0, 530.0, 550.0, 566.0])
def test_the_foot_is_never_alone_whatever_the_length(room):
    for count in range(1, 200):
        end = ending(HEAD, [18.0] * count, FOOT, PAPER, 140)
        if not end.is_one_page:
            rows, has_foot = pages(count, end, room)[-1]
            assert has_foot, (count, end)
            assert rows, (count, end)


@pytest.mark.parametrize(
    ("count", "right"), [(3, Ending()), (9, Ending()), (12, Ending(is_one_page=True)), (600, Ending(row_break=605))]
)
def test_a_short_table_is_left_alone_and_a_little_longer_one_is_shrunk(count, right):
    assert ending(HEAD, [18.0] * count, FOOT, PAPER, 140) == right


def test_a_table_over_pages_across_is_not_shrunk():
    end = ending(HEAD, [18.0] * 40, FOOT, replace(PAPER, size="A3", column_breaks=(20,), scale=70), 400)
    assert not end.is_one_page


def test_rows_of_unknown_height_and_a_table_without_rows():
    assert ending(HEAD, [], FOOT, PAPER, 140) == Ending()
    assert ending((None, None), [None] * 400, (None,), PAPER, 140).row_break == 396


@pytest.mark.parametrize(("rows", "breaks", "fit"), [(5, [], 0), (12, [], 1), (300, [301], 0)])
def test_the_workbook_carries_it(tmp_path, rows, breaks, fit):
    style = Style()
    sheet = Sheet(
        title="表", widths=(70.0, 70.0), head=tuple(Block(row, 1, "头", style) for row in range(1, 9)),
        heights=dict(enumerate(HEAD, 1)), looks={"row": Look((style, style), 18)},
        body=(BodyRow("row", (number, "村")) for number in range(rows)),
        foot=tuple(Block(row, 1, "注", style) for row in range(1, 5)), foot_heights=dict(enumerate(FOOT, 1)),
        paper=replace(PAPER, foot="制表", keeps_foot=True),
    )  # fmt: skip
    write_workbook(tmp_path / "a.xlsx", [sheet], Properties("t", "c", timezone.now()))
    worksheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert [one.id for one in worksheet.row_breaks.brk] == breaks
    assert worksheet.page_setup.fitToHeight == fit

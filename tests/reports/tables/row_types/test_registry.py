"""What each row type says of itself: its title, its words on the page of a layout, whether it lists reports."""

import pytest

from reports.tables.layouts.definition import RowsOf
from reports.tables.row_types.registry import ROW_TYPES, offered_rows


@pytest.mark.parametrize(
    ("rows", "title", "label"),
    [
        (RowsOf.UNITS, "季报表 (by unit)", "Units, with subtotals"),
        (RowsOf.CHILDREN, "季报表 (by organization)", "Organizations directly below"),
        (RowsOf.CATEGORIES, "季报表 (by unit category)", "Unit categories"),
        (RowsOf.DISTRICTS, "季报表 (by district)", "Districts"),
        (RowsOf.LINES, "季报表 (by line of industry)", "Lines of industry"),
        (RowsOf.COMPARED, "季报表 (comparison)", "Indicators, beside other periods"),
        (RowsOf.KINDS, "季报表", ""),
        (RowsOf.ONE_UNIT, "季报表", ""),
        (RowsOf.SUBMISSIONS, "季报表", ""),
        (RowsOf.FINDINGS, "季报表", ""),
    ],
)
def test_title_and_label(rows, title, label):
    assert ROW_TYPES[rows].title_of("季报表") == title
    assert str(ROW_TYPES[rows].label) == label


def test_a_title_with_a_percent_sign_stays_what_it_is():
    assert ROW_TYPES[RowsOf.UNITS].title_of("100%(title)s 覆盖") == "100%(title)s 覆盖 (by unit)"


def test_what_is_offered_comes_in_this_order():
    assert [str(rows) for rows in offered_rows()] == ["units", "children", "unit_category", "district", "line", "compared"]


def test_one_row_type_can_list_every_report():
    assert [rows for rows, row_type in ROW_TYPES.items() if row_type.lists_reports] == [RowsOf.SUBMISSIONS]

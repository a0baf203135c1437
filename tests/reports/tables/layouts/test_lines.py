"""R1, R3, cover and definitions as they are printed."""

from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest
from django.utils import timezone

from indicators.printed.definitions import definitions_sheet
from reports.figures.changes.change import change
from reports.figures.output.grid import Change, FigureCell, SameUnits
from reports.tables.layouts.comparison import comparison
from reports.tables.layouts.cover import Cover, cover_sheet
from reports.tables.layouts.one_unit import one_unit
from reports.tables.layouts.relations import MOST, relations
from spreadsheets.write.sheet import Properties
from spreadsheets.write.workbook_writer import write_workbook
from tests.factories.indicators import line
from tests.reports.grids import HEADING, ONE, TO_DATE

UNIT = replace(HEADING, is_unit=True, organization="城关镇新村党支部", telephone="0537-1234567")


@pytest.fixture
def rows(tmp_path):
    """Draws a sheet and gives its rows as lists of values, with the worksheet."""

    def draw(sheet):
        write_workbook(tmp_path / "out.xlsx", [sheet], Properties("t", "c", timezone.now()))
        worksheet = openpyxl.load_workbook(tmp_path / "out.xlsx").active
        return [[cell.value for cell in row] for row in worksheet.iter_rows()], worksheet

    return draw


def body(rows):
    """From the row after the numbers to the signatures."""
    start = next(number for number, row in enumerate(rows) if row[0] == "甲") + 1
    end = next(number for number, row in enumerate(rows) if str(row[0]).startswith("Head of the unit"))
    return rows[start:end]


def test_r1_shows_a_units_form_with_its_other_periods_and_explanations(rows):
    found, worksheet = rows(one_unit(ONE, TO_DATE, UNIT, {"ORG-005": "新注销企业2家，属正常变动。"}))
    assert body(found) == [
        ["一、组织覆盖", *[None] * 7],
        ["ORG-001", "两新组织台账数", "家", 120, 120, 118, 100, None],
        ["ORG-002", "已建立党组织", "家", 100, 100, 100, 80, None],
        [None, "单独组建", "家", 80, 80, None, None, None],
        [None, "联合组建", "家", 20, 20, None, None, None],
        ["ORG-005", "组建率", "%", 83.3, 83.3, 84.7, 80, "新注销企业2家，属正常变动。"],
        ["二、教育培训", *[None] * 7],
        ["EDU-001", "培训党员", "人次", 500, 1500, 0, None, None],
        ["EDU-002", "of which: 培训农村党员", "人次", 0, 40, 10, 10, None],
        ["EDU-003", "培训经费", "万元", None, None, None, None, None],
    ]
    assert found[4][0] == "Reporting unit (seal): 城关镇新村党支部"
    assert worksheet.print_title_rows == "$7:$8"
    assert worksheet.freeze_panes == "C9"
    assert worksheet["D14"].number_format == "0.0"
    assert any("Telephone: 0537-1234567" in str(row[0]) for row in found)


def test_r1_writes_relations_by_code(rows):
    found, _worksheet = rows(one_unit(ONE, TO_DATE, UNIT, {}))
    printed = "\n".join(str(row[0]) for row in found)
    assert "Checks: ORG-002≤ORG-001." in printed
    assert (
        "ORG-002=ORG-002:单独组建+ORG-002:联合组建 holds but for Period before (opening)、Same period last year: "
        "its figures were not all reported there, or were reported so."
    ) in printed


def test_r3_compares_and_says_dash_where_nothing_can_be_compared(rows):
    found, _worksheet = rows(comparison(ONE, TO_DATE, HEADING))
    by_code = {row[0]: row[3:] for row in body(found) if row[0]}
    assert by_code["ORG-001"] == [120, 120, 100, 20, 20, 2, 1.7, 10, 9.1]
    assert by_code["ORG-005"] == [83.3, 83.3, 80, 3.3, "—", -1.4, "—", "—", "—"]
    assert by_code["EDU-001"] == [500, 1500, None, "—", "—", 500, "—", "—", "—"]
    assert by_code["EDU-002"] == [0, 40, 10, -10, -100, -10, -100, "—", "—"]
    assert by_code["EDU-003"] == [None, None, None, *["—"] * 6]


def test_r3_has_its_heads_in_two_rows_over_numbers(rows):
    found, worksheet = rows(comparison(ONE, TO_DATE, HEADING))
    merged = {str(area) for area in worksheet.merged_cells.ranges}
    assert {"A7:A8", "E7:E8", "F7:H7", "I7:J7", "K7:L7"} <= merged
    assert found[7][5:] == [
        "Same period last year", "Increase or decrease", "Increase or decrease (%)",
        "Increase or decrease", "Increase or decrease (%)", "Increase or decrease", "Increase or decrease (%)",
    ]  # fmt: skip
    assert found[8] == ["甲", "乙", "丙", 1, 2, 3, 4, 5, 6, 7, 8, 9]


def test_the_formats_of_a_growth_and_of_its_indicator_differ(rows):
    _found, worksheet = rows(comparison(ONE, TO_DATE, HEADING))
    row = next(row for row in worksheet.iter_rows() if row[0].value == "ORG-001")
    assert [cell.number_format for cell in row[3:]] == ["0", "0", "0", "0", "0.0", "0", "0.0", "0", "0.0"]


def withheld(text, compared, units, change, percent=None):
    same = SameUnits(units, change and Decimal(change), percent and Decimal(percent))
    return FigureCell(
        Decimal(text), text, compare={name: Change(Decimal(100), None, None, same_units=same) for name in compared}
    )


def test_r3_withholds_what_is_not_complete_and_prints_the_same_units_beside_it(rows):
    """The plain columns are empty, so that increase = this period − last year never fails; a stock alone looks at the year's end."""
    cells = list(ONE.rows[0].cells)
    cells[0] = withheld("30", ("prev", "same_last_year", "year_end"), 12, "3", "3.44")
    cells[4] = withheld("83.3", ("prev",), 12, "1.25")
    cells[5] = withheld("7", ("same_last_year", "year_end"), 0, None)
    found, worksheet = rows(comparison(replace(ONE, rows=(replace(ONE.rows[0], cells=tuple(cells)),)), TO_DATE, HEADING))
    by_code = {row[0]: row[3:] for row in body(found) if row[0]}
    assert by_code["ORG-001"] == [30, 120, 100, None, None, 12, 3, 3.4, None, None, 12, 3, 3.4, None, None, 12, 3, 3.4]
    assert by_code["ORG-005"] == [83.3, 83.3, None, "—", "—", None, None, None, None, None, 12, 1.3, "—", *["—"] * 5]
    assert by_code["EDU-001"][2:8] == [100, None, None, 0, "—", "—"]
    assert by_code["ORG-002"][2:8] == [80, 20, 25, None, None, None]
    assert found[7][8:11] == [
        "Like for like: units", "Like for like: increase or decrease", "Like for like: increase or decrease (%)",
    ]  # fmt: skip
    assert found[8][-1] == 18
    assert worksheet["I11"].number_format == "0"
    assert any("the sums are not compared" in str(row[0]) for row in found)


def test_r3_says_in_columns_of_its_own_from_how_many_units_a_sum_is(rows):
    """Whoever copies the columns takes it with the figures; a table of complete sums has no such column."""
    cells = list(ONE.rows[0].cells)
    cells[0] = replace(cells[0], expected=2840, reported=1893, approved=946)
    cells[1] = replace(cells[1], expected=36, reported=36, approved=36, is_complete=True)
    found, _worksheet = rows(comparison(replace(ONE, rows=(replace(ONE.rows[0], cells=tuple(cells)),)), TO_DATE, HEADING))
    assert found[6][12] == "From so many of the units expected"
    assert found[7][12:] == ["This quarter", "Year to date"]
    by_code = {row[0]: row[3:5] + row[12:] for row in body(found) if row[0]}
    assert (by_code["ORG-001"], by_code["ORG-002"]) == ([120, 120, "946/2840", None], [100, 100, "36/36", None])


def test_another_period_keeps_the_decimals_it_was_printed_with(rows):
    cells = list(ONE.rows[0].cells)
    cells[0] = replace(
        cells[0], compare={"same_last_year": replace(change(Decimal(120), Decimal("100.25"), "stock", ""), decimals=2)}
    )
    _found, worksheet = rows(comparison(replace(ONE, rows=(replace(ONE.rows[0], cells=tuple(cells)),)), TO_DATE, HEADING))
    row = next(row for row in worksheet.iter_rows() if row[0].value == "ORG-001")
    assert [(cell.value, cell.number_format) for cell in row[5:8]] == [(100.25, "0.00"), (19.75, "0.00"), (19.7, "0.0")]


@pytest.mark.parametrize(
    ("expression", "printed"),
    [
        ("{A} == {B} + {C}", ("1=2+3",)),
        ("{A} <= {B}", ("1≤2",)),
        ("{A} == ({B} - {C}) * 100 / {B}", ("1=(2-3)×100÷2",)),
        ("{A} >= {A@prev} and {B} > 0", ("1≥last period's [1] and 2>0",)),
        ("{A@ytd} >= {A@same_last_year}", ("year to date's [1]≥last year's [1]",)),
        ("{A} <= {Z}", ()),
        ("1 < 2", ()),
    ],
)
def test_a_check_is_printed_by_column_numbers_where_all_its_figures_are_there(expression, printed):
    assert relations([expression], {"A": "1", "B": "2", "C": "3"}) == printed


def test_relations_are_printed_once_and_not_without_end():
    assert relations(["{A} <= {B}", "{A}<={B}"], {"A": "1", "B": "2"}) == ("1≤2",)
    many = relations((f"{{A}} <= {number}" for number in range(100)), {"A": "1"})
    assert len(many) == MOST + 1
    assert many[-1] == "and 60 more on the sheet of definitions"


def test_the_cover_says_whose_it_is_and_what_is_inside(rows):
    cover = Cover(
        "青石县党建季报",
        "2026年第三季度",
        "中共青石县委组织部",
        HEADING.status,
        HEADING.made,
        "3f2a",
        (("两新季01表", "覆盖"),),
    )
    found, worksheet = rows(cover_sheet(cover))
    texts = [text for row in found for text in row if text]
    assert texts[:4] == ["Internal material", "青石县党建季报", "2026年第三季度", "Reporting unit (seal)："]
    assert {
        "中共青石县委组织部",
        "Head of the unit：",
        "Reviewed by：",
        "Filled in by：",
        "Telephone：",
        "Date of report：",
    } <= set(texts)
    assert texts[-1] == "两新季01表　覆盖"
    assert "Check code of the figures: 3f2a" in texts
    assert worksheet.page_setup.orientation == "landscape"


def test_the_definitions_tell_each_indicator_once_and_every_rule(rows):
    lines = [
        line("A", name="单位数", definition="台账内的单位。"),
        line("B", name="已建", item=""),
        line("B", name="已建", item="单独"),
        line("R", name="组建率", unit="%", numerator="{B}", denominator="{A}"),
        line("F", name="合计", formula="{A} + {B:单独}"),
    ]
    rules = [("{B} <= {A}", "mandatory", "已建不多于单位数"), ("{B} >= {B@prev}", "verify", "")]
    found, _worksheet = rows(definitions_sheet(lines, rules, HEADING.made))
    assert [row[:2] for row in found[2:]] == [
        ["A", "单位数"], ["B", "已建"], ["R", "组建率"], ["F", "合计"],
        ["Mandatory", "已建 ≤ 单位数"], ["Verify", "已建 ≥ 已建［period before］"],
    ]  # fmt: skip
    assert [row[4] for row in found[2:6]] == [
        "台账内的单位。", None, "Computed: (已建) ÷ (单位数)", "Computed: 单位数 + 已建（单独）"
    ]  # fmt: skip
    assert found[6][4] == "已建不多于单位数"

"""Formulas of the language written for cells come to what the language comes to, whatever is missing or not applicable."""

import itertools
from datetime import UTC, datetime

import openpyxl
import pytest

from indicators.formulas import VerdictState, parse
from indicators.formulas.in_cells import NotWritable, answered, is_broken, written
from indicators.values.documents import NA
from spreadsheets.write.sheet import BodyRow, Formula, Look, Properties, Sheet, Style
from spreadsheets.write.workbook_writer import workbook_bytes
from tests.soffice import XLSX, converted, without_results

NUMBERS = (
    "{A} + {B} - {C}", "({A} + 1) * {B} / {C}", "-{A}", "sum({A}, {B}, {C})", "min({A}, {B})", "max({A}, 3, {C})",
    "coalesce({A}, {B}, 7)", "abs({A} - {B})", "floor({A} / 2)", "if({A} > {B}, {A}, {C})", "if({A} > 1 and {B} > 1, 1, 0)",
    "{A} * 2 + if({B} == 0, 0, {A} / {B})", "100", "coalesce({A}, 0) / coalesce({B}, 1)",
    "sum({A}, {B}) + {C}", "if({A} + 1 > 0 or {B} > 0, {C}, 0)", "if({A} + {B} > 0, {C}, 0)", "if({A} > 0 or {B} > 0, {C}, 0)",
    "if(not ({A} / {B} > 0 and {C} > 0), 1, {A})",
)  # fmt: skip
CONDITIONS = (
    "{A} <= {B}", "{A} < {B} <= {C}", "{A} == {B} + {C}", "{A} != {B}", "{A} <= {B} and {B} <= {C}", "{A} > 1 or {B} > 1",
    "not {A} == {B}", "coalesce({A}, 1) != 0 or coalesce({B}, 0) == 0", "sum({A}, {B}) >= {C}", "if({A} > 0, {B} > 0, {C} > 0)",
    "{A} / {B} > 1 or {C} > 0", "not ({A} / {B} > 1 or {C} + 1 > 0)",
)  # fmt: skip
FIGURES = (None, NA, 0, 2, 5)
CASES = tuple(itertools.product(FIGURES, repeat=3))


NA_WORD = "不适用"


def resolver(case):
    return lambda reference: dict(zip("ABC", case, strict=True))[reference.code]


def addressed(row: int):
    return lambda reference: f"${reference.code}{row}"


def as_number(text: str, row: int) -> str:
    return answered(written(parse(text).tree, addressed(row), NA_WORD), NA_WORD, "—")


def as_warning(text: str, row: int) -> str:
    return f"IF({is_broken(parse(text).tree, addressed(row), NA_WORD)},1,0)"


def in_sheet(texts, write) -> Sheet:
    """A row per case: the three figures, then every formula written for its row."""
    rows = [
        BodyRow(
            "row",
            (*(NA_WORD if figure == NA else figure for figure in case), *(Formula(write(text, row), None) for text in texts)),
        )
        for row, case in enumerate(CASES, 1)
    ]
    width = 3 + len(texts)
    return Sheet(title="F", widths=(9.0,) * width, head=(), looks={"row": Look((Style(),) * width)}, body=rows)


def computed(texts, write, folder) -> list[tuple]:
    """What LibreOffice makes of the formulas, a tuple per case."""
    properties = Properties("F", "系统", datetime(2026, 10, 8, tzinfo=UTC))
    path = folder / "formulas.xlsx"
    path.write_bytes(without_results(workbook_bytes([in_sheet(texts, write)], properties)))
    sheet = openpyxl.load_workbook(converted(path, XLSX, folder / "out"), data_only=True).active
    return [row[3:] for row in sheet.iter_rows(values_only=True, max_row=len(CASES))]


def printed(figure) -> object:
    return "—" if figure is None else NA_WORD if figure == NA else pytest.approx(float(figure))


def test_numbers(tmp_path):
    found = computed(NUMBERS, as_number, tmp_path)
    wanted = [[printed(parse(text).compute(resolver(case))) for text in NUMBERS] for case in CASES]
    differing = [
        (case, text, got, want)
        for case, row, right in zip(CASES, found, wanted, strict=True)
        for text, got, want in zip(NUMBERS, row, right, strict=True)
        if got != want
    ]
    assert differing == []


def test_warnings(tmp_path):
    """A rule warns where it is broken, never where something is only missing."""
    found = computed(CONDITIONS, as_warning, tmp_path)
    wanted = [[int(parse(text).verdict(resolver(case)).state == VerdictState.BROKEN) for text in CONDITIONS] for case in CASES]
    differing = [
        (case, text, got, want)
        for case, row, right in zip(CASES, found, wanted, strict=True)
        for text, got, want in zip(CONDITIONS, row, right, strict=True)
        if got != want
    ]
    assert differing == []


def test_what_stands_in_no_cell_is_not_written():
    with pytest.raises(NotWritable):
        written(parse("{A} + {B@prev}").tree, lambda reference: None if reference.shift else "A1", NA_WORD)
    with pytest.raises(NotWritable):
        written(parse("max({A} + 1, {B})").tree, addressed(1), NA_WORD)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("{A}", 'IFERROR(IF(ISNUMBER($A1),$A1,IF($A1="不适用","不适用","—")),"—")'),
        ("3", 'IFERROR(3,"—")'),
        (
            "sum(4*{A}, {A})",
            "IFERROR(IF(OR(ISNUMBER($A1),ISNUMBER($A1)),SUM(IF(ISNUMBER($A1),(4*$A1),0),$A1),"
            'IF(OR($A1="不适用",$A1="不适用"),"不适用","—")),"—")',
        ),
        ("coalesce({A}, 0)", 'IFERROR(IF(ISNUMBER($A1),$A1,0),"—")'),
    ],
)
def test_spelling(text, wanted):
    assert as_number(text, 1) == wanted

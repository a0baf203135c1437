"""Formulas are worked out as Excel does: by table, and against plain arithmetic for any expression."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spreadsheets.formulas.parser import parse
from spreadsheets.formulas.values import DIV0, Uncomputable
from tests.spreadsheets.formulas.books import Book

CELLS = {
    "A1": 5, "A2": 4, "A3": 1, "A4": None, "A5": "文字", "A6": True, "A7": Decimal("0.1"), "A8": Decimal("0.2"),
    "B1": "村", "B2": "村委会", "B3": "社区", "C1": 10, "C2": 20, "C3": 30, "D1": DIV0, "D2": "12", "D3": "",
    "T 2!A1": 7, "T 2!A2": 8,
}  # fmt: skip
NAMES = {"总数": "S!$A$1:$A$3", "系数": "2", "圈": "圈+1"}
WORKED_OUT = [
    ("SUM(A1:A8)", "10.3"),
    ('SUM(A1:A3,5,"3",TRUE)', "19"),
    ("SUM(A5)", "0"),
    ('SUM("x")', "#VALUE!"),
    ("SUM(D1,1)", "#DIV/0!"),
    ("SUM(A:A)", "10.3"),
    ("SUM(1:1)", "#DIV/0!"),
    ("SUM('T 2'!A1:A2)", "15"),
    ("SUM(Nowhere!A1)", "#REF!"),
    ("SUM(总数)*系数", "20"),
    ("A4+1", "1"),
    ('A4&"x"', "x"),
    ("A5+1", "#VALUE!"),
    ("D2+1", "13"),
    ("D3+1", "#VALUE!"),
    ("A6+1", "2"),
    ("A4", "0"),
    ("1/0", "#DIV/0!"),
    ("A1/A4", "#DIV/0!"),
    ("A7+A8=0.3", True),
    ("-2^2", "4"),
    ("2^-1", "0.5"),
    ("2^3^2", "64"),
    ("0^0", "#NUM!"),
    ("10%", "0.1"),
    ("50%*A2", "2"),
    ("-A1%", "-0.05"),
    ("1-2-3", "-4"),
    ("12/3/2", "2"),
    ("1+2*3", "7"),
    ("(1+2)*3", "9"),
    ("2*3&1+1", "62"),
    ('"a"="A"', True),
    ('"a"<"B"', True),
    ('1<"0"', True),
    ('TRUE>"z"', True),
    ("A4=0", True),
    ('A4=""', True),
    ("ROUND(2.675,2)", "2.68"),
    ("ROUND(-2.5,0)", "-3"),
    ("ROUND(1250,-2)", "1300"),
    ("ROUNDUP(1.01,1)", "1.1"),
    ("ROUNDUP(-1.01,1)", "-1.1"),
    ("ROUNDDOWN(1.99,1)", "1.9"),
    ("INT(-1.5)", "-2"),
    ("TRUNC(-1.59,1)", "-1.5"),
    ("ABS(-3)", "3"),
    ("MOD(-7,3)", "2"),
    ("MOD(1,0)", "#DIV/0!"),
    ("AVERAGE(A1:A3)", "3.33333333333333333333333333333333"),
    ("AVERAGE(B1:B3)", "#DIV/0!"),
    ("COUNT(A1:A8)", "5"),
    ("COUNTA(A1:A8)", "7"),
    ('COUNT(D1,1,"2","x")', "2"),
    ("MIN(A1:A3)", "1"),
    ("MAX(A1:A3,9)", "9"),
    ("MAX(B1:B3)", "0"),
    ("PRODUCT(A1:A3)", "20"),
    ("PRODUCT(B1:B2)", "0"),
    ('IF(A1>3,"多","少")', "多"),
    ("IF(A4,1)", False),
    ("IF(A1>3,A3,1/0)", "1"),
    ('IF("x",1,2)', "#VALUE!"),
    ('IFERROR(1/0,"无")', "无"),
    ("IFERROR(D1,7)", "7"),
    ("IFERROR(A1,7)", "5"),
    ("AND(A1>1,A2>1)", True),
    ("OR(A1>9,A6)", True),
    ("NOT(A6)", False),
    ("AND(B1:B3)", "#VALUE!"),
    ('SUMIF(B1:B3,"村*",C1:C3)', "30"),
    ('SUMIF(C1:C3,">=20")', "50"),
    ('SUMIF(B1:B3,"村",C1)', "10"),
    ('SUMIF(B1:B3,"<>村",C1:C3)', "50"),
    ("SUMIF(A1:A3,4,C1:C3)", "20"),
    ('COUNTIF(B1:B3,"?区")', "1"),
    ('COUNTIF(A1:A8,"")', "1"),
    ('COUNTIF(B:B,"村*")', "2"),
    ('SUMIFS(C1:C3,B1:B3,"村*",C1:C3,">10")', "20"),
    ('COUNTIFS(B1:B3,"村*",C1:C3,"<15")', "1"),
    ('AVERAGEIF(B1:B3,"村*",C1:C3)', "15"),
    ("SUMPRODUCT(A1:A3,C1:C3)", "160"),
    ('SUMPRODUCT((B1:B3="村")*C1:C3)', "10"),
    ("SUMPRODUCT(A1:A2,C1:C3)", "#VALUE!"),
    ("SUMPRODUCT(--(A1:A3>1))", "2"),
    ("SUM({1,2;3,4})", "10"),
    ("SUBTOTAL(9,A1:A3)", "10"),
    ("SUBTOTAL(103,A1:A3)", "2"),
    ('CONCATENATE(A1,"/",A2)', "5/4"),
    ('A1&"/"&A2&"="&ROUND(A1/A2*100,1)&"%"', "5/4=125%"),
    ("(A1)", "5"),
    ("+A1", "5"),
    ("#REF!+1", "#REF!"),
    ("未知名", "#NAME?"),
    ("IF(A1>3,,1)", "0"),
    ("SUM(A1,,A2)", "9"),
    ("ISERROR(D1)", True),
    ("ISBLANK(A4)", True),
]


@pytest.mark.parametrize(("formula", "result"), WORKED_OUT, ids=[formula for formula, _result in WORKED_OUT])
def test_a_formula_gives_what_excel_gives(formula, result):
    found = Book(CELLS, NAMES, hidden=(2,)).work_out(formula)
    if isinstance(found, Decimal):
        assert isinstance(result, str)
        assert abs(found - Decimal(result)) < Decimal("1e-30")
    else:
        assert found == result
        assert type(found) is type(result)


@pytest.mark.parametrize(
    "formula",
    [
        "VLOOKUP(A1,A1:C3,2)",
        "TODAY()",
        "[1]Sheet1!A1",
        "Table1[Col]",
        "Sheet1:Sheet3!A1",
        "(A1,B1)",
        "A1:A3 A2:B2",
        "SUM(",
        "1+",
        "圈",
        "SUM(A1:INDEX(B:B,3))",
        "A1#",
        ")",
        "",
        "{1,2;3}",
        "IF(1)",
        "(" * 100 + "1" + ")" * 100,
        "1" + "+1" * 5000,
        'COUNTIF(B1:B3,"*a*b*c*d*e*")',
    ],
)
def test_what_the_evaluator_does_not_have_is_reported(formula):
    with pytest.raises(Uncomputable):
        Book(CELLS, NAMES).work_out(formula)


def test_a_branch_that_is_not_taken_may_hold_anything():
    assert Book(CELLS).work_out("IF(A1>3,1,VLOOKUP(A1,A1:C3,2))") == 1


def test_an_area_outside_a_list_is_the_cell_in_the_same_row():
    assert Book(CELLS).work_out("C1:C3*2", at="Z2") == 40
    assert Book(CELLS).work_out("C1:C3*2", at="Z9") == "#VALUE!"


def test_a_long_chain_does_not_nest():
    assert Book(CELLS).work_out("+".join(["A1"] * 900)) == 4500


def test_a_formula_says_where_it_looks():
    parsed = parse("SUM(A1:B2)+'T 2'!C3+SUMIF(A1:A9,1,C1)", "S", Book({}))
    places = {(area.sheet, area.top, area.left, area.bottom, area.right) for area in parsed.areas}
    assert {("S", 1, 1, 2, 2), ("T 2", 3, 3, 3, 3), ("S", 1, 3, 9, 3)} <= places
    assert parse("INDIRECT(A1)", "S", Book({})).looks_anywhere


NUMBERS = st.integers(-999, 999)
EXPRESSIONS = st.recursive(
    NUMBERS.map(lambda number: (f"({number})", Fraction(number))),
    lambda inner: st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda parts: _joined(*parts)),
    max_leaves=12,
)


def _joined(left, sign, right):
    text = f"({left[0]}{sign}{right[0]})"
    if left[1] is None or right[1] is None or (sign == "/" and right[1] == 0):
        return text, None
    one, other = left[1], right[1]
    return text, {"+": one + other, "-": one - other, "*": one * other, "/": one / other if other else None}[sign]


@given(EXPRESSIONS)
def test_any_arithmetic_is_as_exact_as_fractions(expression):
    text, wanted = expression
    found = Book({}).work_out(text)
    if wanted is None:
        assert found == "#DIV/0!"
    else:
        assert abs(Fraction(found) - wanted) <= abs(wanted) / 10**30


@given(st.lists(st.one_of(st.none(), NUMBERS, st.sampled_from(["x", ""])), min_size=1, max_size=8))
def test_lists_count_numbers_alone(values):
    book = Book({f"A{row}": value for row, value in enumerate(values, start=1)})
    numbers = [value for value in values if isinstance(value, int)]
    area = f"A1:A{len(values)}"
    assert book.work_out(f"SUM({area})") == sum(numbers)
    assert book.work_out(f"COUNT({area})") == len(numbers)
    assert book.work_out(f"COUNTA({area})") == sum(value is not None for value in values)
    assert book.work_out(f"MAX({area})") == max(numbers, default=0)
    assert book.work_out(f'SUMIF({area},">0")') == sum(number for number in numbers if number > 0)

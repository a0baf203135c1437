"""Codes in cells of numbers: refused where zeros may be lost, taken where nothing speaks for it; reported with row, column and cure."""

import io

import pytest
from openpyxl import Workbook

from orgs.accounts.accounts import system_operator
from orgs.loading.accounts import load_accounts
from orgs.loading.orgs import load_orgs
from orgs.models import Organization, User
from spreadsheets.tables import TableProblems, read_table
from tests.factories.orgs import AT

pytestmark = pytest.mark.django_db
HEAD = ("code", "name", "unit_category", "parent_code")


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"


def table(*rows, head=HEAD, number_format=None):
    book = Workbook()
    for row in (head, *rows):
        book.active.append(row)
    for cell in [cell for row in book.active.iter_rows() for cell in row if number_format and isinstance(cell.value, int)]:
        cell.number_format = number_format
    content = io.BytesIO()
    book.save(content)
    return read_table(content.getvalue(), "orgs.xlsx")


def load(*rows, **how):
    return load_orgs(table(*rows, **how), by=system_operator(), at=AT)


def refused(*rows, **how):
    before = Organization.objects.count()
    with pytest.raises(TableProblems) as problems:
        load(*rows, **how)
    assert Organization.objects.count() == before
    return [(problem.row, problem.column, problem.sentence) for problem in problems.value.problems]


COUNTY = ("C", "云岭县", "county", None)
INNOCENT = {
    "every level as long as its brothers": (
        (370883, "云岭县", "county", None), (370883101, "青山镇", "township", 370883), (370883102, "白沙镇", "township", 370883),
        (370883101201, "甲村", "village", 370883101), (370883102201, "乙村", "village", 370883102),
    ),
    "one width without levels": (COUNTY, *((number, f"第{number}镇", "township", "C") for number in range(101, 121))),
    "a single number": (COUNTY, (9, "青山镇", "township", "C")),
    "codes that follow their parent beside others that do not": (
        (370883, "云岭县", "county", None), (3708831, "青山镇", "township", 370883), (370883102, "白沙镇", "township", 370883),
        (9001, "县直工委", "industry_committee", 370883), (9002, "工信局", "department", 370883),
    ),
    "letters beside numbers": (COUNTY, ("T001", "青山镇", "township", "C"), (12, "白沙镇", "township", "C")),
    "credit codes beside numbers": (COUNTY, ("123708830012345678", "中学", "school", "C"), (370883101, "白沙镇", "township", "C")),
    "texts with zeros": (("0371", "云岭县", "county", None), ("0371001", "青山镇", "township", "0371")),
}  # fmt: skip


@pytest.mark.parametrize("rows", INNOCENT.values(), ids=INNOCENT)
def test_a_first_load_without_a_sign_of_loss_is_taken(rows):
    assert load(*rows).added == len(rows)
    assert load(*rows).unchanged == len(rows)


SPOILT = {
    "a number among texts with zeros": (
        (COUNTY, ("001", "青山镇", "township", "C"), (2, "白沙镇", "township", "C")), [(4, "code", "001")],
    ),
    "a number among longer texts": ((COUNTY, ("101", "青山镇", "township", "C"), (99, "白沙镇", "township", "C")), [(4, "code", "101")]),
    "numbers of several lengths": (
        (COUNTY, *((number, f"第{number}镇", "township", "C") for number in (8, 9, 10, 11))), [(3, "code", "10"), (4, "code", "10")],
    ),
    "villages whose zeros went": (
        (COUNTY, (101, "青山镇", "township", "C"), (1001, "白沙镇", "township", "C")), [(3, "code", "1001")],
    ),
    "a township below a county with a zero": (
        (("0371", "云岭县", "county", None), (371001, "青山镇", "township", "0371")), [(3, "code", "0371001")],
    ),
    "a county whose townships kept the zero": (
        ((371, "云岭县", "county", None), ("0371001", "青山镇", "township", 371)), [(2, "code", "0371001")],
    ),
    "the parent alone": (
        (("0371", "云岭县", "county", None), ("0371001", "青山镇", "township", 371)), [(3, "parent_code", "0371")],
    ),
    "a county beside another": (
        (("0371", "云岭县", "county", None), (372, "东山县", "county", None)), [(3, "code", "0371")],
    ),
    "more digits than a number keeps": ((COUNTY, (370883101201001234, "青山镇", "township", "C")), [(3, "code", "rounded")]),
    "a number with decimals": ((COUNTY, (1.5, "青山镇", "township", "C")), [(3, "code", "decimals")]),
    "the district": (
        (COUNTY, ("001", "青山镇", "township", "C", None), ("T2", "白沙镇", "township", "C", 1)), [(4, "district_code", "001")],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "expected"), SPOILT.values(), ids=SPOILT)
def test_a_number_that_may_have_lost_zeros_is_refused(rows, expected):
    head = (*HEAD, "district_code")[: max(map(len, rows))]
    found = refused(*rows, head=head)
    assert [(row, column) for row, column, _sentence in found] == [(row, column) for row, column, _word in expected]
    for (_row, _column, sentence), (*_place, word) in zip(found, expected, strict=True):
        assert word in sentence
        assert "ormat the column as text" in sentence


def test_what_is_there_is_known_by_its_number():
    load(COUNTY, *((str(number), f"第{number}镇", "township", "C") for number in range(1, 13)))
    assert load(*((number, f"第{number}镇", "township", "C") for number in range(1, 13))).unchanged == 12


def test_brothers_of_the_database_count():
    load(COUNTY, ("001", "青山镇", "township", "C"))
    ((row, column, sentence),) = refused((2, "白沙镇", "township", "C"))
    assert (row, column) == (2, "code")
    assert "001 beside it" in sentence


def test_a_number_that_may_be_two_known_codes_is_refused():
    load(COUNTY, ("7", "青山镇", "township", "C"))
    load(("08", "白沙镇", "township", "C"))
    load(("V1", "甲村", "village", "7"))
    Organization.objects.filter(code="08").update(code="07")
    found = refused(("V1", "甲村", "village", 7), ("V2", "乙村", "village", 7))
    assert [(row, column) for row, column, _sentence in found] == [(2, "parent_code"), (3, "parent_code")]
    assert "07 (白沙镇)" in found[0][2]


def test_zeros_that_the_format_shows_are_read():
    rows = ((371, "云岭县", "county", None), (371001, "青山镇", "township", None))
    assert load(rows[0], number_format="0000").added == 1
    load(("0371001", "青山镇", "township", "0371"))
    assert load(rows[1], number_format="0000000").unchanged == 1


def test_accounts_are_given_to_whom_the_number_means():
    load(COUNTY, ("001", "青山镇", "township", "C"), ("200", "白沙镇", "township", "C"))
    head = ("username", "name", "org_code", "role")
    load_accounts(table(("wang", "王一", 200, "clerk"), head=head), by=system_operator(), at=AT)
    with pytest.raises(TableProblems, match="is probably 001"):
        load_accounts(table(("li", "李二", 1, "clerk"), head=head), by=system_operator(), at=AT)
    assert not User.objects.filter(username="li").exists()

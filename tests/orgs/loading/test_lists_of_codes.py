"""A list that is not a tree makes no second tree: lists of telephones, codes that a spreadsheet spoilt, names under new codes."""

import pytest

from orgs.accounts.accounts import system_operator
from orgs.loading.orgs import load_orgs
from orgs.models import Organization
from orgs.tree.queries import placement_on
from spreadsheets.tables import TableProblems, read_table
from tests.factories.orgs import AT, BEGINNING

pytestmark = pytest.mark.django_db
HEAD = "code,name,unit_category,parent_code"
COUNTY = (
    "0371,云岭县,county,",
    "0371001,青山镇,township,0371",
    "0371002,白沙镇,township,0371",
    "0371001001,甲村,village,0371001",
)


def load(head: str, *rows: str):
    return load_orgs(read_table("\n".join([head, *rows]).encode(), "orgs.csv"), by=system_operator(), at=AT)


@pytest.fixture(autouse=True)
def county():
    load(HEAD, *COUNTY)


def refused(head: str, *rows: str) -> list[tuple[int, str, str]]:
    before = Organization.objects.count()
    with pytest.raises(TableProblems) as problems:
        load(head, *rows)
    assert Organization.objects.count() == before
    return [(problem.row, problem.column, problem.sentence) for problem in problems.value.problems]


def test_a_list_of_telephones_changes_telephones_only():
    loaded = load("code,name,contact,telephone", "0371001001,甲村,王芳,0371-1")
    village = Organization.objects.get(code="0371001001")
    assert (loaded.added, loaded.changed, village.telephone) == (0, 1, "0371-1")
    assert placement_on(village.pk, BEGINNING).parent.code == "0371001"
    assert Organization.objects.count() == 4


@pytest.mark.parametrize(("head", "row"), [
    ("code,name,contact,telephone", "0371001009,东村党支部,王芳,1"),
    (HEAD, "0371001009,东村党支部,village,"),
    (HEAD, "0371009,新镇,township,"),
    (HEAD, "0371009,新镇,,"),
])  # fmt: skip
def test_a_new_code_without_a_place_is_refused(head, row):
    ((number, column, sentence),) = refused(head, row)
    assert (number, column) == (2, "parent_code")
    assert "county" in sentence


def test_an_empty_parent_leaves_what_is_known_where_it_stands():
    assert load(HEAD, "0371001001,甲村,village,").unchanged == 1
    assert load(HEAD, "0371,云岭县,county,").unchanged == 1


def test_a_county_may_be_added_and_what_stands_above_counties():
    assert load(HEAD, "P,河州市,other,", "0371,云岭县,county,P", "0372,东山县,county,P").added == 2


@pytest.mark.parametrize("row", ["0371001,青山镇,county,", "0371001001,甲村,county,"])
def test_the_code_of_a_unit_makes_no_county(row):
    ((number, column, sentence),) = refused(HEAD, row)
    assert (number, column) == (2, "unit_category")
    assert "云岭县" in sentence


@pytest.mark.parametrize(("rows", "columns", "word"), [
    (("371001001,甲村,village,371001",), ["parent_code"], "0371001 (青山镇)"),
    (("371001001,甲村,village,0371001",), ["code"], "0371001001 (甲村)"),
    (("371001009,新村,village,0371001",), ["code"], "0371001009"),  # a code nobody knows, beginning otherwise than its parent's
    (("371,云岭县,county,", "371001,青山镇,township,371"), ["code", "code"], "0371"),
    (("00371,云岭县,county,",), ["code"], "0371 (云岭县)"),
    (("371.0,云岭县,county,",), ["code"], "0371 (云岭县)"),
    (("3.71E+11,新村,village,0371001",), ["code"], "text"),
    (("0371003,新镇,township,0371", "371003,新镇二,township,0371"), ["code"], "0371003"),
    (("0371001009,新村,village,3.71E+6",), ["parent_code"], "text"),
])  # fmt: skip
def test_a_code_that_a_spreadsheet_spoilt_is_refused_with_the_cure(rows, columns, word):
    found = refused(HEAD, *rows)
    assert [column for _row, column, _sentence in found] == columns
    assert word in found[0][2]
    assert "text" in found[0][2]


@pytest.mark.parametrize("rows", [
    ("X1,甲村,village,0371001",),
    ("C9,云岭县,county,", "T9,青山镇,township,C9", "V9,甲村,village,T9"),
])  # fmt: skip
def test_known_names_under_new_codes_are_refused_by_name(rows):
    found = refused(HEAD, *rows)
    assert [(number, column) for number, column, _sentence in found] == [(2 + at, "code") for at in range(len(rows))]
    assert "already" in found[0][2]


@pytest.mark.parametrize("rows", [
    ("0371002001,甲村,village,0371002",),  # a namesake in the next township
    ("0372,东山县,county,", "0372001,青山镇,township,0372", "0372001001,甲村,village,0372001"),  # in the next county
])  # fmt: skip
def test_namesakes_elsewhere_are_others(rows):
    assert load(HEAD, *rows).added == len(rows)


def test_a_new_code_from_the_day_on_which_the_old_one_ended():
    rows = ("0371001001,甲村,village,0371001,,2025-06-30", "0371001099,甲村,village,0371001,2025-07-01,")
    loaded = load(f"{HEAD},valid_from,valid_to", *rows)
    assert (loaded.added, loaded.changed) == (1, 1)


@pytest.mark.parametrize("rows", [
    ("0371001001,乙村,village,0371001", "0371001002,甲村,village,0371001"),  # the column of names sorted alone
    ("0371001001,乙村,village,0371001",),
])  # fmt: skip
def test_the_name_of_a_brother_is_refused(rows):
    load(HEAD, "0371001002,乙村,village,0371001")
    found = refused(HEAD, *rows)
    assert [(number, column) for number, column, _sentence in found] == [(2 + at, "name") for at in range(len(rows))]


def test_the_name_of_a_brother_that_is_closed_may_be_taken():
    load(HEAD, "0371001002,乙村,village,0371001")
    rows = ("0371001002,乙村,village,0371001,2025-06-30", "0371001001,乙村,village,0371001,")
    assert load(f"{HEAD},valid_to", *rows).changed == 2


def test_a_code_goes_to_no_other_county_by_its_parent():
    load(HEAD, "0372,东山县,county,", "0372001,东镇,township,0372")
    ((number, column, sentence),) = refused(HEAD, "0371001001,甲村,village,0372001")
    assert (number, column) == (2, "parent_code")
    assert "甲村" in sentence
    assert "云岭县" in sentence


def test_one_code_twice_in_a_list():
    ((number, column, _sentence),) = refused("code,name,contact", "0371001,青山镇,王", "0371001,青山镇,")
    assert (number, column) == (3, "code")

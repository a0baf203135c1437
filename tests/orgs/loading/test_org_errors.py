"""What is wrong with a table of organizations is reported at its row and column, all of it, and nothing is taken in."""

import pytest

from orgs.accounts.accounts import system_operator
from orgs.loading.orgs import load_orgs
from orgs.models import Organization
from spreadsheets.tables import TableProblems, read_table
from tests.factories.orgs import AT

pytestmark = pytest.mark.django_db
ALL = (
    "code,name,short_name,org_type,unit_category,parent_code,district_code,line_code,valid_from,valid_to,"
    "is_functional,is_new_form,sort_order,contact,telephone"
)


def load(head: str, *rows: str):
    text = "\n".join([head, *rows])
    return load_orgs(read_table(text.encode(), "orgs.csv"), by=system_operator(), at=AT)


def places_of(refused) -> list[tuple[int, str]]:
    return [(problem.row, problem.column) for problem in refused.value.problems]


def sentence(refused) -> str:
    return refused.value.problems[0].sentence


@pytest.mark.parametrize(
    ("head", "row", "column", "word"),
    [
        ("code,name", ",甲", "code", ""),
        ("code,name", "A B,甲", "code", "40"),
        ("code,name", "A" * 41 + ",甲", "code", "40"),
        ("code,name", "A,", "name", ""),
        ("code,name", "A," + "甲" * 201, "name", "200"),
        ("code,name,org_type", "A,甲,club", "org_type", "joint_branch"),
        ("code,name,unit_category", "A,甲,hamlet", "unit_category", "village"),
        ("code,name,parent_code", "A,甲,ZZ", "parent_code", "ZZ"),
        ("code,name,district_code", "A,甲,ZZ", "district_code", "ZZ"),
        ("code,name,line_code", "A,甲,ZZ", "line_code", "ZZ"),
        ("code,name,parent_code", "A,甲,A", "parent_code", "2000-01-01"),
        ("code,name,valid_from", "A,甲,2025-02-30", "valid_from", "2025-02-30"),
        ("code,name,valid_from", "A,甲,01/02/2025", "valid_from", "YYYY-MM-DD"),
        ("code,name,valid_from", "A,甲,20250101", "valid_from", "YYYY-MM-DD"),
        ("code,name,valid_from", "A,甲,0001-01-01", "valid_from", "YYYY-MM-DD"),
        ("code,name,valid_from,valid_to", "A,甲,2025-02-01,2025-01-31", "valid_to", "2025-02-01"),
        ("code,name,is_functional", "A,甲,2", "is_functional", "2"),
        ("code,name,is_new_form", "A,甲,maybe", "is_new_form", "maybe"),
        ("code,name,sort_order", "A,甲,-1", "sort_order", "-1"),
        ("code,name,sort_order", "A,甲,1.5", "sort_order", "1.5"),
        ("code,name,sort_order", "A,甲,９", "sort_order", "９"),
        ("code,name,telephone", "A,甲,1.38123E+10", "telephone", "1.38123E+10"),
        ("code,name,telephone", "A,甲," + "1" * 41, "telephone", "40"),
    ],
)
def test_a_cell_that_cannot_be_taken(head, row, column, word):
    with pytest.raises(TableProblems) as refused:
        load(head, row)
    assert places_of(refused) == [(2, column)]
    assert word in sentence(refused)
    assert not Organization.objects.exists()


def test_an_unknown_column_is_refused_by_name():
    with pytest.raises(TableProblems) as refused:
        load(ALL + ",colour", "A,甲")
    assert places_of(refused) == [(1, "colour")]


def test_a_missing_column_is_refused_by_name():
    with pytest.raises(TableProblems) as refused:
        load("code", "A")
    assert places_of(refused) == [(1, "name")]


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        (("A,甲,,,", "A,甲,,,"), (3, "valid_from")),
        (("A,甲,,,2025-06-30", "A,甲,,2025-06-30,"), (3, "valid_from")),
        (("A,甲,,,2025-06-30", "A,乙,,2025-07-01,"), (3, "name")),
        (("A,甲,,,2025-06-30,county", "B,乙,A,,"), (3, "parent_code")),
        (("A,甲,B,,", "B,乙,A,,"), (2, "parent_code")),
    ],
    ids=["one row twice", "one day twice", "two names", "parent ends", "circle"],
)
def test_rows_that_contradict_each_other(rows, place):
    with pytest.raises(TableProblems) as refused:
        load("code,name,parent_code,valid_from,valid_to,unit_category", *rows)
    assert places_of(refused)[0] == place
    assert not Organization.objects.exists()


def test_the_day_on_which_the_parent_is_missing_is_named():
    with pytest.raises(TableProblems) as refused:
        load("code,name,unit_category,parent_code,valid_to", "A,甲,county,,2025-06-30", "B,乙,,A,")
    assert "2025-07-01" in sentence(refused)


def test_closing_a_parent_names_what_stands_below_it_though_the_file_does_not():
    head = "code,name,parent_code,valid_to,unit_category"
    load(head, "A,甲,,,county", "B,乙,A,,", "C,丙,B,,")
    with pytest.raises(TableProblems) as refused:
        load(head, "B,乙,A,2025-06-30,")
    assert places_of(refused) == [(2, "parent_code")]
    assert "丙 (C)" in sentence(refused)


def test_moving_to_another_county_is_refused():
    load("code,name,parent_code,unit_category", "A,甲,,county", "B,乙,A,", "C,丙,,county")
    with pytest.raises(TableProblems) as refused:
        load("code,name,parent_code,valid_from,valid_to", "B,乙,A,,2025-06-30", "B,乙,C,2025-07-01,")
    assert "乙 (B)" in sentence(refused)


def test_a_parent_code_of_two_counties_is_refused():
    head = "code,name,parent_code,unit_category"
    load(head, "A,甲,,county", "T,镇,A,")
    load(head, "B,乙,,county", "T,镇,B,")
    with pytest.raises(TableProblems) as refused:
        load(head, "V,村,T,")
    assert places_of(refused) == [(2, "parent_code")]


def test_everything_wrong_is_reported_at_once_up_to_twenty():
    with pytest.raises(TableProblems) as refused:
        load("code,name,org_type", *(f"A{number},甲,club" for number in range(25)))
    lines = refused.value.lines()
    assert lines[0].startswith("orgs.csv:2: org_type: ")
    assert (len(lines), "25" in lines[-1]) == (21, True)
    assert not Organization.objects.exists()

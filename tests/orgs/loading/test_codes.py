"""Which organization a code in a list means; a code that a spreadsheet made a number of is refused with the code it was and the cure."""

import pytest

from orgs.loading.codes import NotOneOrganization, OrganizationColumn, organizations_with_codes
from orgs.loading.spoilt_codes import SpoiltCodes
from spreadsheets.tables import TableRow
from tests.factories.orgs import a_county, a_township

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def county(settings):
    settings.LANGUAGE_CODE = "en"
    county = a_county("0370883")
    a_township("007", county)
    return county


def row_of(code, *, is_number=False):
    return TableRow(2, (code,), {"org_code": 0}, numbers=frozenset({0} if is_number else ()))


def found(code, *, is_number=False):
    row = row_of(code, is_number=is_number)
    return OrganizationColumn([row], "org_code").organization(row).code


def refused(code, *, is_number=False):
    with pytest.raises(NotOneOrganization) as refusal:
        found(code, is_number=is_number)
    return str(refusal.value)


@pytest.mark.parametrize(
    ("code", "meant"), [("370883", "0370883"), ("7", "007"), ("07", "007"), ("370883.0", "0370883"), ("0007", "007")]
)
@pytest.mark.parametrize("is_number", [False, True])
def test_lost_zeros_are_found(code, meant, is_number):
    sentence = refused(code, is_number=is_number and code.isdigit())
    assert f"“{code}” is probably {meant}" in sentence
    assert f"type {meant}." in sentence


@pytest.mark.parametrize("code", ["8", "70883", "T7", "x007", ""])
def test_other_codes_are_not_suspected(code):
    assert refused(code) == f"No organization has the code {code}."


def test_a_rounded_number_is_no_code():
    assert "rounded number" in refused("3.70883E+11")
    assert "rounded number" in refused("370883101201000000", is_number=True)
    assert "decimals" in refused("7.5", is_number=True)


def test_a_number_that_may_be_two_codes_is_asked_about(county):
    a_township("7", county)
    assert found("7") == "7"
    assert found("007") == "007"
    assert "007" in refused("7", is_number=True)


def test_a_number_that_is_one_code_is_taken(county):
    a_township("108", county)
    assert found("108", is_number=True) == "108"


def test_a_code_of_two_counties_is_reported():
    a_township("007", a_county("0370884"))
    assert refused("007") == "Several counties have an organization with code 007."


def test_codes_of_the_same_file_count_too():
    assert "is probably 0099" in SpoiltCodes(["99"], ["0099"]).of_unknown("99")


def test_organizations_by_code():
    assert {code: len(orgs) for code, orgs in organizations_with_codes(["007", "7", ""]).items()} == {"007": 1}

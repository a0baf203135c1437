"""A code that a spreadsheet made a number of is refused with the code it was and the cure; an exact code is taken as it is."""

import pytest

from orgs.loading.codes import organizations_with_codes, spoiled_code, unknown_code
from tests.factories.orgs import a_county, a_township

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def county(settings):
    settings.LANGUAGE_CODE = "en"
    county = a_county("0370883")
    a_township("007", county)
    return county


@pytest.mark.parametrize(
    ("code", "meant"), [("370883", "0370883"), ("7", "007"), ("07", "007"), ("370883.0", "0370883"), ("0007", "007")]
)
def test_lost_zeros_are_found(code, meant):
    said = spoiled_code(code)
    assert f"“{code}” is probably {meant}" in said
    assert "format the column as text" in said


@pytest.mark.parametrize("code", ["0370883", "007", "8", "70883", "T7", "x007"])
def test_other_codes_are_not_suspected(code):
    assert spoiled_code(code) == ""


def test_a_rounded_number_is_no_code():
    assert "rounded number" in unknown_code("3.70883E+11")
    assert unknown_code("T9") == "No organization has the code T9."


def test_codes_of_the_same_file_count_too():
    assert "is probably 0099" in spoiled_code("99", known=["0099"])


def test_organizations_by_code():
    assert {code: len(found) for code, found in organizations_with_codes(["007", "7", ""]).items()} == {"007": 1}

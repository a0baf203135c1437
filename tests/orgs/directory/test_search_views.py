"""Search by name, code and pinyin initials, within what the person may see."""

from datetime import date

import pytest

from orgs.choices import Role
from tests.factories.orgs import a_township, an_organization
from tests.orgs.conftest import page

pytestmark = pytest.mark.django_db
URL = "/organizations/search/"


def found(client, words: str) -> list[str]:
    response = client.get(URL, {"q": words})
    return [row.organization.code for row in response.context["found"]]


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("石桥", ["V"]),
        ("村党支部", ["V", "V2"]),
        ("V2", ["V2"]),
        ("V", ["V", "V2"]),
        ("sqc", ["V"]),
        ("SQC", ["V"]),
        ("cdzb", ["V", "V2"]),
        ("村 河", ["V2"]),
        ("%", []),
        ("没有", []),
        ("", []),
        ("  ", []),
        ("'; drop", []),
        ("\x00", []),
    ],
)
def test_what_is_found(client_of, county, village, elsewhere, words, codes):
    assert found(client_of(Role.OFFICER, county), words) == codes


def test_only_the_own_branch_is_searched(client_of, township, village, elsewhere):
    assert found(client_of(Role.REVIEWER, township), "村党支部") == ["V"]
    assert found(client_of(Role.CLERK, village), "白沙") == []


def test_two_of_one_name_are_distinguished_by_what_stands_above(client_of, county):
    for code in ("T1", "T2"):
        an_organization(f"{code}V", parent=a_township(code, county, name=f"{code}镇"), name="新村")
    text = page(client_of(Role.OFFICER, county).get(URL, {"q": "新村"}))
    assert "T1镇" in text
    assert "T2镇" in text


def test_what_is_closed_is_found_and_marked_as_closed(client_of, county):
    an_organization("V", parent=county, name="旧村", valid_to=date(2020, 1, 1))
    assert "Closed or suspended" in page(client_of(Role.OFFICER, county).get(URL, {"q": "旧村"}))


def test_fifty_a_page(client_of, county):
    for number in range(51):
        an_organization(f"V{number:02d}", parent=county, name="村")
    client = client_of(Role.OFFICER, county)
    assert len(found(client, "村")) == 50
    assert len(client.get(URL, {"q": "村", "page": 2}).context["found"]) == 1


def test_an_empty_answer_says_what_to_try(client_of, county):
    assert "No organization of yours matches" in page(client_of(Role.OFFICER, county).get(URL, {"q": "zz"}))


def test_the_auditor_and_the_wrong_method_are_refused(client_of, county):
    assert client_of(Role.AUDITOR, county).get(URL).status_code == 404
    assert client_of(Role.OFFICER, county).post(URL).status_code == 405


@pytest.mark.parametrize("count", [1, 3])
def test_the_queries_do_not_grow(client_of, county, count, django_assert_num_queries):
    for number in range(count):
        an_organization(f"V{number}", parent=county, name="村")
    client = client_of(Role.OFFICER, county)
    with django_assert_num_queries(10):
        client.get(URL, {"q": "村"})

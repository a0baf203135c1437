"""The tree page: one level at a time, as of a day, no more than the person's branch, the same queries for any size."""

from datetime import date

import pytest

from orgs.accounts.accounts import system_operator
from orgs.choices import Role
from orgs.tree import restructuring
from tests.factories.orgs import AT, a_post, a_township, an_organization, people_of
from tests.orgs.conftest import page

pytestmark = pytest.mark.django_db
URL = "/organizations/"


def test_the_top_is_open_and_its_children_are_closed(client_of, county, village, elsewhere):
    text = page(client_of(Role.OFFICER, county).get(URL))
    assert all(name in text for name in ("青山县", "白沙镇", "河口镇"))
    assert "石桥村党支部" not in text


def test_a_branch_is_opened_by_a_link(client_of, county, township, village, elsewhere):
    client = client_of(Role.OFFICER, county)
    opened = f"{URL}?open={county.pk},{township.pk}"
    assert f"open={county.pk}%2C{township.pk}" in page(client.get(URL))
    text = page(client.get(opened))
    assert "石桥村党支部" in text
    assert "河口村党支部" not in text


@pytest.mark.parametrize("role", [Role.CLERK, Role.REVIEWER, Role.SYSTEM_ADMIN])
def test_nobody_sees_beyond_the_own_branch(client_of, county, township, village, elsewhere, role):
    text = page(client_of(role, township).get(f"{URL}?open={county.pk},{township.pk},{elsewhere.pk}"))
    assert "石桥村党支部" in text
    assert "河口镇" not in text


def test_as_of_a_day_the_tree_of_that_day_is_shown(client_of, county, township, village, elsewhere):
    restructuring.close(organization=village, on=date(2025, 7, 1), by=system_operator(), at=AT)
    client = client_of(Role.OFFICER, county)
    opened = f"{URL}?open={county.pk},{township.pk}"
    assert "石桥村党支部" not in page(client.get(opened))
    then = page(client.get(f"{opened}&on=2025-06-30"))
    assert "石桥村党支部" in then
    assert "As of 2025-06-30" in then


def test_what_has_moved_away_is_shown_where_it_stood_without_its_page(client_of, township, village, elsewhere):
    other = elsewhere.placements.get().parent
    restructuring.move(organization=village, parent=other, on=date(2025, 7, 1), by=system_operator(), at=AT)
    client = client_of(Role.REVIEWER, township)
    assert "石桥村党支部" not in page(client.get(URL))
    then = page(client.get(f"{URL}?on=2025-06-30"))
    assert "石桥村党支部" in then
    assert f"/organizations/{village.pk}/" not in then


def test_a_day_before_everything_says_so(client_of, county):
    assert "None of your organizations had a place on 1990-01-01" in page(
        client_of(Role.OFFICER, county).get(f"{URL}?on=1990-01-01")
    )


@pytest.mark.parametrize("query", ["?open=x,,9999999999999,-1", "?open=", "?page=x", "?on=tomorrow", "?open=%00"])
def test_an_address_typed_by_hand_does_no_harm(client_of, county, query):
    assert page(client_of(Role.OFFICER, county).get(URL + query))


def test_two_posts_one_below_the_other_show_each_organization_once(client_of, township, village):
    from_village = people_of(village).owner
    a_post(from_village, Role.REVIEWER, township)
    text = page(client_of(from_village).get(URL))
    assert text.count(f'id="org-{village.pk}"') == 1


def test_who_has_no_post_in_the_tree_is_refused(client_of, county, village):
    assert client_of(Role.AUDITOR, county).get(URL).status_code == 404


def test_the_tree_is_only_read(client_of, county):
    assert client_of(Role.OFFICER, county).post(URL).status_code == 405


@pytest.mark.parametrize("count", [1, 3])
def test_the_queries_do_not_grow(client_of, county, count, django_assert_num_queries):
    for number in range(count):
        an_organization(f"V{number}", parent=a_township(f"T{number}", county))
    client = client_of(Role.OFFICER, county)
    client.get(URL)
    with django_assert_num_queries(9):
        client.get(URL)
    with django_assert_num_queries(12):
        client.get(f"{URL}?on=2025-01-01")


@pytest.mark.parametrize(("language", "word"), [("en", "Unit category"), ("zh-hans", "石桥村党支部")])
def test_in_both_languages(client_of, township, village, language, word):
    assert word in page(client_of(Role.REVIEWER, township, language).get(URL))

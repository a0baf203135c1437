"""One organization's page and the few facts kept by hand: who sees it, who changes it, what it says."""

from datetime import date

import pytest

from audit.models import Event
from orgs.accounts.accounts import system_operator
from orgs.choices import Role
from orgs.tree import restructuring
from tests.factories.orgs import AT, a_user, people_of
from tests.orgs.conftest import page

pytestmark = pytest.mark.django_db


def url(organization, act: str = "") -> str:
    return f"/organizations/{organization.pk}/{act}"


def test_the_owner_sees_facts_and_people(client_of, village):
    people = people_of(village)
    text = page(client_of(people.owner).get(url(village)))
    assert all(word in text for word in ("石桥村党支部", "青山县", "白沙镇", people.colleague.name, "Active"))


def test_the_stranger_is_answered_as_if_it_did_not_exist(client_of, village, elsewhere):
    stranger = client_of(people_of(village).stranger)
    assert stranger.get(url(village)).status_code == 404
    assert stranger.get("/organizations/999999/").status_code == 404
    assert client_of(Role.CLERK, elsewhere).get(url(village)).status_code == 404


def test_places_over_time_and_what_happened(client_of, county, village, elsewhere):
    other = elsewhere.placements.get().parent
    restructuring.move(organization=village, parent=other, on=date(2025, 7, 1), by=system_operator(), at=AT, note="区划调整")
    text = page(client_of(Role.OFFICER, county).get(url(village)))
    assert all(word in text for word in ("2025-06-30", "2025-07-01", "白沙镇", "河口镇", "区划调整", "Moved"))


def test_a_closed_one_says_so(client_of, county, village):
    restructuring.close(organization=village, on=date(2025, 7, 1), by=system_operator(), at=AT)
    assert "Closed or suspended" in page(client_of(Role.OFFICER, county).get(url(village)))


def test_only_who_sees_figures_is_led_to_reports(client_of, county, village):
    for role, is_led in ((Role.OFFICER, True), (Role.SYSTEM_ADMIN, False)):
        response = client_of(role, county).get(url(village))
        assert response.context["sees_figures"] is is_led
        assert ("Reports handed in" in page(response)) in (is_led, False)


def test_the_system_administrator_changes_the_few_facts(client_of, county, village):
    client = client_of(Role.SYSTEM_ADMIN, county)
    assert "id_contact" in page(client.get(url(village, "edit/")))
    answer = client.post(
        url(village, "edit/"), {"short_name": "石桥", "contact": "王一", "telephone": "0516", "code": "X", "county": 9}
    )
    assert answer["Location"] == url(village)
    village.refresh_from_db()
    assert (village.short_name, village.contact, village.telephone, village.code) == ("石桥", "王一", "0516", "V")
    assert Event.objects.filter(kind="organization.edited", organization_id=village.pk).exists()


def test_a_fact_that_is_too_long_is_reported_and_not_kept(client_of, county, village):
    answer = client_of(Role.SYSTEM_ADMIN, county).post(url(village, "edit/"), {"short_name": "石" * 61})
    assert "aria-invalid" in page(answer)
    village.refresh_from_db()
    assert village.short_name == ""


@pytest.mark.parametrize("role", [Role.CLERK, Role.REVIEWER, Role.OFFICER, Role.LEADER, Role.SECURITY_ADMIN, Role.AUDITOR])
def test_nobody_else_changes_them(client_of, county, village, role):
    client = client_of(role, county)
    assert [client.get(url(village, "edit/")).status_code, client.post(url(village, "edit/"), {}).status_code] == [404, 404]


def test_an_administrator_of_another_township_does_not(client_of, village, elsewhere):
    other = elsewhere.placements.get().parent
    assert client_of(Role.SYSTEM_ADMIN, other).post(url(village, "edit/"), {}).status_code == 404


def test_the_wrong_method(client_of, county, village):
    client = client_of(Role.SYSTEM_ADMIN, county)
    assert client.post(url(village)).status_code == 405
    assert client.put(url(village, "edit/")).status_code == 405


@pytest.mark.parametrize("count", [1, 3])
def test_the_queries_do_not_grow_with_people(client_of, county, village, count, django_assert_num_queries):
    for _number in range(count):
        a_user(Role.CLERK, village)
    client = client_of(Role.OFFICER, county)
    with django_assert_num_queries(21):
        client.get(url(village))


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_in_both_languages(client_of, village, language):
    assert "石桥村党支部" in page(client_of(Role.CLERK, village, language).get(url(village)))

"""Who sees what: every role against its own organization, a sibling, the parent, another township, another county."""

from datetime import date

import pytest

from orgs.accounts import access
from orgs.accounts.access import Refused
from orgs.accounts.accounts import end_post, system_operator
from orgs.choices import Role
from orgs.models import User
from orgs.tree import restructuring
from tests.factories.orgs import AT, a_county, a_post, a_township, a_user, an_organization

pytestmark = pytest.mark.django_db
DAY = date(2025, 5, 1)
PLACES = ("county", "township", "village", "sibling", "other township", "its village", "other county")


@pytest.fixture
def orgs():
    county, other = a_county("A"), a_county("B")
    township, elsewhere = a_township("T1", county), a_township("T2", county)
    return {
        "county": county,
        "township": township,
        "village": an_organization("V1", parent=township),
        "sibling": an_organization("V2", parent=township),
        "other township": elsewhere,
        "its village": an_organization("V3", parent=elsewhere),
        "other county": other,
    }


BRANCH = {"village": {"village"}, "township": {"township", "village", "sibling"}, "county": set(PLACES) - {"other county"}}


@pytest.mark.parametrize("post_at", BRANCH)
@pytest.mark.parametrize("role", Role.values)
def test_the_matrix(orgs, role, post_at):
    """A seeing role sees figures of its branch and nothing else; the administrators and the auditor see none."""
    user = a_user(role, orgs[post_at])
    for roles in (access.SEEING, access.REVIEWING, access.TREE_SEEING, access.PEOPLE_SEEING, access.KEEPING):
        expected = BRANCH[post_at] if role in roles else set()
        seen = set(access.visible_to(user, DAY, roles))
        assert {place for place in PLACES if orgs[place] in seen} == expected
        assert {place for place in PLACES if access.holds(user, roles, orgs[place].pk, DAY)} == expected


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR])
def test_separated_roles_see_no_figures(orgs, role):
    assert not access.visible_to(a_user(role, orgs["county"]), DAY).exists()


def test_a_place_that_is_not_yours_is_refused_like_one_that_does_not_exist(orgs):
    clerk = a_user(Role.CLERK, orgs["village"])
    assert access.organization_to_see(clerk, orgs["village"].pk, DAY) == orgs["village"]
    for organization_id in (orgs["sibling"].pk, 999_999):
        with pytest.raises(Refused) as refused:
            access.organization_to_see(clerk, organization_id, DAY)
        assert str(organization_id) in refused.value.sentence


def test_holds_at_is_exactly_there(orgs):
    reviewer = a_user(Role.REVIEWER, orgs["township"])
    assert access.holds_at(reviewer, access.REVIEWING, orgs["township"].pk, DAY)
    assert not access.holds_at(reviewer, access.REVIEWING, orgs["village"].pk, DAY)


def test_a_post_counts_from_its_first_to_its_last_day(orgs):
    user = a_user()
    post = a_post(user, Role.CLERK, orgs["village"], since=date(2025, 4, 1))
    end_post(post=post, last_day=date(2025, 6, 30), by=system_operator(), at=AT)
    days = [date(2025, 3, 31), date(2025, 4, 1), date(2025, 6, 30), date(2025, 7, 1)]
    assert [bool(access.posts_on(user, day)) for day in days] == [False, True, True, False]


def test_a_disabled_person_holds_nothing(orgs):
    user = a_user(Role.CLERK, orgs["village"])
    User.objects.filter(pk=user.pk).update(is_active=False)
    user.refresh_from_db()
    assert access.posts_on(user, DAY) == ()


def test_several_posts_see_several_branches(orgs):
    user = a_user(Role.CLERK, orgs["village"])
    a_post(user, Role.REVIEWER, orgs["other township"])
    assert set(access.visible_to(user, DAY)) == {orgs["village"], orgs["other township"], orgs["its village"]}


def test_what_is_closed_is_seen_from_where_it_stood_last(orgs):
    reviewer = a_user(Role.REVIEWER, orgs["township"])
    restructuring.close(organization=orgs["village"], on=date(2025, 2, 1), by=system_operator(), at=AT)
    assert orgs["village"] in access.visible_to(reviewer, DAY)
    assert access.holds(reviewer, access.REVIEWING, orgs["village"].pk, DAY)


def test_what_moved_is_seen_from_where_it_stands_now(orgs):
    here, there = a_user(Role.REVIEWER, orgs["township"]), a_user(Role.REVIEWER, orgs["other township"])
    moved_on = date(2025, 4, 1)
    restructuring.move(organization=orgs["village"], parent=orgs["other township"], on=moved_on, by=system_operator(), at=AT)
    assert [orgs["village"] in access.visible_to(user, DAY) for user in (here, there)] == [False, True]
    assert [access.holds(user, access.SEEING, orgs["village"].pk, DAY) for user in (here, there)] == [False, True]
    assert access.holds(here, access.SEEING, orgs["village"].pk, date(2025, 3, 31))


def test_what_is_still_to_come_is_seen_from_where_it_will_stand(orgs):
    coming = an_organization("V9", parent=orgs["township"], valid_from=date(2030, 1, 1))
    assert coming in access.visible_to(a_user(Role.REVIEWER, orgs["township"]), DAY)


def test_require_role_gives_the_posts(orgs):
    user = a_user(Role.OFFICER, orgs["county"])
    assert [post.organization for post in access.require_role(user, access.COUNTY, DAY)] == [orgs["county"]]
    with pytest.raises(Refused):
        access.require_role(user, access.KEEPING, DAY)


@pytest.mark.parametrize("count", [1, 3])
def test_seeing_costs_the_same_for_one_and_three_villages(count, django_assert_num_queries):
    township = a_township("T", a_county("C"))
    for number in range(count):
        an_organization(f"V{number}", parent=township)
    user = a_user(Role.REVIEWER, township)
    with django_assert_num_queries(3):
        assert len(access.visible_to(user, DAY)) == count + 1

"""People and posts: the list, one person, adding a person with a first password, giving and ending posts."""

import re

import pytest
from django.utils import timezone

from audit.models import Event
from orgs.choices import Role
from orgs.models import Post, User
from tests.factories.orgs import a_post, a_user, an_organization
from tests.orgs.conftest import page

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate().isoformat()


def names(client, **query) -> list[str]:
    return [row.record.user.name for row in client.get("/people/", query).context["table"].rows]


def test_an_officer_reads_the_people_of_the_branch(client_of, township, village, elsewhere):
    a_user(Role.CLERK, village, name="王主")
    a_user(Role.CLERK, elsewhere, name="赵外")
    client = client_of(a_user(Role.OFFICER, township, name="李官"))
    assert sorted(names(client)) == ["李官", "王主"]
    assert "Add a person" not in page(client.get("/people/"))


def test_narrowing_and_sorting(client_of, county, village):
    a_user(Role.CLERK, village, name="王主", username="b")
    a_user(Role.REVIEWER, village, name="李同", username="c")
    client = client_of(a_user(Role.OFFICER, county, name="官", username="a"))
    assert names(client, q="王") == ["王主"]
    assert names(client, q="石桥", role="reviewer") == ["李同"]
    assert names(client, sort="-username") == ["李同", "王主", "官"]
    assert len(names(client, role="nonsense")) == 3
    assert 'aria-sort="descending"' in page(client.get("/people/", {"sort": "-username"}))


def test_ended_posts_are_shown_when_asked_for(client_of, county, village):
    user = a_user(Role.CLERK, village, name="王主")
    administrator = client_of(Role.SYSTEM_ADMIN, county)
    administrator.post(f"/posts/{user.posts.get().pk}/end/")
    assert "王主" not in names(administrator)
    assert "王主" in names(administrator, ended="on")


@pytest.mark.parametrize("role", [Role.CLERK, Role.REVIEWER, Role.LEADER, Role.AUDITOR])
def test_others_do_not_see_the_people(client_of, county, village, role):
    client = client_of(role, county)
    person = a_user(Role.CLERK, village)
    assert [client.get(url).status_code for url in ("/people/", f"/people/{person.pk}/", "/people/add/")] == [404] * 3


def test_a_person_of_another_branch_is_not_there(client_of, township, elsewhere):
    stranger = a_user(Role.CLERK, elsewhere)
    client = client_of(Role.OFFICER, township)
    assert [client.get(f"/people/{pk}/").status_code for pk in (stranger.pk, 999_999)] == [404, 404]


def test_a_person_is_added_and_the_first_password_shown_once(client_of, county, village):
    client = client_of(Role.SYSTEM_ADMIN, county)
    fields = {"username": "wang", "name": "王一", "code": "V", "role": "clerk", "valid_from": TODAY}
    text = page(client.post("/people/add/", fields))
    made = User.objects.get(username="wang")
    (password,) = re.findall(r">(\w{4}-\w{4}-\w{4}-\w{4})<", text)
    assert made.check_password(password)
    assert made.must_change_password
    assert [(post.organization, post.role) for post in made.posts.all()] == [(village, "clerk")]
    assert password not in page(client.get(f"/people/{made.pk}/"))
    again = page(client.post("/people/add/", fields))
    assert "is taken" in again
    assert User.objects.filter(name="王一").count() == 1


@pytest.mark.parametrize(
    ("field", "text"),
    [("username", "a b"), ("name", ""), ("code", "ZZ"), ("code", "V2"), ("role", "boss"), ("valid_from", "soon")],
)
def test_what_cannot_be_added_is_reported_at_its_field(client_of, township, village, elsewhere, field, text):
    client = client_of(Role.SYSTEM_ADMIN, township)
    fields = {"username": "wang", "name": "王一", "code": "V", "role": "clerk", "valid_from": TODAY, field: text}
    response = client.post("/people/add/", fields)
    assert list(response.context["form"].errors) == [field]
    assert not User.objects.filter(username="wang").exists()


def test_a_post_is_given_and_ended(client_of, county, village):
    user = a_user(Role.CLERK, village)
    client = client_of(Role.SYSTEM_ADMIN, county)
    answer = client.post(f"/people/{user.pk}/give-post/", {"code": "T", "role": "reviewer", "valid_from": TODAY})
    assert answer["Location"] == f"/people/{user.pk}/"
    post = Post.objects.get(user=user, role="reviewer")
    answer = client.post(f"/posts/{post.pk}/end/")
    assert answer["Location"] == f"/people/{user.pk}/"
    post.refresh_from_db()
    assert post.valid_to < post.valid_from
    assert set(Event.objects.filter(subject=f"user:{user.pk}").values_list("kind", flat=True)) >= {"post.given", "post.ended"}
    assert "has already ended" in page(client.post(f"/posts/{post.pk}/end/", follow=True))


def test_ending_a_post_takes_effect_with_the_next_request(client_of, county, village):
    user = a_user(Role.CLERK, village)
    clerk = client_of(user)
    assert clerk.get(f"/organizations/{village.pk}/").status_code == 200
    client_of(Role.SYSTEM_ADMIN, county).post(f"/posts/{user.posts.get().pk}/end/")
    assert clerk.get(f"/organizations/{village.pk}/").status_code == 404


def test_mixed_duties_are_refused_on_the_page(client_of, county, village):
    user = a_user(Role.CLERK, village)
    answer = client_of(Role.SYSTEM_ADMIN, county).post(
        f"/people/{user.pk}/give-post/", {"code": county.code, "role": "auditor", "valid_from": TODAY}
    )
    assert answer.status_code == 422
    assert "Use another account" in answer.content.decode()
    assert user.posts.count() == 1


@pytest.mark.parametrize("role", [Role.OFFICER, Role.SECURITY_ADMIN])
def test_who_reads_does_not_keep(client_of, county, village, role):
    user = a_user(Role.CLERK, village)
    client = client_of(role, county)
    assert client.get(f"/people/{user.pk}/").status_code == 200
    fields = {"code": "V", "role": "reviewer", "valid_from": TODAY}
    answers = [client.post(f"/people/{user.pk}/give-post/", fields), client.post(f"/posts/{user.posts.get().pk}/end/")]
    assert [answer.status_code for answer in answers] == [404, 404]


def test_an_administrator_of_another_township_keeps_nothing_here(client_of, village, elsewhere):
    user = a_user(Role.CLERK, village)
    client = client_of(Role.SYSTEM_ADMIN, elsewhere.placements.get().parent)
    answers = [
        client.get(f"/people/{user.pk}/"),
        client.post(f"/people/{user.pk}/give-post/", {}),
        client.post(f"/posts/{user.posts.get().pk}/end/"),
    ]
    assert [answer.status_code for answer in answers] == [404] * 3


def test_the_wrong_method(client_of, county, village):
    user = a_user(Role.CLERK, village)
    client = client_of(Role.SYSTEM_ADMIN, county)
    answers = [
        client.post("/people/"),
        client.post(f"/people/{user.pk}/"),
        client.get(f"/people/{user.pk}/give-post/"),
        client.get(f"/posts/{user.posts.get().pk}/end/"),
    ]
    assert [answer.status_code for answer in answers] == [405] * 4


def test_fifty_a_page(client_of, county):
    for number in range(50):
        a_user(Role.CLERK, county, name=f"张{number}")
    client = client_of(Role.OFFICER, county)
    assert "Page 1 of 2" in page(client.get("/people/"))


@pytest.mark.parametrize("count", [1, 3])
def test_the_queries_do_not_grow(client_of, county, count, django_assert_num_queries):
    for number in range(count):
        a_user(Role.CLERK, an_organization(f"V{number}", parent=county))
    client = client_of(Role.OFFICER, county)
    with django_assert_num_queries(10):
        client.get("/people/")


@pytest.mark.parametrize("count", [1, 3])
def test_the_queries_do_not_grow_with_the_posts_of_a_person(client_of, county, count, django_assert_num_queries):
    user = a_user()
    for number in range(count):
        a_post(user, Role.CLERK, an_organization(f"V{number}", parent=county))
    client = client_of(Role.SYSTEM_ADMIN, county)
    with django_assert_num_queries(12):
        client.get(f"/people/{user.pk}/")

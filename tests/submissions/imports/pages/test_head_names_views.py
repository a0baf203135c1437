"""A clerk's answers about heads are listed for his place, in words, and forgotten one by one; the act is in the audit."""

import pytest
from django.urls import reverse

from audit.models import Event
from orgs.choices import Role
from submissions.imports.service.head_names import remember_heads
from submissions.imports.tables.table_report import IS_OTHER, IS_OWN
from submissions.models import HeadName
from tests.factories.orgs import a_user
from tests.factories.submissions import AT

LIST = reverse("submissions:remembered")


@pytest.fixture
def heads(world):
    heads = {
        "受理": "line:A",
        "甲": f"unit:{world.place.village.code}",
        "备注": "",
        "村名": IS_OWN,
        "结对村": IS_OTHER,
        "队伍": "line:B:女",
    }
    remember_heads(organization=world.place.village, form=world.task.form, heads=heads, by=world.place.clerk, at=AT)
    return {head.text: head for head in HeadName.objects.all()}


def test_each_is_listed_in_words(world, signed, heads):
    page = signed(world.place.clerk).get(LIST).content.decode()
    village = world.place.village
    for sentence in (
        "受理",
        "names the unit of the row",
        "names another unit",
        f"{village.name} ({village.code})",
        "nothing: pass it over",
        "· 女 (B)",
        world.place.clerk.name,
    ):
        assert sentence in page


def test_one_is_forgotten_and_the_others_stay(world, signed, heads):
    client = signed(world.place.clerk)
    page = client.post(reverse("submissions:forget_head", args=[heads["受理"].pk]), follow=True).content.decode()
    assert "Forgotten: “受理”" in page
    assert set(HeadName.objects.values_list("text", flat=True)) == {"甲", "备注", "队伍", "村名", "结对村"}
    event = Event.objects.get(kind="heads.forgotten")
    assert event.organization_id == world.place.village.pk


def test_nobody_else_forgets_it(world, signed, heads):
    for person in (world.township_clerk, world.place.stranger, world.place.officer, a_user(Role.CLERK, world.place.county)):
        assert signed(person).post(reverse("submissions:forget_head", args=[heads["受理"].pk])).status_code == 404
    assert HeadName.objects.count() == 6


def test_by_get_nothing_is_forgotten(world, signed, heads):
    assert signed(world.place.clerk).get(reverse("submissions:forget_head", args=[heads["受理"].pk])).status_code == 405


def test_nothing_remembered_says_how_it_would_come_here(world, signed):
    assert "Nothing is remembered yet." in signed(world.place.clerk).get(LIST).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries(world, signed, django_assert_num_queries, count):
    heads = {f"头{number}": "line:A" for number in range(count)} | {"甲": f"unit:{world.place.village.code}"}
    remember_heads(organization=world.place.village, form=world.task.form, heads=heads, by=world.place.clerk, at=AT)
    client = signed(world.place.clerk)
    with django_assert_num_queries(10):
        client.get(LIST)

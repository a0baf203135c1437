"""A county's officer chooses which figures stand first; the choice is audited and nobody else may make it."""

import json

import pytest
from django.utils import timezone

from audit.models import Event
from indicators.models import Indicator
from orgs.choices import Role
from orgs.models import Organization
from reports.dashboards.headlines_actions import choose_headlines
from reports.models import Headline
from reports.scope.headlines import default_headlines
from tests.factories.indicators import items_of, layout, line
from tests.factories.orgs import a_county, a_user
from tests.factories.submissions import a_place, a_task
from tests.reports.people import client_of, rows_of, signed_in, text_of


@pytest.fixture
def place(db):
    place = a_place()
    a_task(place.county)
    return place


def page_of(place) -> str:
    return f"/dashboard/headlines/{place.county.id}/"


def codes_of(county) -> list[str]:
    return list(Headline.objects.filter(county_id=county.id).order_by("position").values_list("indicator__code", flat=True))


def test_an_officer_chooses(place):
    client = client_of(place.officer)
    assert "Place 6" in text_of(client.get(page_of(place)))
    response = client.post(page_of(place), {"place_1": "B", "place_3": "A"}, follow=True)
    assert codes_of(place.county) == ["B", "A"]
    assert "The dashboard now begins with: 指标B, 指标A." in text_of(response)


def test_the_dashboard_shows_them_in_this_order(place):
    client_of(place.officer).post(page_of(place), {"place_1": "B", "place_2": "A"})
    response = client_of(place.leader).get("/dashboard/?period=2026Q3")
    body = response.content.decode()
    assert body.index("指标B") < body.index("指标A")
    assert rows_of(response, "child-table")[0][0] == place.county.name


def test_the_choice_is_audited_old_and_new(place):
    indicators = list(Indicator.objects.filter(code__in="AB").order_by("code"))
    assert choose_headlines(county=place.county, indicators=indicators, by=place.officer, at=timezone.now())
    event = Event.objects.get(kind="headlines.chosen")
    assert (event.actor_name, event.organization_id) == (place.officer.username, place.county.id)
    assert json.loads(event.data) == {"indicators": [[], ["A", "B"]]}


def test_the_same_choice_again_changes_nothing(place):
    indicators = list(Indicator.objects.filter(code="A"))
    for changed in (True, False):
        assert choose_headlines(county=place.county, indicators=indicators, by=place.officer, at=timezone.now()) is changed
    assert Event.objects.filter(kind="headlines.chosen").count() == 1


def test_none_at_all_is_the_default_again(place):
    client = client_of(place.officer)
    client.post(page_of(place), {"place_1": "B"})
    response = client.post(page_of(place), {}, follow=True)
    assert codes_of(place.county) == []
    assert "The dashboard shows the first figures of the forms again." in text_of(response)


def test_one_figure_twice_is_refused_and_nothing_changes(place):
    response = client_of(place.officer).post(page_of(place), {"place_1": "A", "place_2": "A"})
    assert response.status_code == 400
    assert "A stands in an earlier place already" in text_of(response)
    assert codes_of(place.county) == []


def test_what_is_not_offered_is_refused(place):
    assert client_of(place.officer).post(page_of(place), {"place_1": "ZZZ"}).status_code == 400


@pytest.mark.parametrize("who", ["clerk", "reviewer", "leader", "stranger"])
def test_nobody_else_finds_the_page(place, who):
    client = client_of(getattr(place, who))
    assert client.get(page_of(place)).status_code == 404
    assert client.post(page_of(place), {"place_1": "A"}).status_code == 404
    assert codes_of(place.county) == []


def test_an_officer_of_another_county_does_not(place):
    other = a_user(Role.OFFICER, a_county("350900"))
    assert client_of(other).get(page_of(place)).status_code == 404


def test_only_the_officer_is_shown_the_way(place):
    assert "Choose the headline figures" in text_of(client_of(place.officer).get("/dashboard/"))
    assert "Choose the headline figures" not in text_of(client_of(place.leader).get("/dashboard/"))


def test_without_a_choice_ratios_come_first_then_whole_counts():
    class Asked:
        layout = layout(
            line("A"), *items_of("B", "甲", "乙"), line("C", part_of="A"), line("R", numerator="{A}", denominator="{B}"),
            line("S", kind="score"),
        )  # fmt: skip

    assert [headline.code for headline in default_headlines([Asked])] == ["R", "A", "B"]


def test_at_most_six(story):
    story.villages("V1")
    story.indicators(*(f"A{n},指标{n},件,flow,,," for n in range(9)))
    story.form("F", *(f"A{n}" for n in range(9)))
    story.open("F", "2026Q3")
    response = signed_in(Role.OFFICER, "C").get("/dashboard/?period=2026Q3")
    assert Organization.objects.get(code="C").name in text_of(response)
    assert response.content.decode().count('class="tile-name') == 6

"""The calendar page: an officer looks at a year and uploads days; nobody else is led there."""

import io

import pytest
from django.urls import reverse

from submissions.models import CalendarDay

pytestmark = pytest.mark.django_db


def _file(text: str):
    file = io.BytesIO(text.encode())
    file.name = "days.csv"
    return file


def test_days_are_looked_at_and_uploaded(place, signed):
    client, address = signed(place.officer), reverse("submissions:calendar")
    page = client.get(address, {"year": "2025"}).content.decode()
    assert "2025-10-05" in page
    assert "National Day" in page
    assert "not known yet" in client.get(address, {"year": "2031"}).content.decode()
    assert client.post(address, {"file": _file("day,kind\n2031-01-01,off\n")}).url == address
    assert CalendarDay.objects.count() == 1
    shown = client.get(address, {"year": "2031"}).content.decode()
    assert "uploaded by the county" in shown
    assert "2031-01-01" in shown


def test_a_bad_table_is_answered_with_its_rows(place, signed):
    page = signed(place.officer).post(reverse("submissions:calendar"), {"file": _file("day,kind\n2031-13-01,off\n")})
    assert "days.csv:2" in page.content.decode()
    assert not CalendarDay.objects.exists()


@pytest.mark.parametrize("year", ["", "x", "99999", "0000", "²026"])
def test_a_year_that_is_none_shows_this_year(year, place, signed):
    assert signed(place.officer).get(reverse("submissions:calendar"), {"year": year}).status_code == 200


def test_an_empty_table_to_fill(place, signed):
    answer = signed(place.officer).get(reverse("submissions:calendar_template"))
    assert answer["Content-Type"].endswith("sheet")
    assert answer.content[:2] == b"PK"


@pytest.mark.parametrize("name", ["calendar", "calendar_template"])
@pytest.mark.parametrize("who", ["clerk", "reviewer", "leader", "stranger"])
def test_only_the_county_department(name, who, place, signed):
    assert signed(getattr(place, who)).get(reverse(f"submissions:{name}")).status_code == 404

"""The desk: whose turn it is, days over, whom to call, township by township; sorted, copied, and sent notices from."""

from datetime import date

import pytest
from django.urls import reverse

from orgs.models import Organization, Placement
from submissions.choices import State
from submissions.models import Notice, Submission
from submissions.tasks.chase.desk import chase_rows, owed_at, township_texts
from submissions.tasks.postponement import postpone
from tests.factories.orgs import a_township, an_organization
from tests.factories.submissions import AT, a_task, bring_to, send, submission_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 15)


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"


def rows_of(task, top, today=TODAY):
    return chase_rows(owed_at(task, top), task, today)


@pytest.mark.parametrize(
    ("state", "names"),
    [
        (State.BLANK, 2), (State.DRAFT, 2), (State.RETURNED, 2), (State.SUBMITTED, 1), (State.PASSED, 1), (State.APPROVED, 1),
        (State.EXEMPT, 1),
    ],
)  # fmt: skip
def test_whose_turn_it_is(state, names, place):
    task = a_task(place.county)
    bring_to(state, submission_of(task, place.village), place)
    assert len(rows_of(task, place.county)) == names


def test_days_over_are_those_of_each_units_own_day(place):
    task = a_task(place.county)
    assert [row.days_over for row in rows_of(task, place.county, date(2026, 10, 10))] == [0, 0]
    postpone(task=task, places=[place.village], due_on=date(2026, 10, 13), reason="x", by=place.officer, at=AT)
    assert [row.days_over for row in rows_of(task, place.county)] == [2, 5]


def test_by_township_in_the_countys_order_with_contacts(place):
    second = a_township("35010002", place.county)
    an_organization("3501000201", parent=second)
    Organization.objects.filter(pk=place.village.pk).update(contact="王一", telephone="0591-1")
    task = a_task(place.county)
    rows = rows_of(task, place.county)
    texts = township_texts(rows, task, TODAY)
    assert sorted(one.count for one in texts) == [1, 2]
    assert sum("王一 0591-1" in one.text for one in texts) == 1
    assert len({row.township for row in rows}) == 2
    assert len(rows_of(task, second)) == 1


def test_a_closed_unit_is_marked_and_called_by_nobody(place):
    task = a_task(place.county)
    Placement.objects.filter(organization=place.village).update(valid_to=date(2026, 10, 5))
    rows = rows_of(task, place.county)
    assert [row.is_closed for row in rows] == [True, False]
    (text,) = township_texts(rows, task, TODAY)
    assert text.count == 1


def test_the_page_is_sorted_narrowed_and_for_a_place(place, signed):
    task = a_task(place.county)
    Submission.objects.filter(organization=place.village).update(due_on=date(2026, 10, 13))
    client, address = signed(place.reviewer), reverse("submissions:chase", args=[task.pk, place.township.pk])
    shown = client.get(address, {"sort": "over"}).context["table"].shown
    assert [row.days_over for row in shown] == sorted(row.days_over for row in shown)
    narrowed = client.get(address, {"q": place.village.code}).context["table"].shown
    assert [row.unit.pk for row in narrowed] == [place.village.pk]
    assert client.get(address, {"q": "", "sort": ""}).context["total"] == 2


@pytest.mark.parametrize("whom", ["ticked", "all"])
def test_a_notice_is_asked_about_before_it_is_sent(whom, place, signed):
    task = a_task(place.county)
    client = signed(place.reviewer)
    address = reverse("submissions:notice_send", args=[task.pk, place.township.pk])
    picks = [submission_of(task, place.village).pk]
    asked = client.post(address, {"whom": whom, "pick": picks})
    assert not Notice.objects.exists()
    fields = asked.context["fields"]
    assert len(fields) == (1 if whom == "ticked" else 2)
    answer = client.post(address, {"pick": [value for _name, value in fields], "sure": "1", "text": "请报送"})
    assert answer.url == reverse("submissions:chase", args=[task.pk, place.township.pk])
    assert Notice.objects.count() == len(fields)


@pytest.mark.parametrize("picks", [[], ["x"], ["999999"], ["²"]])
def test_without_a_unit_nothing_is_sent(picks, place, signed):
    task = a_task(place.county)
    answer = signed(place.reviewer).post(
        reverse("submissions:notice_send", args=[task.pk, place.township.pk]), {"pick": picks, "sure": "1", "text": "x"}
    )
    assert answer.status_code == 302
    assert not Notice.objects.exists()


def test_a_unit_of_another_township_cannot_be_ticked(place, signed):
    second = a_township("35010002", place.county)
    stray = an_organization("3501000201", parent=second)
    task = a_task(place.county)
    picks = [submission_of(task, stray).pk]
    signed(place.reviewer).post(
        reverse("submissions:notice_send", args=[task.pk, place.township.pk]), {"pick": picks, "sure": "1", "text": "x"}
    )
    assert not Notice.objects.exists()


def test_nobody_signs_in_there_is_said(place, signed):
    an_organization("3501000109", parent=place.township)
    task = a_task(place.county)
    asked = signed(place.officer).post(reverse("submissions:notice_send", args=[task.pk, place.county.pk]), {"whom": "all"})
    assert any("Nobody signs in for 1" in sentence for sentence in asked.context["effects"])


def test_a_leader_looks_and_sends_nothing(place, signed):
    task = a_task(place.county)
    client = signed(place.leader)
    page = client.get(reverse("submissions:chase", args=[task.pk, place.township.pk]))
    assert page.context["may_send"] is False
    assert client.post(reverse("submissions:notice_send", args=[task.pk, place.township.pk])).status_code == 404


def test_the_list_costs_the_same_for_one_and_many(place, signed, django_assert_num_queries):
    task = a_task(place.county)
    client, address = signed(place.officer), reverse("submissions:chase", args=[task.pk, place.county.pk])
    send(submission_of(task, place.village), by=place.clerk)
    client.get(address)
    with django_assert_num_queries(14):
        client.get(address)
    for number in range(5):
        an_organization(f"350100019{number}", parent=place.township)
    a_task(place.county)
    with django_assert_num_queries(14):
        client.get(address)

"""The pages of corrections: asking, deciding, refusing; the right person, the stranger, what is said where it cannot be."""

import pytest
from django.urls import reverse

from submissions.corrections.actions import approve_correction, request_correction
from submissions.models import Correction
from tests.factories.indicators import make_check
from tests.factories.submissions import LATER, submission_of

pytestmark = pytest.mark.django_db


def address(name: str, *args) -> str:
    return reverse(f"submissions:{name}", args=args)


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def asked(report, place, **given) -> Correction:
    given = {"changes": {"A": 3}, "version_number": 1, "reason": "漏报两件", "by": place.clerk, "at": LATER, **given}
    return request_correction(submission=report, **given)


def posted(client, report, **fields):
    data = {"version": 1, "reason": "漏报两件", "evidence": "台账", "cell:A": "3", "cell:B": "", **fields}
    return client.post(address("correction_add", report.pk), data)


def test_the_clerk_asks_from_the_locked_report(report, place, signed):
    client = signed(place.clerk)
    assert address("correction_add", report.pk) in client.get(address("detail", report.pk)).content.decode()
    page = client.get(address("correction_add", report.pk))
    assert "cell:A" in page.content.decode()
    assert "on_behalf" not in page.content.decode()
    assert posted(client, report).status_code == 302
    correction = Correction.objects.get()
    assert (correction.changes, correction.reason, correction.evidence) == ({"A": 3}, "漏报两件", "台账")
    body = text_of(client.get(address("detail", report.pk)))
    assert "In correction" in body
    assert "A correction of this report is under way" in body


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"cell:A": "三件"}, "三件"),
        ({"cell:A": "1"}, "Nothing would change"),
        ({"cell:A": ""}, "No cell was changed"),
        ({"reason": ""}, "This field is required"),
        ({"reason": "x"}, "has to say what happened"),
        ({"cell:Z": "4"}, "Nothing"),
    ],
)
def test_what_cannot_be_asked_is_said_and_what_was_typed_stays(report, place, signed, fields, said):
    response = posted(signed(place.clerk), report, **fields)
    if said != "Nothing":
        assert said in text_of(response)
        assert f'value="{fields.get("cell:A", "3")}"' in response.content.decode()
    assert not Correction.objects.exists()


def test_a_finding_to_verify_is_explained_on_the_page(report, place, signed):
    make_check(place.task.form, "{A} <= 2", severity="verify", message="多于两件")
    client = signed(place.clerk)
    body = posted(client, report).content.decode()
    name = body.partition('name="explain:')[2].partition('"')[0]
    assert name
    assert posted(client, report, **{f"explain:{name}": "四月新增两户，见台账"}).status_code == 302
    assert Correction.objects.get().explanations == {name: "四月新增两户，见台账"}


def test_a_mandatory_finding_stops_it(report, place, signed):
    make_check(place.task.form, "{A} <= 2", message="多于两件")
    assert "多于两件" in text_of(posted(signed(place.clerk), report))
    assert not Correction.objects.exists()


def test_a_figure_is_cleared_by_the_word(report, place, signed):
    assert posted(signed(place.clerk), report, **{"cell:A": "清空", "cell:B": "7"}).status_code == 302
    assert Correction.objects.get().changes == {"A": None, "B": 7}


def test_the_officer_enters_a_letter_and_another_person_decides(report, place, signed):
    client = signed(place.officer)
    assert "on_behalf" in client.get(address("correction_add", report.pk)).content.decode()
    assert "This field is required" in text_of(posted(client, report))
    assert posted(client, report, on_behalf="2026年12月1日来函").status_code == 302
    correction = Correction.objects.get()
    approve_correction(correction=correction, by=place.reviewer, at=LATER)
    response = client.post(address("correction_approve", correction.pk), {"level": place.county.pk})
    assert response.status_code == 409
    assert "You requested this correction yourself" in text_of(response)


def test_the_township_passes_and_the_county_approves(report, place, signed):
    correction = asked(report, place)
    township, county = signed(place.reviewer), signed(place.officer)
    assert "1 correction waits for your decision" in text_of(township.get("/"))
    assert "waits for your decision" not in text_of(county.get("/"))
    assert "Pass this correction on" in text_of(township.get(address("correction", correction.pk)))
    assert "It is the turn of" in text_of(county.get(address("correction", correction.pk)))
    township.post(address("correction_approve", correction.pk), {"level": place.township.pk})
    assert "Approve this correction" in text_of(county.get(address("correction", correction.pk)))
    county.post(address("correction_approve", correction.pk), {"level": place.county.pk})
    fresh = submission_of(place.task, place.village)
    assert (fresh.standing.number, fresh.standing.figures) == (2, {"A": 3})
    body = text_of(signed(place.clerk).get(address("correction", correction.pk)))
    for said in ("漏报两件", "+2", place.reviewer.name, place.officer.name, "Version 2 of the report"):
        assert said in body
    old = text_of(signed(place.clerk).get(address("detail", report.pk) + "?version=1"))
    assert "Correction 1" in old


def test_a_click_at_a_level_that_was_left_is_refused(report, place, signed):
    correction = asked(report, place)
    approve_correction(correction=correction, by=place.reviewer, at=LATER)
    response = signed(place.officer).post(address("correction_approve", correction.pk), {"level": place.township.pk})
    assert response.status_code == 409
    assert Correction.objects.get().state == "passed"


def test_it_is_refused_with_an_opinion_and_taken_back(report, place, signed):
    correction = asked(report, place)
    client = signed(place.reviewer)
    assert client.post(address("correction_refuse", correction.pk), {"level": place.township.pk}).status_code == 409
    client.post(address("correction_refuse", correction.pk), {"level": place.township.pk, "reason": "台账与原数一致"})
    assert "台账与原数一致" in text_of(client.get(address("correction", correction.pk)))
    again = asked(submission_of(place.task, place.village), place)
    signed(place.clerk).post(address("correction_withdraw", again.pk))
    assert [one.state for one in Correction.objects.order_by("number")] == ["refused", "withdrawn"]


def test_t45_a_page_of_the_version_before_shows_the_difference(report, place, signed):
    correction = asked(report, place)
    for person in (place.reviewer, place.officer):
        approve_correction(correction=correction, by=person, at=LATER)
    response = posted(signed(place.clerk), report, **{"cell:A": "9"})
    assert response.status_code == 409
    assert "was corrected after you opened it" in text_of(response)
    assert Correction.objects.count() == 1


def test_the_neighbour_sees_nothing_of_it(report, place, signed):
    correction = asked(report, place)
    client = signed(place.stranger)
    assert client.get(address("correction", correction.pk)).status_code == 404
    assert client.get(address("correction_add", report.pk)).status_code == 404
    assert "漏报两件" not in text_of(client.get(address("corrections")))


def test_progress_says_that_corrections_wait(report, place, signed):
    asked(report, place)
    client = signed(place.officer)
    assert "Corrections waiting: 1" in text_of(client.get(address("tasks")))
    assert "Corrections waiting: 1" in text_of(client.get(address("task_at", place.task.pk, place.county.pk)))
    body = text_of(client.get(address("task_at", place.task.pk, place.township.pk)))
    assert body.count("In correction") == 1
    assert "In correction" in text_of(client.get(address("review", place.task.pk, place.township.pk) + "?tab=approved"))

"""The reviewers' pages: passing what was seen, one or many, sending back; and what the pages say."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from indicators.choices import Kind
from orgs.choices import Role
from orgs.models import Post
from orgs.tree.restructuring import move
from submissions.checking.validator import bench_for
from submissions.choices import State
from submissions.filling.submission_actions import withdraw
from submissions.models import Review, Version
from submissions.review.actions import approve
from tests.factories.indicators import make_check, make_form, make_indicator
from tests.factories.orgs import a_township, a_user, an_organization
from tests.factories.submissions import a_task, bring_to, fill, send, submission_of

pytestmark = pytest.mark.django_db


def _text(answer) -> str:
    return answer.content.decode()


def _pick(submission, version=1, level=None) -> str:
    return f"{submission.pk}:{version}:{level or submission.reviewer_org_id}"


def test_the_inbox_names_the_task_and_the_township(place, submission, signed):
    send(submission, by=place.clerk)
    (row,) = signed(place.reviewer).get(reverse("submissions:inbox")).context["rows"]
    assert (row.task, row.organization, row.count, row.clean) == (submission.task, place.township, 1, 1)
    assert not signed(place.officer).get(reverse("submissions:inbox")).context["rows"]
    approve(submission=submission, version_number=1, by=place.reviewer, at=timezone.now())
    (row,) = signed(place.officer).get(reverse("submissions:inbox")).context["rows"]
    assert row.organization == place.township


def test_what_waits_where_nobody_can_review_falls_to_the_officer(place, submission, signed):
    send(submission, by=place.clerk)
    Post.objects.filter(user=place.reviewer).update(valid_to=timezone.localdate() - timedelta(days=1))
    client = signed(place.officer)
    assert client.get(reverse("submissions:inbox")).context["total"] == 1
    address = reverse("submissions:approve", args=[submission.pk])
    assert client.post(address, {"pick": _pick(submission, level=place.township.pk)}).status_code == 302
    assert submission_of(submission.task, place.village).state == State.PASSED


def test_passing_the_version_that_was_shown(place, submission, signed):
    send(submission, by=place.clerk)
    back = {"pick": _pick(submission), "back": place.township.pk}
    answer = signed(place.reviewer).post(reverse("submissions:approve", args=[submission.pk]), back)
    assert answer["Location"] == reverse("submissions:review", args=[submission.task_id, place.township.pk])
    assert submission_of(submission.task, place.village).state == State.PASSED


def test_an_old_page_gets_409_with_the_difference(place, submission, signed):
    """T45 through the page."""
    send(submission, {"A": 5}, by=place.clerk)
    pick = _pick(submission)
    withdraw(submission=submission, by=place.clerk, at=timezone.now())
    send(submission, {"A": 6}, by=place.clerk)
    answer = signed(place.reviewer).post(reverse("submissions:approve", args=[submission.pk]), {"pick": pick})
    assert answer.status_code == 409
    (difference,) = answer.context["differences"]
    assert (difference.yours, difference.theirs) == ("5", "6")
    assert submission_of(submission.task, place.village).state == State.SUBMITTED


def test_a_second_click_is_refused(place, submission, signed):
    send(submission, by=place.clerk)
    pick = _pick(submission)
    client = signed(place.reviewer)
    codes = [
        client.post(reverse("submissions:approve", args=[submission.pk]), {"pick": pick}).status_code for _turn in range(2)
    ]
    assert codes == [302, 409]
    assert Review.objects.filter(act="pass").count() == 1


@pytest.mark.parametrize("pick", ["", "x", "1:2", "1:1:1:1", "-1:1:1", "99999999999999:1:1", "１:1:1"])
def test_a_page_that_does_not_say_what_was_seen_does_nothing(pick, place, submission, signed):
    send(submission, by=place.clerk)
    answer = signed(place.reviewer).post(reverse("submissions:approve", args=[submission.pk]), {"pick": pick})
    assert answer.status_code == 404
    assert submission_of(submission.task, place.village).state == State.SUBMITTED


def test_passing_many_names_what_it_left_alone(place, submission, signed):
    other = submission_of(submission.task, place.other_village)
    send(submission, by=place.clerk)
    send(other, by=place.stranger)
    picks = [_pick(submission), _pick(other)]
    withdraw(submission=other, by=place.stranger, at=timezone.now())
    send(other, {"A": 9}, by=place.stranger)
    address = reverse("submissions:approve_many", args=[submission.task_id, place.township.pk])
    client = signed(place.reviewer)
    asked = client.post(address, {"pick": picks})
    assert [text for name, text in asked.context["fields"] if name == "pick"] == picks
    assert submission_of(submission.task, place.village).state == State.SUBMITTED  # nothing before the question is answered
    answer = client.post(address, {"pick": picks, "sure": "1"}, follow=True)
    assert submission_of(submission.task, place.village).state == State.PASSED
    assert submission_of(submission.task, place.other_village).state == State.SUBMITTED
    sentences = [str(message) for message in answer.context["messages"]]
    assert len(sentences) == 2
    assert sentences[0] == f"Passed 1 report of {place.township}; it waits for the next level now."
    assert str(place.other_village) in sentences[1]


def test_passing_at_the_last_level_promises_no_other(place, submission, signed):
    send(submission, by=place.clerk)
    approve(submission=submission, version_number=1, by=place.reviewer, at=timezone.now())
    at_county = submission_of(submission.task, place.village)
    address = reverse("submissions:approve_many", args=[submission.task_id, place.township.pk])
    answer = signed(place.officer).post(address, {"pick": [_pick(at_county)], "sure": "1"}, follow=True)
    assert [str(message) for message in answer.context["messages"]] == [f"Passed 1 report of {place.township}."]


def test_a_figure_of_the_year_to_date_is_called_so_beside_what_has_to_be_corrected(place, signed):
    make_indicator("T", kind=Kind.CUMULATIVE)
    submission = submission_of(a_task(place.county, make_form("累计表", ("A", "T"))), place.village)
    send(submission, {"A": 5, "T": 7}, by=place.clerk)
    answer = signed(place.reviewer).get(reverse("submissions:return", args=[submission.pk]))
    assert [row["covers_year"] for row in answer.context["lines"]] == [False, True]
    assert "year to date" in _text(answer)


def test_nothing_ticked_is_reported(place, submission, signed):
    address = reverse("submissions:approve_many", args=[submission.task_id, place.township.pk])
    answer = signed(place.reviewer).post(address, follow=True)
    assert len(list(answer.context["messages"])) == 1


def test_sending_back_cell_by_cell(place, submission, signed):
    send(submission, {"A": 5, "B": 1}, by=place.clerk)
    client = signed(place.reviewer)
    address = reverse("submissions:return", args=[submission.pk])
    form = client.get(address).context["form"]
    fields = {"version": 1, "level": place.township.pk, "reason": "", form.cell_field("A").html_name: "与台账不符"}
    assert client.post(address, fields)["Location"] == reverse(
        "submissions:review", args=[submission.task_id, place.township.pk]
    )
    review = Review.objects.get(act="return")
    assert (review.cell_reasons, review.organization) == ({"A": "与台账不符"}, place.township)
    shown = signed(place.clerk).get(reverse("submissions:detail", args=[submission.pk]))
    assert "与台账不符" in _text(shown)


def test_sending_back_without_a_reason_is_refused(place, submission, signed):
    send(submission, by=place.clerk)
    answer = signed(place.reviewer).post(
        reverse("submissions:return", args=[submission.pk]), {"version": 1, "level": place.township.pk, "reason": " "}
    )
    assert answer.status_code == 409
    assert submission_of(submission.task, place.village).state == State.SUBMITTED


def test_the_county_waits_for_the_township(place, submission, signed):
    send(submission, by=place.clerk)
    answer = signed(place.officer).get(reverse("submissions:return", args=[submission.pk]))
    assert answer.status_code == 409
    assert str(place.township) in _text(answer)


def test_a_reviewer_has_no_door_to_a_figure(place, submission, signed):
    """T48: a reviewer can only return."""
    bring_to(State.DRAFT, submission, place)
    client = signed(place.reviewer)
    assert client.get(reverse("submissions:fill", args=[submission.pk])).status_code == 404
    save = client.post(
        reverse("submissions:save", args=[submission.pk]),
        '{"revision":1,"key":"k","changes":{"A":"9"}}',
        content_type="application/json",
    )
    assert save.status_code == 404
    assert Version.objects.get().figures == {"A": 1}


def test_the_review_page_counts_and_shows_one_unit(place, signed):
    form = make_form("核实表", ("A", "B"))
    make_check(form, "{A} <= 10", severity="verify", message="A 一般不超过 10")
    task = a_task(place.county, form)
    first, second = submission_of(task, place.village), submission_of(task, place.other_village)
    send(first, {"A": 5}, by=place.clerk)
    (rule_key,) = _explaining(second, place)
    assert rule_key.startswith("rule:")
    client = signed(place.reviewer)
    page = client.get(reverse("submissions:review", args=[task.pk, place.township.pk]), {"unit": second.pk})
    counts = page.context["counts"]
    assert (counts["waiting"], counts["clean"], counts["all"]) == (2, 1, 2)
    panel = page.context["panel"]
    assert panel.submission == second
    assert [finding.explanation for finding in panel.findings] == ["九月集中走访企业"]
    (compared,) = panel.compared
    assert (compared.now, compared.previous, compared.middle) == ("64", "—", "35")
    assert 'value="' + _pick(first) + '"' in _text(page)
    assert f'href="?tab=waiting&amp;page=1&amp;unit={second.pk}"' in _text(page)


def _explaining(submission, place) -> list[str]:
    """Send 64 with an explanation; the keys it was kept under."""
    from_judging = [finding.check for finding in _findings(submission, {"A": 64})]
    fill(submission, {"A": 64}, by=place.stranger, explanations={key: "九月集中走访企业" for key in from_judging})
    send(submission, {}, by=place.stranger)
    return from_judging


def _findings(submission, figures):
    return bench_for(submission.task, [submission.organization_id]).findings(submission, figures, {}, False)


def test_exempting_and_lifting_through_the_pages(place, submission, signed):
    client = signed(place.officer)
    address = reverse("submissions:exempt", args=[submission.pk])
    assert client.post(address, {"reason": ""}).status_code == 200
    given = {"reason": "并入白沙村", "requester": "青山镇党委", "approver": "周部长"}
    assert client.post(address, given).status_code == 302
    shown = " ".join(_text(client.get(reverse("submissions:detail", args=[submission.pk]))).split())
    assert "并入白沙村 Requested by 青山镇党委. Approved by 周部长; entered by" in shown
    assert client.post(reverse("submissions:lift", args=[submission.pk])).status_code == 302
    assert submission_of(submission.task, place.village).state == State.BLANK


def test_a_second_village_reviewer_of_another_township_sees_nothing(place, submission, signed):
    send(submission, by=place.clerk)
    neighbour = a_township("35010002", place.county)
    an_organization("3501000201", parent=neighbour)
    stranger = a_user(Role.REVIEWER, neighbour)
    client = signed(stranger)
    for name, args in (
        ("detail", [submission.pk]),
        ("return", [submission.pk]),
        ("review", [submission.task_id, place.township.pk]),
    ):
        assert client.get(reverse(f"submissions:{name}", args=args)).status_code == 404
    assert client.post(reverse("submissions:approve", args=[submission.pk]), {"pick": _pick(submission)}).status_code == 404


def test_who_explains_findings_is_not_passed_in_a_heap(place, signed):
    form = make_form("季09表", ("A",))
    make_check(form, "{A} <= 50", "verify")
    task = a_task(place.county, form)
    clean, flagged = submission_of(task, place.village), submission_of(task, place.other_village)
    send(clean, {"A": 5}, by=place.clerk)
    fill(flagged, {"A": 64}, by=place.stranger)
    (finding,) = bench_for(task, [place.other_village.pk]).findings(flagged, {"A": 64}, {}, False)
    fill(flagged, {}, by=place.stranger, explanations={finding.check: "九月集中走访企业，台账齐全"})
    send(flagged, {}, by=place.stranger)
    client = signed(place.reviewer)
    shown = client.get(reverse("submissions:review", args=[task.pk, place.township.pk]))
    assert " checked" not in _text(shown)
    assert _text(client.get(shown.request["PATH_INFO"] + "?select=clean")).count(" checked") == 1
    address = reverse("submissions:approve_many", args=[task.pk, place.township.pk])
    asked = client.post(address, {"pick": [_pick(clean), _pick(flagged)]})
    assert [text for name, text in asked.context["fields"] if name == "pick"] == [_pick(clean)]
    assert any(str(place.other_village) in sentence for sentence in asked.context["effects"])
    answer = client.post(address, {"pick": [_pick(clean), _pick(flagged)], "sure": "1"}, follow=True)
    assert [submission_of(task, unit).state for unit in (place.village, place.other_village)] == ["passed", "submitted"]
    assert str(place.other_village) in str(list(answer.context["messages"])[-1])
    alone = client.post(address, {"pick": [_pick(flagged)]}, follow=True)
    assert len(list(alone.context["messages"])) == 1


def test_reviewing_goes_on_with_the_next_unit(place, submission, signed):
    other = submission_of(submission.task, place.other_village)
    send(submission, by=place.clerk)
    send(other, by=place.stranger)
    client = signed(place.reviewer)
    page = client.get(reverse("submissions:review", args=[submission.task_id, place.township.pk]) + f"?unit={submission.pk}")
    assert (page.context["before"], page.context["after"].submission, page.context["next_waiting"].submission) == (
        None,
        other,
        other,
    )
    fields = {"pick": _pick(submission), "back": place.township.pk, "tab": "waiting", "page": "1", "next": other.pk}
    answer = client.post(reverse("submissions:approve", args=[submission.pk]), fields)
    assert answer.url.endswith(f"?tab=waiting&page=1&unit={other.pk}")


def test_what_was_not_sent_carries_no_verdict(place, submission, signed):
    client = signed(place.officer)
    judged = "No findings."
    address = reverse("submissions:detail", args=[submission.pk])
    assert judged not in _text(client.get(address))
    fill(submission, {"A": 5}, by=place.clerk)
    assert judged not in _text(client.get(address))
    send(submission, {}, by=place.clerk)
    assert judged in _text(client.get(address))


def _figures(answer) -> list[str]:
    """The numbers above the units, as the page prints them."""
    return re.findall(r'<span class="figure-value">(\d+)</span>', _text(answer))[:6]


def test_what_was_returned_is_sent_in_on_every_page(place, submission, signed):
    bring_to(State.RETURNED, submission, place)
    client = signed(place.officer)
    place_in = [submission.task_id, place.township.pk]
    shown = [_figures(client.get(reverse(f"submissions:{name}", args=place_in))) for name in ("task_at", "review")]
    assert shown == [["2", "1", "1", "0", "1", "1"]] * 2  # expected, sent in, on time, approved, returned, not sent


def test_a_report_taken_back_after_a_return_is_still_to_be_corrected(place, submission, signed):
    bring_to(State.RETURNED, submission, place)
    fresh = submission_of(submission.task, place.village)
    send(fresh, {"A": 7}, by=place.clerk)
    withdraw(submission=submission_of(submission.task, place.village), by=place.clerk, at=timezone.now())
    address = reverse("submissions:review", args=[submission.task_id, place.township.pk])
    answer = signed(place.reviewer).get(f"{address}?tab=returned")
    assert [row.submission.pk for row in answer.context["rows"]] == [submission.pk]
    assert _figures(answer) == ["2", "1", "1", "0", "1", "1"]


def test_a_unit_moved_here_since_stands_in_the_tabs_and_counts_where_it_stood(place, submission, signed):
    """As on the page of the task; its report waits here."""
    neighbour = a_township("35010002", place.county)
    reviewer = a_user(Role.REVIEWER, neighbour)
    send(submission, by=place.clerk)
    move(organization=place.village, parent=neighbour, on=date(2026, 10, 11), by=place.officer, at=timezone.now())
    answer = signed(reviewer).get(reverse("submissions:review", args=[submission.task_id, neighbour.pk]))
    assert [row.submission.pk for row in answer.context["rows"]] == [submission.pk]
    assert _figures(answer) == ["0"] * 6

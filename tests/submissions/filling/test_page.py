"""The fill page and its doors: who gets in, what each answers, and that nothing is written beside what was typed."""

import json
from copy import deepcopy
from datetime import date

import pytest
from django.urls import reverse

from audit.models import Event
from orgs.choices import Role
from submissions.choices import State
from tests.factories.orgs import a_user
from tests.factories.submissions import a_place, a_task, bring_to, fill, submission_of

pytestmark = pytest.mark.django_db
ACTS = ("save", "nil", "submit", "withdraw")


@pytest.fixture(scope="module")
def module_place(module_db):
    return a_place()


@pytest.fixture
def place(module_place, db):
    return deepcopy(module_place)


@pytest.fixture
def submission(place):
    return submission_of(a_task(place.county, opens_on=date(2020, 1, 1)), place.village)


@pytest.fixture
def enter(client):
    """enter(user) -> a client signed in as the user."""

    def signed_in(user):
        client.force_login(user)
        return client

    return signed_in


def address(name, submission):
    return reverse(f"submissions:{name}", args=[submission.pk])


def save(client, submission, **batch):
    body = {"revision": 0, "key": "k", "changes": {}, **batch}
    return client.post(address("save", submission), json.dumps(body), content_type="application/json")


def test_the_clerk_sees_the_form_with_an_input_for_every_typed_cell(enter, place, submission):
    page = enter(place.clerk).get(address("fill", submission))
    assert page.status_code == 200
    assert page.content.count(b'<input id="c') == len(submission.task.layout.typed)


@pytest.mark.parametrize("name", ["fill", *ACTS])
@pytest.mark.parametrize("who", ["stranger", "reviewer", "officer", "leader"])
def test_nobody_else_gets_in(enter, place, submission, name, who):
    client, path = enter(getattr(place, who)), address(name, submission)
    answer = client.get(path) if name == "fill" else client.post(path)
    assert answer.status_code == 404
    assert not submission.versions.exists()


@pytest.mark.parametrize("name", [name for name in ACTS if name != "withdraw"])
def test_acts_are_posted(enter, place, submission, name):
    assert enter(place.clerk).get(address(name, submission)).status_code == 405


@pytest.mark.parametrize(("state", "status"), [(State.SUBMITTED, 200), (State.PASSED, 302), (State.DRAFT, 302)])
def test_taking_back_asks_first_and_changes_nothing_by_looking(enter, place, submission, state, status):
    bring_to(state, submission, place)
    assert enter(place.clerk).get(address("withdraw", submission)).status_code == status
    submission.refresh_from_db()
    assert submission.state == state


@pytest.mark.parametrize("state", [State.SUBMITTED, State.PASSED, State.APPROVED, State.EXEMPT])
def test_when_it_is_not_the_units_turn_the_page_leads_to_what_was_sent(enter, place, submission, state):
    bring_to(state, submission, place)
    answer = enter(place.clerk).get(address("fill", submission))
    assert answer.url == address("detail", submission)
    refused = save(enter(place.clerk), submission, changes={"A": "5"})
    assert refused.status_code == 409
    assert refused.json()["can_retry"] is False
    assert refused.json()["said"]


def test_a_save_answers_with_the_new_state(enter, place, submission):
    answer = save(enter(place.clerk), submission, changes={"A": "１２家", "B": "x"}).json()
    assert answer["revision"] == 1
    assert answer["figures"] == {"A": "12", "B": ""}
    assert answer["readings"]["A"]["notice"]
    assert answer["readings"]["B"]["error"]
    assert len(answer["saved_at"]) == len("14:32:07")
    assert submission.versions.get().figures == {"A": 12}


def test_a_save_repeated_under_its_key_changes_nothing(enter, place, submission):
    """Statement 3."""
    client = enter(place.clerk)
    first = save(client, submission, changes={"A": "5"}).json()
    again = save(client, submission, changes={"A": "5"}).json()
    assert first["revision"] == again["revision"] == 1
    assert Event.objects.filter(kind="submission.saved").count() == 1


def test_an_old_page_gets_both_values(enter, place, submission):
    """Statement 1."""
    other = a_user(Role.CLERK, place.village, name="李同")
    fill(submission, {"A": 6}, by=other)
    answer = save(enter(place.clerk), submission, changes={"A": "7", "B": "1"})
    assert answer.status_code == 409
    (difference,) = answer.json()["differences"]
    assert (difference["yours"], difference["theirs"], difference["by"]) == ("7", "6", "李同")
    assert answer.json()["figures"]["A"] == "6"
    assert submission.versions.get().figures == {"A": 6}


def test_an_old_page_with_other_cells_may_repeat(enter, place, submission):
    fill(submission, {"A": 6}, by=a_user(Role.CLERK, place.village))
    answer = save(enter(place.clerk), submission, changes={"B": "1"}).json()
    assert answer["can_retry"] is True
    assert answer["revision"] == 1


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"revision": "x"}', b'{"revision": 0, "changes": [1]}'])
def test_what_is_no_batch_gets_a_sentence(enter, place, submission, body):
    answer = enter(place.clerk).post(address("save", submission), body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["said"]


def test_cells_of_others_and_fields_of_ours_are_not_written(enter, place, submission):
    """Statement 24: what is posted beside the batch is ignored."""
    save(enter(place.clerk), submission, changes={"A": "5", "X": "9"}, state="approved", org=place.other_village.pk)
    submission.refresh_from_db()
    assert submission.state == State.DRAFT
    assert submission.versions.get().figures == {"A": 5}


def test_a_clerk_above_enters_on_behalf_and_it_is_marked(enter, place, submission):
    above = a_user(Role.CLERK, place.township)
    page = enter(above).get(address("fill", submission))
    assert b'name="on_behalf"' in page.content
    save(enter(above), submission, changes={"A": "5"}, on_behalf="纸质表15号")
    assert submission.versions.get().on_behalf == "纸质表15号"
    save(enter(place.clerk), submission, changes={"A": "6"}, revision=1, key="k2", on_behalf="不应写入")
    assert submission.versions.get().on_behalf == "纸质表15号"


def test_a_form_without_script_is_saved_then_sent(enter, place, submission):
    fields = {"revision": "0", "loaded": json.dumps({"A": "", "B": ""}), "f-A": "5", "f-B": "", "act": "submit"}
    client = enter(place.clerk)
    asked = client.post(address("fill", submission), fields)
    submission.refresh_from_db()
    assert (asked.status_code, submission.state) == (200, State.DRAFT)
    assert any("1" in sentence for sentence in asked.context["effects"])  # one cell is blank
    answer = client.post(asked.context["address"], dict(asked.context["fields"]))
    assert answer.url == address("detail", submission)
    submission.refresh_from_db()
    assert submission.state == State.SUBMITTED
    assert submission.standing.figures == {"A": 5}


def test_sending_an_old_state_or_an_empty_form_is_refused_with_a_sentence(enter, place, submission):
    client = enter(place.clerk)
    fill(submission, {"A": 5}, by=place.clerk)
    for revision in ("0", "9", "", "١"):
        answer = client.post(address("submit", submission), {"revision": revision}, follow=True)
        assert b"is-red" in answer.content
    submission.refresh_from_db()
    assert submission.state == State.DRAFT


def test_a_nil_report_over_figures_is_refused(enter, place, submission):
    client = enter(place.clerk)
    version = fill(submission, {"A": 5}, by=place.clerk)
    answer = client.post(address("nil", submission), {"revision": str(version.revision)}, follow=True)
    assert b"note is-red" in answer.content
    assert not submission.versions.get().nil_report


def test_taking_back_opens_the_page_again(enter, place, submission):
    bring_to(State.SUBMITTED, submission, place)
    answer = enter(place.clerk).post(address("withdraw", submission))
    assert answer.url == address("fill", submission)
    submission.refresh_from_db()
    assert submission.state == State.DRAFT


def test_taking_back_what_is_passed_is_refused(enter, place, submission):
    bring_to(State.PASSED, submission, place)
    answer = enter(place.clerk).post(address("withdraw", submission))
    assert answer.url == address("detail", submission)
    submission.refresh_from_db()
    assert submission.state == State.PASSED

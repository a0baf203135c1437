"""Nothing of others' shows through: not in pages, searches, exports or counts, not by raised ids in fields, not by extra fields."""

import io
import json
import zipfile
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from orgs.choices import Role
from orgs.models import Organization, Post, User
from submissions.models import Submission, Version
from tests.factories.indicators import make_form
from tests.factories.submissions import a_task, submission_of
from tests.security.subjects import ADDRESSES
from tests.security.test_walk import TOKEN, address_of
from tests.security.world import DUE, World, a_world

# What stands in codes and names of others than the village, its township and its county.
FOREIGN = ("柳河县", "350002", "35000201")
FAR = ("35000102", "3500010201")
SIBLING = ("3500010102",)


@pytest.fixture
def world(db) -> World:
    return a_world()


@pytest.fixture
def client_of(world):
    def client_of(person: str) -> Client:
        client = Client(raise_request_exception=False)
        client.force_login(world.people[person], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return client_of


def text_of(answer) -> str:
    """All text of a page or of every part of a workbook."""
    content = b"".join(answer)
    if "spreadsheet" not in answer.headers["Content-Type"]:
        return content.decode()
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return "\n".join(parts.read(name).decode() for name in parts.namelist())


@pytest.mark.parametrize(
    ("person", "hidden"),
    [("clerk", FOREIGN + FAR + SIBLING), ("reviewer", FOREIGN + FAR), ("officer", FOREIGN), ("leader", FOREIGN)],
)
def test_no_page_of_theirs_names_what_is_not_theirs(world, client_of, person, hidden):
    client, seen = client_of(person), []
    for name in ADDRESSES:
        answer = client.get(address_of(name, world))
        if answer.status_code == 200:
            seen += [(name, word) for word in hidden if word in text_of(answer)]
    assert seen == []


@pytest.mark.parametrize(("person", "place"), [("clerk", "village"), ("reviewer", "township"), ("officer", "county")])
@pytest.mark.parametrize("by", ["self", "children", "units", "district", "line", "unit_category"])
def test_figures_taken_along_are_of_their_own(world, client_of, person, place, by):
    asked = {"org": world.ids[place], "by": by, "codes": "A,B", "period": "2026Q2", "basis": "submitted"}
    answer = client_of(person).get("/figures.json", asked)
    assert answer.status_code == 200
    hidden = {"village": FOREIGN + FAR + SIBLING, "township": FOREIGN + FAR, "county": FOREIGN}[place]
    assert [word for word in hidden if word in answer.content.decode()] == []


@pytest.mark.parametrize("layout", ["R1", "R2", "R3"])
def test_a_townships_workbook_holds_no_other_code(world, client_of, layout):
    """R1 is one unit's own report, the others a township with its units."""
    place = "village" if layout == "R1" else "township"
    asked = {"org": world.ids[place], "layout": layout, "period": "2026Q2", "basis": "submitted", "form": world.task.form.code}
    answer = client_of("reviewer").post("/exports/", asked)
    assert answer.headers["Content-Type"].startswith("application/vnd.openxmlformats")
    text = text_of(answer)
    assert (world.village if layout == "R1" else world.township).name in text
    assert [word for word in FOREIGN + FAR if word in text] == []
    assert Event.objects.get(kind="export.made").actor_id == world.people["reviewer"].pk


@pytest.mark.parametrize("asked", ["350002", "柳河", "3500010201", "3500010102"])
def test_a_search_finds_nothing_of_others(world, client_of, asked):
    """The asker's own word stands in the box; besides it, the page is that of a search that finds nothing."""
    client = client_of("clerk")
    pages = [TOKEN.sub("", client.get("/organizations/search/", {"q": text}).content.decode()) for text in (asked, "zzzz")]
    assert pages[0].replace(asked, "…").replace(quote(asked), "…") == pages[1].replace("zzzz", "…")


def test_a_raised_id_in_a_field_reaches_no_other_report(world, client_of):
    """The grid of a township with the row of another township's village, and of another county's, added by hand."""
    elsewhere = Organization.objects.get(code="350002")
    theirs = make_form("季09表", ("F9",), owner=elsewhere)
    foreign = submission_of(a_task(elsewhere, theirs, due_on=DUE, at=timezone.now()), Organization.objects.get(code="35000201"))
    far = submission_of(world.task, Organization.objects.get(code="3500010201"))
    fields = {"loaded": "{}", "on_behalf": "paper"}
    for report in (foreign, far):
        fields |= {f"revision-{report.pk}": "0", f"f-{report.pk}-A": "7", f"f-{report.pk}-F9": "7", "act": "submit"}
    client_of("township_clerk").post(reverse("submissions:grid", args=[world.task.pk, world.township.pk]), fields)
    assert not Version.objects.filter(submission__in=(foreign, far)).exists()


def test_a_report_passed_by_a_raised_id_stays_where_it_was(world, client_of):
    """The other township's reviewer ticks, on their own page, a report of this one."""
    picks = [f"{world.sent.pk}-1-{world.township.pk}", f"{world.sent.pk}:1:{world.township.pk}", str(world.sent.pk)]
    own = world.people["far_reviewer"].posts.get().organization_id
    for pick in picks:
        client_of("far_reviewer").post(reverse("submissions:approve_many", args=[world.sent.task_id, own]), {"pick": pick})
    assert Submission.objects.get(pk=world.sent.pk).state == world.sent.state == "submitted"


def test_a_person_is_given_no_post_in_another_county(world, client_of):
    asked = {"code": "35000201", "role": Role.OFFICER, "valid_from": "2026-01-01"}
    before = Post.objects.count()
    client = client_of("system_admin")
    client.post(reverse("orgs:post_give", args=[world.people["clerk"].pk]), asked)
    client.post(reverse("orgs:account_add"), {"username": "newcomer", "name": "新人", **asked})
    assert Post.objects.count() == before
    assert not User.objects.filter(username="newcomer").exists()


def test_fields_nobody_offered_change_nothing(world, client_of):
    extra = {"code": "999", "county": "1", "county_id": "1", "sort_order": "77", "is_active": "1", "unit_category": "county"}
    address = reverse("orgs:organization_edit", args=[world.village.pk])
    client_of("system_admin").post(address, {"short_name": "双泉", "contact": "", "telephone": "", **extra})
    changed = Organization.objects.get(pk=world.village.pk)
    assert changed.short_name == "双泉"
    for name in ("code", "county_id", "sort_order", "unit_category"):
        assert getattr(changed, name) == getattr(world.village, name)


def test_fields_nobody_offered_in_a_save_change_nothing(world, client_of):
    other = world.people["officer"].posts.get().organization_id
    batch = {"revision": 0, "key": str(uuid4()), "changes": {"A": "3"}}
    extra = {"state": "approved", "org": other, "organization_id": other, "by": 1, "submitted_at": "2026-01-01", "standing": 1}
    address = reverse("submissions:save", args=[world.submission.pk])
    answer = client_of("clerk").post(address, json.dumps(batch | extra), content_type="application/json")
    assert answer.status_code == 200
    saved = Submission.objects.get(pk=world.submission.pk)
    assert (saved.state, saved.organization_id, saved.submitted_at, saved.standing_id) == (
        "draft",
        world.village.pk,
        None,
        None,
    )

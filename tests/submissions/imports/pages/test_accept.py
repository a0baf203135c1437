"""Accepting a file from its preview: what is written, the messages, the next page, and what happens when somebody was faster."""

import pytest
from django.urls import reverse

from submissions.choices import State
from submissions.models import Upload
from tests.factories.submissions import fill, submission_of
from tests.markup import markup_of
from tests.submissions.imports.pages.conftest import JSON, address, put, upload_in


@pytest.fixture
def client(world, signed):
    return signed(world.place.clerk)


def accept(client, upload: Upload, **fields):
    return client.post(address("upload_accept", upload), {"sha256": upload.sha256, "choose": "all", **fields})


def messages_of(answer) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def test_one_unit_leads_to_its_report(world, client):
    answer = accept(client, upload_in(client, world.form({"A": 12, "B": 3})))
    assert answer.url == reverse("submissions:fill", args=[world.report.pk])
    assert (world.report.state, world.figures()) == (State.DRAFT, {"A": 12, "B": 3})
    assert messages_of(client.get(answer.url)) == ["Written into the drafts of 1 units: 2 figures."]


def test_several_units_lead_to_their_grid(world, signed):
    client = signed(world.township_clerk)
    village, other = world.place.village, world.place.other_village
    upload = upload_in(client, world.grid({village.code: {"A": 1}, other.code: {"A": 2}}))
    answer = accept(client, upload)
    assert answer.url == reverse("submissions:grid", args=[world.task.pk, world.place.township.pk])
    assert (world.figures(village), world.figures(other)) == ({"A": 1}, {"A": 2})


def test_only_the_ticked_units_are_written_and_the_rest_waits(world, signed):
    client = signed(world.township_clerk)
    village, other = world.place.village, world.place.other_village
    upload = upload_in(client, world.grid({village.code: {"A": 1}, other.code: {"A": 2}}))
    answer = accept(client, upload, choose="ticked", unit=submission_of(world.task, other).pk)
    assert answer.url == address("upload", upload)
    assert (world.figures(village), world.figures(other)) == ({}, {"A": 2})
    assert "Take in all ready units (1)" in markup_of(client.get(answer.url))


def test_a_unit_with_an_error_does_not_stop_its_neighbour(world, signed):
    client = signed(world.township_clerk)
    village, other = world.place.village, world.place.other_village
    upload = upload_in(client, world.grid({village.code: {"A": "1.2万"}, other.code: {"A": 2}}))
    accept(client, upload)
    upload.refresh_from_db()
    assert (upload.verdict, world.figures(village), world.figures(other)) == ("partly", {}, {"A": 2})


def test_nothing_ticked_writes_nothing(world, client):
    upload = upload_in(client, world.form({"A": 12}))
    accept(client, upload, choose="ticked", unit="x")
    assert world.figures() == {}


def test_another_files_digest_is_refused(world, client):
    answer = accept(client, upload_in(client, world.form({"A": 12})), sha256="0" * 64)
    assert answer.status_code == 409
    assert world.figures() == {}


def test_who_was_faster_is_named_and_both_values_are_shown(world, client):
    upload = upload_in(client, world.form({"A": 12}))
    fill(world.report, {"A": 7}, by=world.township_clerk)
    answer = accept(client, upload)
    assert answer.status_code == 409
    assert world.township_clerk.name in messages_of(answer)[0]
    assert '<td class="num old">7</td><td class="num new">12</td>' in markup_of(answer)
    assert world.figures() == {"A": 7}
    accept(client, upload)
    assert world.figures() == {"A": 12}


def test_the_script_gets_the_result(world, client):
    upload = upload_in(client, world.form({"A": 12}))
    answer = client.post(address("upload_accept", upload), {"sha256": upload.sha256}, headers=JSON).json()
    assert (answer["verdict"], answer["pill"], answer["ready"]) == ("accepted", "Taken in", 0)
    again = client.post(address("upload_accept", upload), {"sha256": upload.sha256}, headers=JSON)
    assert (again.status_code, set(again.json())) == (409, {"said"})


def test_the_script_gets_the_name_of_who_was_faster(world, client):
    upload = upload_in(client, world.form({"A": 12}))
    fill(world.report, {"A": 7}, by=world.township_clerk)
    answer = client.post(address("upload_accept", upload), {"sha256": upload.sha256}, headers=JSON)
    assert answer.status_code == 409
    assert world.township_clerk.name in answer.json()["said"]
    assert answer.json()["ready"] == 1


def test_a_dropped_file_writes_nothing_and_is_settled(world, client):
    upload = upload_in(client, world.form({"A": 12}))
    assert client.post(address("upload_drop", upload)).url == reverse("submissions:intake")
    upload.refresh_from_db()
    assert upload.settled_at is not None
    assert upload.content is None
    assert world.figures() == {}


def test_home_says_how_many_files_wait(world, client):
    assert b"wait to be confirmed" not in client.get("/").content
    put(client, world.form({"A": 12}), "甲.xlsx")
    put(client, world.form({"A": 13}), "乙.xlsx")
    assert b"2 files wait to be confirmed" in client.get("/").content

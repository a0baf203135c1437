"""On the page: the task of a table is asked and chosen by the same upload; two files for one unit name each other until one goes."""

import io
from datetime import date

import pytest
from openpyxl import Workbook

from tests.factories.submissions import a_task
from tests.submissions.imports.pages.conftest import JSON, address, put, upload_in


@pytest.fixture
def client(world, signed):
    return signed(world.place.clerk)


def a_table(world, figure: int) -> bytes:
    book = Workbook()
    for row in (["村名", "A"], [world.place.village.name, figure]):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def page_of(client, upload) -> str:
    return client.get(address("upload", upload)).content.decode()


@pytest.fixture
def other_task(world):
    """Open and not long over on whatever day the tests run."""
    world.task.due_on = date(2099, 1, 1)
    world.task.save(update_fields=["due_on"])
    return a_task(
        world.place.county, world.task.form, period="2026Q2", due_on=date(2099, 1, 1), opens_on=date(2020, 1, 1)
    )  # fmt: skip


def test_the_task_is_asked_and_the_answer_counts(world, client, other_task):
    upload = upload_in(client, a_table(world, 7))
    page = page_of(client, upload)
    assert 'name="head ?task"' in page
    assert "Second quarter of 2026" in page
    assert "answer the question first" in page
    client.post(address("upload", upload), {"head ?task": str(other_task.pk)})
    page = page_of(client, upload)
    assert "?task" not in page
    assert f"{world.place.village.name} ({world.place.village.code}) · 季01表基层表 · Second quarter of 2026" in page
    assert "Take in 1 changes" in page


def test_an_answer_that_was_not_given_leaves_the_question(world, client, other_task):
    upload = upload_in(client, a_table(world, 7))
    client.post(address("upload", upload), {"head ?task": "?"})
    assert 'name="head ?task"' in page_of(client, upload)


def test_two_files_name_each_other_until_one_is_thrown_away(world, client):
    one, other = upload_in(client, world.form({"A": 1}), "一.xlsx"), upload_in(client, world.form({"A": 2}), "二.xlsx")
    assert "“二.xlsx”" in page_of(client, one)
    assert "“一.xlsx”" in page_of(client, other)
    answer = client.post(address("upload_accept", one), {"sha256": one.sha256}, headers=JSON)
    assert (answer.status_code, world.figures()) == (409, {})
    assert "“二.xlsx”" in answer.json()["said"]
    client.post(address("upload_drop", one))
    assert "“一.xlsx”" not in page_of(client, other)
    client.post(address("upload_accept", other), {"sha256": other.sha256})
    assert world.figures() == {"A": 2}


def test_the_corrected_file_is_not_kept_out_by_the_one_with_the_bad_cell(world, client):
    upload_in(client, world.form({"A": "30多"}), "一.xlsx")
    result = put(client, world.form({"A": 31}), "二.xlsx").json()
    assert (result["errors"], result["ready"]) == (0, 1)


def test_files_about_different_lines_are_taken_both(world, client):
    one, other = upload_in(client, world.form({"A": 1}), "一.xlsx"), upload_in(client, world.form({"B": 2}), "二.xlsx")
    assert "“二.xlsx” too; where both say something" in page_of(client, one)
    client.post(address("upload_accept", one), {"sha256": one.sha256})
    client.get(address("upload", other))
    client.post(address("upload_accept", other), {"sha256": other.sha256})
    client.post(address("upload_accept", other), {"sha256": other.sha256})
    assert world.figures() == {"A": 1, "B": 2}

"""What the preview of a table says first: totals that differ, questions; no 0 errors where nothing is taken, nothing chosen by likeness."""

import io

import pytest
from openpyxl import Workbook

from orgs.models import Organization
from submissions.imports.tables.recognition.candidates import TASK_AT
from tests.submissions.imports.pages.conftest import address, upload_in


@pytest.fixture
def client(place, signed):
    return signed(place.clerk)


def page_of(client, *rows) -> str:
    book = Workbook()
    book.active.title = "汇总"
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return client.get(address("upload", upload_in(client, out.getvalue()))).content.decode()


HEAD = ["单位", "纳入台账的两新组织", "结对村", "备注"]


def test_a_total_that_differs_stands_before_everything_else(place, client):
    page = page_of(client, HEAD, [place.village.name, 11, "别的村", "已核"], ["合计", 99])
    tiles = page.index('class="figures"')
    assert page.index("Look first: totals that differ from their parts: 1 (汇总!B3).") < tiles
    assert page.index("合计 says 99 here, its parts come to 11") < tiles


def test_what_was_not_read_is_named(place, client):
    page = page_of(client, HEAD, [place.village.name, 11, "别的村", "已核"])
    assert "“结对村” (汇总!C1, cells: 1)" in page
    assert "“备注” (汇总!D1, cells: 1)" in page


def test_no_zero_stands_beside_a_file_that_waits_for_an_answer(place, client):
    page = page_of(client, ["2026年9月份"], HEAD, [place.village.name, 11, None, None])
    assert "Errors to be mended" not in page
    assert "Questions to be answered first" in page
    assert f'name="head {TASK_AT}"' in page


def test_a_ready_file_shows_that_it_has_no_errors(place, client):
    page = page_of(client, HEAD, [place.village.name, 11, None, None])
    assert "Errors to be mended" in page
    assert "Questions to be answered first" not in page


def test_a_similar_name_is_not_chosen_beforehand(place, client):
    Organization.objects.filter(pk=place.village.pk).update(name="青家村", short_name="青家村")
    page = page_of(client, HEAD, ["青家庄村", 11, None, None])
    _before, _select, asked = page.partition('name="head 汇总!A2"')
    options = asked.partition("</select>")[0]
    assert '<option value="?" selected>' in options
    assert options.count("selected") == 1

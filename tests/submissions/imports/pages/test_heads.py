"""A table of anyone's making on the preview: heads in doubt are asked about, answers count and are remembered, the rest is folded."""

import io

import pytest
from openpyxl import Workbook

from tests.submissions.imports.pages.conftest import address, upload_in


@pytest.fixture
def client(place, signed):
    return signed(place.clerk)


def a_table(place, *heads: str) -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = "汇总"
    sheet.append(["2026年第三季度情况表"])
    sheet.append(["单位", *heads])
    sheet.append([place.village.name, *range(11, 11 + len(heads))])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def page_of(client, upload, query: str = "") -> str:
    return client.get(address("upload", upload) + query).content.decode()


def test_an_exact_head_is_not_asked_about(place, client):
    page = page_of(client, upload_in(client, a_table(place, "纳入台账的两新组织", "收集问题")))
    assert "How the heads of the table were understood" in page
    assert "<select" not in page
    assert "Take in 2 changes" in page


def test_a_head_that_nobody_knows_is_asked_about_and_taken_once_it_is_answered(place, client):
    upload = upload_in(client, a_table(place, "纳入台账的两新组织", "甲乙丙丁"))
    page = page_of(client, upload)
    assert '<select name="head 汇总!C2"' in page
    assert '<option value="?" selected>' in page
    client.post(address("upload", upload), {"head 汇总!C2": "line:STN-006"})
    upload.refresh_from_db()
    assert upload.heads == {"汇总!C2": "line:STN-006"}
    assert "Take in 2 changes" in page_of(client, upload)


def test_a_head_that_is_left_undecided_stays_asked_about(place, client):
    upload = upload_in(client, a_table(place, "纳入台账的两新组织", "甲乙丙丁"))
    client.post(address("upload", upload), {"head 汇总!C2": "?"})
    upload.refresh_from_db()
    assert upload.heads == {}


def test_a_head_that_was_understood_can_be_changed(place, client):
    upload = upload_in(client, a_table(place, "纳入台账的两新组织", "收集问题"))
    assert "?head=" in page_of(client, upload)
    assert '<select name="head 汇总!C2"' in page_of(client, upload, "?head=汇总!C2")

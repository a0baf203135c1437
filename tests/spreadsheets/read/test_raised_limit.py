"""The one number for the size of an uploaded file: raised, a larger file comes through the reader, its child and the page."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from orgs.web.headers import AROUND_A_FILE
from spreadsheets import limits
from spreadsheets.read.files import read_file
from spreadsheets.read.workbook import Unreadable
from tests.submissions.imports.pages.conftest import JSON, module_world, put, signed, world  # noqa: F401

LARGE = 6 * limits.MEBIBYTE


@pytest.fixture
def raised():
    limits.allow_uploads(8)
    yield 8
    limits.allow_uploads(configured.UPLOAD_LIMIT_MB)


def large(content: bytes) -> bytes:
    """The same workbook with a picture of 6 MB in it."""
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a") as packed:
        packed.writestr("xl/media/image9.jpeg", bytes(range(256)) * (LARGE // 256), zipfile.ZIP_STORED)
    return out.getvalue()


def test_a_larger_file_is_read_where_the_limit_was_raised(world, raised):  # noqa: F811
    content = large(world.form({"A": 12}))
    assert read_file(content, "表.xlsx").sheets
    limits.allow_uploads(5)
    with pytest.raises(Unreadable, match="5 MB"):
        read_file(content, "表.xlsx")


def test_the_page_takes_it_too(world, signed, settings):  # noqa: F811
    content = large(world.form({"A": 12}))
    assert put(signed(world.place.clerk), content).status_code == 413
    settings.UPLOAD_LIMIT_MB = 8
    answer = put(signed(world.place.clerk), content).json()
    assert (answer["verdict"], answer["changes"]) == ("preview", 1)
    limits.allow_uploads(configured.UPLOAD_LIMIT_MB)


def test_a_file_of_exactly_the_limit_comes_in(world, signed, settings):  # noqa: F811
    settings.UPLOAD_LIMIT_MB = 1
    client = signed(world.place.clerk)
    assert put(client, bytes(limits.MEBIBYTE)).json()["verdict"] == "refused"  # by the reader: no workbook
    file = SimpleUploadedFile("表.xlsx", bytes(limits.MEBIBYTE + 1))
    assert client.post(reverse("submissions:intake_put"), {"file": file}, headers=JSON).status_code == 413
    limits.allow_uploads(configured.UPLOAD_LIMIT_MB)


def test_what_grows_with_it_never_shrinks(raised):
    grown = {name: getattr(limits, name) for name in ("UPLOAD_CELLS", "CHILD_MEMORY", "UPLOAD_TOTAL_BYTES", "PACK_BYTES")}
    limits.allow_uploads(1)
    usual = {name: getattr(limits, name) for name in grown}
    assert limits.UPLOAD_BYTES == limits.MEBIBYTE
    assert usual == {
        "UPLOAD_CELLS": 400_000, "CHILD_MEMORY": 512 * limits.MEBIBYTE, "UPLOAD_TOTAL_BYTES": 96 * limits.MEBIBYTE,
        "PACK_BYTES": 64 * limits.MEBIBYTE,
    }  # fmt: skip
    assert all(grown[name] > usual[name] for name in grown if name != "PACK_BYTES")


def test_the_sample_of_nginx_lets_in_what_the_program_does():
    text = (Path(configured.BASE_DIR) / "deploy/nginx.conf").read_text("utf-8")
    allowed = int(re.search(r"client_max_body_size (\d+)m;", text)[1]) * limits.MEBIBYTE
    assert allowed >= configured.UPLOAD_LIMIT_MB * limits.MEBIBYTE + AROUND_A_FILE
    assert allowed <= (configured.UPLOAD_LIMIT_MB + 1) * limits.MEBIBYTE

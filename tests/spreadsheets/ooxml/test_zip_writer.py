"""Zips written by ourselves: headers that agree, the same bytes each time, ZIP64 only where a part is too large for the usual fields."""

import io
import struct
import subprocess
from shutil import which
from zipfile import ZipFile, ZipInfo

import pytest

from spreadsheets.ooxml.container import Bounds, Container
from spreadsheets.ooxml.zip_writer import ZipWriter, as_in
from tests.programs.headers import contradictions

MOMENT = (2026, 10, 12, 9, 30, 18)
PARTS = {
    "[Content_Types].xml": b"<Types/>",
    "xl/表.xml": "甲乙".encode() * 5000,
    "empty.xml": b"",
    "xl/random.bin": bytes(range(256)) * 40,
}


def written(parts=PARTS, piece=1000, **given) -> bytes:
    file = io.BytesIO()
    made = ZipWriter(file, MOMENT, 1, **given)
    for name, content in parts.items():
        with made.streamed(name) as write:
            for start in range(0, len(content), piece):
                write(content[start : start + piece])
    made.close()
    return file.getvalue()


def test_every_part_comes_out_as_it_went_in():
    content = written()
    with ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == PARTS
        assert {info.date_time for info in archive.infolist()} == {MOMENT}
    container = Container(content, Bounds(1 << 20, 1 << 21))
    assert {entry.name: container.read(entry.name) for entry in container.entries} == PARTS


def test_headers_agree_and_hold_nothing_more():
    assert list(contradictions(written())) == []
    assert written() == written(piece=77)


def test_a_part_beyond_the_limit_alone_has_large_sizes_in_both_headers():
    content = written(largest=9000)
    (name, *_headers), (other, *_rest) = contradictions(content)
    assert (name.decode(), other) == ("xl/表.xml", b"xl/random.bin")
    with ZipFile(io.BytesIO(content)) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == PARTS
    local = content[content.index(b"PK\x03\x04", 1) :]
    extra = local[30 + len("xl/表.xml".encode()) :]
    assert struct.unpack("<2HQ", extra[:12]) == (1, 16, len(PARTS["xl/表.xml"]))
    assert [content.count(sign) for sign in (b"PK\x03\x04", b"PK\x01\x02")] == [4, 4]


def test_the_zip_program_finds_nothing_wrong(tmp_path):
    program = which("unzip")
    if program is None:
        pytest.skip("unzip is not installed: the zip was not tested by it")
    for name, content in (("plain", written()), ("large", written(largest=9000))):
        path = tmp_path / f"{name}.zip"
        path.write_bytes(content)
        done = subprocess.run([program, "-tq", str(path)], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")


def test_an_entry_for_another_zip_forgets_the_sizes_of_the_old_one():
    info = ZipInfo("xl/a.xml", MOMENT)
    info.extra, info.extract_version, info.comment = struct.pack("<2H2Q", 1, 16, 5, 5), 45, b"remark"
    kept = as_in(info)
    assert (kept.extra, kept.extract_version, kept.comment, kept.date_time) == (b"", 20, b"remark", MOMENT)
    assert info.extract_version == 45

"""A zip of files gives its files with the names their writers meant, or is refused whole."""

import struct
import zipfile
import zlib

import pytest

from spreadsheets import limits
from spreadsheets.read.files import read_file
from spreadsheets.read.packs import is_pack, unpacked
from spreadsheets.read.workbook import Unreadable
from tests.spreadsheets.read import hostile
from tests.spreadsheets.read.compound import old_workbook
from tests.spreadsheets.read.xlsx_parts import packed, workbook


def plain_zip(files, flags=0):
    """{raw name: bytes} -> a zip, stored, as a program that knows no UTF-8 writes it."""
    body, directory = b"", b""
    for name, content in files.items():
        fields = struct.pack("<3H", flags, 0, 0) + struct.pack(
            "<H3L2H", 0, zlib.crc32(content), len(content), len(content), len(name), 0
        )
        directory += b"PK\x01\x02" + struct.pack("<2H", 20, 20) + fields + struct.pack("<3H2L", 0, 0, 0, 0, len(body)) + name
        body += b"PK\x03\x04" + struct.pack("<H", 20) + fields + name + content
    count = len(files)
    return body + directory + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(directory), len(body), 0)


def refused(content):
    return refusal_of(content).kind


def refusal_of(content):
    with pytest.raises(Unreadable) as caught:
        unpacked(content, "回收.zip")
    assert caught.value.sentence.startswith("回收.zip: ")
    return caught.value


def test_a_zip_of_files_is_distinguished_from_a_workbook():
    assert is_pack(packed({"东关/季报.xlsx": workbook(), "a.csv": "a,b"}))
    for content in (workbook(), workbook(macros=True), old_workbook(), b"PK\x03\x04", b"", b"a,b", hostile.truncated()):
        assert not is_pack(content)


def test_files_come_in_order_with_their_folders_and_without_what_systems_leave():
    files = {
        "东关/": b"", "东关/季报.xlsx": b"1", "__MACOSX/东关/._季报.xlsx": b"", "东关/~$季报.xlsx": b"", "Thumbs.db": b"", ".DS_Store": b"",
        "西关/季报.xlsx": b"2", "a\\b.csv": b"3",
    }  # fmt: skip
    assert unpacked(packed(files), "回收.zip") == [("东关/季报.xlsx", b"1"), ("西关/季报.xlsx", b"2"), ("a/b.csv", b"3")]


@pytest.mark.parametrize("name", ["东关村党支部.xlsx", "联通.xlsx", "季报（一）.xlsx", "plain.xlsx", "𠮷野.xlsx"])
@pytest.mark.parametrize(("codec", "flags"), [("gb18030", 0), ("utf-8", 0), ("utf-8", 0x800)])
def test_names_read_as_they_were_written(name, codec, flags):
    assert unpacked(plain_zip({name.encode(codec): b"x"}, flags), "回收.zip") == [(name, b"x")]


def test_the_files_of_a_zip_are_read_each_for_itself():
    files = unpacked(packed({"a.xlsx": workbook(), "b.xlsx": b"%PDF-", "c.zip": packed({"d.xlsx": workbook()})}), "回收.zip")
    kinds = []
    for name, content in files:
        try:
            kinds.append(read_file(content, name).kind)
        except Unreadable as unreadable:
            kinds.append(unreadable.kind)
    assert kinds == ["xlsx", "PDF", "zip"]


def test_one_file_too_large_is_refused_alone():
    large = packed({"a.xlsx": workbook(), "large.xlsx": bytes(range(256)) * (limits.UPLOAD_BYTES // 256 + 1)}, 0)
    (_, first), (_, second) = unpacked(large, "回收.zip")
    assert read_file(first, "a.xlsx").kind == "xlsx"
    with pytest.raises(Unreadable) as caught:
        read_file(second, "large.xlsx")
    assert caught.value.kind == "too large"


# By name: the bytes of a zip hold the minute in which it was packed, and a test is not to be named by that.
UNTRUSTED = {
    "a path out of the zip": ("zip", packed({"../evil.xlsx": b"x"})),
    "zeros": ("zip", packed({"a.xlsx": bytes(10 * limits.MEBIBYTE)})),
    "folders alone": ("zip", packed({"only/": b""})),
    "too many files": ("zip", packed({f"{number}.xlsx": b"x" for number in range(limits.PACK_FILES + 1)})),
    "a directory that counts too many": (
        "damaged",
        plain_zip({b"a.xlsx": b"x"})[:-22] + plain_zip({b"a.xlsx": b"x"})[-22:].replace(b"\1\0\1\0", b"\2\0\2\0"),
    ),
    "locked": ("locked zip", hostile.locked_entries()),
    "cut short": ("damaged", packed({"a.xlsx": b"x" * 999})[:-30]),
}


@pytest.mark.parametrize("name", UNTRUSTED)
def test_a_zip_that_can_not_be_trusted_is_refused_whole(name):
    kind, content = UNTRUSTED[name]
    assert refused(content) == kind


def one_name_twice(first="东关/季报.xlsx", second="东关/季报.XLSX"):
    return plain_zip({first.encode(): b"1", second.encode(): b"2"}, 0x800)


def lying():
    """One file says that it unpacks to fewer bytes than it does."""
    whole, size = packed({"a.xlsx": b"x" * 5000}), (5000).to_bytes(4, "little")
    return whole.replace(size, (40).to_bytes(4, "little"))


# What is wrong: the zip, and what its sentence holds: what it is, where, the limit.
REFUSED = {
    "a path out of the zip": (packed({"a.xlsx": b"x", "../../东关.xlsx": b"x"}), ("zip slip", "../../东关.xlsx")),
    "a path out of the zip in the middle": (packed({"a/../../b.xlsx": b"x"}), ("zip slip", "a/../../b.xlsx")),
    "a path of Windows out of it": (plain_zip({b"..\\b.xlsx": b"x"}), ("zip slip", "../b.xlsx")),
    "a path from the root": (packed({"/etc/季报.xlsx": b"x"}), ("absolute path", "/etc/季报.xlsx")),
    "a path to a disk": (plain_zip({b"C:\\b.xlsx": b"x"}), ("absolute path", "C:/b.xlsx")),
    "a path to another machine": (plain_zip({b"\\\\host\\b.xlsx": b"x"}), ("absolute path", "//host/b.xlsx")),
    "one name twice": (plain_zip({b"a.xlsx": b"1", b"A.xlsx": b"2"}), ("twice", "A.xlsx")),
    "one Chinese name twice": (one_name_twice(), ("twice", "东关/季报.XLSX")),
    "one name with both slashes": (one_name_twice("a/b.xlsx", "a\\b.xlsx"), ("twice", "a/b.xlsx")),
    "a bomb": (packed({"a.xlsx": bytes(10 * limits.MEBIBYTE)}), ("zip bombs", "a.xlsx", str(limits.ZIP_RATIO))),
    "a size that lies": (lying(), ("zip bombs", "a.xlsx", "40 bytes")),
    "too much in all": (
        packed({f"{n}.xlsx": bytes(range(256)) * 4096 for n in range(100)}), (f"{limits.PACK_TOTAL_BYTES // limits.MEBIBYTE} MB", "zips")
    ),
    "too many": (
        packed({f"{n}.xlsx": b"" for n in range(2 * limits.PACK_FILES + 1)}), (str(2 * limits.PACK_FILES), str(2 * limits.PACK_FILES + 1))
    ),
    "another packing": (packed({"a.xlsx": b"x" * 99}, zipfile.ZIP_BZIP2), ("a.xlsx", "deflated")),
}  # fmt: skip


@pytest.mark.parametrize("wrong", REFUSED)
def test_each_says_what_it_is_where_and_the_limit(wrong):
    content, words = REFUSED[wrong]
    refusal = refusal_of(content)
    assert is_pack(content)
    assert refusal.kind == "zip"
    assert [word for word in words if word not in refusal.sentence] == []
    assert "damaged" not in refusal.sentence


@pytest.mark.parametrize(
    "wrong", [wrong for wrong in REFUSED if wrong not in ("too much in all", "too many", "a size that lies")]
)
def test_inside_a_workbook_it_says_the_same(wrong):
    content, words = REFUSED[wrong]
    book = added_to_workbook(content)
    assert not is_pack(book)
    with pytest.raises(Unreadable) as caught:
        read_file(book, "季报.xlsx")
    assert caught.value.kind == "strange"
    assert [word for word in words if word not in caught.value.sentence] == []


def added_to_workbook(content):
    """A workbook with the parts of a zip behind its own, as they stand there."""
    book = workbook()
    place, size, count = (
        int.from_bytes(book[-22 + at : -22 + at + length], "little") for at, length in ((16, 4), (12, 4), (10, 2))
    )
    start, length, more = (
        int.from_bytes(content[-22 + at : -22 + at + length], "little") for at, length in ((16, 4), (12, 4), (10, 2))
    )
    lines = bytearray(content[start : start + length])
    at = 0
    for _ in range(more):
        header = int.from_bytes(lines[at + 42 : at + 46], "little") + place
        lines[at + 42 : at + 46] = header.to_bytes(4, "little")
        at += 46 + sum(int.from_bytes(lines[at + field : at + field + 2], "little") for field in (28, 30, 32))
    body = book[:place] + content[:start]
    directory = book[place : place + size] + bytes(lines)
    return body + directory + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count + more, count + more, len(directory), len(body), 0)

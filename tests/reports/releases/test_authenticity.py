"""A file is a release byte for byte, or was changed since, cell by cell, or is none."""

from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest

from reports.models import Release
from reports.releases.authenticity import Verdict, check_file
from tests.reports.releases.correcting import issue, quarter, reprint
from tests.reports.story import Story

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def module_county(module_story) -> Story:
    return quarter(module_story)


@pytest.fixture
def issued(module_county, db, tmp_path) -> Story:
    return module_county.in_folder(tmp_path)


def checked(content: bytes, name: str = "来文.xlsx"):
    return check_file(content, name, Release.objects.all())


def saved(content: bytes, change) -> bytes:
    """The file as another program saves it."""
    book = openpyxl.load_workbook(BytesIO(content))
    change(book)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_the_same_bytes_under_any_name(issued):
    content = reprint(issued, issue(issued))
    for name in ("a.xlsx", "来文.docx", ""):
        answer = checked(content, name)
        assert (answer.verdict, answer.release, answer.differences) == (Verdict.SAME, Release.objects.get(), ())


def test_a_changed_cell_is_named(issued):
    content = reprint(issued, issue(issued))

    def change(book):
        [cell] = [cell for row in book["F"].iter_rows() for cell in row if cell.value == 30 and cell.column_letter == "D"]
        cell.value = 31

    answer = checked(saved(content, change))
    assert (answer.verdict, answer.release) == (Verdict.CHANGED, Release.objects.get())
    assert [(one.issued, one.found) for one in answer.differences] == [("30", "31")]
    assert answer.differences[0].address.startswith("F!D")


def test_a_file_that_was_only_saved_again_is_not_the_issued_one(issued):
    content = reprint(issued, issue(issued))
    answer = checked(saved(content, lambda book: None))
    assert (answer.verdict, answer.differences) == (Verdict.CHANGED, ())
    with ZipFile(BytesIO(content)) as archive:
        assert archive.comment == b""
    assert checked(content + b" ").verdict == Verdict.CHANGED


def test_a_sheet_that_is_gone_or_added(issued):
    content = reprint(issued, issue(issued))
    answer = checked(saved(content, lambda book: book.remove(book["F"])))
    assert answer.verdict == Verdict.CHANGED
    assert {one.found for one in answer.differences} == {""}


def test_the_next_edition_is_not_taken_for_the_first(issued):
    first = issue(issued)
    issue(issued, title="另题")
    newest = Release.objects.get(edition=2)
    answer = checked(saved(reprint(issued, newest.number), lambda book: None))
    assert answer.release == newest
    assert checked(saved(reprint(issued, first), lambda book: None)).release.number == first


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", "甲,1\n".encode(), b"\xd0\xcf\x11\xe0" + bytes(600)])
def test_what_is_no_release(issued, content):
    issue(issued)
    assert checked(content, "x.xlsx").verdict == Verdict.NONE


def test_of_releases_that_one_may_not_see_nothing_is_said(issued):
    content = reprint(issued, issue(issued))
    assert check_file(content, "a.xlsx", Release.objects.none()).release is None
    assert check_file(saved(content, lambda book: None), "a.xlsx", Release.objects.none()).release is None


def test_the_command_says_it_and_exits(issued):
    number = issue(issued)
    reprint(issued, number)
    path = issued.folder / f"{number}.xlsx"
    issued.run("check_release", str(path))
    assert "byte for byte" in issued.printed
    path.write_bytes(saved(path.read_bytes(), lambda book: None))
    with pytest.raises(SystemExit):
        issued.run("check_release", str(path))
    assert "was changed since" in issued.printed

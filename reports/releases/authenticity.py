"""核验: which release a file is, byte for byte, or which one it was before somebody changed it, and in which cells."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from django.db.models import Q, QuerySet

from reports.models import Release
from reports.releases.queries import light
from spreadsheets.read.files import read_file
from spreadsheets.read.workbook import ReadSheet, ReadWorkbook, Unreadable

MOST_DIFFERENCES = 50
FEWEST_DIGITS = 8  # of a digest or check code that is typed from paper
_NUMBER = re.compile(r"(?<![0-9])(20[0-9]{2})-([0-9]{4,9})(?![0-9])", re.ASCII)
_DIGEST = re.compile(rf"[0-9a-f]{{{FEWEST_DIGITS},64}}", re.ASCII)


class Verdict(StrEnum):
    """The file is a release as it was issued; it was one and was changed since; it is none."""

    SAME = "same"
    CHANGED = "changed"
    NONE = "none"


@dataclass(frozen=True)
class CellDifference:
    """One cell of a changed file: as issued, and as it is in the file."""

    address: str
    issued: str
    found: str


@dataclass(frozen=True)
class Authenticity:
    """The answer about one file. `differences`: of a changed file, the first MOST_DIFFERENCES."""

    verdict: Verdict
    sha256: str
    release: Release | None = None
    differences: tuple[CellDifference, ...] = ()


def check_file(content: bytes, name: str, releases: QuerySet[Release]) -> Authenticity:
    """The release of a file among these releases. Reads the file only where its bytes are of none."""
    digest = sha256(content).hexdigest()
    release = light(releases.filter(sha256=digest)).first()
    if release is not None:
        return Authenticity(Verdict.SAME, digest, release)
    try:
        book = read_file(content, name)
    except Unreadable:
        return Authenticity(Verdict.NONE, digest)
    release = _release_printed(book, releases)
    if release is None:
        return Authenticity(Verdict.NONE, digest)
    return Authenticity(Verdict.CHANGED, digest, release, _differences(release, book))


def releases_of_text(text: str, releases: QuerySet[Release]) -> list[Release]:
    """The releases with this number, SHA-256 or check code, which may be typed in part, as it is printed."""
    text = text.strip().lower()
    if found := _NUMBER.fullmatch(text):
        return list(light(releases.filter(year=int(found[1]), serial=int(found[2]))))
    if not _DIGEST.fullmatch(text):
        return []
    return list(light(releases.filter(Q(sha256__startswith=text) | Q(check_code__startswith=text))).order_by("issued_at", "pk"))


def _release_printed(book: ReadWorkbook, releases: QuerySet[Release]) -> Release | None:
    """The release whose number is printed lowest on the first sheet that has one: the stamp is the last row."""
    for sheet in book.sheets:
        for number in _numbers_from_below(sheet):
            release = releases.filter(year=int(number[0]), serial=int(number[1])).select_related("organization").first()
            if release is not None:
                return release
    return None


def _numbers_from_below(sheet: ReadSheet) -> Iterator[tuple[str, str]]:
    for place in sorted(sheet.cells, reverse=True):
        if found := _NUMBER.search(sheet.cells[place].text):
            yield found[1], found[2]


def _differences(release: Release, book: ReadWorkbook) -> tuple[CellDifference, ...]:
    issued = read_file(bytes(release.workbook), release.file_name)
    found = {sheet.title: sheet for sheet in book.sheets}
    differences: list[CellDifference] = []
    for sheet in issued.sheets:
        other = found.get(sheet.title)
        places = sorted({*sheet.cells, *(other.cells if other else ())})
        for place in places:
            was, now = (one.cells[place].text if one and place in one.cells else "" for one in (sheet, other))
            if was != now:
                differences.append(CellDifference(sheet.address(*place), was, now))
            if len(differences) == MOST_DIFFERENCES:
                return tuple(differences)
    return tuple(differences)

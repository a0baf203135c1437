"""The stamps and keys inside a form workbook, by which it is recognised when it comes back, however it was sorted.

Pure: keys that only the database remembers are given by whoever reads.

Every sheet to fill holds in its hidden first column and hidden first row:

    A1       the stamp of the sheet (`Stamp.text`)
    row 1    from B on, over each column, what the column is: a figure key (units × indicators) or one of COLUMNS
    column A from row 2 on, before each row, what the row is: a figure key (one unit) or a unit's code (units × indicators);
             nothing before rows of the head, of sections and below the table

Rows and columns may be sorted, moved, hidden or added: keys count, never positions. The stamps are repeated in a very hidden
sheet (`STAMPS_SHEET`, column A, one per sheet to fill, in their order), so that a form whose hidden column was deleted is known
as what it was. A sheet without a stamp in A1 (指标解释, 上期数) is for the reader and contains nothing to import.

A figure is taken from the column NOW (one unit), or where row and column cross (units × indicators). Two things beside:

    CHOICE   one unit only: a drop-down with 不适用 and 清空. It counts where the cell under NOW is blank, as if it were typed
             there; where both are filled and differ, that is an error at the cell under CHOICE
    locked   computed lines, opening stocks and cells that are not asked of the unit have their keys too and hold what the
             system knows or a live formula: a key that is not typed by the unit (`Line.is_computed`, `not Line.asks`) is passed over
    "note"   why the reviewer sent the line back, or the unit's own remark; not a figure, not imported. "warning" is a live formula
"""

import hmac
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from hashlib import sha256
from urllib.parse import quote, unquote

from django.utils.crypto import constant_time_compare

from indicators.layout import Layout
from submissions.workbooks.keys import FormerKeys, configured_keys, sealing_key

STAMPS_SHEET = "_form"
MARK = "DJJB1"
FORM_VERSION = "1"  # of the workbook's own build: a new one makes every workbook that is out a former edition
NOW, CHOICE = "now", "choice"  # the column to fill in, and the one to choose 不适用 or 清空 in
CLEAR_TOKENS = ("清空", "CLEAR")  # what clears a stored figure on purpose
COLUMNS = (NOW, CHOICE, "code", "name", "unit", "state", "previous", "last_year", "year", "note", "warning")
_SEAL = 20
_DIGEST = 12


class Shape(StrEnum):
    """unit and sheets: a sheet per unit, a row per line; grid: a row per unit, a column per line."""

    UNIT = "unit"
    SHEETS = "sheets"
    GRID = "grid"


_SHAPES = frozenset(Shape)


class BadStamp(ValueError):
    """The text is no stamp of this system, or was changed."""


@dataclass(frozen=True)
class Stamp:
    """`edition`: of the layout (see `edition_of`).

    `org`: code of the unit, in a grid of the organization above its rows; `place`: its place then (see `place_of_unit`,
    `place_of_grid`), so that a form from before a merger or a move is recognised; `county`: its code.
    """

    form: str
    edition: str
    period: str
    county: str
    org: str
    shape: Shape
    place: str

    @property
    def text(self) -> str:
        plain = self._plain()
        return f"{plain}|{_seal(plain, sealing_key())}"

    def _plain(self) -> str:
        parts = (self.form, self.edition, self.period, self.county, self.org, self.shape, self.place)
        return "|".join((MARK, *(quote(part, safe=" ") if "|" in part or "%" in part else part for part in parts)))


def read_stamp(text: str, former: FormerKeys | None = None) -> Stamp:
    """Reads a stamp.

    Raises BadStamp for a text that is no stamp and for a stamp that was changed by hand. `former`: finds keys that are no
    longer set.
    """
    plain, _bar, seal = text.strip().rpartition("|")
    parts = plain.split("|")
    if len(parts) != 8 or parts[0] != MARK or parts[6] not in _SHAPES:
        raise BadStamp(text[:80])
    form, edition, period, county, org, shape, place = map(unquote, parts[1:])
    if not _is_sealed(plain, seal, county, former):
        raise BadStamp(text[:80])
    return Stamp(form, edition, period, county, org, Shape(shape), place)


def is_stamp_like(text: str) -> bool:
    """Whether the text is meant as a stamp, whole or changed."""
    return text.startswith(f"{MARK}|")


@lru_cache(maxsize=256)
def edition_of(layout: Layout) -> str:
    """A short digest of the frozen lines of a form: the same for every task opened on the same lines."""
    return sha256(f"{FORM_VERSION}\n{layout.to_text()}".encode()).hexdigest()[:_DIGEST]


def place_of_unit(ancestors: Sequence[str]) -> str:
    """A short digest of a unit's place on the period's last day: the codes above it, root first; "" = no place."""
    return _digest("unit", *ancestors)


def place_of_grid(units: Collection[str]) -> str:
    """A short digest of the units asked below an organization: the codes of all units of the task there, exempt ones too."""
    return _digest("grid", *sorted(units))


def _digest(*words: str) -> str:
    return sha256("\n".join(words).encode()).hexdigest()[:_DIGEST]


def _is_sealed(plain: str, seal: str, county: str, former: FormerKeys | None) -> bool:
    """Whether the seal fits; the database is asked only if no key of the settings fits."""

    def fits(keys: Iterable[bytes]) -> bool:
        return any(constant_time_compare(seal, _seal(plain, key)) for key in keys)

    return fits(configured_keys()) or (former is not None and fits(former.of(county)))


def _seal(plain: str, key: bytes) -> str:
    return hmac.new(key, plain.encode(), "sha256").hexdigest()[:_SEAL]

"""What a form workbook carries inside so that it is recognised when it comes back, however it was sorted. Pure.

Every sheet to fill holds in its hidden first column and hidden first row:

    A1       the stamp of the sheet (`Stamp.text`)
    row 1    from B on, over each column, what the column is: a figure key (units × indicators) or one of COLUMNS
    column A from row 2 on, before each row, what the row is: a figure key (one unit) or a unit's code (units × indicators)

Rows and columns may be sorted, moved, hidden or added: keys tell, never positions. The stamps stand once more in a very hidden
sheet (`STAMPS_SHEET`, column A), so that a form whose hidden column was deleted is known as what it was.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.crypto import constant_time_compare, salted_hmac

STAMPS_SHEET = "_form"
MARK = "DJJB1"
NOW, CLEAR_TOKENS = "now", ("清空", "CLEAR")  # the column to fill in; what clears a stored figure on purpose
COLUMNS = (NOW, "code", "name", "unit", "previous", "last_year", "note", "warning")
_SEAL = 20


class Shape(StrEnum):
    """unit and sheets: a sheet per unit, a row per line; grid: a row per unit, a column per line."""

    UNIT = "unit"
    SHEETS = "sheets"
    GRID = "grid"


class BadStamp(ValueError):
    """The text is no stamp of this system, or was changed."""


@dataclass(frozen=True)
class Stamp:
    """`edition`: of the layout (see `edition_of`); `org`: the unit, in a grid the organization above its rows; `place`: where
    that stood (see `place_of`), so that a form from before a merger or a move is told as such."""

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
        return f"{plain}|{_seal(plain)}"

    def _plain(self) -> str:
        return "|".join((MARK, self.form, self.edition, self.period, self.county, self.org, self.shape, self.place))


def read_stamp(text: str) -> Stamp:
    """Raises BadStamp for what is no stamp and for one that was changed by hand."""
    plain, _bar, seal = text.strip().rpartition("|")
    parts = plain.split("|")
    if len(parts) != 8 or parts[0] != MARK or parts[6] not in set(Shape) or not constant_time_compare(seal, _seal(plain)):
        raise BadStamp(text[:80])
    return Stamp(*parts[1:6], Shape(parts[6]), parts[7])


def is_stamp_like(text: str) -> bool:
    """True for what was meant as a stamp, whole or changed."""
    return text.startswith(f"{MARK}|")


def _seal(plain: str) -> str:
    return salted_hmac("submissions.workbooks.stamps", plain, algorithm="sha256").hexdigest()[:_SEAL]

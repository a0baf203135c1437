"""How a change reads: the difference with its unit, the growth, better or worse in a word. Pure; knows no page."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from indicators.kinds import Direction, Kind
from reports.cells import at_precision, printed
from reports.grid import Change, Column

UP, DOWN, SAME = "▲", "▼", "＝"


@dataclass(frozen=True)
class Said:
    """A change in words: `sign` ▲ ▼ ＝ or "", `text` with unit, `colour` is-green, is-amber or "", `word` for the colour."""

    sign: str
    text: str
    colour: str = ""
    word: str = ""


def said(change: Change, column: Column, direction: str = Direction.NONE) -> Said:
    """Better and worse are told only where the indicator has a direction; what rounds to nothing did not change."""
    if change.change is None:
        return Said("", change.said)
    moved = at_precision(change.change, column.decimals)
    if moved == 0:
        return Said(SAME, _("unchanged"))
    text = _difference(moved, column) + _growth(change)
    sign = UP if moved > 0 else DOWN
    if direction not in (Direction.UP, Direction.DOWN):
        return Said(sign, text)
    is_better = (moved > 0) == (direction == Direction.UP)
    return Said(sign, text, "is-green", _("better")) if is_better else Said(sign, text, "is-amber", _("worse"))


def _difference(moved, column: Column) -> str:
    number = printed(abs(moved), column.decimals)
    signed = f"+{number}" if moved > 0 else f"−{number}"
    if column.kind == Kind.RATIO and column.unit in ("%", "％"):
        return _("%(number)s percentage points") % {"number": signed}
    return signed


def _growth(change: Change) -> str:
    if change.percent is None:
        return _(" (%(why)s)") % {"why": change.said} if change.said else ""
    percent = printed(abs(change.percent), 1)
    return _(" (%(percent)s%%)") % {"percent": f"+{percent}" if change.percent > 0 else f"−{percent}"}

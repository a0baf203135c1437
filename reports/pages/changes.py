"""How a change reads: the difference with its unit, the growth, better or worse in a word. Pure; knows no page."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from indicators.kinds import Direction, Kind
from reports.cells import printed
from reports.comparing import as_printed
from reports.grid import Change, Column

UP, DOWN, SAME = "▲", "▼", "＝"


@dataclass(frozen=True)
class Said:
    """A change in words: `sign` ▲ ▼ ＝ or "", `text` with unit, `colour` is-green, is-amber or "", `word` for the colour."""

    sign: str
    text: str
    colour: str = ""
    word: str = ""


def said(change: Change, column: Column, direction: str = Direction.NONE, units: tuple[int, int] | None = None) -> Said:
    """Better and worse are told only where the indicator has a direction; what rounds to nothing did not change.

    `units`: how many units the figure and its base are made from. A sum over other units is no judgement: the numbers of
    units are said instead of better or worse. A ratio compares all the same.
    """
    if change.change is None:
        return Said("", change.said)
    change = as_printed(change, column.decimals)
    moved = change.change
    if moved == 0:
        return Said(SAME, _("unchanged"))
    text, sign = _with_growth(change, _difference(moved, column)), UP if moved > 0 else DOWN
    if units is not None and units[0] != units[1] and column.kind != Kind.RATIO:
        return Said(sign, _("%(text)s; %(now)s units now, %(then)s then") % {"text": text, "now": units[0], "then": units[1]})
    if direction not in (Direction.UP, Direction.DOWN):
        return Said(sign, text)
    is_better = (moved > 0) == (direction == Direction.UP)
    return Said(sign, text, "is-green", _("better")) if is_better else Said(sign, text, "is-amber", _("worse"))


def _difference(moved: Decimal, column: Column) -> str:
    number = printed(abs(moved), column.decimals)
    signed = f"+{number}" if moved > 0 else f"−{number}"
    if column.kind == Kind.RATIO and column.unit in ("%", "％"):
        return _("%(number)s pp") % {"number": signed}
    return signed


def _with_growth(change: Change, difference: str) -> str:
    if change.percent is None:
        return (
            _("%(difference)s (%(growth)s)") % {"difference": difference, "growth": change.said} if change.said else difference
        )
    percent = printed(abs(change.percent), 1)
    growth = f"+{percent}%" if change.percent > 0 else f"−{percent}%"
    return _("%(difference)s (%(growth)s)") % {"difference": difference, "growth": growth}

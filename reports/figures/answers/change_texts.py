"""The texts of a change, the same on pages, in workbooks and in files: difference with unit, growth, better or worse."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from indicators.choices import Direction
from indicators.kinds.registry import KINDS
from reports.figures.changes.change import PREV, SAME_LAST_YEAR, YEAR_END, as_printed, difference_decimals
from reports.figures.output.cells import at_precision, printed
from reports.figures.output.grid import Change, FigureCell, FigureColumn, SameUnits

COMPARE_LABELS = {
    PREV: gettext_lazy("Against the period before"),
    SAME_LAST_YEAR: gettext_lazy("Against the same period last year"),
    YEAR_END: gettext_lazy("Against last year's end"),
}
UP, DOWN, SAME = "▲", "▼", "＝"


@dataclass(frozen=True)
class ChangeText:
    """A change in words: `sign` ▲ ▼ ＝ or "", `text` with unit, `colour` is-green, is-amber or "", `word` for the colour.

    `title`: an explanation of the words, where they need one.
    """

    sign: str
    text: str
    colour: str = ""
    word: str = ""
    title: str = ""

    def __str__(self) -> str:
        return f"{self.sign} {self.text}".strip()


def change_text_of(cell: FigureCell, compared: str, column: FigureColumn) -> ChangeText:
    """The text of the change beside a figure; empty if there is no figure."""
    return change_text(cell.compare[compared], column) if cell.text else ChangeText("", "")


def change_text(change: Change, column: FigureColumn, direction: str = Direction.NONE) -> ChangeText:
    """The text of a change.

    It is better or worse only if the indicator has a direction; a change that rounds to 0 is none. A change over the same units
    (同口径) covers only some units: it has a number, no arrow and no judgement.
    """
    if change.same_units is not None:
        return _over_same_units(change.same_units, column)
    if change.change is None:
        return ChangeText("", change.reason)
    decimals = difference_decimals(change, column.decimals)
    change = as_printed(change, column.decimals)
    moved = change.change
    if moved == 0:
        return ChangeText(SAME, _("unchanged"))
    text, sign = _with_growth(change, _difference(moved, column, decimals)), UP if moved > 0 else DOWN
    if direction not in (Direction.UP, Direction.DOWN):
        return ChangeText(sign, text)
    is_better = (moved > 0) == (direction == Direction.UP)
    return ChangeText(sign, text, "is-green", _("better")) if is_better else ChangeText(sign, text, "is-amber", _("worse"))


def _over_same_units(same: SameUnits, column: FigureColumn) -> ChangeText:
    units = {"here": same.here, "there": same.there, "both": same.units}
    if not same.units:
        title = _("Units with a figure: %(here)s in this period, %(there)s in the other one, none in both.") % units
        return ChangeText("", _("no unit answered in both periods"), title=title)
    title = _(
        "Not every unit has answered, so the sums are not compared. Units with a figure: %(here)s in this period, %(there)s in "
        "the other one; the change is that of the %(both)s with a figure in both."
    )
    text = ngettext("like for like, %(n)s unit: %(change)s", "like for like, %(n)s units: %(change)s", same.units)
    text %= {"n": same.units, "change": _same_change(same, column)}
    why = _lacking(same)
    if why:
        text = _("%(why)s; %(change)s") % {"why": why, "change": text}
    return ChangeText("", text, title=title % units)


def _lacking(same: SameUnits) -> str:
    """The reason why the sums are not compared: 差47份未报、对比期差3份."""
    parts = []
    if same.missing and same.missing == same.unsent:
        parts.append(ngettext("%(n)s not sent", "%(n)s not sent", same.missing) % {"n": same.missing})
    elif same.missing:
        parts.append(ngettext("%(n)s missing", "%(n)s missing", same.missing) % {"n": same.missing})
    if same.missing_there:
        parts.append(ngettext("%(n)s missing then", "%(n)s missing then", same.missing_there) % {"n": same.missing_there})
    return _(", ").join(parts)


def _same_change(same: SameUnits, column: FigureColumn) -> str:
    if same.change is None:
        return same.reason
    moved = at_precision(same.change, column.decimals)
    return _with_growth(same, _difference(moved, column, column.decimals)) if moved else _("unchanged")


def _difference(moved: Decimal, column: FigureColumn, decimals: int) -> str:
    number = printed(abs(moved), decimals)
    signed = f"+{number}" if moved > 0 else f"−{number}"
    if KINDS[column.kind].is_share and column.unit in ("%", "％"):
        return _("%(number)s pp") % {"number": signed}
    return signed


def _with_growth(change: Change | SameUnits, difference: str) -> str:
    if change.percent is None:
        return (
            _("%(difference)s (%(growth)s)") % {"difference": difference, "growth": change.reason}
            if change.reason
            else difference
        )
    percent = printed(abs(change.percent), 1)
    growth = f"+{percent}%" if change.percent > 0 else f"−{percent}%"
    return _("%(difference)s (%(growth)s)") % {"difference": difference, "growth": growth}

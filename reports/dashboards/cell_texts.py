"""The texts of a cell on pages: the figure, from how many units if not complete, the coverage as a sentence."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from reports.figures.output.cells import APPROVED, DASH, counted
from reports.figures.output.grid import FigureCell


@dataclass(frozen=True, slots=True)
class Shown:
    """`part`: "(2/3)" where the figure is not from all who owe it; why there is none, where only one does.

    `value`: the printed figure where it is a number, for charts. `short`: "未齐 2/3" where such a number is not complete.
    """

    text: str
    value: str
    part: str
    cover: str
    is_estimated: bool = False
    short: str = ""
    is_sparse: bool = False  # so little of it is there that no line leads to it
    is_waiting: bool = False  # there is no figure because nothing of what was sent is approved
    is_revised: bool = False  # an approved correction stands in it
    is_after_break: bool = False  # its definition is another than that of the period before


NOT_ASKED = Shown("", "", "", DASH)


def shown(cell: FigureCell, basis: str) -> Shown:
    if not (cell.expected or cell.reported or cell.na or cell.text):
        return NOT_ASKED
    value = "" if cell.number is None else format(cell.number, "f")
    short = _short(cell, basis) if value else ""
    return Shown(
        cell.text,
        value,
        _part(cell, basis),
        cover(cell, basis),
        cell.is_estimated,
        short,
        bool(short) and is_sparse(cell, basis),
        _is_waiting(cell, basis),
        cell.is_revised,
    )


def is_sparse(cell: FigureCell, basis: str) -> bool:
    """Fewer than nine of ten: such a sum lies low because reports are missing, not because anything fell (decision 183)."""
    return counted(cell, basis) * 10 < cell.expected * 9


def _short(cell: FigureCell, basis: str) -> str:
    if cell.is_complete:
        return ""
    return _("incomplete %(units)s/%(expected)s") % {"units": counted(cell, basis), "expected": cell.expected}


def _part(cell: FigureCell, basis: str) -> str:
    if cell.expected == 1 and not cell.text:
        return why_missing(cell, basis)
    units = counted(cell, basis)
    return f"({units}/{cell.expected})" if units < cell.expected else ""


def why_missing(cell: FigureCell, basis: str) -> str:
    """What stands where a figure would; "" where there is one."""
    if cell.text:
        return ""
    if not cell.expected and not cell.reported:
        return _("not asked")
    if _is_waiting(cell, basis):
        return _("not approved yet")
    return _("returned") if cell.returned else _("not reported")


def _is_waiting(cell: FigureCell, basis: str) -> bool:
    return basis == APPROVED and cell.reported > 0 and not cell.text


def shown_row(cells: Iterable[FigureCell], basis: str) -> tuple[Shown, ...]:
    return tuple(shown(cell, basis) for cell in cells)


def cover(cell: FigureCell, basis: str) -> str:
    """41/50份汇总，另6份待审，2份退回修改; — where nobody owes an answer.

    Never 已报: that also counts what was sent and returned (decision 184).
    """
    if not (cell.expected or cell.reported or cell.na):
        return DASH
    text = _("from %(n)s/%(expected)s reports") % {"n": counted(cell, basis), "expected": cell.expected} + _rest(cell, basis)
    text += _(", %(n)s returned") % {"n": cell.returned} if cell.returned else ""
    return text + (_(", %(n)s not applicable") % {"n": cell.na} if cell.na else "")


def _rest(cell: FigureCell, basis: str) -> str:
    if basis != APPROVED:
        return _(", %(n)s of them approved") % {"n": cell.approved}
    waiting = cell.reported - cell.approved
    return _(", %(n)s more to be approved") % {"n": waiting} if waiting > 0 else ""

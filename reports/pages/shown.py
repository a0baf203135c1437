"""A cell as pages print it: the figure, from how many units quietly beside it where not whole, the coverage as a sentence."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from reports.cells import APPROVED
from reports.grid import Cell


@dataclass(frozen=True, slots=True)
class Shown:
    """`part`: "2/3" where the figure is not from all who owe it. `value`: the printed figure where it is a number, for charts."""

    text: str
    value: str
    part: str
    cover: str
    is_estimated: bool = False


NOT_ASKED = Shown("", "", "", "")


def shown(cell: Cell, basis: str) -> Shown:
    if not (cell.expected or cell.reported or cell.na or cell.text):
        return NOT_ASKED
    counted = cell.approved if basis == APPROVED else cell.reported
    part = f"{counted}/{cell.expected}" if counted < cell.expected else ""
    value = cell.text if cell.value is not None else ""
    return Shown(cell.text, value, part, cover(cell), cell.is_estimated)


def shown_row(cells: Iterable[Cell], basis: str) -> tuple[Shown, ...]:
    return tuple(shown(cell, basis) for cell in cells)


def cover(cell: Cell) -> str:
    """已报47/50，审核通过41."""
    said = _("%(reported)s/%(expected)s reported, %(approved)s approved") % {
        "reported": cell.reported,
        "expected": cell.expected,
        "approved": cell.approved,
    }
    return said + _(", %(n)s not applicable") % {"n": cell.na} if cell.na else said

"""The one answer of every report: labelled rows × columns of cells. Page, chart, JSON and workbook are drawn from it. Pure."""

from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation


@dataclass(frozen=True)
class SameUnits:
    """同口径: difference and growth over the units that answered in both periods; None where no unit did.

    `here`, `there`: how many answered in this period and in the other one.
    """

    units: int
    change: Decimal | None = None
    percent: Decimal | None = None
    here: int = 0
    there: int = 0
    said: str = ""  # why there is no growth


@dataclass(frozen=True)
class Change:
    """A comparison: the other value, the difference (百分点 for a ratio), the growth in per cent or None, and why not.

    `same_units` instead of difference and growth, where one of the two sums is not complete.
    """

    value: Decimal | None
    change: Decimal | None
    percent: Decimal | None
    said: str = ""  # why there is no growth: "上年同期为0", "无可比数"
    text: str = ""  # what is printed of the other where that is no number: — as in its own period, 是, 3/5
    same_units: SameUnits | None = None


@dataclass(frozen=True)
class FigureCell:
    """One figure with its coverage. `value` is unrounded, `text` is what page and workbook print.

    `is_complete`: every unit that owes the figure is in it, on the basis asked, in every period it is made of.
    """

    value: Decimal | None
    text: str
    expected: int = 0
    reported: int = 0
    approved: int = 0
    na: int = 0
    is_complete: bool = False
    is_estimated: bool = False
    is_revised: bool = False
    is_adjusted: bool = False  # printed a little off its value, so that the printed parts add up (舍位平衡)
    compare: dict[str, Change] = field(default_factory=dict)

    @property
    def number(self) -> Decimal | None:
        """What is printed, to calculate with: of a word or of met of asked the value itself; None where there is none."""
        if self.value is None:
            return None
        try:
            return Decimal(self.text)
        except InvalidOperation:
            return self.value


@dataclass(frozen=True)
class FigureColumn:
    """What one column tells: an indicator or one of its items, in one period."""

    indicator: str
    item: str | None
    name: str
    unit: str
    decimals: int
    kind: str
    period: str = ""
    section: str = ""
    is_part: bool = False  # 其中: never added to the column it belongs to
    part_of: str = ""  # the code of that column
    head: str = ""  # a layout's own words over the column; it then stands alone under its section
    id: str = ""  # what a layout's formulas call it, where that is not its key
    is_text: bool = False  # words, codes, days: never a number, whatever they look like

    @property
    def key(self) -> str:
        return f"{self.indicator}:{self.item}" if self.item else self.indicator


@dataclass(frozen=True)
class FigureRow:
    """What one row tells. `kind`: total, subtotal, own, unit, group; kind for the total of one kind. `org`: a code, or a group's key."""

    org: str
    name: str
    kind: str
    cells: tuple[FigureCell, ...]
    level: int = 0


@dataclass(frozen=True)
class Grid:
    """A whole report."""

    period: str
    org: str
    basis: str
    view: str
    tree: str
    columns: tuple[FigureColumn, ...]
    rows: tuple[FigureRow, ...]
    notes: tuple[str, ...] = ()
    of_rows: int = 0  # how many rows there are, where only some of them were asked

"""Grid, the one result of every report: labelled rows × columns of cells, from which page, chart, JSON and workbook are made."""

from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class SameUnits:
    """同口径: difference and growth over the units that answered in both periods; None if no unit did.

    `here`, `there`: how many answered in this period and in the other one.
    """

    units: int
    change: Decimal | None = None
    percent: Decimal | None = None
    here: int = 0
    there: int = 0
    reason: str = ""  # why there is no growth
    missing: int = 0  # answers of this period that are not in the sum
    unsent: int = 0  # those of them that were never sent
    missing_there: int = 0  # answers of the other period that are not in its sum


@dataclass(frozen=True)
class Change:
    """A comparison: the other value, the difference (百分点 for a ratio), the growth in per cent or None with the reason.

    `same_units` instead of difference and growth, where one of the two sums is not complete.
    """

    value: Decimal | None
    change: Decimal | None
    percent: Decimal | None
    reason: str = ""  # why there is no growth: "上年同期为0", "无可比数"
    text: str = ""  # what is printed of the other where that is no number: — as in its own period, 是, 3/5
    same_units: SameUnits | None = None
    decimals: int | None = None  # with how many the other is printed in its own period; None: as this one


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
    returned: int = 0  # of those expected: sent once, and to be corrected and sent again
    is_complete: bool = False
    is_not_applicable: bool = False  # one unit's own 不适用
    is_estimated: bool = False
    is_revised: bool = False
    is_adjusted: bool = False  # printed slightly off its value, so that the printed parts add up (舍位平衡)
    compare: dict[str, Change] = field(default_factory=dict)

    @property
    def number(self) -> Decimal | None:
        """The printed number, for calculations; of a word, or of met of asked, the value itself; None where there is none."""
        if self.value is None:
            return None
        try:
            return Decimal(self.text)
        except InvalidOperation:
            return self.value


@dataclass(frozen=True)
class FigureColumn:
    """The contents of one column: an indicator or one of its items, in one period."""

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
    head: str = ""  # a layout's own words over the column; it is then alone under its section
    id: str = ""  # what a layout's formulas call it, where that is not its key
    is_text: bool = False  # words, codes, days: never a number, whatever they look like
    view: str = ""  # how much time it covers, as `reports.figures.plan.query_plan.View` writes it
    comparable_since: str = ""  # the day from which its definition holds, where figures before are not comparable
    time: str = ""  # the same in words (本季, 本年累计), where the name alone would be misread

    @property
    def title(self) -> str:
        """The name in the head of the column."""
        return timed(self.name, self.time)

    @property
    def key(self) -> str:
        return f"{self.indicator}:{self.item}" if self.item else self.indicator


def timed(name: str, time: str) -> str:
    """A name with its time: 受理件数（本年累计）."""
    return _("%(name)s (%(time)s)") % {"name": name, "time": time} if time else name


@dataclass(frozen=True)
class FigureRow:
    """The content of one row.

    `kind`: total, subtotal, own, unit, group; kind for the total of one kind. `org`: a code, or a group's key.
    """

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
    of_rows: int = 0  # how many rows there are, if only some of them were computed

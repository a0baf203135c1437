"""A printed table as data: its rows, its columns with their own heads, its subject, unit of measure and rounding."""

from dataclasses import dataclass, field
from enum import StrEnum

PERIOD, YEAR_TO_DATE, EVER = "period", "ytd", "ever"
VIEWS = (PERIOD, YEAR_TO_DATE, EVER)


class RowsOf(StrEnum):
    """The subject of one row."""

    UNITS = "units"  # in the county's fixed order, with subtotals
    CHILDREN = "children"
    CATEGORIES = "unit_category"
    DISTRICTS = "district"
    LINES = "line"
    KINDS = "kinds"  # every kind with its units
    COMPARED = "compared"  # indicators beside other periods
    ONE_UNIT = "one_unit"  # indicators as one unit filled them in
    SUBMISSIONS = "submissions"  # who sent what in
    FINDINGS = "findings"  # of the checks
    CORRECTIONS = "corrections"  # of approved reports


class LayoutSubject(StrEnum):
    """The figures of a layout: those of each form asked, of an area of the catalogue, or the listed columns."""

    FORM = "form"
    DOMAIN = "domain"
    COLUMNS = "columns"
    PROGRESS = "progress"  # no figures: the progress of the reports


class Rounding(StrEnum):
    """How printed parts are adjusted so that they add up."""

    NONE = "none"
    BALANCED = "balanced"  # 舍位平衡: sums and shares
    SHARES = "largest_remainder"  # shares only


def usual_id(key: str, view: str) -> str:
    """The name of a column in formulas if it has no name of its own: {CERT-007}, its year to date {CERT-007.ytd}."""
    return key if view == PERIOD else f"{key}.{view}"


@dataclass(frozen=True)
class ColumnSpec:
    """One column: a figure (`key`), a `formula` over other columns by their ids, or a `share` of a column's total.

    With a figure and a formula, the formula is used where nobody was asked the figure.
    """

    id: str
    key: str = ""  # CODE or CODE:item
    formula: str = ""  # {id} - {id}
    share: str = ""  # the id of a column
    view: str = PERIOD
    group: str = ""  # the merged head over it
    head: str = ""  # its own words instead of the indicator's name
    unit: str = ""
    decimals: int | None = None
    is_hidden: bool = False  # asked only for a formula
    has_total: bool = True  # False: a sum would count the same twice


@dataclass(frozen=True)
class KindSpec:
    """One kind of a table by kinds: the figure of each column, "" where a column has none (persons over all kinds)."""

    name: str
    keys: tuple[str, ...]


@dataclass(frozen=True)
class LayoutPart:
    """One table of a layout, on a separate sheet: listed columns, kinds under the same columns, or a domain."""

    title: str = ""
    columns: tuple[ColumnSpec, ...] = ()
    kinds: tuple[KindSpec, ...] = ()
    domain: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        """Every figure that the table asks for, once."""
        own = [column.key for column in self.columns if column.key]
        return tuple(dict.fromkeys([*own, *(key for kind in self.kinds for key in kind.keys if key)]))


@dataclass(frozen=True)
class Display:
    """Prints figures of one unit of measure in a larger one: 元 as 万元, per 10000, with two decimals."""

    unit: str
    shown: str
    per: int
    decimals: int


@dataclass(frozen=True)
class LayoutDefinition:
    """A whole layout. `checks`: expressions over ids of columns, printed under the table; `notes`: sentences."""

    code: str
    title: str
    rows: RowsOf
    subject: LayoutSubject
    parts: tuple[LayoutPart, ...] = field(default=(LayoutPart(),))
    displays: tuple[Display, ...] = ()
    rounding: Rounding = Rounding.NONE
    basis: str = ""  # "": as asked
    checks: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def is_of_forms(self) -> bool:
        return self.subject in (LayoutSubject.FORM, LayoutSubject.PROGRESS)

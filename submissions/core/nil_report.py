"""What a declared nil report (零报告) says about each cell. Pure; knows no database.

| line | under a nil report |
|---|---|
| flow or score that adds up | 0 |
| running total of the year | the total before; 0 in the first period |
| anything else (stocks above all) | must still be given |
"""

from indicators.choices import Kind, OrgRule
from indicators.layout import Layout, Line
from indicators.measures.history import Document, EarlierDocuments
from indicators.values.documents import NA

ADDING = (OrgRule.SUM, OrgRule.COUNT_IF)


def is_nil_zero(line: Line) -> bool:
    """True where nothing happened means 0."""
    return not line.is_computed and line.kind in (Kind.FLOW, Kind.SCORE) and line.org_rule in ADDING


def filled_as_nil(layout: Layout, unit_category: str, figures: Document, earlier: EarlierDocuments) -> Document:
    """The document with every cell that the nil report answers; what was typed stays as typed."""
    filled = dict(figures)
    before = (earlier.year[-1] or {}) if earlier.year else {}
    for line in layout.asked_of(unit_category):
        if line.key in filled or line.is_computed:
            continue
        if is_nil_zero(line):
            filled[line.key] = 0
        elif line.kind == Kind.CUMULATIVE and (not earlier.year or line.key in before):
            filled[line.key] = before.get(line.key, 0)
    return filled


def speaking_against_nil(layout: Layout, figures: Document) -> list[Line]:
    """The lines whose typed figure says that something did happen."""
    return [line for line in layout.typed if is_nil_zero(line) and figures.get(line.key) not in (None, 0, NA)]


def asked_under_nil(layout: Layout, unit_category: str) -> list[Line]:
    """The lines a unit has to answer itself even under a nil report, unless it said 不适用."""
    return [line for line in layout.asked_of(unit_category) if not line.is_computed and not line.item and not is_nil_zero(line)]

"""The value of each cell under a declared nil report (零报告). Pure.

| line | under a nil report |
|---|---|
| flow or score that adds up | 0 |
| running total of the year | the total before; 0 in the first period |
| anything else (stocks above all) | must still be given |
"""

from indicators.kinds.registry import kind_of
from indicators.layout import Layout, Line
from indicators.measures.history import Document, EarlierDocuments
from indicators.values.documents import NA


def is_nil_zero(line: Line) -> bool:
    """True where nothing happened means 0."""
    return kind_of(line).is_nil_zero(line)


def filled_as_nil(layout: Layout, unit_category: str, figures: Document, earlier: EarlierDocuments) -> Document:
    """The document with every cell that the nil report answers; what was typed stays as typed."""
    filled = dict(figures)
    before = (earlier.year[-1] or {}) if earlier.year else {}
    for line in layout.asked_of(unit_category):
        if line.key in filled or line.is_computed:
            continue
        answer = kind_of(line).nil_figure(line, before, starts_year=not earlier.year)
        if answer is not None:
            filled[line.key] = answer
    return filled


def speaking_against_nil(layout: Layout, figures: Document) -> list[Line]:
    """The lines whose typed figure contradicts the nil report."""
    return [line for line in layout.typed if is_nil_zero(line) and figures.get(line.key) not in (None, 0, NA)]


def asked_under_nil(layout: Layout, unit_category: str) -> list[Line]:
    """The lines a unit has to answer itself even under a nil report, unless it answered 不适用."""
    return [line for line in layout.asked_of(unit_category) if not line.is_computed and not line.item and not is_nil_zero(line)]

"""Which lists stand side by side in a table, and which figures are of another unit than the row's own."""

import pytest

from orgs.names.unit_columns import UnitColumn
from orgs.names.unit_heads import UnitHead, unit_head
from orgs.names.unit_lists import FigurePlace, partners, unit_lists

FIGURES = {"件数": "A", "办结": "B", "户数": "H"}
APART = ("序号", "备注", "单位", "")


def edges(*heads: str) -> list[tuple[int, int, int]]:
    columns = [
        UnitColumn(
            place=place, kind=UnitHead.NONE if text in APART else unit_head(text), text=text, texts=2, score=2 * (text not in APART),
            is_aside=text in APART, codes=2 * ("代码" in text),
        )
        for place, text in enumerate(heads, start=1)
        if text not in FIGURES
    ]  # fmt: skip
    figures = {place: FIGURES[text] for place, text in enumerate(heads, start=1) if text in FIGURES}
    return [(one.first, one.last, one.name) for one in unit_lists(columns, figures, len(heads))]


@pytest.mark.parametrize(
    ("heads", "lists"),
    [
        (("村名", "件数", "村名", "件数"), [(1, 2, 1), (3, 4, 3)]),
        (("村名", "件数", "", "村名", "件数"), [(1, 3, 1), (4, 5, 4)]),
        (("序号", "村名", "件数", "序号", "村名", "件数"), [(1, 3, 2), (4, 6, 5)]),
        (("村名", "件数", "单位", "村名", "件数", "单位"), [(1, 3, 1), (4, 6, 4)]),
        (("村名", "件数", "办结", "村名", "件数", "办结"), [(1, 3, 1), (4, 6, 4)]),
        (("村名", "件数") * 3, [(1, 2, 1), (3, 4, 3), (5, 6, 5)]),
        (("村代码", "村名", "件数") * 2, [(1, 3, 2), (4, 6, 5)]),
        (("村名", "件数", "结对村", "村名", "件数", "结对村"), [(1, 3, 1), (4, 6, 4)]),
        (("村名", "件数", "结对村"), []),
        (("村名", "件数", "结对村", "件数"), []),
        (("村名", "件数", "村名", "户数"), []),  # own names twice over different figures: a person says
        (("单位", "村名", "件数"), []),
    ],
)
def test_lists(heads, lists):
    assert edges(*heads) == lists


@pytest.mark.parametrize(
    ("heads", "found"),
    [
        (("村名", "件数", "结对村", "件数"), {4: "结对村"}),
        (("结对村", "件数", "村名", "件数"), {2: "结对村"}),
        (("村名", "件数", "结对村", "户数"), {}),
        (("村名", "结对村", "件数"), {}),
        (("村名", "件数", "结对村", "备注", "件数"), {}),
        (("村名", "件数", "结对村", "件数", "帮扶村", "件数"), {4: "结对村", 6: "帮扶村"}),
    ],
)
def test_figures_of_a_partner(heads, found):
    places = [
        FigurePlace(
            place,
            UnitHead.NONE if text in FIGURES or text in APART else unit_head(text),
            text,
            FIGURES.get(text, ""),
            text in APART,
        )
        for place, text in enumerate(heads, start=1)
    ]
    assert partners(places) == found

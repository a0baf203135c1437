"""What each kind takes out of one unit's document, and how a ratio is divided."""

from fractions import Fraction

import pytest

from indicators.choices import Kind, OrgRule
from indicators.kinds.ratio import quotient
from indicators.kinds.registry import KINDS
from indicators.measures.document_measures import Leaf
from indicators.measures.history import NOTHING_EARLIER, EarlierDocuments
from indicators.values.documents import NA
from tests.factories.indicators import layout, line

CONDITION = line("C", org_rule=OrgRule.COUNT_IF, condition="{A} > 3")
CONDITION_FORMULA = line("F", org_rule=OrgRule.COUNT_IF, formula="{A} + 1")
DIVIDED = line("R", numerator="{A}", denominator="{B}", unit="%")
COMPUTED = line("Q", kind=Kind.RATIO, formula="{A} + {B}")
COUNTED = line("S", kind=Kind.RATIO, org_rule=OrgRule.COUNT_IF, condition="{A} > 3", formula="{A}")
LINES = (line("A"), line("B"), line("T", kind=Kind.CUMULATIVE), CONDITION, CONDITION_FORMULA, DIVIDED, COMPUTED, COUNTED)


def leaf(figures, earlier=NOTHING_EARLIER) -> Leaf:
    return Leaf(layout(*LINES), figures, earlier)


@pytest.mark.parametrize(
    ("asked", "role", "given"),
    [
        (LINES[0], "value", 5),
        (CONDITION, "value", 1),
        (CONDITION_FORMULA, "value", 6),
        (DIVIDED, "numerator", 5),
        (DIVIDED, "denominator", 8),
        (COMPUTED, "value", 13),
        (COUNTED, "value", 1),
    ],
)
def test_what_is_measured(asked, role, given):
    assert KINDS[asked.kind].measured(leaf({"A": 5, "B": 8}), asked, role) == given


@pytest.mark.parametrize(
    ("year", "total", "part", "rest"),
    [
        ((), 9, 9, None),
        (({"T": 4},), 9, 5, None),
        (({"T": 4}, {}), 9, None, 5),
        (({"T": 4}, {"T": NA}), 9, None, 5),
        ((None,), 9, None, 9),
    ],
)
def test_a_running_total_in_three_measures(year, total, part, rest):
    """The part is not known where the one before is not; then what is left since the last one known is the rest."""
    document = leaf({"T": 9}, EarlierDocuments(year=year))
    found = [KINDS[Kind.CUMULATIVE].measured(document, LINES[2], role) for role in ("total", "part", "rest")]
    assert found == [total, part, rest]


@pytest.mark.parametrize(
    ("asked", "figure"),
    [
        (DIVIDED, Fraction(125, 2)),
        (COMPUTED, 13),
        (CONDITION_FORMULA, 6),
        (line("D", numerator="{B}", denominator="{A}", unit=""), Fraction(8, 5)),
    ],
)
def test_what_is_computed(asked, figure):
    assert KINDS[asked.kind].computed(leaf({"A": 5, "B": 8}), asked) == figure


@pytest.mark.parametrize(
    ("unit", "top", "bottom", "figure"),
    [
        ("%", 1, 4, 25), ("％", 1, 4, 25), ("‰", 1, 4, 250), ("家", 1, 4, Fraction(1, 4)), ("%", 0, 4, 0), ("%", 1, 0, None),
        ("%", None, 4, None), ("%", 1, None, None), ("%", NA, 4, NA), ("%", 1, NA, NA), ("%", None, NA, NA),
    ],
)  # fmt: skip
def test_a_ratio_from_its_sums(unit, top, bottom, figure):
    assert quotient(line("R", unit=unit), top, bottom) == figure

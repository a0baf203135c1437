"""The coverage of one unit: it owes, gave, is approved, is not applicable or has to send again; by table, without a database."""

from dataclasses import astuple

import pytest

from reports.figures.sums.aggregation import APPROVED, SUBMITTED
from reports.figures.sums.amounts import Amount, MeasureAnswer

BOTH, SENT, MISSING, NOT_APPLICABLE = (
    MeasureAnswer(5, 5), MeasureAnswer(5, None), MeasureAnswer(None, None), MeasureAnswer("NA", None),
)  # fmt: skip


@pytest.mark.parametrize(
    ("answers", "is_returned", "counts", "is_complete"),
    [
        # expected, reported, approved, not applicable, returned; complete as sent in, complete as approved
        ([], False, (0, 0, 0, 0, 0), (True, True)),
        ([BOTH], False, (1, 1, 1, 0, 0), (True, True)),
        ([SENT], False, (1, 1, 0, 0, 0), (True, False)),
        ([MISSING], False, (1, 0, 0, 0, 0), (False, False)),
        ([NOT_APPLICABLE], False, (0, 0, 0, 1, 0), (True, True)),
        ([NOT_APPLICABLE, NOT_APPLICABLE], False, (0, 0, 0, 1, 0), (True, True)),
        ([NOT_APPLICABLE, BOTH], False, (1, 1, 1, 0, 0), (True, True)),
        ([BOTH, MISSING], False, (1, 0, 0, 0, 0), (False, False)),
        ([BOTH, SENT], False, (1, 1, 0, 0, 0), (True, False)),
        ([MISSING], True, (1, 0, 0, 0, 1), (False, False)),
        ([BOTH, MISSING], True, (1, 0, 0, 0, 1), (False, False)),
        ([SENT], True, (1, 1, 0, 0, 0), (True, False)),
        ([NOT_APPLICABLE], True, (0, 0, 0, 1, 0), (True, True)),
    ],
)
def test_a_unit_counts_once_whatever_it_owes(answers, is_returned, counts, is_complete):
    for basis, complete in zip((SUBMITTED, APPROVED), is_complete, strict=True):
        amount = Amount()
        amount.count(answers, basis, is_returned)
        assert (amount.expected, amount.reported, amount.approved, amount.na, amount.returned) == counts
        assert amount.is_complete == complete


def test_units_are_counted_beside_each_other_and_what_was_incomplete_stays_so():
    amount = Amount()
    for answers, is_returned in (
        [[BOTH], False],
        [[MISSING], True],
        [[NOT_APPLICABLE], False],
        [[MISSING], True],
        [[SENT], False],
    ):
        amount.count(answers, SUBMITTED, is_returned)
    assert astuple(amount) == astuple(Amount(expected=4, reported=2, approved=1, na=1, returned=2, is_complete=False))

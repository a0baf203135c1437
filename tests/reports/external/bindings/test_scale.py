"""Units of measure of one thing are turned into each other exactly."""

from decimal import Decimal

import pytest

from reports.external.bindings.scale import converted, factor_between


@pytest.mark.parametrize(
    ("value", "one", "other", "result"),
    [
        ("12345", "元", "万元", "1.2345"), ("1", "万元", "元", "10000"), ("1", "亿元", "万元", "10000"), ("7", "人", "万人", "0.0007"),
        ("3", "件", "件", "3"), ("5", "千元", "百元", "50"), ("0.1", "元", "百万元", "0.0000001"),
    ],
)  # fmt: skip
def test_converted(value, one, other, result):
    assert converted(Decimal(value), factor_between(one, other)) == Decimal(result)


@pytest.mark.parametrize(("one", "other"), [("元", "件"), ("万元", "万人"), ("%", "元"), ("", "元")])
def test_what_measures_something_else_is_not_turned(one, other):
    assert factor_between(one, other) is None

"""Shares as people write them add up to exactly 1, or the sentence says why not."""

from decimal import Decimal

import pytest

from orgs.restructuring.shares import NotShares, read_shares


@pytest.mark.parametrize(
    ("text", "shares"),
    [
        ("", ()),
        ("0.6;0.4", ("0.6", "0.4")),
        ("60；40", ("0.6", "0.4")),
        ("60%、40%", ("0.6", "0.4")),
        ("33.3%;66.7%", ("0.333", "0.667")),
        ("60/40", ("0.6", "0.4")),
        ("3：2", ("0.6", "0.4")),
        ("1:2", ("0.333333", "0.666667")),
        ("1/1", ("0.5", "0.5")),
        ("1;0", ("1", "0")),
    ],
)
def test_what_is_read(text, shares):
    found = read_shares(text, 2)
    assert found == tuple(map(Decimal, shares))
    assert not found or sum(found) == 1


def test_thirds_add_up():
    assert read_shares("1:1:1", 3) == (Decimal("0.333334"), Decimal("0.333333"), Decimal("0.333333"))


@pytest.mark.parametrize(
    "text", ["0.6", "0.6;0.3;0.1", "6;4", "0.5;0.6", "60;60", "x;y", "-1;2", "NaN;1", "0/0", "1e9;1", "Infinity;0"]
)
def test_what_is_refused(text):
    with pytest.raises(NotShares):
        read_shares(text, 2)

"""Whose row it is by code and name, by table."""

import pytest

from orgs.names.name_similarity import Certainty, Match
from orgs.names.unit_of_row import unit_of_row


def sure(code):
    return Match(code, Certainty.SURE, "", (code,))


def alike(code):
    return Match(code, Certainty.LIKELY, "similar", (code,), is_alike=True)


TWINS = Match("", Certainty.AMBIGUOUS, "several", ("V1", "V2"))
ROWS = {
    "both say the same": (sure("V1"), sure("V1"), "石桥村", ("V1", Certainty.SURE)),
    "namesakes": (TWINS, sure("V2"), "新村", ("V2", Certainty.SURE)),
    "a similar name of the same": (alike("V1"), sure("V1"), "石挢村", ("V1", Certainty.SURE)),
    "no name": (Match(), sure("V1"), "", ("V1", Certainty.SURE)),
    "a name cut short": (Match(), sure("V1"), "石桥", ("V1", Certainty.SURE)),
    "a name that is another": (Match(), sure("V1"), "张三", ("V1", Certainty.LIKELY)),
    "another unit": (sure("V3"), sure("V1"), "柳沟村", ("", Certainty.AMBIGUOUS)),
    "a name similar to another unit's": (alike("V3"), sure("V1"), "柳勾村", ("", Certainty.AMBIGUOUS)),
    "a code that nobody knows": (sure("V1"), Match(), "石桥村", ("V1", Certainty.LIKELY)),
    "neither": (Match(), Match(), "某某", ("", Certainty.NONE)),
}


@pytest.mark.parametrize("name", ROWS)
def test_the_unit_of_a_row(name):
    named, code, text, expected = ROWS[name]
    found = unit_of_row(named, code, text=text, own_name="石桥村")
    assert (found.target, found.certainty) == expected
    assert found.is_sure or found.why or expected[1] == Certainty.NONE

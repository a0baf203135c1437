"""Bindings as JSON: there and back, and a sentence for whatever is none."""

import pytest

from reports.external.bindings.bindings import BadBinding, Binding, as_json, from_json

CELLS = {
    "表1!B5": {
        "kind": "figure",
        "key": "ORG-005",
        "org": "370883",
        "period": "prev",
        "view": "ytd",
        "measure": "percent",
        "certainty": "sure",
    },
    "表1!C5": {
        "kind": "figure",
        "key": "A:女",
        "by": "unit_category",
        "org": "village",
        "unit": "万元",
        "digits": 2,
        "certainty": "said",
    },
    "表1!A1": {"kind": "text", "what": "period label", "pattern": "（{}）", "certainty": "likely", "is_proposed": True},
}


def test_there_and_back():
    assert as_json(from_json(CELLS)) == CELLS
    assert from_json(CELLS)["表1!A1"].confirmed() == Binding("text", what="period label", pattern="（{}）", certainty="likely")


def test_what_is_left_out_is_as_usual():
    assert from_json({"S!A1": {"kind": "figure", "key": "A"}}) == {"S!A1": Binding("figure", key="A")}


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ([], "an object of addresses"),
        ({"A1": {"kind": "figure", "key": "A"}}, "is no address"),
        ({"S!A1": "x"}, "write {"),
        ({"S!A1": {"key": "A"}}, "write {"),
        ({"S!A1": {"kind": "figure"}}, "needs its key"),
        ({"S!A1": {"kind": "text"}}, "must be one of"),
        ({"S!A1": {"kind": "figure", "key": "A", "periode": "this"}}, "“periode” is not known"),
        ({"S!A1": {"kind": "figure", "key": "A", "period": "next"}}, "Choose one of: this, prev"),
        ({"S!A1": {"kind": "figure", "key": "A", "digits": 99}}, "“digits” can not be 99"),
        ({"S!A1": {"kind": "figure", "key": "A", "digits": True}}, "“digits” can not be True"),
        ({"S!A1": {"kind": "figure", "key": 7}}, "“key” can not be 7"),
        ({"S!A1": {"kind": "figure", "key": "x" * 999}}, "“key” can not be"),
        ({"S!A1": {"kind": "figure", "key": "A", "is_proposed": "no"}}, "“is_proposed” can not be no"),
        ({"S!A1": {"kind": "figure", "key": "A", "basis": "guess"}}, "approved, submitted"),
        ({"S!A1": {"kind": []}}, "“kind” can not be"),
    ],
)
def test_what_is_no_binding_is_refused(cells, message):
    with pytest.raises(BadBinding) as refused:
        from_json(cells)
    assert message in str(refused.value)

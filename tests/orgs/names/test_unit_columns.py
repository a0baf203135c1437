"""Which column names the rows' own unit, by table: no sheet and no database. Codes: T1 stands above V1 and V2, T2 above V3."""

import pytest

from orgs.names.unit_columns import UnitColumn, UnitPlaces, answered_kind, unit_places
from orgs.names.unit_heads import UnitHead

ABOVE = {"V1": "T1", "V2": "T1", "V3": "T2"}
OWN, CODE, PLACE, SUPERIOR, RELATION, UNCLEAR, NONE = (
    UnitHead.OWN, UnitHead.CODE, UnitHead.ABOVE, UnitHead.SUPERIOR, UnitHead.RELATION, UnitHead.UNCLEAR, UnitHead.NONE,
)  # fmt: skip


def is_below(code, other):
    return ABOVE.get(code) == other


def column(kind, *codes, **facts):
    """One text a row, each of them the sure name of a unit; "" for a text that names none."""
    units = {row: code for row, code in enumerate(codes) if code}
    named = {"units": units, "texts": len(set(codes)), "score": float(len(set(units.values())))}
    return {"kind": kind} | named | facts


def coded(*codes, kind=CODE):
    units = dict(enumerate(codes))
    return {"kind": kind, "units": units, "codes": len(units)}


def blank(*codes, **facts):
    return column(NONE, *codes, is_neutral=True, **facts)


def towns(kind, *codes, **facts):
    return column(kind, *codes, above=len(set(codes)), **facts)


def places(*columns, **options):
    return unit_places([UnitColumn(place=place, **one) for place, one in enumerate(columns, start=1)], is_below, **options)


PARTNER = column(RELATION, "V2", "V3")
CHOSEN = {
    "its head, though a partner holds more names": ([column(OWN, "V1", "", ""), column(RELATION, "V2", "V3", "V1")], UnitPlaces(1)),
    "its head beside one that is not known": ([column(UNCLEAR, "V2", "V3"), column(OWN, "V1", "V2")], UnitPlaces(2)),
    "its head over names that nobody knows": ([column(OWN, "", "")], UnitPlaces(1)),
    "the lower of two own heads": ([towns(OWN, "T1", "T2"), column(OWN, "V1", "V3")], UnitPlaces(2, above=1)),
    "the first of two that say the same": ([column(OWN, "V1", "V2"), column(OWN, "V1", "")], UnitPlaces(1)),
    "a blank head": ([blank("V1", "V2")], UnitPlaces(1)),
    "a blank head beside its township": ([towns(PLACE, "T1", "T1"), blank("V1", "V2")], UnitPlaces(2, above=1)),
    "a blank head beside its superior": ([towns(SUPERIOR, "T1", "T2"), blank("V1", "V3")], UnitPlaces(2, above=1)),
    "townships alone": ([towns(PLACE, "T1", "T2")], UnitPlaces(1)),
    "townships below a county": ([towns(PLACE, "C", "C"), towns(PLACE, "T1", "T2")], UnitPlaces(2, above=1)),
    "codes alone": ([coded("V1", "V2")], UnitPlaces(code=1)),
    "codes of villages beside their townships": ([towns(PLACE, "T1", "T2"), coded("V1", "V3")], UnitPlaces(0, 2, 1)),
    "codes beside heads that are not known": ([column(UNCLEAR, "V2", "V3"), coded("V1", "V2")], UnitPlaces(0, 2)),
    "a partner's codes decide nothing": ([column(OWN, "V1", "V2"), coded("V2", "V3", kind=RELATION)], UnitPlaces(1)),
    "remarks that name units": ([column(OWN, "V1", "V2"), column(NONE, "V2", "V3", is_aside=True)], UnitPlaces(1)),
    "nothing that names units": ([column(NONE, "", "")], UnitPlaces()),
}  # fmt: skip
ABOVE |= {"T1": "C", "T2": "C"}


@pytest.mark.parametrize("name", CHOSEN)
def test_the_column_that_names_the_rows_own_unit(name):
    columns, chosen = CHOSEN[name]
    assert places(*columns) == chosen


ASKED = {
    "a head that is not known": ([column(UNCLEAR, "V1", "V2")], (1,)),
    "a head that does not speak of units": ([column(NONE, "V1", "V2")], (1,)),
    "a partner alone": ([PARTNER], (1,)),
    "a blank head beside a partner": ([blank("V1", "V2"), PARTNER], (1, 2)),
    "a township beside a partner": ([towns(PLACE, "T1", "T2"), PARTNER], (1, 2)),
    "a township beside what stands below it": ([towns(PLACE, "T1", "T2"), column(NONE, "V1", "", texts=5)], (1, 2)),
    "a township in several rows": ([towns(PLACE, "T1", "T1", is_repeated=True)], (1,)),
    "own heads that disagree": ([column(OWN, "V1", "V2"), column(OWN, "V1", "V3")], (1, 2)),
    "own heads in other rows": ([column(OWN, "V1", ""), column(OWN, "", "V2")], (1, 2)),
    "blank heads that disagree": ([blank("V1", "V2"), blank("V2", "V1")], (1, 2)),
    "an own head over no names beside names": ([column(OWN, "", ""), column(UNCLEAR, "V1", "V2")], (2,)),
}  # fmt: skip


@pytest.mark.parametrize("name", ASKED)
def test_what_heads_do_not_settle_is_asked(name):
    columns, question = ASKED[name]
    found = places(*columns)
    assert (found.name, found.code, found.question) == (0, 0, question)


def test_the_head_of_a_turned_table_over_no_names_speaks_of_its_lines():
    assert places(column(OWN, "", ""), is_turned=True).name == 0


@pytest.mark.parametrize("kind", [OWN, UNCLEAR, NONE])
def test_an_answer_names_one_column_and_no_other_that_might_have_been_it(kind):
    one = UnitColumn(place=1, **column(kind, "V1"))
    assert (answered_kind(one, is_own=True), answered_kind(one, is_own=False)) == (OWN, RELATION)


@pytest.mark.parametrize("kind", [PLACE, SUPERIOR, CODE])
def test_an_answer_leaves_what_narrows_names(kind):
    assert answered_kind(UnitColumn(place=1, **column(kind, "V1")), is_own=False) == kind

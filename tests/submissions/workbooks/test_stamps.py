"""What a form workbook carries: stamps that cannot be changed by hand, editions, places."""

from dataclasses import replace

import pytest

from submissions.workbooks.stamps import (
    BadStamp,
    Shape,
    Stamp,
    edition_of,
    is_stamp_like,
    place_of_grid,
    place_of_unit,
    read_stamp,
)
from tests.factories.indicators import layout, line

STAMP = Stamp("季01表", "abc", "2026Q3", "350100", "35010001", Shape.UNIT, "place")


@pytest.mark.parametrize("stamp", [STAMP, replace(STAMP, form="A|B%7C", org="有 空格"), replace(STAMP, shape=Shape.GRID)])
def test_a_stamp_is_read_as_it_was_written(stamp):
    assert read_stamp(f" {stamp.text}\n") == stamp
    assert is_stamp_like(stamp.text)


@pytest.mark.parametrize(
    "text",
    ["", "季01表", STAMP.text[:-1], STAMP.text.replace("2026Q3", "2026Q2"), STAMP.text.replace("unit", "all"), "DJJB1|a|b"],
)
def test_anything_else_is_refused(text):
    with pytest.raises(BadStamp):
        read_stamp(text)


def test_an_edition_changes_with_any_word_of_the_layout():
    lines = [line("A"), line("B")]
    first = edition_of(layout(*lines))
    assert first == edition_of(layout(*lines))
    others = (layout(*reversed(lines)), layout(line("A"), line("B", definition="另")), layout(line("A")))
    assert first not in {edition_of(other) for other in others}


def test_a_place_is_the_chain_above_and_a_grids_the_set_below():
    assert place_of_unit(["C", "T"]) == place_of_unit(["C", "T"])
    assert len({place_of_unit(chain) for chain in (["C", "T"], ["T", "C"], ["C"], [])}) == 4
    assert place_of_grid({"V1", "V2"}) == place_of_grid(["V2", "V1"])
    assert place_of_grid(["V1"]) not in (place_of_grid(["V1", "V2"]), place_of_unit(["V1"]))

"""Thousands of ways to make a table: no figure is taken to the wrong unit or line, and those that are written plainly are taken."""

import random

import pytest

from tests.submissions.imports.tables.makers import a_table, wrong
from tests.submissions.imports.tables.unit_makers import a_list, long_list, one_row, two_lists, with_items
from tests.submissions.imports.tables.world import VILLAGES, demonstration_layout, placed, table_result

EACH = 40


def _draw(seed: int):
    dice = random.Random(seed)
    lines = [line for line in demonstration_layout().typed if not line.item]
    return dice, dice.sample(VILLAGES, dice.randint(1, 8)), dice.sample(lines, dice.randint(1, 9))


@pytest.mark.parametrize("start", range(0, 5 * EACH, EACH))
def test_units_and_lines_with_noise_between_them(start):
    for seed in range(start, start + EACH):
        dice, units, lines = _draw(seed)
        made = a_table(dice, units, lines)
        table = table_result(*made.sheets, name=made.name)
        assert wrong(table, made, sure_only=False) == [], seed
        assert table.waiting == {}, seed
        assert set(placed(table)) == set(made.truth.values()), seed


@pytest.mark.parametrize("start", range(1000, 1000 + 3 * EACH, EACH))
def test_a_name_that_is_only_similar_is_never_taken(start):
    for seed in range(start, start + EACH):
        dice, units, lines = _draw(seed)
        made = a_table(dice, units, lines, is_cut=True)
        table = table_result(*made.sheets, name=made.name)
        assert wrong(table, made, sure_only=True) == [], seed


@pytest.mark.parametrize("make", [a_list, two_lists, one_row])
def test_tables_of_one_unit(make):
    for seed in range(2 * EACH):
        dice, units, lines = _draw(seed)
        made = make(dice, units[0], lines)
        table = table_result(*made.sheets, name=made.name)
        assert wrong(table, made, sure_only=False) == [], seed
        assert (len(table.cells), table.waiting) == (len(made.truth), {}), seed


def test_items_under_merged_heads_and_heads_written_once():
    for seed in range(EACH):
        dice, units, _lines = _draw(seed)
        made = with_items(dice, units)
        table = table_result(*made.sheets, name=made.name)
        assert wrong(table, made, sure_only=False) == [], seed
        assert len(table.cells) == len(made.truth), seed


def test_a_row_for_every_figure():
    for seed in range(EACH):
        dice, units, lines = _draw(seed)
        made = long_list(dice, units, lines)
        table = table_result(*made.sheets, name=made.name)
        assert wrong(table, made, sure_only=False) == [], seed
        assert len(table.cells) == len(made.truth), seed

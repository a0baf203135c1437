"""Tables of strangers drawn by chance: no figure under a wrong unit, line or period; none lost without a word; no idle question.

STRANGERS says how many are drawn and STRANGERS_FROM at which seed they begin.
"""

import os
from collections import Counter

import pytest

from tests.submissions.imports.tables.strangers.answers import faults_after_answers
from tests.submissions.imports.tables.strangers.chance import table_by_chance
from tests.submissions.imports.tables.strangers.oracle import faults, understood

COUNT, FIRST, PARTS = int(os.environ.get("STRANGERS", "400")), int(os.environ.get("STRANGERS_FROM", "0")), 4


@pytest.mark.parametrize("part", range(PARTS))
def test_tables_of_strangers(part):
    found = {}
    for seed in range(FIRST + part, FIRST + COUNT, PARTS):
        table = table_by_chance(seed)
        result = understood(table)
        if wrong := faults(table, result) or faults_after_answers(table, result):
            found[seed] = wrong[0]
    assert found == {}, Counter(fault.what for fault in found.values())

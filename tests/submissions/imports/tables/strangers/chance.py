"""Every way to draw a table, by its seed."""

import random

from tests.submissions.imports.tables.strangers.tables import (
    Table,
    a_list_of_units,
    lists_beside,
    two_lists_below,
    two_lists_beside,
)
from tests.submissions.imports.tables.strangers.unit_lists import a_list_of_lines, periods_in_rows

MAKERS = (
    a_list_of_units, a_list_of_units, two_lists_beside, two_lists_below, a_list_of_lines, periods_in_rows, lists_beside,
)  # fmt: skip


def table_by_chance(seed: int) -> Table:
    return MAKERS[seed % len(MAKERS)](random.Random(seed))

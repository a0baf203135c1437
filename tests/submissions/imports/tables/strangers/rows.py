"""The rows of a table: units in their own names, misspelt, unknown, with a code that is another's; each with its figures."""

import random
from dataclasses import dataclass, replace

from orgs.names.name_matching import Candidate
from tests.submissions.imports.tables.strangers.slots import Figure, Slot
from tests.submissions.imports.tables.strangers.words import MARGIN, UNKNOWN_UNITS, misspelt, unit_text
from tests.submissions.imports.tables.world import VILLAGES

DISAGREEMENT = "code and name name two units"


@dataclass(frozen=True)
class Row:
    """`unit`: whose it is, None for nobody's. `text` and `code`: what stands for it. `why`: what keeps its figures out."""

    text: str
    unit: Candidate | None
    code: str = ""
    is_clear: bool = True
    is_settled: bool = True
    why: str = ""
    is_blank: bool = False  # no figure stands in it

    @property
    def means(self) -> str:
        return f"unit:{self.unit.code}" if self.unit and self.why != DISAGREEMENT else ""

    def figure(self, key: str, *, is_clear: bool = True) -> Figure:
        """What a figure of this row under the line `key` is."""
        if self.unit is None or self.why:
            return Figure(why=self.why or "a row of no unit of ours")
        return Figure(self.unit.code, key, is_clear=is_clear and self.is_clear and self.is_settled, is_settled=self.is_settled)

    def head(self, *, is_own: bool = True) -> Slot:
        return Slot(self.text, means=self.means, is_own=is_own)


def rows_by_chance(dice: random.Random, most: int = 8, *, has_codes: bool = False) -> list[Row]:
    """Some villages; now and then a row that is misspelt, unknown or in disagreement with its code."""
    units = dice.sample(VILLAGES, dice.randint(1, most))
    rows = [Row(unit_text(unit, dice), unit, unit.code) for unit in units]
    if has_codes:
        rows = [row if row.code not in row.text else Row(row.unit.short_name, row.unit, row.code) for row in rows]
    if len(rows) > 1 and dice.random() < 0.12:
        at = dice.randrange(len(rows))
        rows[at] = _misspelt_row(rows[at], dice)
    if len(rows) > 2 and has_codes and dice.random() < 0.25:
        rows[0] = _in_disagreement(rows[0], units, dice)
    if dice.random() < 0.15:
        rows.insert(dice.randrange(len(rows) + 1), Row(_unknown(dice), None, dice.choice(("", f"{MARGIN}901"))))
    if dice.random() < 0.06:
        at = dice.randrange(len(rows))
        rows[at] = _with_former(rows[at], dice)
    if dice.random() < 0.1:
        at = dice.randrange(len(rows))
        rows[at] = replace(rows[at], is_blank=True)
    return rows


def _unknown(dice: random.Random) -> str:
    """No unit of ours: what lies in a village, two villages at once, a place that we do not know."""
    one, other = dice.sample(VILLAGES, 2)
    part = dice.choice(("小学党支部", "第一党小组", "一组", "合作社", "卫生室", "妇联"))
    return dice.choice((*UNKNOWN_UNITS, one.short_name + part, f"{one.short_name}、{other.short_name}"))


def _with_former(row: Row, dice: random.Random) -> Row:
    """石桥村（原上湾村）: to be asked about at most, and never the other one."""
    if row.unit is None or row.why:
        return row
    other = dice.choice([unit for unit in VILLAGES if unit != row.unit])
    bracket = dice.choice((f"（原{other.short_name}）", f"（与{other.short_name}结对）", f"({other.short_name}已并入)"))
    return replace(row, text=row.unit.short_name + bracket, is_clear=False)


def _misspelt_row(row: Row, dice: random.Random) -> Row:
    """A code beside it decides; without one the name is only similar."""
    return Row(misspelt(row.unit, dice), row.unit, row.code, is_clear=False)


def _in_disagreement(row: Row, units: list[Candidate], dice: random.Random) -> Row:
    other = dice.choice([unit for unit in VILLAGES if unit != row.unit])
    return Row(row.text, row.unit, other.code, why=DISAGREEMENT)

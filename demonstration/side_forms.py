"""Small forms that a few units fill beside the large ones, so that every printed table has something to show."""

import random
from decimal import Decimal

from indicators.periods import Period

LICENCES, POINTS, SECRETARIES, PAIRS = "红领季01表", "积分季01表", "第一书记季01表", "结对季09表"
OF_ONE_TOWNSHIP = (POINTS, SECRETARIES, PAIRS)
LEVELS = ("初级", "中级", "高级")
ITEMS = ("基础项目", "激励项目", "机动项目", "否决项目")
KINDS = (("101", "102", "县处级领导-村社区书记"), ("401", "402", "乡镇党员-群众户"), ("601", "602", "机关党员-在村党员"))


class Licences:
    """Licensed workers of a township, street or zone: who is new less who leaves is who is there."""

    def __init__(self, code: str, seed: int):
        self.dice = random.Random(f"{seed}/licences/{code}")
        self.held = {level: self.dice.randint(low, 3 * low) for level, low in zip(LEVELS, (8, 4, 1), strict=True)}

    def quarter(self) -> dict[str, int | Decimal]:
        dice = self.dice
        new = {level: dice.choice((0, 0, 1, 2)) for level in LEVELS}
        gone = {level: dice.choice((0, 0, 0, 1)) if self.held[level] else 0 for level in LEVELS}
        self.held = {level: self.held[level] + new[level] - gone[level] for level in LEVELS}
        hours = {level: Decimal(dice.randint(self.held[level], 4 * self.held[level] + 1)) / 2 for level in LEVELS}
        cells: dict[str, int | Decimal] = {
            "CERT-010": dice.randint(0, 5),
            "CERT-011": dice.randint(0, 2),
            "CERT-012": dice.randint(0, 4),
            "HL-901": dice.randint(2, 15),  # asked by the county's own edition of the form
        }
        for key, parts in (("CERT-001", new), ("CERT-002", self.held), ("CERT-003", gone), ("CERT-007", hours)):
            cells[key] = sum(parts.values())
            cells |= {f"{key}:{level}": part for level, part in parts.items()}
        return cells


def side_figures(form: str, code: str, period: Period, seed: int) -> dict[str, int]:
    """One village's quarter of a form of OF_ONE_TOWNSHIP."""
    size = random.Random(f"{seed}/{form}/{code}").randint(80, 400)  # households: a village does not change its size
    dice = random.Random(f"{seed}/{form}/{code}/{period}")
    return _points(dice, size) if form == POINTS else {SECRETARIES: _secretary, PAIRS: _pairs}[form](dice)


def _points(dice: random.Random, size: int) -> dict[str, int]:
    households = size + dice.randint(-3, 5)
    items = dict(zip(ITEMS, (households * 6, households * 3, dice.randint(0, 300), -10 * dice.randint(0, 6)), strict=True))
    points = sum(items.values())
    cells = {"PTS-007": households, "PTS-008": round(households * dice.uniform(0.3, 0.5)), "PTS-009": points, "PTS-001": points}
    return cells | {f"PTS-009:{item}": part for item, part in items.items()} | {"PTS-010": dice.randint(0, 3)}


def _secretary(dice: random.Random) -> dict[str, int]:
    found = dice.randint(0, 6)
    counts = {"FSEC-001": 6, "FSEC-002": 60, "FSEC-004": 4, "FSEC-005": 5, "FSEC-006": 2, "FSEC-007": 1, "FSEC-008": 1}
    cells = {key: dice.randint(0, most) for key, most in counts.items()}
    return {"FSEC-012": 1, **cells, "FSEC-003": found, "FSEC-009": dice.randint(0, found)}


def _pairs(dice: random.Random) -> dict[str, int]:
    """Each has at least one to care for, and there are at least as many pairs as there are on the larger side."""
    cells: dict[str, int] = {"PAIR-901": 0}
    for one, other, item in KINDS:
        ours = dice.randint(1, 12)
        theirs = 1 if one == "101" else ours * dice.randint(1, 3)
        ours = 1 if one == "101" else ours
        cells |= {f"PAIR-{one}": ours, f"PAIR-{other}": theirs, f"PAIR-901:{item}": max(ours, theirs)}
        cells["PAIR-901"] += max(ours, theirs)
    return cells

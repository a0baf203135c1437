"""Plausible figures of one unit, quarter by quarter: stocks that move a little, flows with a season, gaps now and then."""

import random

VILLAGE_LIKE = ("village", "community")
TALKATIVE = ("village", "community", "department")


class DemonstrationUnit:
    """One unit's life: every draw of its dice is its own, so that a unit more or less changes nobody else's figures."""

    def __init__(self, code: str, unit_category: str, seed: int):
        self.category = unit_category
        self.dice = random.Random(f"{seed}/{code}")
        low, high = {"village": (18, 95), "community": (60, 240), "department": (25, 140)}.get(unit_category, (3, 45))
        self.members = self.dice.randint(low, high)
        self.diligence = self.dice.uniform(0.6, 0.98)
        self.floating = self.dice.randint(0, self.members // 5)
        self.promised = self.kept = self.collected = self.solved = 0

    def new_year(self) -> None:
        self.promised = self.kept = self.collected = self.solved = 0

    def quarter(self) -> dict[str, int | str]:
        """The next quarter's cells. Parts stay inside wholes, and what is done never exceeds what was taken up this year."""
        dice = self.dice
        self.members = max(3, self.members + dice.choice((-1, 0, 0, 0, 1, 1, 2)))
        cells: dict[str, int | str] = {"PM-001": self.members}
        probationary = min(self.members, dice.randint(0, 1 + self.members // 25))
        cells["PM-001:正式"], cells["PM-001:预备"] = self.members - probationary, probationary
        cells |= self._promises()
        if self.category in VILLAGE_LIKE:
            cells |= self._village()
        if dice.random() < 0.7:
            cells["SVC-103"] = dice.randint(0, 4) * (12 if self.category in TALKATIVE else 3)
        return cells

    def _promises(self) -> dict[str, int]:
        taken = self.dice.randint(1, max(2, self.members // 6))
        done = min(round(taken * self.dice.uniform(self.diligence - 0.2, 1)), self.promised + taken - self.kept)
        self.promised, self.kept = self.promised + taken, self.kept + done
        return {"PROM-001": taken, "PROM-002": done}

    def _village(self) -> dict[str, int | str]:
        dice = self.dice
        self.floating = max(0, min(self.members // 3, self.floating + dice.choice((-1, 0, 0, 1))))
        paired = min(self.floating, round(self.floating * dice.uniform(self.diligence - 0.1, 1)))
        collected = dice.randint(2, 34)
        solved = min(round(collected * dice.uniform(self.diligence - 0.3, 1)), self.collected + collected - self.solved)
        self.collected, self.solved = self.collected + collected, self.solved + solved
        return {
            "PM-002": self.members - self.floating,
            "PM-003": self.floating,
            "PAIR-501": max(0, paired - dice.randint(0, 1)),
            "PAIR-502": paired,
            "ISS-201": collected,
            "ISS-202": solved,
            "ISS-204": min(collected, solved + dice.randint(0, 3)),
            "EDU-101": dice.randint(0, 6) if self.floating else "NA",
        }


class ReportedShare:
    """The two-new coverage of a township, street, zone or industry committee; its stocks roll forward."""

    def __init__(self, code: str, seed: int):
        self.dice = random.Random(f"{seed}/coverage/{code}")
        self.listed = self.dice.randint(28, 90)
        self.organizations = max(2, self.listed // 4)

    def quarter(self) -> dict[str, int]:
        dice = self.dice
        self.listed += dice.randint(0, 3)
        founded, dissolved = dice.randint(0, 2), dice.choice((0, 0, 0, 1))
        self.organizations += founded - dissolved
        built = max(self.organizations, round(self.listed * dice.uniform(0.24, 0.3)))
        qualified = built + dice.randint(1, 7)
        single = round(built * 0.6)
        return {
            "ORG-001": self.listed, "ORG-002": qualified, "ORG-003": built, "ORG-021": single, "ORG-022": built - single,
            "ORG-004": self.organizations, "ORG-016": founded, "ORG-017": dissolved,
            "ORG-009": max(0, self.listed - qualified - dice.randint(0, 5)), "ORG-010": dice.randint(0, 2),
            "ORG-011": dice.randint(0, 2), "ORG-014": round(self.listed * dice.uniform(0.85, 1)), "ORG-018": dice.randint(1, 12),
        }  # fmt: skip

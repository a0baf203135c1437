"""What is drawn of a county before it lives: units, forms with their frequencies, the periods asked, the days of change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from tests.acceptance.mixed.calendar import stretch
from tests.acceptance.mixed.places import Span

KINDS = ("village", "community", "private_enterprise", "agency")
TOWNSHIPS = ("TA", "TB", "TC")
NEVER = date(2000, 1, 1)
PERIODS = {
    "week": ("2025W52", "2026W01", "2026W02", "2026W12", "2026W13", "2026W14", "2026W15", "2026W22", "2026W26"),
    "month": ("2025-12", "2026-01", "2026-02", "2026-03", "2026-04", "2026-05", "2026-06", "2026-07"),
    "quarter": ("2025Q2", "2025Q4", "2026Q1", "2026Q2", "2026Q3"),
    "half": ("2025H2", "2026H1"),
    "year": ("2025", "2026"),
}  # fmt: skip
NUMERATORS, DENOMINATORS = ("N", "S", "K"), ("W", "L", "J")


@dataclass(frozen=True)
class FormPlan:
    """A form of some categories. `without`: lines that do not stand on it."""

    code: str
    length: str
    categories: tuple[str, ...]
    own: bool = False
    without: tuple[str, ...] = ()

    def lines(self, codes: Sequence[str]) -> list[str]:
        return [code for code in codes if code not in self.without]


class Plan:
    """`units`: code, category, places. `stages`: days on which the tree changes; the last one after every report."""

    def __init__(self, dice: Random):
        self.units: list[tuple[str, str, list[Span]]] = [
            (f"V{code}", "village", [(code, NEVER, None)]) for code in TOWNSHIPS[:2]
        ]
        for number in range(dice.randint(4, 7)):
            self.units.append((f"V{number}", dice.choice(KINDS), _spans(dice)))
        self.forms = _forms(dice)
        self.stages = [
            dice.choice((date(2026, 3, 20), date(2026, 4, 1), date(2026, 4, 15))),
            dice.choice((date(2026, 5, 11), date(2026, 6, 1), date(2026, 7, 1))),
            date(2027, 1, 1),
        ]
        self.asked = [
            (form.code, period)
            for form in self.forms
            for period in PERIODS[form.length]
            if dice.random() < (0.5 if period[:4] == "2025" else 0.9)
        ]

    def tasks_before(self, day: date, since: date | None) -> list[tuple[str, str]]:
        """Those whose period ends before the day, and not before the stage before, in the order of time."""
        found = [(stretch(period).last, form, period) for form, period in self.asked]
        return [(form, period) for last, form, period in sorted(found) if last < day and (since is None or last >= since)]


def _spans(dice: Random) -> list[Span]:
    home, other = dice.choice(TOWNSHIPS), dice.choice(TOWNSHIPS)
    kind = dice.random()
    if kind < 0.7 or home == other:
        return [(home, NEVER, None)]
    if kind < 0.8:
        return [(home, date(2026, 2, 15), None)]
    return [(home, NEVER, date(2026, 2, 28)), (other, date(2026, 3, 1), None)]


def _forms(dice: Random) -> list[FormPlan]:
    """Every category on one form or two, of drawn frequencies; one of them with a ratio whose sides stand on two forms."""
    lengths = [*dice.sample(("week", "month", "quarter"), 3), dice.choice(("half", "year", "month", "quarter"))]
    forms = [FormPlan(f"F{kind[0]}", length, (kind,)) for kind, length in zip(KINDS, lengths, strict=True)]
    if dice.random() < 0.5:  # two categories on one form instead, or the townships answer too
        forms[0] = FormPlan("Fv", lengths[0], ("village", "community", "township"), own=dice.random() < 0.7)
    if dice.random() < 0.4:  # the same units asked again for another length of time
        forms.append(FormPlan("G", dice.choice(("month", "quarter", "year")), (dice.choice(KINDS),), without=("K", "J", "RK")))
    if dice.random() < 0.4:  # a ratio over two forms
        divided = dice.randrange(1, 4)
        one = forms[divided]
        ratios = ("R", "RS", "RM", "RK", "H")
        forms[divided] = FormPlan(one.code, one.length, one.categories, without=(*DENOMINATORS, *ratios))
        forms.append(FormPlan("D", one.length, one.categories, without=(*NUMERATORS, *ratios)))
    return forms

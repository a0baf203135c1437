"""The lines of a mixed county: what every figure is, how a unit makes it, how it adds up. Plain fractions; imports nothing of ours."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from tests.acceptance.sums.computed_lines import NA, Documents, Number, drawn_lines, previous


@dataclass(frozen=True)
class Line:
    """One line. `of_unit`: how it is computed from the unit's documents of the year up to now; None: typed."""

    key: str
    of_unit: Callable[[Documents], Number] | None = None
    over_units: str = "sum"
    over_time: str = "sum"
    decimals: int = 0
    asked_of: tuple[str, ...] = ()
    running: bool = False
    ratio: tuple[str, str] | None = None
    times: int = 1

    def asks(self, category: str) -> bool:
        return not self.asked_of or category in self.asked_of

    @property
    def adds(self) -> bool:
        return not self.ratio and self.over_units == "sum"


def _meets_three(documents: Documents) -> Number:
    value = documents[-1].get("A")
    return value if value in (None, NA) else Fraction(value >= 3)


def _growth_of_stock(documents: Documents) -> Number:
    pair = documents[-1].get("S"), previous(documents).get("S")
    return NA if NA in pair else None if None in pair else pair[0] - pair[1]


def _so_far(documents: Documents) -> Number:
    """What was reported this year, if anything is reported now."""
    now = documents[-1].get("A")
    return now if now in (None, NA) else sum(value for one in documents if (value := one.get("A")) not in (None, NA))


TYPED = (
    Line("A"), Line("B", decimals=2), Line("D", decimals=4), Line("S", over_time="last"), Line("N"), Line("W"), Line("F"),
    Line("L", over_time="last"), Line("K", running=True), Line("J", running=True, decimals=1), Line("O"), Line("O:甲"),
    Line("M", over_units="mean", over_time="mean", decimals=1), Line("X", over_units="max", over_time="last"),
    Line("I", over_units="min"), Line("E", over_units="mean", decimals=1), Line("U", over_time="none"),
)  # fmt: skip
COMPUTED = (
    Line("Y", of_unit=_meets_three), Line("H", of_unit=_growth_of_stock), Line("Z", of_unit=_so_far, over_time="last"),
    Line("R", ratio=("N", "W"), times=100, decimals=1), Line("RS", ratio=("S", "L"), decimals=2),
    Line("RM", ratio=("N", "L"), times=1000, decimals=2), Line("RK", ratio=("K", "J"), times=100, decimals=1),
)  # fmt: skip
# Asked only of villages and communities, wherever they stand on a form.
NARROW = ("F",)
HEAD = "code,name_zh,unit,kind,numerator,denominator,disaggregation,validation,org_rule,period_rule,formula,decimals"
CATALOGUE = (
    "A,A项,次,flow,,,,,,,,0", "B,B项,万元,flow,,,,decimal(2),,,,2", "D,D项,万元,flow,,,,decimal(4),,,,4",
    "S,党员,名,stock,,,,,,,,0", "N,办结,件,flow,,,,,,,,0", "W,收集,件,flow,,,,,,,,0", "F,走访,次,flow,,,,,,,,0",
    "L,应建,家,stock,,,,,,,,0", "K,累计办结,件,cumulative,,,,,,,,0", "J,累计收集,件,cumulative,,,,decimal(1),,,,1",
    "O,活动,次,flow,,,甲,,,,,0", "M,平均在岗,名,stock,,,,,mean,mean,,1", "X,最多,名,stock,,,,,max,,,0",
    "I,最少,次,flow,,,,,min,,,0", "E,得分,分,score,,,,,mean,,,1", "U,参训,人,flow,,,,,,none,,0",
    "Y,达标,家,flow,,,,,count_if,,{A} >= 3,0", "H,净增,名,flow,,,,,,,{S} - {S@prev},0", "Z,本年,次,stock,,,,,,,{A@ytd},0",
    "R,办结率,%,ratio,N,W,,,,,,1", "RS,组建率,名/家,ratio,S,L,,,,,,2", "RM,密度,‰,ratio,N,L,,,,,,2", "RK,累计办结率,%,ratio,K,J,,,,,,1",
)  # fmt: skip


@dataclass(frozen=True)
class Catalogue:
    """All lines of one county with the rows to load them from. `formulas`: of the drawn ones, to be told with a difference."""

    lines: dict[str, Line]
    rows: tuple[str, ...]
    formulas: dict[str, str]


def drawn_catalogue(dice: Random) -> Catalogue:
    """The lines above with computed ones of three layers, drawn."""
    drawn = drawn_lines(dice)
    decimals = {code: dice.randint(0, 4) for code in drawn}
    lines = {line.key: line for line in (*TYPED, *COMPUTED)}
    lines = {key: narrowed(line) for key, line in lines.items()}
    lines |= {code: Line(code, of_unit=line.means, decimals=decimals[code]) for code, line in drawn.items()}
    rows = [f'{code},{code}项,次,flow,,,,,,,"{line.text}",{decimals[code]}' for code, line in drawn.items()]
    return Catalogue(lines, (*CATALOGUE, *rows), {code: line.text for code, line in drawn.items()})


def narrowed(line: Line) -> Line:
    asked_of = ("village", "community") if line.key in NARROW else ()
    return Line(
        line.key, line.of_unit, line.over_units, line.over_time, line.decimals, asked_of, line.running, line.ratio, line.times
    )


# --- documents ------------------------------------------------------------------------------------------------------


def drawn_document(dice: Random, totals: dict[str, Fraction]) -> dict[str, Number]:
    """A report that may be sent: parts within their wholes, nothing out of nothing. `totals`: the running totals so far."""
    most = 10**15 - 1 if dice.random() < 0.02 else dice.choice((3, 40, 1000))
    places = {line.key: 10**line.decimals for line in TYPED}
    figures: dict[str, Number] = {}
    for line in TYPED:
        value = Fraction(
            dice.randint(0, most * places[line.key] if line.key in "ABDS" else 40 * places[line.key]), places[line.key]
        )
        if line.running:
            value = max(Fraction(0), totals.get(line.key, Fraction(0)) + (value if dice.random() < 0.9 else -3))
        figures[line.key] = dice.choice([value] * 8 + [NA, None, Fraction(0)])
    for top, bottom in (("N", "W"), ("K", "J")):
        if figures[bottom] == 0 and figures[top] not in (None, NA):
            figures[top] = Fraction(0)
    if figures["L"] == 0:
        figures["L"] = Fraction(1)
    whole, part = figures["O"], figures["O:甲"]
    figures["O:甲"] = None if whole in (None, NA) or part in (None, NA) else min(whole, part)
    return {key: value for key, value in figures.items() if value is not None} or {"A": Fraction(1)}

"""The slow, independent answer to every figure: plain loops over documents, written from docs/semantics.md alone.

It imports no code of reports/: it reads who owed what, the documents that stand, and its own dated tree. Numbers are Fractions.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

SENT = ("submitted", "passed", "approved")
NA = "NA"
Number = Fraction | str | None  # a value, NA, or not reported


@dataclass(frozen=True)
class Entry:
    """What one unit owed for one period, and the document that stands (None where none was sent)."""

    state: str
    category: str
    figures: dict | None

    def counts(self, basis: str) -> bool:
        return self.state == "approved" if basis == "approved" else self.state in SENT


@dataclass(frozen=True)
class Rule:
    """One line: how a unit's own figure is made, and how it adds up over units and over time."""

    key: str
    of_unit: Callable[[list[dict]], Number] | None = None  # of the year's documents up to now; None: typed
    over_units: str = "sum"
    over_time: str = "sum"
    decimals: int = 0
    asked_of: tuple[str, ...] = ()
    running: bool = False
    ratio: tuple[str, str] | None = None
    times: int = 1

    def asks(self, category: str) -> bool:
        return not self.asked_of or category in self.asked_of


@dataclass
class Told:
    """One cell as it should be."""

    value: Fraction | None = None
    is_dash: bool = False
    expected: int = 0
    reported: int = 0
    approved: int = 0
    na: int = 0


@dataclass
class Book:
    """Everything the oracle knows. `places`: org -> (parent, from, to) spans; `ledger`: period -> org -> Entry."""

    rules: dict[str, Rule]
    days: dict[str, date]  # period -> its last day
    places: dict[str, list[tuple[str | None, date, date | None]]] = field(default_factory=dict)
    ledger: dict[str, dict[str, Entry]] = field(default_factory=dict)

    def parent(self, org: str, day: date) -> str | None:
        for parent, start, end in self.places[org]:
            if start <= day and (end is None or day <= end):
                return parent
        return None

    def stands(self, org: str, day: date) -> bool:
        return any(start <= day and (end is None or day <= end) for _parent, start, end in self.places[org])

    def is_below(self, org: str, top: str, day: date) -> bool:
        """At or below."""
        one = org if self.stands(org, day) else None
        while one is not None and one != top:
            one = self.parent(one, day)
        return one == top

    # --- one unit -----------------------------------------------------------------------------------------------------

    def figure(self, rule: Rule, org: str, period: str, basis: str = "submitted") -> Number:
        """What the unit's standing document says for the line: its own value, or that computed from it and from earlier
        documents that count under the basis."""
        entry = self.ledger[period].get(org)
        if entry is None or entry.state not in SENT or entry.figures is None or not rule.asks(entry.category):
            return None
        if rule.of_unit is not None:
            earlier = [self.document(org, one, basis) for one in sorted(self.ledger) if one < period]
            return rule.of_unit([*earlier, self.document(org, period)])
        return _number(entry.figures.get(rule.key))

    def document(self, org: str, period: str, basis: str = "submitted") -> dict[str, Number]:
        """What stands of the unit for the period under the basis; nothing where nothing was sent."""
        entry = self.ledger[period].get(org)
        stands = entry is not None and entry.counts(basis) and entry.figures is not None
        return {key: _number(value) for key, value in entry.figures.items()} if stands else {}

    def part_of_period(self, rule: Rule, org: str, period: str, basis: str = "submitted") -> Number:
        """A running total less that of the period before, where it counts; the year's first period is its own part."""
        total = self.figure(rule, org, period)
        quarter = int(period[-1])
        if total in (None, NA) or quarter == 1:
            return total
        before = f"{period[:-1]}{quarter - 1}"
        was = self.document(org, before, basis).get(rule.key) if before in self.ledger else None
        return None if was in (None, NA) else total - was

    # --- one cell -----------------------------------------------------------------------------------------------------

    def cell(
        self, key: str, periods: list[str], units: Callable[[str, str], bool], basis: str, to_date: bool, is_unit: bool = False
    ) -> Told:
        """The cell of the units for which `units(org, period)` holds, over these periods (in order); `is_unit`: of one unit."""
        rule = self.rules[key]
        if rule.ratio:
            return self._ratio(rule, periods, units, basis)
        figure = self.figure
        if rule.running:
            if to_date or len(periods) > 1:
                return self._running(rule, periods, units, basis, is_unit)
            figure = self.part_of_period
        counted = periods[-1:] if rule.running or rule.over_time == "last" else periods
        cell = self._coverage(lambda org, period, of: figure(rule, org, period, of), rule, counted, units)
        if len(periods) > 1 and rule.over_time == "none":
            cell.is_dash = cell.approved > 0 if basis == "approved" else cell.reported > 0
            return cell
        own: dict[str, list[Fraction]] = {}
        for period in counted:
            for org, entry in self.ledger[period].items():
                value = figure(rule, org, period, basis)
                if units(org, period) and entry.counts(basis) and value not in (None, NA):
                    own.setdefault(org, []).append(value)
        values = [_mean(given) if rule.over_time == "mean" else sum(given) for given in own.values()]
        cell.value = _over_units(rule.over_units, values) if values else None
        return cell

    def _running(self, rule: Rule, periods: list[str], units, basis: str, is_unit: bool) -> Told:
        """What every unit added from period to period since New Year, each where it then stood; of one unit its last total."""
        cell = self._coverage(lambda org, period, of: self.figure(rule, org, period, of), rule, periods[-1:], units)
        steps, last = [], {}
        for period in periods:
            for org, entry in self.ledger[period].items():
                total = self.figure(rule, org, period)
                if not entry.counts(basis) or total in (None, NA):
                    continue
                if units(org, period):
                    steps.append(total - last.get(org, 0))
                last[org] = total
        cell.value = sum(steps, Fraction(0)) if steps else None
        if is_unit and cell.expected + cell.na and self._is_silent(rule, periods[-1], units, basis):
            cell.value = None
        return cell

    def _is_silent(self, rule: Rule, period: str, units, basis: str) -> bool:
        inside = [(org, entry) for org, entry in self.ledger[period].items() if units(org, period)]
        return all(not entry.counts(basis) or self.figure(rule, org, period) in (None, NA) for org, entry in inside)

    def _ratio(self, rule: Rule, periods: list[str], units, basis: str) -> Told:
        """Sum over sum, of the units that gave both; each side over time as it is made."""
        top, bottom = (self.rules[key] for key in rule.ratio)

        def both(org: str, period: str, of: str = basis) -> Number | tuple[Fraction, Fraction]:
            pair = self.figure(top, org, period, of), self.figure(bottom, org, period, of)
            if NA in pair:
                return NA
            return None if None in pair else pair

        counted = periods if top.over_time == "sum" else periods[-1:]
        cell = self._coverage(both, rule, counted, units)
        sums = []
        for side, over_time in enumerate((top.over_time, bottom.over_time)):
            pairs = [
                both(org, period)
                for period in (periods if over_time == "sum" else periods[-1:])
                for org, entry in self.ledger[period].items()
                if units(org, period) and entry.counts(basis)
            ]
            sums.append(
                (sum(pair[side] for pair in pairs if pair not in (None, NA)), any(pair not in (None, NA) for pair in pairs))
            )
        (above, has_any), (below, _has) = sums
        if has_any and below:
            cell.value = Fraction(above * rule.times) / below
        cell.is_dash = has_any and not below
        return cell

    def _coverage(self, figure: Callable[[str, str, str], object], rule: Rule, periods: Iterable[str], units) -> Told:
        """Who should answer, who did, who of them is approved, who answered 不适用: whatever is asked for, under both bases."""
        cell = Told()
        for period in periods:
            for org, entry in self.ledger[period].items():
                if not units(org, period) or entry.state == "exempt" or not rule.asks(entry.category):
                    continue
                answer = figure(org, period, "submitted")
                cell.na += answer == NA
                cell.expected += answer != NA
                cell.reported += answer not in (None, NA)
                cell.approved += entry.state == "approved" and figure(org, period, "approved") not in (None, NA)
        return cell


def _number(value) -> Number:
    return value if value is None or value == NA else Fraction(str(value))


def _mean(values: list[Fraction]) -> Fraction:
    return Fraction(sum(values)) / len(values)


def _over_units(rule: str, values: list[Fraction]) -> Fraction:
    return Fraction({"sum": sum, "mean": _mean, "min": min, "max": max}[rule](values))


def printed(cell: Told, decimals: int, is_of_one: bool = False) -> str:
    """Half up, away from zero at the half; — where it can not be computed or everybody answered 不适用, of one unit its own 不适用; empty
    where nothing was reported."""
    if cell.value is None:
        is_na = cell.na and not cell.expected and not cell.reported
        return "N/A" if is_na and is_of_one else "—" if is_na or cell.is_dash else ""
    scaled = abs(cell.value) * 10**decimals
    whole = int(scaled + Fraction(1, 2))
    sign = "-" if cell.value < 0 and whole else ""
    digits = str(whole).rjust(decimals + 1, "0")
    return sign + (f"{digits[:-decimals]}.{digits[-decimals:]}" if decimals else digits)

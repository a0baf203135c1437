"""The row of each line on a unit's sheet, and the live formulas between its cells. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from indicators.formulas import Reference, parse
from indicators.formulas.in_cells import Addressed, CellFormulaText, NotWritable, answered, written
from indicators.kinds.ratio import PER
from indicators.kinds.registry import kind_of
from indicators.layout import Layout, Line
from submissions.core.year_to_date import adds_up, is_mean
from submissions.filling.sheet import NOTHING

# The columns of a unit's sheet by letter; A holds the keys.
NOW, CHOICE, PREVIOUS, LAST_YEAR, YEAR, NOTE, WARNING = "E", "F", "G", "H", "I", "J", "K"


@dataclass(frozen=True)
class UnitCells:
    """`rows`: figure key -> row. `na`: the word for 不适用 in a cell."""

    layout: Layout
    rows: Mapping[str, int]
    na: str

    def now(self, key: str) -> str:
        return f"{NOW}{self.rows[key]}"

    def cell_of(self, reference: Reference) -> str | None:
        """The cell of a reference of a rule or a formula; an earlier period's only where its cell is exact."""
        line = self.layout.by_key.get(reference.key)
        if line is None or reference.key not in self.rows:
            return None
        row = self.rows[reference.key]
        now = as_number(line, f"{NOW}{row}")
        if not reference.shift:
            return now
        if reference.shift == "ytd":
            return f'IF(ISNUMBER({now}),{YEAR}{row},"")' if adds_up(line) else now
        return None if line.is_computed else as_number(line, f"{PREVIOUS if reference.shift == 'prev' else LAST_YEAR}{row}")

    def formula(self, line: Line) -> str:
        """The formula of a computed line; "" where it needs a figure that is not on the sheet."""
        return self._answer(line, self.cell_of)

    def year(self, line: Line) -> str:
        """The formula of the year to date in the first period of the year; "" if the sheet can not compute it."""
        if kind_of(line).is_divided(line):
            return self._answer(line, self._cell_to_date)
        now = self.now(line.key)
        if kind_of(line).is_word and not adds_up(line):
            return f'IF({now}="","",{now})'
        number = as_number(line, now)
        if number != now:
            return f'IF(ISNUMBER({number}),{number},IF({now}="{self.na}",{now},""))'
        return f'IF(OR(ISNUMBER({now}),{now}="{self.na}"),{now},"{NOTHING if line.is_computed else ""}")'

    def year_onto(self, line: Line) -> str:
        """The same for a line that adds up or is a mean, added to {base}, the sum of the {count} earlier periods; else ""."""
        now = as_number(line, self.now(line.key))
        if kind_of(line).is_divided(line) or not (adds_up(line) or is_mean(line)):
            return ""
        if is_mean(line):
            return f"IF(ISNUMBER({now}),({now}+{{base}})/({{count}}+1),{{base}}/{{count}})"
        return f"IF(ISNUMBER({now}),{now}+{{base}},{{base}})"

    def _cell_to_date(self, reference: Reference) -> str | None:
        line = self.layout.by_key.get(reference.key)
        if line is None or reference.shift or not adds_up(line):
            return self.cell_of(reference)
        return f"{YEAR}{self.rows[reference.key]}" if reference.key in self.rows else None

    def _answer(self, line: Line, cell_of: Addressed) -> str:
        return answer(line, cell_of, self.na)


def as_number(line: Line, cell: str) -> str:
    """A cell with words of its line as the number that each of them means; any other cell unchanged."""
    answers = kind_of(line).answers()
    return f'IF({cell}="{answers[0]}",1,IF({cell}="{answers[1]}",0,IF({cell}="","",{cell})))' if answers else cell


def answer(line: Line, cell_of: Addressed, na: str) -> str:
    """The formula of a computed line over cells; "" where one of them is not on the sheet."""
    try:
        return answered(
            _quotient(line, cell_of, na) if kind_of(line).is_divided(line) else _value(line.formula, cell_of, na), na, NOTHING
        )
    except NotWritable:
        return ""


def _value(text: str, cell_of: Addressed, na: str) -> CellFormulaText:
    tree = parse(text).tree
    value = written(tree, cell_of, na)
    return CellFormulaText(f"IF({value.text},1,0)", value.given, value.na) if tree.is_condition else value


def _quotient(line: Line, cell_of: Addressed, na: str) -> CellFormulaText:
    top, bottom = (written(parse(text).tree, cell_of, na) for text in (line.numerator, line.denominator))
    scale = PER.get(line.unit, 1)
    text = f"{top.text}*{scale}/{bottom.text}" if scale != 1 else f"{top.text}/{bottom.text}"
    return CellFormulaText(text, (*top.given, *bottom.given), (*top.na, *bottom.na))

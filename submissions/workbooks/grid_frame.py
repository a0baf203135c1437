"""The grid of units × indicators without its figures: columns, looks, formulas, validations, notes. Pure.

Rows of the same category and turn have one look: what is asked of them, and whether it can be typed now.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _

from indicators.checks.rules import Rule
from indicators.kinds.registry import kind_of
from indicators.layout import Layout, Line
from indicators.printed.definitions import computation
from spreadsheets.ooxml.addresses import letters_of
from spreadsheets.write.entry_controls import ERROR_TEXT, Filling, Highlight, Limits, Note, Validation
from spreadsheets.write.sheet import Look, Style
from spreadsheets.write.text_metrics import text_width
from submissions.filling.sheet import is_carried, printed_label
from submissions.workbooks import styles
from submissions.workbooks.grid_cells import GridCells, in_row, numbered
from submissions.workbooks.live_rules import LiveRule, fitting, live_rules, rule_sentence
from submissions.workbooks.texts import HEAD_ROWS, prompt_of, wanted_of
from submissions.workbooks.unit_frame import answer_list, computed_note, not_wanted, note, words_of

STUB = 4  # columns before the figures: the hidden key, code, name, state
NAME_WIDTH, WARNING_WIDTH, ROW_HEIGHT = 24.0, 34.0, 19.5
_STUB_WIDTHS = (12.0, 13.0, NAME_WIDTH, 9.5)
_LEAST, _MOST = 9.0, 16.0
_WARNING_TEXT = 3000  # characters of the formula in each row: with a thousand rows 3 MB before packing
_RULE_FORMULA = 255  # characters of a condition that every program takes in a validation or a highlight
_COLOURS = {styles.WRONG: styles.RED, styles.DOUBTFUL: styles.AMBER, styles.NOTICED: styles.BLUE}


@dataclass(frozen=True)
class GridColumn:
    """One line; `formula` has ROW for the number of its row, "" where the sheet computes nothing."""

    line: Line
    number: int  # as the row of numbers has it, from 1
    letter: str
    label: str
    width: float
    formula: str

    @property
    def is_carried(self) -> bool:
        return is_carried(self.line)


@dataclass(frozen=True, eq=False)
class GridFrame:
    columns: tuple[GridColumn, ...]
    rules: tuple[LiveRule, ...]  # those of the ⚠ column
    warning: str  # with ROW for the number of its row
    filling: Filling
    na: str

    @property
    def widths(self) -> tuple[float, ...]:
        return (*_STUB_WIDTHS, *(column.width for column in self.columns), WARNING_WIDTH)

    @property
    def has_sections(self) -> bool:
        return any(column.line.section for column in self.columns)

    @property
    def first_row(self) -> int:
        return first_row(has_sections=self.has_sections)


def first_row(*, has_sections: bool) -> int:
    """The first row of the body, after the sections, the names and their numbers."""
    return HEAD_ROWS + has_sections + 3


@lru_cache(maxsize=16)
def grid_frame(
    layout: Layout, categories: frozenset[str], rules: tuple[Rule, ...], rows: int, before: str, carried: str, language: str,
    *, starts_year: bool,
) -> GridFrame:  # fmt: skip
    """The frame. `rows`: how many units; `before`: title of the sheet of last period's figures; `language`: of its words."""
    asked = tuple(line for line in layout.printed if any(line.asks(category) for category in categories))
    letters = {line.key: letters_of(STUB + number) for number, line in enumerate(asked, 1)}
    cells = GridCells(layout, letters, before, _("N/A"))
    columns = tuple(_column(line, number, cells) for number, line in enumerate(asked, 1))
    numbers = {column.line.key: str(column.number) for column in columns}
    live = live_rules(
        rules, letters, cells.cell_of, cells.na, starts_year=starts_year,
        sentence_of=lambda rule: _rule_sentence(rule, layout, numbers),
    )  # fmt: skip
    warnings = fitting([rule.formula for rule in live], _WARNING_TEXT)
    frame = GridFrame(columns, tuple(live[: len(warnings)]), "&".join(warnings), Filling(), cells.na)
    return GridFrame(columns, frame.rules, frame.warning, _filling(frame, cells, live, rows, carried), cells.na)


def _rule_sentence(rule: Rule, layout: Layout, numbers: Mapping[str, str]) -> str:
    """A rule by the numbers of the columns, [4]≤[1]: a row has no room for names."""
    if rule.key.startswith("divisor:"):
        return rule_sentence(rule, layout)
    return rule.formula.spelled(lambda reference: numbered(reference, numbers)).replace(" ", "")


def grid_look(columns: Sequence[GridColumn], category: str, *, is_open: bool) -> Look:
    stub = (styles.HIDDEN, styles.CODE, styles.NAME, styles.SHORT)
    return Look((*stub, *(_style(column.line, category, is_open) for column in columns), styles.WARNING), ROW_HEIGHT)


def _style(line: Line, category: str, is_open: bool) -> Style:
    if not line.asks(category):
        return styles.NOT_ASKED
    if line.is_computed:
        return styles.computed(line.decimals)
    return styles.INPUT if is_open else styles.held(line.decimals)


def _column(line: Line, number: int, cells: GridCells) -> GridColumn:
    label = printed_label(line)
    width = max(_LEAST, text_width(label) / 4 + 3, text_width(line.unit) + 4)
    formula = cells.formula(line) if line.is_computed and not is_carried(line) else ""
    return GridColumn(line, number, cells.letters[line.key], label, min(width, _MOST), formula)


def _filling(frame: GridFrame, cells: GridCells, live: Sequence[LiveRule], rows: int, carried: str) -> Filling:
    first, last = frame.first_row, frame.first_row + rows - 1
    typed = [column for column in frame.columns if not column.line.is_computed]
    return Filling(
        validations=tuple(_validation(column, cells, live, first, last) for column in typed) if rows else (),
        highlights=tuple(_highlights(typed, cells, live, first, last)) if rows else (),
        notes=tuple(_notes(frame, cells, carried)),
        is_protected=True,
        hidden_columns=(1,),
        hidden_rows=frozenset({1}),
    )


def _validation(column: GridColumn, cells: GridCells, live: Sequence[LiveRule], first: int, last: int) -> Validation:
    line, cell = column.line, f"{column.letter}{first}"
    if kind_of(line).is_word:
        words = (*kind_of(line).answers(), *words_of(line, cells.na))
        return answer_list(line, f"{cell}:{column.letter}{last}", words, with_choice=False)
    wrong, sentences = [not_wanted(line, cell, cells.na)], [_("Wanted: %(what)s.") % {"what": wanted_of(line)}]
    for rule in live:
        broken = in_row(rule.broken, first)
        if line.key in rule.keys and _fits_anywhere(f"NOT(OR({','.join([*wrong, broken])}))"):
            wrong.append(broken)
            sentences.append(rule_sentence(rule.rule, cells.layout))
    return Validation(
        area=f"{cell}:{column.letter}{last}", kind="custom", formula=f"NOT(OR({','.join(wrong)}))", limits=Limits.WARNING,
        prompt_title=column.label, prompt=prompt_of(line, with_choice=False),
        error_title=_("Please check"), error="\n".join(sentences)[:ERROR_TEXT],
    )  # fmt: skip


def _fits_anywhere(condition: str) -> bool:
    """Whether every program accepts the condition in a validation or a highlight.

    It must be short, and only about cells of the same sheet.
    """
    return len(condition) <= _RULE_FORMULA and "!" not in condition


def _highlights(
    typed: Sequence[GridColumn], cells: GridCells, live: Sequence[LiveRule], first: int, last: int
) -> Iterator[Highlight]:
    """Red for cells that would not be read, then every rule in its columns."""
    for column in typed:
        cell = f"{column.letter}{first}"
        yield Highlight(f"{cell}:{column.letter}{last}", not_wanted(column.line, cell, cells.na), *styles.RED)
    for rule in live:
        broken = in_row(rule.broken, first)
        if _fits_anywhere(broken):
            letters = [cells.letters[key] for key in rule.keys]
            area = " ".join(f"{letter}{first}:{letter}{last}" for letter in letters)
            yield Highlight(area, broken, *_COLOURS[rule.sign])


def _notes(frame: GridFrame, cells: GridCells, carried: str) -> Iterator[Note]:
    names = {line.code: line.name for line in cells.layout.lines if not line.item}
    row = frame.first_row - 2
    for column in frame.columns:
        texts = [column.line.definition, computation(column.line, names)]
        if column.line.is_computed:
            texts.append(carried if column.is_carried else computed_note(has_formula=bool(column.formula)))
        text = "\n".join(filter(None, texts))
        if text:
            yield note(f"{column.letter}{row}", text)

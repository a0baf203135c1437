"""A unit's sheet without its figures: rows, looks, formulas, drop-downs, notes; one for all units of a category. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _

from indicators.checks.rules import Rule
from indicators.kinds.registry import kind_of
from indicators.layout import Layout, Line
from indicators.printed.definitions import computation
from spreadsheets.write.entry_controls import ERROR_TEXT, FORMULA_TEXT, Filling, Limits, Note, Validation
from spreadsheets.write.sheet import Look, Style
from spreadsheets.write.text_metrics import line_count, row_height
from submissions.filling.sheet import is_carried, level_of, printed_label
from submissions.workbooks import styles as looks
from submissions.workbooks.live_rules import LiveRule, fitting, live_rules, quoted, rule_sentence, warn
from submissions.workbooks.stamps import CLEAR_TOKENS
from submissions.workbooks.texts import HEAD_ROWS, prompt_of, wanted_of
from submissions.workbooks.unit_cells import CHOICE, NOW, WARNING, UnitCells

WIDTHS = (12.0, 11.0, 40.0, 9.0, 13.0, 8.5, 11.5, 11.5, 11.5, 16.0, 42.0)
FIRST_ROW = HEAD_ROWS + 3  # after the heads and their letters
_ROW_HEIGHT = 19.5
_DV_FORMULA = 255  # characters of a validation's formula that every program takes
_NOTE_WIDTH, _NOTE_PLACES = 270, 44  # of a box in points, and how many half-width places a line of it has


@dataclass(frozen=True)
class FrameLine:
    """One line. `formula`, `year`, `year_onto` (which has {base} and {count} to be filled in) are "" where the sheet computes nothing."""

    line: Line
    row: int
    section: str  # heads the row where it begins a section
    label: str
    look: str
    height: float | None
    is_carried: bool
    formula: str
    year: str
    year_onto: str
    rules: tuple[LiveRule, ...]
    warning: str


@dataclass(frozen=True, eq=False)
class UnitFrame:
    lines: tuple[FrameLine, ...]
    looks: dict[str, Look]
    filling: Filling
    na: str


@lru_cache(maxsize=64)
def unit_frame(
    layout: Layout, category: str, rules: tuple[Rule, ...], carried: str, language: str, *, is_open: bool, starts_year: bool
) -> UnitFrame:
    """The frame. `carried`: the note on a prefilled opening stock; `language`: of its words."""
    asked = tuple(line for line in layout.printed if line.asks(category))
    na = _("N/A")
    cells = UnitCells(layout, _rows(asked), na)
    live = live_rules(rules, cells.rows, cells.cell_of, na, lambda rule: rule_sentence(rule, layout), starts_year=starts_year)
    lines = tuple(_lines(asked, cells, live, is_open=is_open))
    return UnitFrame(lines, _looks(lines), _filling(lines, cells, carried, is_open=is_open), na)


def _rows(asked: Sequence[Line]) -> dict[str, int]:
    rows, row, section = {}, FIRST_ROW, None
    for line in asked:
        row += bool(line.section and line.section != section)
        section = line.section
        rows[line.key] = row
        row += 1
    return rows


def _lines(asked: Sequence[Line], cells: UnitCells, live: Sequence[LiveRule], *, is_open: bool) -> Iterator[FrameLine]:
    section = None
    for line in asked:
        own = tuple(rule for rule in live if line.key in rule.keys)
        warnings = fitting([*_unread(line, cells), *(rule.formula for rule in own)], FORMULA_TEXT)
        level, label = (
            level_of(line, cells.layout),
            printed_label(line) + ("＊" if line.required and not line.is_computed else ""),
        )
        kind = "computed" if line.is_computed else "typed" if is_open else "closed"
        needed = line_count(label, WIDTHS[2] - 1.5 * level, looks.NAME.size)
        yield FrameLine(
            line=line, row=cells.rows[line.key], section=line.section if line.section != section else "", label=label,
            look=f"{kind}/{line.decimals}/{level}", is_carried=is_carried(line),
            height=row_height(needed, looks.NAME.size) if needed > 1 else None,
            formula=cells.formula(line) if line.is_computed and not is_carried(line) else "", year=cells.year(line),
            year_onto=cells.year_onto(line), rules=own[: len(warnings) - len(_unread(line, cells))], warning="&".join(warnings),
        )  # fmt: skip
        section = line.section


def _unread(line: Line, cells: UnitCells) -> list[str]:
    """Warnings at a cell that would not be read."""
    if line.is_computed:
        return []
    now, choice = f"{NOW}{cells.rows[line.key]}", f"{CHOICE}{cells.rows[line.key]}"
    wanted, twice = _("Wanted: %(what)s.") % {"what": wanted_of(line)}, _("Filled in twice: clear one of the two.")
    return [
        warn(not_wanted(line, now, cells.na), f"{looks.WRONG} {wanted}"),
        warn(f'AND({now}<>"",{choice}<>"",{now}<>{choice})', f"{looks.WRONG} {twice}"),
    ]


def not_wanted(line: Line, cell: str, na: str) -> str:
    """TRUE for a filled cell that holds neither an allowed number nor an allowed word."""
    words = [f'{cell}<>""', *(f"{cell}<>{quoted(word)}" for word in (*kind_of(line).answers(), *words_of(line, na)))]
    number = f"{cell}<>ROUND({cell},{line.decimals})"
    if kind_of(line).is_word:
        number = f"AND({cell}<>1,{cell}<>0)"
    elif not line.negative_allowed:
        number = f"OR({cell}<0,{number})"
    return f"IF(ISNUMBER({cell}),{number},AND({','.join(words)}))"


def words_of(line: Line, na: str) -> tuple[str, ...]:
    """The words that may be chosen instead of a number."""
    return (na, CLEAR_TOKENS[0]) if line.na_allowed else (CLEAR_TOKENS[0],)


def _looks(lines: Sequence[FrameLine]) -> dict[str, Look]:
    width = len(WIDTHS)
    found = {"section": Look((looks.HIDDEN, *(looks.SECTION,) * (width - 1)), 21, ((2, width),))}
    for one in lines:
        kind, decimals, level = one.look.split("/")
        found.setdefault(one.look, Look(_styles(kind, int(decimals), int(level)), _ROW_HEIGHT))
    return found


def _styles(kind: str, decimals: int, level: int) -> tuple[Style, ...]:
    beside = looks.earlier(decimals)
    now = {"typed": looks.INPUT, "closed": looks.held(decimals), "computed": looks.computed(decimals)}[kind]
    choice = looks.CHOOSE if kind == "typed" else looks.computed(0) if kind == "computed" else looks.SHORT
    stub = (looks.HIDDEN, looks.CODE, looks.name(level), looks.SHORT)
    return (*stub, now, choice, beside, beside, looks.computed(decimals), looks.REMARK, looks.WARNING)


def _filling(lines: Sequence[FrameLine], cells: UnitCells, carried: str, *, is_open: bool) -> Filling:
    typed = [one for one in lines if not one.line.is_computed] if is_open else []
    area = f"{NOW}{FIRST_ROW}:{NOW}{lines[-1].row}" if lines else ""
    return Filling(
        validations=(*_numbers(typed, cells), *_choices(typed, cells)),
        highlights=looks.highlights(area, f"${WARNING}{FIRST_ROW}") if area else (),
        notes=tuple(_notes(lines, cells, carried)),
        is_protected=True,
        hidden_columns=(1,),
        hidden_rows=frozenset({1}),
        start=f"{NOW}{typed[0].row}" if typed else "",
    )


def _numbers(typed: Sequence[FrameLine], cells: UnitCells) -> Iterator[Validation]:
    """The allowed numbers of the line and, if it is short enough for a validation, what its rules say. It only warns."""
    for one in typed:
        cell = f"{NOW}{one.row}"
        if kind_of(one.line).is_word:
            yield answer_list(one.line, cell, kind_of(one.line).answers(), with_choice=True)
            continue
        wrong, sentences = [not_wanted(one.line, cell, cells.na)], [_("Wanted: %(what)s.") % {"what": wanted_of(one.line)}]
        for rule in one.rules:
            if len(_held([*wrong, rule.broken])) <= _DV_FORMULA:
                wrong.append(rule.broken)
                sentences.append(rule.sentence)
        yield Validation(
            area=cell, kind="custom", formula=_held(wrong), limits=Limits.WARNING,
            prompt_title=one.line.label, prompt=prompt_of(one.line, with_choice=True),
            error_title=_("Please check"), error="\n".join(sentences)[:ERROR_TEXT],
        )  # fmt: skip


def answer_list(line: Line, area: str, words: Sequence[str], *, with_choice: bool) -> Validation:
    """A drop-down of the words that the line accepts. It only warns: a 1 typed from habit is read too."""
    return Validation(
        area, "list", quoted(",".join(words)), Limits.WARNING,
        prompt_title=printed_label(line), prompt=prompt_of(line, with_choice=with_choice),
        error_title=_("Please check"), error=_("Choose one of these: %(words)s.") % {"words": ",".join(words)},
    )  # fmt: skip


def _held(wrong: Sequence[str]) -> str:
    return f"NOT(OR({','.join(wrong)}))"


def _choices(typed: Sequence[FrameLine], cells: UnitCells) -> Iterator[Validation]:
    for with_na in (True, False):
        rows = [one for one in typed if one.line.na_allowed is with_na]
        if rows:
            words = ",".join(words_of(rows[0].line, cells.na))
            area = " ".join(f"{CHOICE}{one.row}" for one in rows)
            yield Validation(
                area, "list", quoted(words), Limits.STOP,
                error_title=_("Please check"), error=_("Choose one of these: %(words)s.") % {"words": words},
            )  # fmt: skip


def _notes(lines: Sequence[FrameLine], cells: UnitCells, carried: str) -> Iterator[Note]:
    names = {line.code: line.name for line in cells.layout.lines if not line.item}
    for one in lines:
        text = "\n".join(filter(None, (one.line.definition, computation(one.line, names))))
        if text:
            yield note(f"C{one.row}", text)
        if one.is_carried:
            yield note(f"{NOW}{one.row}", carried)
        elif one.line.is_computed:
            yield note(f"{NOW}{one.row}", computed_note(has_formula=bool(one.formula)))


def computed_note(*, has_formula: bool) -> str:
    if has_formula:
        return _("Computed from the cells of this sheet; nothing need be typed.")
    return _("Computed by the system when the form comes back; nothing need be typed.")


def note(cell: str, text: str) -> Note:
    """A box with room for the text, up to a limit; longer texts are read on the sheet of definitions too."""
    lines = line_count(text, _NOTE_PLACES, 10)
    return Note(cell, text, _NOTE_WIDTH, min(max(18 + 15 * lines, 40), 320))

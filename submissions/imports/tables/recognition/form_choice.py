"""Chooses the open task of a workbook by the names of the form's lines in it and the period that it states."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from orgs.names.name_similarity import Match, folded
from orgs.names.unit_heads import UnitHead, unit_head
from spreadsheets.read.workbook import Content, ReadSheet, ReadWorkbook
from submissions.imports.tables.geometry.cells import SheetCells
from submissions.imports.tables.geometry.stated_periods import (
    contradicts,
    periods_of_name,
    split_period,
    stated_periods,
)
from submissions.imports.tables.geometry.words import is_period_head, looks_like_figure, timing_of
from submissions.imports.tables.heads.head_matcher import LONGEST_HEAD, key_of_head, sure
from submissions.imports.tables.match_targets import AskedTask
from submissions.imports.tables.table_report import LINE

_LIKELY, _TITLE_ROWS, _MOST_TEXTS = 0.25, 12, 4000
_APART = "|"  # between texts that are looked at together; a line end would let two numbers run into one


@dataclass(frozen=True)
class ChosenForm:
    """The task, or why there is none; `choices`: ids of tasks from which a person may choose."""

    task: AskedTask | None
    refused: str = ""
    choices: tuple[int, ...] = ()


def choose_task(read: ReadWorkbook, name: str, tasks: Sequence[AskedTask]) -> ChosenForm:
    """Chooses the task.

    `tasks`: only one if a person named it. `name`: of the file; it decides no period, but may support one.
    """
    texts = _texts(read)
    scored = [(score, task) for task in tasks if (score := _score(texts, task)) > 0]
    if not scored:
        return ChosenForm(None, nothing_known(read, tasks))
    fitting = [(score, task) for score, task in scored if not contradiction(read, task)]
    if not fitting:
        score, task = max(scored, key=lambda pair: pair[0])
        return ChosenForm(None, wrong_period(contradiction(read, task), task))
    best = max(score for score, _task in fitting)
    likeliest = [task for score, task in fitting if score == best]
    likeliest = [task for task in likeliest if _states(read, task)] or likeliest
    likeliest = [task for task in likeliest if _supports(name, task)] or likeliest
    if len(likeliest) > 1:
        named = "、".join(f"{task.form_title} {task.period.label}" for task in likeliest[:5])
        sentence = _("The table fits several open tasks (%(tasks)s). Say which one it is for.") % {"tasks": named}
        return ChosenForm(None, sentence, tuple(task.id for task in likeliest))
    return ChosenForm(likeliest[0])


def contradiction(read: ReadWorkbook, task: AskedTask) -> str:
    """The period that every sheet states and that is not the task's; "" for none."""
    periods = [contradicts_sheet(sheet, task) for sheet in visible(read) if sheet.cells]
    return periods[0] if periods and all(periods) else ""


def contradicts_sheet(sheet: ReadSheet, task: AskedTask) -> str:
    """The period in the sheet's title or title rows; "" if it is the task's or there is none."""
    return contradicts(_APART.join((sheet.title, *title_texts(sheet))), task.period)


def visible(read: ReadWorkbook) -> list[ReadSheet]:
    return [sheet for sheet in read.sheets if sheet.state == "visible"]


def _states(read: ReadWorkbook, task: AskedTask) -> bool:
    texts = (text for sheet in visible(read) for text in (sheet.title, *title_texts(sheet)))
    return any(stated.fits(task.period) for text in texts for stated in stated_periods(text))


def _supports(name: str, task: AskedTask) -> bool:
    return any(stated.fits(task.period) for stated in periods_of_name(name))


def title_texts(sheet: ReadSheet) -> list[str]:
    """Texts alone in their row above the table."""
    rows = SheetCells(sheet, turned=False).rows
    found = []
    for row in sorted(rows)[:_TITLE_ROWS]:
        texts = [sheet.cells[row, column].text for column in rows[row]]
        if len(texts) > 3 or _is_row_of_heads(texts) or _heads_columns(texts):
            break
        found += [text for text in texts if not looks_like_figure(text)]
    return found


def _heads_columns(texts: Sequence[str]) -> bool:
    """Whether the texts are heads of columns, such as 村名 beside 统计期: rows of a table follow."""
    kinds = [unit_head(text) in (UnitHead.OWN, UnitHead.CODE) or is_period_head(text) for text in texts]
    return len(texts) > 1 and any(kinds) and not any(":" in folded(text) for text in texts)


def _is_row_of_heads(texts: Sequence[str]) -> bool:
    """Whether the texts are a row of heads: 三季度 beside 二季度 are heads of columns.

    Beside 填报单位： it is the table's period.
    """
    are_periods = [any(len(folded(text)) <= len(stated.text) + 2 for stated in stated_periods(text)) for text in texts]
    is_labelled = any(":" in folded(text) for text in texts)
    return len(texts) > 1 and not is_labelled and (any(are_periods) or any(timing_of(text) for text in texts))


def _score(texts: Sequence[str], task: AskedTask) -> float:
    """The number of lines of the form that the file names; those only similar count a little."""
    found: dict[str, float] = {}
    for text in texts:
        match = _match(text, task)
        if not match.target and match.why:
            found[text] = _LIKELY  # a line in another unit of measure: the difference is reported at its head
        elif match.target:
            found[match.target] = max(found.get(match.target, 0.0), 1.0 if match.is_sure else _LIKELY)
    return sum(found.values())


def _match(text: str, task: AskedTask) -> Match:
    """The match with or without a period before or after the name (2026年受理件数); else by an answer about an earlier file."""
    whole = task.names.match(text)
    rest, _timing, is_split = split_period(text, task.period)
    found = task.names.match(rest) if is_split and not whole.is_sure else whole
    means = "" if found.is_sure else task.remembered.get(key_of_head([text]), "")
    return sure(means.removeprefix(LINE), "") if means.startswith(LINE) else found


def _texts(read: ReadWorkbook) -> list[str]:
    found: dict[str, None] = {}
    for sheet in visible(read):
        for _spot, text in SheetCells(sheet, turned=False).own_words():
            if len(text) <= LONGEST_HEAD and not looks_like_figure(text):
                found[text] = None
            if len(found) >= _MOST_TEXTS:
                return list(found)
    return list(found)


def nothing_known(read: ReadWorkbook, tasks: Sequence[AskedTask]) -> str:
    """The sentence if no head names a line of any of the tasks; if there is no table at all, the sentence about that."""
    if not tasks:
        return _("There is no open task that you fill in. Ask the county whether the task was opened.")
    if sentence := _no_table(read):
        return sentence
    sentence = _(
        "No head of the table names a line of the form. Write the names or codes of the indicators as the form has them, or "
        "download the form and fill it in."
    )
    cells = (cell for sheet in visible(read) for cell in sheet.cells.values())
    if all(cell.content == Content.TEXT and not looks_like_figure(cell.text) for cell in cells):
        sentence = _("The workbook holds no figure, only texts.") + " " + sentence
    return sentence


def _no_table(read: ReadWorkbook) -> str:
    """Why the workbook has no table: it is empty, everything is hidden, or it has only one column; "" if it has one."""
    cells = [(place, cell) for sheet in visible(read) for place, cell in sheet.cells.items() if cell.text.strip()]
    if not cells and any(sheet.cells for sheet in read.sheets):
        return _(
            "Only hidden sheets of the workbook hold something. Show the sheet with the table, save it and put it in again."
        )
    if not cells:
        return _(
            "The workbook is empty: no cell of it holds anything, and pictures are not read. Write the table into cells, save it and "
            "put it in again."
        )
    is_read = any(cell.content != Content.TEXT or looks_like_figure(cell.text) for _place, cell in cells)
    if is_read and len({place[1] for place, _cell in cells}) == 1:
        return _(
            "Only one column of the workbook holds something. A table needs a head that names a line of the form, and beside the "
            "figures whose they are."
        )
    return ""


def wrong_period(period_text: str, task: AskedTask) -> str:
    """The given and the expected period; `period_text` is the period as written in the file."""
    words = {"said": period_text, "form": task.form_title, "period": task.period.label}
    return (
        _(
            "The file says “%(said)s”, but “%(form)s” is being filled in for %(period)s. Correct the period in the file, or put in "
            "the file of that period."
        )
        % words
    )

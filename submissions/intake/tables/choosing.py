"""For which of the open tasks a workbook is: by the names of the form's lines in it, and by the period that it states."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from orgs.likeness import Match, folded
from orgs.unit_heads import UnitHead, unit_head
from spreadsheets.reading.workbook import ReadSheet, ReadWorkbook
from submissions.intake.tables.asking import AskedTask
from submissions.intake.tables.cells import SheetCells
from submissions.intake.tables.head_matcher import LONGEST_HEAD, key_of_head, sure
from submissions.intake.tables.stated_periods import contradicts, split_period, stated_periods
from submissions.intake.tables.told import LINE
from submissions.intake.tables.words import is_period_head, looks_like_figure, timing_of

_LIKELY, _TITLE_ROWS, _MOST_TEXTS = 0.25, 12, 4000


@dataclass(frozen=True)
class Chosen:
    """The task, or why there is none; `choices`: ids of tasks of which a person may say one."""

    task: AskedTask | None
    refused: str = ""
    choices: tuple[int, ...] = ()


def choose_task(read: ReadWorkbook, name: str, tasks: Sequence[AskedTask]) -> Chosen:
    """`tasks`: one where it was said what the file is for."""
    texts = _texts(read)
    scored = [(score, task) for task in tasks if (score := _score(texts, task)) > 0]
    if not scored:
        return Chosen(None, nothing_known(tasks))
    fitting = [(score, task) for score, task in scored if not contradiction(read, name, task)]
    if not fitting:
        score, task = max(scored, key=lambda pair: pair[0])
        return Chosen(None, wrong_period(contradiction(read, name, task), task))
    best = max(score for score, _task in fitting)
    likeliest = [task for score, task in fitting if score == best]
    stated = [task for task in likeliest if _states(read, name, task)]
    likeliest = stated or likeliest
    if len(likeliest) > 1:
        named = "、".join(f"{task.form_title} {task.period.label}" for task in likeliest[:5])
        said = _("The table fits several open tasks (%(tasks)s). Say which one it is for.") % {"tasks": named}
        return Chosen(None, said, tuple(task.id for task in likeliest))
    return Chosen(likeliest[0])


def contradiction(read: ReadWorkbook, name: str, task: AskedTask) -> str:
    """The period that the file's name, or every sheet, states and that is not the task's; "" for none."""
    if said := contradicts(name, task.period):
        return said
    told = [contradicts_sheet(sheet, task) for sheet in visible(read) if sheet.cells]
    return told[0] if told and all(told) else ""


def contradicts_sheet(sheet: ReadSheet, task: AskedTask) -> str:
    """The period that the sheet's title or its title rows state; "" where it is the task's or none."""
    return contradicts("\n".join((sheet.title, *_titles(sheet))), task.period)


def visible(read: ReadWorkbook) -> list[ReadSheet]:
    return [sheet for sheet in read.sheets if sheet.state == "visible"]


def _states(read: ReadWorkbook, name: str, task: AskedTask) -> bool:
    texts = (name, *(text for sheet in visible(read) for text in (sheet.title, *_titles(sheet))))
    return any(stated.fits(task.period) for text in texts for stated in stated_periods(text))


def _titles(sheet: ReadSheet) -> list[str]:
    """Texts that stand alone in their row above the table."""
    rows = SheetCells(sheet, turned=False).rows
    found = []
    for row in sorted(rows)[:_TITLE_ROWS]:
        texts = [sheet.cells[row, column].text for column in rows[row]]
        if len(texts) > 3 or _is_row_of_heads(texts) or _heads_columns(texts):
            break
        found += [text for text in texts if not looks_like_figure(text)]
    return found


def _heads_columns(texts: Sequence[str]) -> bool:
    """村名 beside 统计期: what follows are rows of a table."""
    kinds = [unit_head(text) in (UnitHead.OWN, UnitHead.CODE) or is_period_head(text) for text in texts]
    return len(texts) > 1 and any(kinds) and not any(":" in folded(text) for text in texts)


def _is_row_of_heads(texts: Sequence[str]) -> bool:
    """三季度 beside 二季度 are heads of columns; beside 填报单位： it is the table's period."""
    are_periods = [any(len(folded(text)) <= len(stated.text) + 2 for stated in stated_periods(text)) for text in texts]
    is_labelled = any(":" in folded(text) for text in texts)
    return len(texts) > 1 and not is_labelled and (any(are_periods) or any(timing_of(text) for text in texts))


def _score(texts: Sequence[str], task: AskedTask) -> float:
    """How many lines of the form the file names; those only similar count a little."""
    found: dict[str, float] = {}
    for text in texts:
        match = _match(text, task)
        if not match.target and match.why:
            found[text] = _LIKELY  # a line in another unit of measure: what stands in the way is said at its head
        elif match.target:
            found[match.target] = max(found.get(match.target, 0.0), 1.0 if match.is_sure else _LIKELY)
    return sum(found.values())


def _match(text: str, task: AskedTask) -> Match:
    """With or without a period before or behind the name (2026年受理件数); else as an earlier file was answered."""
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


def nothing_known(tasks: Sequence[AskedTask]) -> str:
    """What is said where no head names a line of any of the tasks."""
    if not tasks:
        return _("There is no open task that you fill in. Ask the county whether the task was opened.")
    return _(
        "No head of the table names a line of the form. Write the names or codes of the indicators as the form has them, or "
        "download the form and fill it in."
    )


def wrong_period(said: str, task: AskedTask) -> str:
    """What came and what was expected; `said` is the period as the file states it."""
    words = {"said": said, "form": task.form_title, "period": task.period.label}
    return (
        _(
            "The file says “%(said)s”, but “%(form)s” is being filled in for %(period)s. Correct the period in the file, or put in "
            "the file of that period."
        )
        % words
    )

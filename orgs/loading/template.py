"""Makes the empty workbook of a loader: a sheet to fill, with heads and drop-downs, and a sheet that explains the columns."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from orgs.loading.columns import Holds, LoaderColumn
from spreadsheets.ooxml.addresses import letters_of
from spreadsheets.write.entry_controls import Filling, Limits, Validation
from spreadsheets.write.sheet import Block, BodyRow, Look, Paper, Properties, Sheet, Style
from spreadsheets.write.workbook_writer import workbook_bytes

ROWS = 1000  # prepared for typing: as text, so that codes keep their zeros and periods stay what they are
_HEAD = Style(bold=True, wrap=True, lines=True, fill="F2F2F2")
_NEEDED = replace(_HEAD, fill="FFF6DA")
_CELL = Style(horizontal="left", lines=True, number_format="@")
_NUMBER = replace(_CELL, number_format="General")
_EXPLANATION = Style(horizontal="left", vertical="top", wrap=True, lines=True)
_TITLE = Style(size=14, bold=True, horizontal="left")
_WIDTHS = (18.0, 18.0, 8.0, 60.0, 26.0)  # of the sheet that explains; the lists of choices are to its right
_FIRST = 3  # its first row of a column


def template_workbook(title: str, columns: Sequence[LoaderColumn], *, made_at: datetime) -> bytes:
    """The workbook as bytes, in the reader's language. It has no data rows until somebody fills it."""
    guide = _("How to fill it")
    sheets = [_sheet_to_fill(title, columns, guide), _guide(guide, title, columns)]
    return workbook_bytes(sheets, Properties(title, "", made_at))


def _sheet_to_fill(title: str, columns: Sequence[LoaderColumn], guide: str) -> Sheet:
    head = tuple(
        Block(1, place, str(column.label), _NEEDED if column.is_required else _HEAD) for place, column in enumerate(columns, 1)
    )
    look = Look(tuple(_NUMBER if column.holds == Holds.NUMBER else _CELL for column in columns))
    nothing = (None,) * len(columns)
    return Sheet(
        title=title,
        widths=tuple(_width(column) for column in columns),
        head=head,
        heights={1: 30.0},
        looks={"row": look},
        body=(BodyRow("row", nothing) for _number in range(ROWS)),
        freeze=(1, 0),
        paper=Paper(repeat_rows=(1, 1)),
        filling=Filling(validations=_validations(columns, guide), start="A2"),
    )


def _width(column: LoaderColumn) -> float:
    return {Holds.FLAG: 10.0, Holds.NUMBER: 10.0, Holds.DAY: 14.0, Holds.CODE: 18.0, Holds.PERIOD: 18.0}.get(column.holds, 22.0)


def _validations(columns: Sequence[LoaderColumn], guide: str) -> tuple[Validation, ...]:
    """A note at every column, and a drop-down where its words are known; other words that the loader knows are accepted."""
    made = []
    with_lists = _columns_with_lists(columns)
    for place, column in enumerate(columns, 1):
        letter = letters_of(place)
        formula = f"LEN({letter}2)>=0"
        kind = "custom"
        if column in with_lists:
            at = letters_of(len(_WIDTHS) + 1 + with_lists.index(column))
            formula, kind = f"'{guide}'!${at}${_FIRST}:${at}${_FIRST + len(_listed(column)) - 1}", "list"
        prompt = "\n".join(filter(None, (_shape(column), str(column.note))))
        made.append(
            Validation(
                f"{letter}2:{letter}{ROWS + 1}", kind, formula, Limits.OPEN, prompt_title=str(column.label), prompt=prompt
            )
        )
    return tuple(made)


def _columns_with_lists(columns: Sequence[LoaderColumn]) -> list[LoaderColumn]:
    return [column for column in columns if _listed(column)]


def _listed(column: LoaderColumn) -> list[str]:
    if column.holds == Holds.FLAG:
        return [_("yes"), _("no")]
    return column.words.labels if column.words else []


def _guide(guide: str, title: str, columns: Sequence[LoaderColumn]) -> Sheet:
    """A row per column: its name in either language, whether it is required, its content, an example."""
    with_lists = _columns_with_lists(columns)
    heads = (_("Column"), _("Name in English files"), _("Needed"), _("What it holds"), _("Example"))
    names = [*heads, *(str(column.label) for column in with_lists)]
    lists = [_listed(column) for column in with_lists]
    rows = max([len(columns), *map(len, lists)])
    return Sheet(
        title=guide,
        widths=(*_WIDTHS, *(24.0 for _column in with_lists)),
        head=(
            Block(1, 1, _("%(title)s: fill the first sheet; this one is not read.") % {"title": title}, _TITLE),
            *(Block(_FIRST - 1, place, name, _HEAD) for place, name in enumerate(names, 1)),
        ),
        heights={1: 24.0},
        looks={"row": Look((_EXPLANATION,) * len(names))},
        body=(BodyRow("row", (*_column_cells(columns, row), *(_at(words, row) for words in lists))) for row in range(rows)),
        freeze=(_FIRST - 1, 0),
    )


def _column_cells(columns: Sequence[LoaderColumn], row: int) -> tuple[str | None, ...]:
    if row >= len(columns):
        return (None,) * len(_WIDTHS)
    column = columns[row]
    explanation = " ".join(filter(None, (_shape(column), str(column.note))))
    return str(column.label), column.name, _("yes") if column.is_required else None, explanation or None, column.example or None


def _at(words: list[str], row: int) -> str | None:
    return words[row] if row < len(words) else None


def _shape(column: LoaderColumn) -> str:
    """How to write a cell of the column: a day, one of a list, a number …"""
    return {
        Holds.CODE: _("A code as text, with its leading zeros."),
        Holds.CHOICE: _("Choose one of the list."),
        Holds.CHOICES: _("One or more of the list, parted by “;”."),
        Holds.FLAG: _("Yes or no."),
        Holds.NUMBER: _("A whole number."),
        Holds.DAY: _("A day: 2026-09-30."),
        Holds.PERIOD: _("A period: 2026Q3, 2026-09, 2026 or 2026年第三季度."),
    }.get(column.holds, "")

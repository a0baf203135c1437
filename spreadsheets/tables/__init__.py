"""Reads a .csv or .xlsx file with a head row into rows with their addresses."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from spreadsheets import limits
from spreadsheets.messages import gettext_noop, say
from spreadsheets.tables.csv_rows import csv_rows
from spreadsheets.tables.problems import Problems, TableProblems, refuse
from spreadsheets.tables.workbook_rows import NumberedRow, is_workbook, workbook_rows

__all__ = ["Problems", "Table", "TableProblems", "TableRow", "read_table"]


class TableRow:
    """One row: `row["column"]` is its text, stripped, and "" where the cell is empty or the column missing."""

    __slots__ = ("_absent", "_numbers", "_places", "_texts", "number")

    def __init__(
        self,
        number: int,
        texts: tuple[str, ...],
        places: Mapping[str, int],
        absent: Mapping[str, str] | None = None,
        numbers: frozenset[int] = frozenset(),
    ):
        self.number = number  # as an Excel user sees it: the head is row 1
        self._texts = texts
        self._places = places
        self._absent = absent or {}
        self._numbers = numbers  # places of the cells that hold numbers

    def __getitem__(self, column: str) -> str:
        place = self._places.get(column)
        if place is None:
            return self._absent.get(column, "")
        return "" if place >= len(self._texts) else self._texts[place]

    def is_number(self, column: str) -> bool:
        """Whether the cell of a workbook holds a number, which keeps no leading zero. Always false for a text file."""
        return self._places.get(column) in self._numbers

    def under(self, places: Mapping[str, int]) -> "TableRow":
        """The same row with other names for its columns."""
        return TableRow(self.number, self._texts, places, numbers=self._numbers)

    def beside(self, absent: Mapping[str, str]) -> "TableRow":
        """The same row, with these texts for the columns that the file does not have."""
        return TableRow(self.number, self._texts, self._places, absent, self._numbers)


@dataclass(frozen=True)
class Table:
    """A file's head and its non-empty rows. `heads`: column -> its head in the file, where that differs."""

    name: str
    columns: tuple[str, ...]
    rows: list[TableRow]
    places: Mapping[str, int]
    heads: Mapping[str, str] = field(default_factory=dict)

    def __iter__(self) -> Iterator[TableRow]:
        return iter(self.rows)

    def named(self, names: Mapping[str, str]) -> "Table":
        """The same table with other names for its columns: head -> name."""
        places = {names[head]: place for head, place in self.places.items()}
        heads = {name: head for head, name in names.items()}
        return Table(self.name, tuple(places), [row.under(places) for row in self.rows], places, heads)

    def problems(self) -> Problems:
        """A collector for the problems of this table; columns are named as in the file."""
        return Problems(self.name, self.heads)


def read_table(source: str | Path | bytes, name: str = "") -> Table:
    """A path or a file's bytes -> Table. Raises TableProblems with sentences that name the file, the row and what to do.

    `name` is the file's name in the sentences (default: the path). Text is UTF-8, GB18030 or UTF-16, separated by commas or
    tabs; of a workbook the first visible sheet is read. The size is checked before parsing.
    """
    name = name or ("" if isinstance(source, bytes) else str(source))
    content = _content(source, name)
    if len(content) > limits.FILE_BYTES:
        raise refuse(name, say(TOO_LARGE, limit=limits.FILE_BYTES // limits.MEBIBYTE))
    if is_workbook(content):
        return _table(name, workbook_rows(content, name))
    return _table(name, ((number, texts, frozenset()) for number, texts in csv_rows(content, name)))


def _content(source: str | Path | bytes, name: str) -> bytes:
    if isinstance(source, bytes):
        return source
    try:
        with Path(source).open("rb") as file:
            return file.read(limits.FILE_BYTES + 1)
    except OSError as error:
        raise refuse(name, say(UNREADABLE, reason=error.strerror)) from error


def _table(name: str, numbered: Iterator[NumberedRow]) -> Table:
    """Head and rows; empty rows are left out, their numbers are kept."""
    head_number, head, _numbers = next(numbered, (0, (), frozenset()))
    if head_number != 1 or not any(head):
        raise refuse(name, say(NO_HEAD), 1)
    columns = _columns(name, head)
    places = {column: place for place, column in enumerate(columns) if column}
    problems, rows = Problems(name), []
    for number, texts, numbers in numbered:
        if not rows and len(columns) == 1 < sum(map(bool, texts)):
            raise refuse(name, say(TITLE, text=columns[0][:40]), 1)
        if number > limits.TABLE_ROWS:
            raise refuse(name, say(TOO_MANY_ROWS, limit=limits.TABLE_ROWS), number)
        if any(texts):
            rows.append(TableRow(number, texts, places, numbers=numbers))
            _name_strays(problems, number, texts, columns)
    problems.raise_if_any()
    return Table(name, tuple(places), rows, places)


def _columns(name: str, head: tuple[str, ...]) -> tuple[str, ...]:
    """The head without empty columns at its end; a head that comes twice is refused."""
    width = max(place for place, column in enumerate(head, 1) if column)
    problems, seen = Problems(name), set()
    if width == 1 and ";" in head[0]:
        problems.add(1, "", say(OTHER_DELIMITER))
    if width > limits.TABLE_COLUMNS:
        problems.add(1, "", say(TOO_MANY_COLUMNS, limit=limits.TABLE_COLUMNS))
    for column in filter(None, head):
        if column in seen:
            problems.add(1, column, say(TWICE))
        seen.add(column)
    problems.raise_if_any()
    return head[:width]


def _name_strays(problems: Problems, number: int, texts: tuple[str, ...], columns: tuple[str, ...]) -> None:
    """Reports figures without a head above them: they must not be lost silently."""
    for place, text in enumerate(texts):
        if text and (place >= len(columns) or not columns[place]):
            problems.add(number, "", say(STRAY, place=place + 1, text=text[:40]))


TOO_LARGE = gettext_noop("The file is larger than %(limit)d MB; split it into several files.")
UNREADABLE = gettext_noop("The file can not be read: %(reason)s.")
TITLE = gettext_noop("The first row must name the columns; it holds only “%(text)s”. Take the rows above the heads out.")
NO_HEAD = gettext_noop("The first row must name the columns, and it is empty.")
TOO_MANY_ROWS = gettext_noop("There are more than %(limit)d rows; split the file into several files.")
TOO_MANY_COLUMNS = gettext_noop("There are more than %(limit)d columns.")
TWICE = gettext_noop("This column stands in the head twice; keep one of them.")
STRAY = gettext_noop("Cell %(place)d of the row holds “%(text)s”, but no column is named over it.")
OTHER_DELIMITER = gettext_noop("The columns are not parted by commas; save the file as “CSV UTF-8 (comma delimited)”.")

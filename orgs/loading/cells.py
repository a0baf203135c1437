"""Reads the cells of a row one by one and reports those that cannot be read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from orgs.loading.days import NotADay, read_day
from orgs.loading.words import ListWords, UnknownWord, read_flag
from spreadsheets.tables import Problems, TableRow


@dataclass(frozen=True)
class RowCells:
    """The cells of one row. A cell that cannot be read is added to `problems` and gets the default value."""

    row: TableRow
    problems: Problems

    def wrong(self, column: str, sentence: str) -> None:
        self.problems.add(self.row.number, column, sentence)

    def text(self, column: str, longest: int, *, required: bool = False) -> str:
        text = self.row[column]
        if required and not text:
            self.wrong(column, _("This cell is empty; it is needed."))
        if len(text) > longest:
            self.wrong(column, _("The text has more than %(longest)s characters.") % {"longest": longest})
        return text[:longest]

    def choice(self, column: str, words: ListWords, default: str) -> str:
        return (self.row[column] and self.word(column, self.row[column], words)) or default

    def word(self, column: str, text: str, words: ListWords) -> str:
        """The value of one word; "" if it cannot be read."""
        try:
            return words.read(text)
        except UnknownWord as unknown:
            self.wrong(column, str(unknown))
            return ""

    def flag(self, column: str, default: bool) -> bool:
        if not self.row[column]:
            return default
        try:
            return read_flag(self.row[column])
        except UnknownWord as unknown:
            self.wrong(column, str(unknown))
            return default

    def whole(self, column: str, most: int, default: int) -> int:
        text = self.row[column]
        if not text:
            return default
        if not (text.isascii() and text.isdigit()) or len(text) > 9 or int(text) > most:
            self.wrong(column, _("“%(text)s” is not a whole number from 0 to %(most)s.") % {"text": text[:40], "most": most})
            return default
        return int(text)

    def day(self, column: str) -> date | None:
        if not self.row[column]:
            return None
        try:
            return read_day(self.row[column])
        except NotADay as wrong:
            self.wrong(column, str(wrong))
            return None

    def listed(self, column: str, words: ListWords) -> list[str]:
        """The values of `a;b`, each known and each once."""
        values = [self.word(column, part, words) for part in parted(self.row[column])]
        return list(dict.fromkeys(filter(None, values)))


def parted(text: str) -> Iterable[str]:
    """The parts of a list inside a cell, separated by ; or by what people write for it."""
    for sign in "；、，,":
        text = text.replace(sign, ";")
    return [part.strip() for part in text.split(";") if part.strip()]

"""Reads the cells of a definition table one by one and names what cannot be read. Knows no model."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from spreadsheets.tables import Problems, TableRow

YES_NO = {"1": True, "0": False, "true": True, "false": False, "yes": True, "no": False, "是": True, "否": False}


@dataclass(frozen=True)
class Cells:
    """The cells of one row; whatever cannot be read is added to `problems` and answered with the default."""

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

    def choice(self, column: str, allowed: Iterable[str], default: str) -> str:
        text = self.row[column]
        if not text or text in (choices := list(allowed)):
            return text or default
        self.wrong(column, _("“%(text)s” is not one of: %(values)s.") % {"text": text[:40], "values": ", ".join(choices)})
        return default

    def flag(self, column: str, default: bool) -> bool:
        text = self.row[column].lower()
        if text and text not in YES_NO:
            self.wrong(column, _("“%(text)s” is neither 1 (yes) nor 0 (no).") % {"text": text[:40]})
        return YES_NO.get(text, default)

    def whole(self, column: str, most: int, default: int) -> int:
        text = self.row[column]
        if not text:
            return default
        if not (text.isascii() and text.isdigit()) or len(text) > 9 or int(text) > most:
            self.wrong(column, _("“%(text)s” is not a whole number from 0 to %(most)s.") % {"text": text[:40], "most": most})
            return default
        return int(text)

    def day(self, column: str) -> date | None:
        text = self.row[column]
        if not text:
            return None
        try:
            if len(text) != 10:
                raise ValueError(text)
            return date.fromisoformat(text)
        except ValueError:
            self.wrong(column, _("“%(text)s” is not a date; write YYYY-MM-DD.") % {"text": text[:40]})
            return None

    def listed(self, column: str, allowed: Iterable[str]) -> list[str]:
        """The parts of `a;b`, each known and each once."""
        parts = [part.strip() for part in self.row[column].replace("；", ";").split(";") if part.strip()]
        known = list(allowed)
        for part in parts:
            if part not in known:
                self.wrong(column, _("“%(text)s” is not one of: %(values)s.") % {"text": part[:40], "values": ", ".join(known)})
        return list(dict.fromkeys(part for part in parts if part in known))

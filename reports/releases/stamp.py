"""Prints number, title and edition of a release below every sheet of its workbook and in the properties of the file."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from indicators.printed.looks import NOTE
from spreadsheets.write.sheet import Block, Properties, Sheet
from spreadsheets.write.text_metrics import line_count, row_height

NUMBER_PROPERTY = "release"


@dataclass(frozen=True)
class Stamp:
    """The facts that are printed. `previous`: the number of the edition before; `open_sentence`: which reports are not in it."""

    number: str
    title: str
    edition: int
    previous: str
    issuer: str
    day: str
    open_sentence: str = ""
    note: str = ""

    @property
    def sentence(self) -> str:
        words = {"number": self.number, "title": self.title, "issuer": self.issuer, "day": self.day}
        line = _("Release %(number)s “%(title)s”, issued by %(issuer)s on %(day)s.") % words
        edition = _("Edition %(edition)d; it replaces release %(previous)s.") % vars(self) if self.previous else ""
        return " ".join(filter(None, (line, edition, self.note, self.open_sentence)))


def sheets_with_stamp(sheets: Iterable[Sheet], stamp: Stamp) -> list[Sheet]:
    """The same sheets with the sentence as the last row below and the number in the page foot."""
    return [_with_stamp(sheet, stamp) for sheet in sheets]


def properties_with_stamp(properties: Properties, stamp: Stamp) -> Properties:
    """The title of the release as that of the file, its number as a property of its own."""
    return replace(properties, title=stamp.title, custom=((NUMBER_PROPERTY, stamp.number),))


def _with_stamp(sheet: Sheet, stamp: Stamp) -> Sheet:
    row = sheet.foot_rows + 1
    block = Block(row, 1, stamp.sentence, NOTE, columns=len(sheet.widths))
    height = row_height(line_count(stamp.sentence, sum(sheet.widths), NOTE.size), NOTE.size)
    foot = _("Release %(number)s") % {"number": stamp.number}
    return replace(
        sheet,
        foot=(*sheet.foot, block),
        foot_heights={**sheet.foot_heights, row: height},
        paper=replace(sheet.paper, foot="　".join(filter(None, (foot, sheet.paper.foot)))),
    )

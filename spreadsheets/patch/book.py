"""The workbook part as a patch needs it: sheets with their parts, defined names, the position of <calcPr>."""

from collections.abc import Mapping
from dataclasses import dataclass

from spreadsheets.ooxml.package import Package
from spreadsheets.ooxml.workbook import WORKSHEET, workbook_part
from spreadsheets.ooxml.xml_elements import guarded_parser, local_name
from spreadsheets.ooxml.xml_offsets import Span, parse_offsets, tag_end

# The elements that must come after <calcPr> in a workbook part.
_AFTER = ("oleSize", "customWorkbookViews", "pivotCaches", "smartTagPr", "smartTagTypes", "webPublishing", "fileRecoveryPr",
          "webPublishObjects", "extLst")  # fmt: skip
_DEFINED_NAME = ["definedNames", "definedName"]


@dataclass(frozen=True)
class BookPart:
    """The workbook part.

    `sheets`: title -> name of its part, "" for a sheet without cells, in order; `names`: (name, sheet title or "") -> text;
    `hidden`: titles of hidden sheets; `calculation`: <calcPr>, whose place is `before_calculation` if it is missing.
    """

    part: str
    content: bytes
    sheets: Mapping[str, str]
    hidden: frozenset[str]
    texts_part: str
    styles_part: str
    names: Mapping[tuple[str, str], str]
    calculation: Span | None
    before_calculation: int

    def sheet(self, title: str) -> str | None:
        """The title as written in the workbook, found in upper or lower case."""
        return next((known for known in self.sheets if known.casefold() == title.casefold()), None)

    def defined(self, name: str, sheet: str) -> str | None:
        """The text of a defined name: the sheet's own first."""
        for where in (sheet, ""):
            for (known, place), text in self.names.items():
                if place == where and known.casefold() == name.casefold():
                    return text
        return None


def book_of(package: Package) -> BookPart:
    """Reads the workbook part. Raises Refusal."""
    found = workbook_part(package)
    titles = [sheet.title for sheet in found.sheets]
    reader = _BookReader(package[found.part])
    return BookPart(
        part=found.part,
        content=reader.content,
        sheets={sheet.title: sheet.part if sheet.kind == WORKSHEET else "" for sheet in found.sheets},
        hidden=frozenset(sheet.title for sheet in found.sheets if sheet.state != "visible"),
        texts_part=found.texts_part,
        styles_part=found.styles_part,
        names={(name, _title(titles, number)): "".join(pieces) for name, number, pieces in reader.names},
        calculation=reader.calculation,
        before_calculation=reader.before_calculation,
    )


def _title(titles: list[str], number: str) -> str:
    """The title of the sheet with this number, "" for a name of the whole workbook."""
    return titles[int(number)] if number.isdecimal() and int(number) < len(titles) else ""


class _BookReader:
    """Expat handlers for the part: the texts of defined names, and the offsets of elements."""

    def __init__(self, content: bytes):
        self.content = content
        self.names: list[tuple[str, str, list[str]]] = []
        self.calculation: Span | None = None
        self.before_calculation = 0
        self._path: list[str] = []
        self._parser = guarded_parser()
        self._parser.StartElementHandler, self._parser.EndElementHandler = self._start, self._end
        self._parser.CharacterDataHandler = self._text
        parse_offsets(self._parser, content)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._path.append(local_name(name))
        at = self._parser.CurrentByteIndex
        if len(self._path) == 2:
            if self._path[1] == "calcPr":
                self.calculation = Span(at, tag_end(self.content, at), attributes)
            if self._path[1] in _AFTER and not self.before_calculation:
                self.before_calculation = at
        elif self._path[1:] == _DEFINED_NAME:
            self.names.append((attributes.get("name", ""), attributes.get("localSheetId", ""), []))

    def _text(self, text: str) -> None:
        if self._path[1:] == _DEFINED_NAME:
            self.names[-1][2].append(text)

    def _end(self, _name: str) -> None:
        self._path.pop()
        if not self._path and not self.before_calculation:
            self.before_calculation = self._parser.CurrentByteIndex

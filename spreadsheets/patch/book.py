"""The workbook part as a patch needs it: sheets with their parts, defined names, <calcPr>."""

from collections.abc import Mapping
from dataclasses import dataclass

from spreadsheets.ooxml.package import Package
from spreadsheets.ooxml.workbook import WORKSHEET, workbook_part
from spreadsheets.ooxml.xml_elements import whole_number
from spreadsheets.ooxml.xml_offsets import Span, spans_at


@dataclass(frozen=True)
class BookPart:
    """The workbook part. `sheets`: title -> name of its part, "" for a sheet without cells, in order; `names`: (name, sheet title or "")
    -> text; `hidden`: titles of sheets that are not shown; `calculation`: <calcPr>."""

    part: str
    content: bytes
    sheets: Mapping[str, str]
    hidden: frozenset[str]
    texts_part: str
    styles_part: str
    names: Mapping[tuple[str, str], str]
    calculation: Span | None

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
    content = package[found.part]
    return BookPart(
        part=found.part,
        content=content,
        sheets={sheet.title: sheet.part if sheet.kind == WORKSHEET else "" for sheet in found.sheets},
        hidden=frozenset(sheet.title for sheet in found.sheets if sheet.state != "visible"),
        texts_part=found.texts_part,
        styles_part=found.styles_part,
        names={(span.attributes.get("name", ""), _title(titles, span)): span.text for span in _names(content)},
        calculation=next(iter(spans_at(content, "calcPr")), None),
    )


def _names(content: bytes) -> list[Span]:
    return spans_at(content, "definedNames", "definedName")


def _title(titles: list[str], name: Span) -> str:
    """Of the sheet that the name is for, "" for a name of the whole workbook."""
    number = whole_number(name.attributes.get("localSheetId"))
    return titles[number] if number is not None and number < len(titles) else ""

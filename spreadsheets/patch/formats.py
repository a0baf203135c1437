"""What the formats of a workbook say that a reader must know: per cent, bold, centred. Knows no cell and no value."""

from dataclasses import dataclass
from zipfile import ZipFile

from spreadsheets.ooxml.xml_offsets import new_parser, parse_with
from spreadsheets.patch.book import read_part

_PERCENT_NUMBERS = {"9", "10"}  # formats every workbook has: 0% and 0.00%
_MOST_FORMATS = 65_536


@dataclass(frozen=True, slots=True)
class Look:
    """One cell format. `is_general`: it says nothing of how a number is shown; `code`: as the workbook writes it, "" for one that every
    workbook has."""

    is_general: bool = True
    is_percent: bool = False
    is_bold: bool = False
    align: str = ""  # left, center, right
    code: str = ""


PLAIN = Look()


def looks_of(container: ZipFile, part: str) -> list[Look]:
    """The formats cells point at by number. Raises BadPart."""
    if part not in container.namelist():
        return []
    reader = _Reader()
    parser = new_parser()
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parse_with(parser, read_part(container, part))
    return [reader.look(given, align) for given, align in reader.formats[:_MOST_FORMATS]]


class _Reader:
    def __init__(self):
        self.path: list[str] = []
        self.codes: dict[str, str] = {}
        self.bold: list[bool] = []
        self.formats: list[tuple[dict[str, str], str]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.path.append(name.rpartition(" ")[2])
        path = self.path[1:]
        if path == ["numFmts", "numFmt"]:
            self.codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif path == ["fonts", "font"]:
            self.bold.append(False)
        elif path == ["fonts", "font", "b"]:
            self.bold[-1] = attributes.get("val", "1") not in ("0", "false")
        elif path == ["cellXfs", "xf"]:
            self.formats.append((attributes, ""))
        elif path == ["cellXfs", "xf", "alignment"]:
            self.formats[-1] = (self.formats[-1][0], attributes.get("horizontal", ""))

    def end(self, _name: str) -> None:
        self.path.pop()

    def look(self, given: dict[str, str], align: str) -> Look:
        font = given.get("fontId", "")
        is_bold = font.isdecimal() and int(font) < len(self.bold) and self.bold[int(font)]
        known = align if align in ("left", "center", "right") else "center" if align == "centerContinuous" else ""
        number = given.get("numFmtId", "0")
        code = self.codes.get(number, "")
        return Look(number == "0", number in _PERCENT_NUMBERS or "%" in code, is_bold, known, code)

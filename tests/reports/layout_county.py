"""A county with townships, a street and an industry committee, and its printed tables read back. Tells no figure by itself."""

import io
from decimal import Decimal
from pathlib import Path

import openpyxl

from tests.reports.story import Story


def story_with_orgs(story: Story) -> Story:
    story.orgs(
        "C,云岭县,county,,,,,", "I,快递行业党委,industry_committee,C,,,,", "T1,青山镇,township,C,,,,",
        "T2,白沙街道,street,C,,,,", "V1,甲村,village,T1,,,,", "V2,乙村,village,T1,,,,", "V3,=1+1社区,community,T2,,,,",
    )  # fmt: skip
    return story


def exported(story: Story, layout: str, *words: str, org: str = "C", period: str = "2026Q3") -> "Book":
    path = story.folder / f"{layout}.xlsx"
    story.run("export", layout, "--period", period, "--org", org, "--out", str(path), *words)
    return Book(path)


class Book:
    """A workbook read back as values."""

    def __init__(self, path: Path):
        self.path = path
        self.content = path.read_bytes()
        book = openpyxl.load_workbook(io.BytesIO(self.content), data_only=True)
        self.titles = book.sheetnames
        self.sheets = {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}

    def rows(self, title: str = "", code_column: int = 2) -> dict[str, list]:
        """Code -> the figures behind it, of the second sheet or the one named; a code that comes again keeps its last row."""
        return {row[code_column]: row[code_column + 1 :] for row in self._body(title, code_column)}

    def lines(self, title: str = "") -> list[list]:
        """Name and figures of every row of the body, in order."""
        return [[row[1], *row[3:]] for row in self._body(title, 2)]

    def text(self, title: str = "") -> str:
        return "\n".join(str(cell) for row in self._sheet(title) for cell in row if isinstance(cell, str))

    def heads(self, title: str = "") -> list[str]:
        """Every head that stands over a column, from above."""
        rows = self._sheet(title)
        last = next(number for number, row in enumerate(rows) if row[0] == "甲")
        return [str(cell) for row in rows[6:last] for cell in row if cell is not None]

    def _sheet(self, title: str) -> list[list]:
        return self.sheets[title or self.titles[1]]

    def _body(self, title: str, code_column: int) -> list[list]:
        rows = self._sheet(title)
        first = next(number for number, row in enumerate(rows) if row[0] == "甲") + 1
        return [row for row in rows[first:] if isinstance(row[code_column], str)]


def numbers(*texts: str) -> list:
    """Typed figures as a workbook gives them: "" is a blank cell, "—" a dash."""
    return [None if text == "" else text if text == "—" else float(Decimal(text)) for text in texts]

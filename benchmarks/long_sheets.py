"""A million cells as a workbook: rows streamed, against openpyxl's `write_only`; each in a process of its own, with its memory.

python -m benchmarks.long_sheets ours|theirs FILE    one of them, alone: prints its seconds and how much memory it took on
"""

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time

from openpyxl import Workbook, load_workbook

from benchmarks.ratio import Ratio
from spreadsheets.write.sheet import Block, BodyRow, Look, Properties, Sheet, Style, Value
from spreadsheets.write.workbook_writer import write_workbook

GOAL = 5
MEMORY = 50.0  # MB that a million cells may add
ROWS, COLUMNS = 50_000, 20  # with the head a million and twenty cells
_HEAD = Style(bold=True, lines=True, fill="F2F2F2")
_TEXT = Style(horizontal="left", lines=True)
_NUMBER = Style(horizontal="right", lines=True, number_format="0")
_SHARE = Style(horizontal="right", lines=True, number_format="0.0")
_STYLES = (_TEXT, _TEXT, _TEXT, _TEXT, *(_SHARE if place % 4 == 3 else _NUMBER for place in range(COLUMNS - 4)))
_PROPERTIES = Properties("flat", "bench", datetime(2026, 10, 12, 1, 30, tzinfo=UTC))


def run() -> list[Ratio]:
    """Both in turn, three times; medians. Raises AssertionError where the values differ, or ours takes on too much memory."""
    with TemporaryDirectory() as folder:
        files = {way: Path(folder) / f"{way}.xlsx" for way in WAYS}
        found = {way: [] for way in WAYS}
        for _turn in range(3):
            for way, file in files.items():
                found[way].append(_alone(way, file))
        _compare(files["ours"], files["theirs"])
    memory = max(grown for _seconds, grown in found["ours"])
    if memory >= MEMORY:
        raise AssertionError(f"a million cells took {memory:.0f} MB of memory; the goal is under {MEMORY:.0f} MB")
    ours, theirs = (median(seconds for seconds, _grown in found[way]) for way in ("ours", "theirs"))
    return [
        Ratio("export-million-cells", theirs / ours, GOAL),
        Ratio("export-million-cells-memory", MEMORY / max(memory, 0.1), 1),
    ]


def ours(path: Path) -> None:
    body = (BodyRow("row", tuple(row)) for row in _rows())
    head = tuple(Block(1, place, name, _HEAD) for place, name in enumerate(_names(), 1))
    sheet = Sheet("flat", (12.0,) * COLUMNS, head, {"row": Look(_STYLES)}, body, freeze=(1, 0))
    write_workbook(path, [sheet], _PROPERTIES)


def theirs(path: Path) -> None:
    """The same values as openpyxl writes them fastest: in write_only mode, whole rows, no style."""
    workbook = Workbook(write_only=True)
    worksheet = workbook.create_sheet("flat")
    worksheet.append(_names())
    for row in _rows():
        worksheet.append(row)
    workbook.save(path)


WAYS = {"ours": ours, "theirs": theirs}


def _names() -> list[str]:
    return [f"第{place}列" for place in range(COLUMNS)]


def _rows() -> Iterator[list[Value]]:
    """Every row with names of its own; the numbers are made beforehand, because both ways would wait for them alike."""
    numbers = [[_number(number, place) for place in range(COLUMNS - 4)] for number in range(997)]
    for number in range(ROWS):
        yield [f"3708830{number:05}", f"第{number}村党支部", "村", f"ORG-{number % 60:03}", *numbers[number % 997]]


def _number(number: int, place: int) -> Value:
    return Decimal(number * place % 9999) / 10 if place % 4 == 3 else number * place % 500


def _compare(one: Path, other: Path) -> None:
    """Both read back cell by cell; a benchmark of other values says nothing."""
    rows = (load_workbook(path, read_only=True).active.iter_rows(values_only=True) for path in (one, other))
    for number, (left, right) in enumerate(zip(*rows, strict=True), 1):
        if left != right:
            raise AssertionError(f"row {number} differs: {left} and {right}")


def _alone(way: str, path: Path) -> tuple[float, float]:
    """Seconds of the processor and megabytes that one of the two needs in a fresh process."""
    output = subprocess.run([sys.executable, "-m", "benchmarks.long_sheets", way, str(path)], capture_output=True, check=True)
    seconds, grown = output.stdout.split()
    return float(seconds), float(grown)


def _peak() -> float:
    """The most memory this process ever held, in MB. Of the program it runs now: getrusage would tell its parent's too."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


if __name__ == "__main__":
    before, begun = _peak(), process_time()
    WAYS[sys.argv[1]](Path(sys.argv[2]))
    sys.stdout.write(f"{process_time() - begun:.3f} {_peak() - before:.1f}\n")

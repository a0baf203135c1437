"""What LibreOffice works out from a patched file is what was stored in it; it opens a template of its own making too."""

import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest

from spreadsheets.patch.workbook_patch import patched
from tests.spreadsheets.patch.templates import a_template, parts_of, stored_values
from tests.spreadsheets.patch.test_workbook_patch import FIGURES, TITLE

SOFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(SOFFICE is None, reason="NOT RUN: there is no LibreOffice here (soffice)")


def by_office(content: bytes, folder: Path) -> bytes:
    """The file opened, worked out and saved by LibreOffice."""
    source, out = folder / "in.xlsx", folder / "out"
    source.write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [SOFFICE, profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(out), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (out / "in.xlsx").read_bytes()


def same(one: object, other: object) -> bool:
    numbers = isinstance(one, int | float) and isinstance(other, int | float)
    return abs(one - other) <= abs(other) * 1e-12 if numbers else one == other


def test_stored_results_are_what_the_office_works_out(tmp_path):
    made = patched(a_template(), {TITLE: FIGURES}).content
    stored, worked_out = stored_values(made), stored_values(by_office(made, tmp_path))
    for title, values in stored.items():
        wrong = {
            name: (value, worked_out[title].get(name))
            for name, value in values.items()
            if not same(value, worked_out[title].get(name))
        }
        assert wrong == {}


def test_a_template_made_by_the_office_is_refilled_part_by_part(tmp_path):
    template = by_office(a_template(), tmp_path)
    made = patched(template, {TITLE: {place: value + 1 for place, value in FIGURES.items()}})
    before, after = parts_of(template), parts_of(made.content)
    assert list(before) == list(after)
    assert {name for name in before if before[name] != after[name]} <= {"xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"}
    values = stored_values(made.content)
    assert values[TITLE]["B8"] == sum(FIGURES[row, 2] + 1 for row in range(4, 8))
    assert values[TITLE]["C8"] == float(sum((FIGURES[row, 3] + 1 for row in range(4, 8)), Decimal(0)))
    again = stored_values(by_office(made.content, tmp_path))
    assert all(same(value, again[title].get(name)) for title, cells in values.items() for name, value in cells.items())

"""LibreOffice as a second pair of eyes: converts a workbook, or skips the test where it is not installed."""

import io
import re
import subprocess
import zipfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

import pytest

_FORMULA = re.compile(rb'(<c [^>]*?)(?: t="str")?><f>(.*?)</f><v>.*?</v></c>', re.DOTALL)
XLSX = "xlsx:Calc MS Excel 2007 XML"


@cache
def _profile() -> TemporaryDirectory:
    """One for all tests of a run: making a new one takes LibreOffice two seconds."""
    return TemporaryDirectory(prefix="soffice-")


def converted(path: Path, to: str, folder: Path) -> Path:
    """The file as LibreOffice writes it into `folder`: `to` is an ending, perhaps with the name of a filter."""
    return all_converted([path], to, folder)[0]


def all_converted(paths: Sequence[Path], to: str, folder: Path) -> list[Path]:
    """Several files in one go: starting LibreOffice takes longer than a file."""
    soffice = which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice (soffice) is not installed: the workbook was not opened in it")
    folder.mkdir(exist_ok=True)
    profile = Path(_profile().name).as_uri()
    subprocess.run(
        [soffice, f"-env:UserInstallation={profile}", "--headless", "--convert-to", to,
         "--outdir", str(folder), *map(str, paths)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return [folder / f"{path.stem}.{to.partition(':')[0]}" for path in paths]


def without_results(content: bytes) -> bytes:
    """The same workbook with its formulas, but nothing of what they come to: whoever opens it has to compute."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            target.writestr(name, _FORMULA.sub(rb"\1><f>\2</f></c>", source.read(name)))
    return out.getvalue()

"""A copy of the house in which one room is mutated by mutmut."""

import os
import shutil
import subprocess
from pathlib import Path

from tests.mutation.rooms import Room

ROOT = Path(__file__).resolve().parents[2]
_TOOL = "mutants"  # mutmut's own folder inside the copy
# mutmut knows what tests take without what their fixtures do, often three times as much, on a machine that is not busy: a
# survivor that is stopped too soon would count as noticed.
_SETTINGS = """\
[mutmut]
source_paths={sources}
only_mutate={patterns}
also_copy={others}
pytest_add_cli_args_test_selection={tests}
pytest_add_cli_args=
    -p
    no:cacheprovider
    -p
    no:xdist
    -p
    tests.mutation.quick_first
timeout_constant=5
timeout_multiplier=10
"""


def prepare(room: Room, *, fresh: bool) -> Path:
    """The folder in which mutmut may run; `fresh` forgets what it found there before."""
    place = ROOT / "build" / "mutants" / room.name.replace("/", "-").removesuffix(".py")
    if fresh:
        shutil.rmtree(place, ignore_errors=True)
    files = _own_files()
    _forget_others(place, files)
    for file in files:
        _refresh(ROOT / file, place / file)
    (place / "setup.cfg").write_text(_settings(room, files))
    return place


def _own_files() -> set[Path]:
    """What git keeps or would keep, as it stands on the disk now."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, check=True
    )
    return {Path(os.fsdecode(name)) for name in listed.stdout.split(b"\0") if name and (ROOT / os.fsdecode(name)).is_file()}


def _forget_others(place: Path, files: set[Path]) -> None:
    shutil.rmtree(place / _TOOL / "tests", ignore_errors=True)
    for path in place.rglob("*"):
        name = path.relative_to(place)
        if name.parts[0] != _TOOL and path.is_file() and name not in files:
            path.unlink()


def _refresh(source: Path, copy: Path) -> None:
    """Times are kept: by them mutmut sees what it need not mutate anew."""
    if not copy.exists() or copy.stat().st_mtime_ns != source.stat().st_mtime_ns:
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source, copy)


def _settings(room: Room, files: set[Path]) -> str:
    tops = {file.parts[0] for file in files}
    sources = {source.split("/")[0] for source in room.sources}
    patterns = [source if source.endswith(".py") else f"{source}/*" for source in room.sources]
    return _SETTINGS.format(
        sources=_lines(sorted(sources)),
        patterns=_lines(patterns),
        others=_lines(sorted(tops - sources)),
        tests=_lines(room.tests),
    )


def _lines(values) -> str:
    return "".join(f"\n    {value}" for value in values)

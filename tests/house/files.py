"""The source files that the rules of this folder are about."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ("audit", "spreadsheets", "orgs", "indicators", "submissions", "reports", "demonstration", "backups", "config")
CODE = (*APPS, "benchmarks")


def files_below(folder: str, *endings: str) -> list[Path]:
    return sorted(path for path in (ROOT / folder).rglob("*") if path.suffix in endings and "__pycache__" not in path.parts)


@cache
def python_files(*folders: str) -> tuple[Path, ...]:
    """Python written by hand: migrations are drawn from the models and not counted."""
    return tuple(path for folder in folders for path in files_below(folder, ".py") if "migrations" not in path.parts)


def templates() -> list[Path]:
    return [path for folder in ("templates", *APPS) for path in files_below(folder, ".html", ".txt")]


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def named(path: Path) -> str:
    """The path as one writes it from the root of the repository."""
    return path.relative_to(ROOT).as_posix()


def module_of(path: Path) -> str:
    """reports/views/grids.py -> reports.views.grids; a package is named without its __init__."""
    return named(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")

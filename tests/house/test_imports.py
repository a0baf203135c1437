"""Imports run downward only: between the apps, and inside each of them (docs/design.md)."""

from django.conf import settings

from tests.house.files import APPS, CODE, ROOT, module_of, named, python_files
from tests.house.imports import imports_inside_functions, imports_of

BELOW = {
    "audit": (),
    "spreadsheets": (),
    "orgs": ("audit", "spreadsheets"),
    "indicators": ("audit", "spreadsheets", "orgs"),
    "submissions": ("audit", "spreadsheets", "orgs", "indicators"),
    "reports": ("audit", "spreadsheets", "orgs", "indicators", "submissions"),
    "demonstration": ("audit", "spreadsheets", "orgs", "indicators", "submissions", "reports"),
    "backups": ("audit", "orgs"),
    "config": ("audit", "spreadsheets", "orgs", "indicators", "submissions", "reports"),
}
FLOORS = {"models": 1, "access": 2, "queries": 2, "actions": 2, "forms": 2, "tables": 2, "loading": 2, "views": 3}
FLOORS |= {"urls": 4, "management": 4}
SPREADSHEETS = {  # inside spreadsheets/: each file or folder at its top, and what of them it may import
    "limits": (),
    "messages": (),
    "safe_text": ("limits", "messages"),
    "ooxml": ("limits", "messages"),
    "formulas": ("limits", "ooxml"),
    "write": ("safe_text", "ooxml"),
    "read": ("limits", "messages", "ooxml"),
    "tables": ("limits", "messages", "ooxml", "read"),
    "patch": ("limits", "messages", "safe_text", "ooxml", "formulas", "read"),
    "sheet_preview": ("limits", "ooxml", "formulas", "read", "patch"),
    "annotate": ("limits", "safe_text", "ooxml", "write", "read", "patch"),
}
EXCEL = ("openpyxl", "python_calamine", "xlrd", "xlsxwriter", "pandas")


def test_every_app_of_ours_is_under_these_rules():
    ours = {app.split(".")[0] for app in settings.INSTALLED_APPS if (ROOT / app.split(".")[0]).is_dir()}
    assert ours | {"spreadsheets"} == set(APPS) == set(BELOW)


def test_apps_import_only_what_lies_below_them():
    wrong = []
    for app in APPS:
        for path in python_files(app):
            for line, name in imports_of(path):
                target = name.split(".")[0]
                if target in (*BELOW, "tests", "benchmarks") and target != app and target not in BELOW[app]:
                    wrong.append(f"{named(path)}:{line} imports {name}")
    assert wrong == []


def test_inside_an_app_imports_run_downward():
    """Pure modules ← models ← access, queries, actions, forms, tables, loading ← views ← urls, management.

    A module with another name stands as high as the highest module of its app that it imports.
    """
    wrong = []
    for app in APPS:
        inside = _imports_inside(app)
        floors = _floors(inside)
        for module, targets in inside.items():
            wrong += [f"{module} imports {target}" for target in targets if floors[target] > floors[module]]
    assert wrong == []


def test_inside_spreadsheets_imports_run_downward():
    """One layer of Open XML under reading, writing, patching, annotating and formulas; between these folders no circle."""
    wrong = []
    for path in python_files("spreadsheets"):
        part = (*module_of(path).split("."), "")[1]
        for line, name in imports_of(path):
            app, target, *_rest = (*name.split("."), "")
            if app == "spreadsheets" and target != part and target not in SPREADSHEETS[part]:
                wrong.append(f"{named(path)}:{line} imports {name}")
    assert wrong == []


def test_the_floors_inside_spreadsheets_leave_room_for_no_circle():
    """Every entry stands below those that may import it, and none is forgotten."""
    for number, part in enumerate(SPREADSHEETS):
        assert set(SPREADSHEETS[part]) <= set(list(SPREADSHEETS)[:number])
    entries = {path.name.removesuffix(".py") for path in (ROOT / "spreadsheets").iterdir()} - {"__init__", "__pycache__"}
    assert entries == set(SPREADSHEETS)


def test_the_reading_side_never_acts_on_a_submission():
    wrong = [
        f"{named(path)}:{line} imports {name}"
        for path in python_files("reports")
        for line, name in imports_of(path)
        if name.startswith("submissions.actions")
    ]
    assert wrong == []


def test_only_spreadsheets_imports_an_excel_library_and_it_knows_no_django():
    wrong = []
    for path in python_files(*CODE):
        is_ground = path.parts[-2] == "spreadsheets" or "/spreadsheets/" in path.as_posix()
        forbidden = ("django",) if is_ground else EXCEL
        wrong += [f"{named(path)}:{line} imports {name}" for line, name in imports_of(path) if name.split(".")[0] in forbidden]
    # A benchmark measures us against the library itself.
    assert [said for said in wrong if not said.startswith("benchmarks/")] == []


def test_nothing_is_imported_inside_a_function():
    wrong = [f"{named(path)}:{line}" for path in python_files(*CODE, "tests") for line in imports_inside_functions(path)]
    assert wrong == []


def _imports_inside(app: str) -> dict[str, set[str]]:
    modules = {module_of(path): path for path in python_files(app)}
    return {
        module: {_module(name, modules) for _, name in imports_of(path)} - {None, module} for module, path in modules.items()
    }


def _module(name: str, modules: dict) -> str | None:
    """`orgs.access.Refused` -> `orgs.access`; None for what is not of the app."""
    while name and name not in modules:
        name = name.rpartition(".")[0]
    return name or None


def _floors(inside: dict[str, set[str]]) -> dict[str, int]:
    given = {module: FLOORS[part] for module in inside for part in module.split(".")[1:2] if part in FLOORS}
    floors = {module: given.get(module, 0) for module in inside}
    for _ in inside:
        raised = {
            module: given[module] if module in given else max([floors[target] for target in targets], default=0)
            for module, targets in inside.items()
        }
        if raised == floors:
            break
        floors = raised
    return floors

"""Imports run downward only between the apps (docs/design.md); inside an app: test_rooms."""

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
    "preview": ("limits", "ooxml", "formulas", "read", "patch"),
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


def test_only_spreadsheets_imports_an_excel_library_and_it_knows_no_django():
    wrong = []
    for path in python_files(*CODE):
        is_ground = path.parts[-2] == "spreadsheets" or "/spreadsheets/" in path.as_posix()
        forbidden = ("django",) if is_ground else EXCEL
        wrong += [f"{named(path)}:{line} imports {name}" for line, name in imports_of(path) if name.split(".")[0] in forbidden]
    # A benchmark measures us against the library itself.
    assert [entry for entry in wrong if not entry.startswith("benchmarks/")] == []


def test_nothing_is_imported_inside_a_function():
    wrong = [f"{named(path)}:{line}" for path in python_files(*CODE, "tests") for line in imports_inside_functions(path)]
    assert wrong == []

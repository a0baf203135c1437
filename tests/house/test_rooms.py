"""The rooms inside the apps: each imports only what lies below it, folders too go round in no circle, and no folder is crowded.

The order of the rooms is the staircase of docs/design.md.
"""

from collections import defaultdict
from pathlib import Path

from tests.house.files import APPS, CODE, ROOT, module_of, named, python_files
from tests.house.imports import imports_of

# Lowest first. A room imports rooms before it, and the modules that stand beside the rooms (models, choices, states).
ROOMS = {
    "orgs": ("names", "web", "lists", "tree", "accounts", "directory", "loading", "restructuring", "management"),
    "indicators": (
        "values",
        "formulas",
        "kinds",
        "measures",
        "checks",
        "printed",
        "catalogue",
        "ready",
        "loading",
        "management",
    ),
    "submissions": (
        "core",
        "checking",
        "tasks",
        "moves",
        "filling",
        "workbooks",
        "imports",
        "review",
        "corrections",
        "management",
    ),
    "submissions.imports": ("report", "tables", "loading", "forms", "service", "pages"),
    "submissions.imports.tables": ("geometry", "heads", "recognition"),
    "reports": (
        "figures",
        "scope",
        "restructuring",
        "dashboards",
        "tables",
        "releases",
        "flat",
        "external",
        "verification",
        "management",
    ),
    "reports.figures": ("plan", "sums", "output", "changes", "answers"),
    "reports.tables": ("layouts", "subjects", "row_types"),
    "reports.external": ("bindings", "geometry", "names", "sheets", "search", "filling"),
}
# In these the modules beside the rooms stand above them: the room below is a part of theirs.
_BESIDE_IS_ABOVE = {"submissions.imports", "reports.tables", "reports.external"}
WRITES = (
    "submissions.core.transitions",
    "submissions.filling.draft_actions",
    "submissions.filling.submission_actions",
    "submissions.filling.bulk_entry",
    "submissions.imports.service",
    "submissions.review.actions",
    "submissions.corrections.actions",
    "submissions.tasks.deadlines",
    "submissions.tasks.exemptions",
    "submissions.tasks.chase.notices",
    "submissions.tasks.opening",
    "submissions.tasks.postponement",
    "submissions.tasks.renewal",
    "submissions.tasks.withdrawal",
)
_MOST_ENTRIES = 25
_MOST_FEATURES = 13
_OF_DJANGO = {"__init__.py", "__pycache__", "apps.py", "migrations", "management"}


def _imports() -> dict[str, set[str]]:
    """Module -> modules of ours it imports."""
    known = {module_of(path): path for path in python_files(*APPS)}
    return {
        module: {found for _line, name in imports_of(path) if (found := _module(name, known))} for module, path in known.items()
    }


def _module(name: str, known: dict) -> str | None:
    while name and name not in known:
        name = name.rpartition(".")[0]
    return name or None


def _room(module: str, inside: str) -> str | None:
    """The room of `inside` in which a module stands; "" beside the rooms, None where it is not inside at all."""
    if not module.startswith(f"{inside}."):
        return None
    first = module.removeprefix(f"{inside}.").split(".")[0]
    return first if first in ROOMS[inside] else ""


def test_every_folder_of_these_apps_is_a_room_with_its_floor():
    for inside, rooms in ROOMS.items():
        folder = ROOT / inside.replace(".", "/")
        found = {path.name for path in folder.iterdir() if any(path.glob("*.py")) or any(path.glob("*/*.py"))} - {"migrations"}
        assert found == set(rooms), inside


def test_a_room_imports_only_rooms_below_it():
    wrong = []
    for module, targets in _imports().items():
        for inside, rooms in ROOMS.items():
            floors = {room: floor for floor, room in enumerate(rooms, start=1)}
            floors[""] = len(rooms) + 1 if inside in _BESIDE_IS_ABOVE else 0
            if (room := _room(module, inside)) is not None:
                below = {target: _room(target, inside) for target in targets}
                wrong += [
                    f"{module} imports {target}"
                    for target, other in below.items()
                    if other is not None and floors[other] > floors[room]
                ]
    assert wrong == []


def test_folders_go_round_in_no_circle():
    arrows = defaultdict(set)
    for module, targets in _imports().items():
        arrows[_folder(module)] |= {_folder(target) for target in targets} - {_folder(module)}
    assert _circle(arrows) == []


def _folder(module: str) -> str:
    return module if (ROOT / module.replace(".", "/") / "__init__.py").exists() else module.rpartition(".")[0]


def _circle(arrows: dict[str, set[str]]) -> list[str]:
    """Folders left when those that import none of the rest, or that none of the rest imports, are taken away again and again."""
    left = set(arrows)
    while free := {
        folder for folder in left if not arrows[folder] & left or not any(folder in arrows[other] for other in left)
    }:
        left -= free
    return sorted(left)


def test_views_are_imported_by_addresses_and_views_alone():
    wrong = [
        f"{module} imports {target}"
        for module, targets in _imports().items()
        for target in targets
        if target.endswith("views") and not module.endswith(("urls", "views"))
    ]
    assert wrong == []


def test_the_reading_side_never_acts_on_a_submission():
    wrong = [
        f"{named(path)}:{line} imports {name}"
        for path in python_files("reports")
        for line, name in imports_of(path)
        if name.startswith(WRITES)
    ]
    assert wrong == []


def test_no_folder_is_crowded():
    folders = {path.parent for path in (*python_files(*CODE, "tests"), *(ROOT / "templates").rglob("*.html"))}
    crowded = {named(folder): count for folder in folders if (count := len(_entries(folder))) > _MOST_ENTRIES}
    assert crowded == {}


def test_an_app_has_few_features():
    crowded = {
        app: found for app in ("submissions", "reports") if len(found := _entries(ROOT / app) - _OF_DJANGO) > _MOST_FEATURES
    }
    assert crowded == {}


def _entries(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} - {"__pycache__", "__init__.py"}

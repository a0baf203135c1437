"""The rooms that are mutated, and the tests that answer for each."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Room:
    """Folders or files whose code is changed, and the tests that should notice."""

    sources: tuple[str, ...]
    tests: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.sources[0]

    def is_part_of(self, place: str) -> bool:
        """`place` is one of the room's sources or a folder that holds it."""
        return any(f"{source}/".startswith(f"{place.rstrip('/')}/") for source in self.sources)


ROOMS = (
    Room(("indicators/values",), ("tests/indicators/values",)),
    Room(("indicators/formulas",), ("tests/indicators/formulas", "tests/indicators/checks")),
    Room(("indicators/kinds",), ("tests/indicators/kinds",)),
    Room(("indicators/measures",), ("tests/indicators/measures",)),
    Room(("submissions/states.py",), ("tests/submissions/test_states.py",)),
    # What the acts share is tested through the acts too.
    Room(("submissions/core",), ("tests/submissions/core", "tests/submissions/filling", "tests/submissions/review")),
    Room(
        ("submissions/imports/tables/geometry", "submissions/imports/tables/heads"),
        ("tests/submissions/imports/tables",),
    ),
    Room(("reports/figures",), ("tests/reports/figures",)),
)


def rooms_in(place: str) -> tuple[Room, ...]:
    """The rooms of a folder; all of them where it is empty."""
    return tuple(room for room in ROOMS if not place or room.is_part_of(place))

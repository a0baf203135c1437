"""How verdicts are read and counted, which rooms a place names, which mutants a sample holds."""

import json

import pytest

from tests.house.files import ROOT
from tests.mutation.rooms import ROOMS, rooms_in
from tests.mutation.verdicts import Verdicts, read_verdicts, sample, table

KILLED, SURVIVED, NO_TESTS, TIMEOUT, UNSEEN = 1, 0, 33, -24, None


def test_what_mutmut_kept(tmp_path):
    kept = tmp_path / "mutants" / "indicators" / "kinds" / "flow.py.meta"
    kept.parent.mkdir(parents=True)
    codes = {
        "f__mutmut_1": KILLED,
        "f__mutmut_2": SURVIVED,
        "f__mutmut_3": NO_TESTS,
        "f__mutmut_4": TIMEOUT,
        "f__mutmut_5": UNSEEN,
    }
    kept.write_text(json.dumps({"exit_code_by_key": codes}))
    found = read_verdicts(tmp_path)
    assert (found.judged, found.killed) == (4, 2)
    assert found.survivors == ["f__mutmut_2", "f__mutmut_3"]
    assert found.share == 0.5


def test_who_is_asked_again():
    found = Verdicts({"a": True, "b": False})
    assert found.not_noticed(["a", "b", "c"]) == ["b", "c"]
    assert found.not_judged(["a", "b", "c"]) == ["c"]
    assert found.of(["c", "b"]) == Verdicts({"b": False})


def test_nothing_judged_is_nothing_missed(tmp_path):
    assert read_verdicts(tmp_path).share == 1


def test_rooms_are_added_in_the_table():
    lines = table({"a": Verdicts({"x": True}), "b": Verdicts({"y": False, "z": True})}).splitlines()
    assert [line.split() for line in lines[1:]] == [
        ["a", "1", "1", "0", "100.0%"], ["b", "2", "1", "1", "50.0%"], ["together", "3", "2", "1", "66.7%"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("place", "names"),
    [
        ("", [room.name for room in ROOMS]),
        ("indicators/kinds", ["indicators/kinds"]),
        ("indicators/kinds/", ["indicators/kinds"]),
        ("submissions/imports", ["submissions/imports/tables/geometry"]),
        ("submissions/imports/tables/heads", ["submissions/imports/tables/geometry"]),
        ("indicators/kind", []),
        ("orgs", []),
    ],
)
def test_a_place_names_its_rooms(place, names):
    assert [room.name for room in rooms_in(place)] == names


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_what_a_room_names_exists(room):
    assert [place for place in (*room.sources, *room.tests) if not (ROOT / place).exists()] == []


@pytest.mark.parametrize(
    ("size", "found"), [(1, [0]), (3, [0, 3, 6, 9]), (5, [0, 2, 4, 6, 8]), (10, list(range(10))), (99, list(range(10)))]
)
def test_a_sample_is_spread_and_always_the_same(size, found):
    assert sample(list(range(10)), size) == found

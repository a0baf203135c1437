"""Every kind of workbook that we hand out opens in every program that offices use, with the same values, in an ordinary zip."""

from pathlib import Path

import pytest

from tests.acceptance.handed_out import a_county, all_handed_out
from tests.programs.headers import contradictions
from tests.programs.reading import PROGRAMS, by_openpyxl
from tests.reports.story import Story

pytestmark = pytest.mark.django_db  # the fixture needs the tables; the tests ask only the files


@pytest.fixture(scope="module")
def handed_out(module_story: Story) -> dict[str, Path]:
    return all_handed_out(a_county(module_story))


@pytest.mark.parametrize("program", PROGRAMS)
def test_every_workbook_opens_with_the_same_values(handed_out, program):
    paths = list(handed_out.values())
    seen = PROGRAMS[program](paths)
    expected = by_openpyxl(paths)
    assert len(paths) > 25
    assert {
        what: differences(*pair) for what, *pair in zip(handed_out, expected, seen, strict=True) if pair[0] != pair[1]
    } == {}


def differences(expected: dict, seen: dict) -> list:
    """At most five: sheet, place, what openpyxl sees, what the program sees."""
    if list(expected) != list(seen):
        return [list(expected), list(seen)]
    found = [
        (title, place, expected[title].get(place), seen[title].get(place))
        for title in expected
        for place in sorted({*expected[title], *seen[title]})
        if expected[title].get(place) != seen[title].get(place)
    ]
    return found[:5]


def test_local_headers_say_what_the_directory_says(handed_out):
    wrong = {what: list(contradictions(path.read_bytes())) for what, path in handed_out.items()}
    assert {what: found for what, found in wrong.items() if found} == {}

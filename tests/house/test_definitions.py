"""Definitions are read through their one door, so that no county sees another's (decision 206)."""

import re

from tests.house.files import APPS, named, python_files

DOOR = "indicators/definitions.py"
# Writes and locks of a row that came through the door; nothing that looks definitions up.
_LOOKING = re.compile(
    r"\b(?:Indicator|Form|Check)\.objects\.(?!create|bulk_create|select_for_update|none|filter\(pk|get\(pk|aggregate)"
)
_ADOPTED = "Check.objects.filter(owner_id=edition.owner_id, form=common).update("  # a county's own rules, moved
_OF_TESTS_AND_TRIALS = ("demonstration/", "benchmarks/", "tests/")


def test_nobody_reads_definitions_past_the_door():
    found = []
    for path in python_files(*APPS):
        name = named(path)
        if name == DOOR or name.startswith(_OF_TESTS_AND_TRIALS) or "/migrations/" in name:
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if _LOOKING.search(line) and _ADOPTED not in line:
                found.append(f"{name}:{number}: {line.strip()}")
    assert found == []

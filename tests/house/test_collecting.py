"""The same tests are collected whenever and wherever: two workers whose lists differ refuse to run any of them."""

import os
import subprocess
import sys

from tests.house.files import ROOT

# The clock of a collection is moved: what a test is called must not hang on the minute in which it was collected.
_COLLECT = """
import sys, time
real, ahead = time.time, float(sys.argv[1])
time.time = lambda: real() + ahead
import pytest
sys.exit(pytest.main(["--collect-only", "--quiet", "-p", "no:cacheprovider", "-p", "no:xdist", "tests"]))
"""
_DAY = 86_400


def collecting(seed: int, ahead: int) -> subprocess.Popen:
    given = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    return subprocess.Popen(
        [sys.executable, "-c", _COLLECT, str(ahead)], cwd=ROOT, env=given | {"PYTHONHASHSEED": str(seed)},
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


def test_two_collections_are_the_same_tests_in_the_same_order():
    running = [collecting(1, 0), collecting(2, 3 * _DAY)]
    first, second = ([line for line in process.communicate()[0].splitlines() if "::" in line] for process in running)
    assert first
    assert [pair for pair in zip(first, second, strict=False) if pair[0] != pair[1]] == []
    assert len(first) == len(second)

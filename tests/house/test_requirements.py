"""Every package is pinned, with the reason why it is here; psycopg 3 stays out."""

import json
import re
from importlib.metadata import requires
from importlib.util import find_spec

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.files import ROOT

PIN = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>[\w.]+)( ; sys_platform [!=]= \"win32\")?\s+# \w.+$")
FILES = ("requirements.txt", "requirements-dev.txt", "requirements-npm.txt")


def _lines(name: str) -> list[str]:
    lines = (ROOT / name).read_text().splitlines()
    return [line for line in lines if line and not line.startswith(("#", "-r "))]


def _pinned(*names: str) -> dict[str, str]:
    found = [PIN.match(line) for name in names for line in _lines(name)]
    return {canonicalize_name(pin["name"]): pin["version"] for pin in found if pin}


@pytest.mark.parametrize("name", FILES)
def test_every_line_is_pinned_and_says_why(name):
    assert [line for line in _lines(name) if not PIN.match(line)] == []


def test_what_a_package_needs_is_pinned_too():
    wrong = []
    for names in (FILES[:1], FILES[:2]):
        pinned = _pinned(*names)
        for package in pinned.keys() - {"waitress"}:
            for text in requires(package) or []:
                needed = Requirement(text)
                if needed.marker and not needed.marker.evaluate({"extra": ""}):
                    continue
                version = pinned.get(canonicalize_name(needed.name))
                if version is None or not needed.specifier.contains(version, prereleases=True):
                    wrong.append(f"{package} needs {needed}")
    assert wrong == []


def test_psycopg_3_is_kept_out():
    """Django takes it silently where it finds it, and answers differently (decision 002)."""
    assert find_spec("psycopg") is None
    assert "psycopg" not in _pinned(*FILES)


def test_the_lock_of_the_assets_names_no_address():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert [name for name, package in packages.items() if "resolved" in package] == []
    assert [name for name, package in packages.items() if name and "integrity" not in package] == []

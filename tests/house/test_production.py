"""The settings of production: nothing to warn of, static files under hashed names."""

import json
import os
import re
import subprocess
import sys

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command

from tests.house.files import ROOT
from tests.security.test_production import COMPLETE

IMPORTED = re.compile(r"""(?:from|import)\s*["'](\./[^"']+)["']""")


def test_nothing_to_warn_of():
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    environment = {"PATH": os.environ["PATH"], **COMPLETE}
    checked = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert checked.stderr == ""
    assert checked.returncode == 0


@pytest.fixture
def collected(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "config.static_files.HashedStaticFiles"}}
    call_command("collectstatic", interactive=False, verbosity=0)
    return tmp_path


def test_a_module_imports_the_hashed_name_of_another(collected):
    """Otherwise a browser may run a new module with the old copy of the module it imports."""
    hashed = set(json.loads((collected / "staticfiles.json").read_text())["paths"].values())
    modules = [name for name in hashed if name.startswith("js/") and name.endswith(".js")]
    imported = [(name, target) for name in modules for target in IMPORTED.findall((collected / name).read_text())]
    assert imported
    wrong = [
        (name, target)
        for name, target in imported
        if os.path.normpath(os.path.join(os.path.dirname(name), target)) not in hashed
    ]
    assert wrong == []


def test_what_setup_installed_is_served(collected):
    assert staticfiles_storage.url("vendor/echarts/echarts.min.js").startswith("/static/vendor/echarts/echarts.min.")
    assert (collected / "vendor/echarts/LICENSE").exists()

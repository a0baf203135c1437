"""Freezes the database of a version that is about to be released: python -m tests.upgrade.freeze NAME, once for each tag."""

import json
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import django
from django.core.management import call_command

from tests.upgrade.world import answers, build

FROZEN = Path(__file__).parent / "frozen"


def freeze(name: str) -> None:
    """Writes frozen/NAME.backup and what the program of now answers about it, frozen/NAME.json."""
    with TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/frozen.sqlite3"
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
        django.setup()
        call_command("migrate", verbosity=0)
        build()
        FROZEN.mkdir(exist_ok=True)
        call_command("backup", str(FROZEN / f"{name}.backup"))
        (FROZEN / f"{name}.json").write_text(json.dumps(answers(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    freeze(sys.argv[1])

"""python -m benchmarks [NAME…]: runs every benchmark of this folder and prints its ratios; exit 1 where one falls short.

A benchmark is a module here with `run() -> list[Ratio]`. Each gets an empty database of its own, which is gone afterwards.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

import django
from django.db import connection

import benchmarks


def benchmark_modules(names: list[str]) -> Iterator[ModuleType]:
    """The modules of this folder that have a `run`; only those of `names` where any is given."""
    for name in names or [found.name for found in iter_modules(benchmarks.__path__) if found.name != "__main__"]:
        module = import_module(f"benchmarks.{name}")
        if hasattr(module, "run"):
            yield module


@contextmanager
def empty_database() -> Iterator[None]:
    old_name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(old_name, verbosity=0)


def main(names: list[str]) -> int:
    short = 0
    for module in benchmark_modules(names):
        with empty_database():
            for ratio in module.run():
                sys.stdout.write(f"{ratio}\n")
                sys.stdout.flush()
                short += ratio.falls_short
    return 1 if short else 0


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    sys.exit(main(sys.argv[1:]))

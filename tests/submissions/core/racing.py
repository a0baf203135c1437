"""Runs one act in many threads at the same moment, each on its own connection; what each answered."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection


def race(times: int, act: Callable[[int], object], together: int = 16) -> list[object]:
    """`act(number)` for 0..times-1, `together` at a time; results or the exceptions raised, in order."""
    barrier = Barrier(min(times, together))

    def run(number: int):
        try:
            if number < together:
                barrier.wait()
            return act(number)
        except Exception as raised:
            return raised
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=min(times, together)) as pool:
        return list(pool.map(run, range(times)))


def kinds(results: list[object]) -> dict[str, int]:
    """Name of the type -> how often."""
    counted: dict[str, int] = {}
    for result in results:
        counted[type(result).__name__] = counted.get(type(result).__name__, 0) + 1
    return counted

"""One measured ratio and its goal: how many times faster our way is than the plain one."""

import gc
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter, process_time


@dataclass(frozen=True)
class Ratio:
    """`times`: plain seconds divided by ours, both of the same run."""

    name: str
    times: float
    goal: float

    @property
    def falls_short(self) -> bool:
        return self.times < self.goal

    def __str__(self) -> str:
        line = f"bench {self.name}: {self.times:.1f}× (goal {self.goal:g}×)"
        return f"{line} falls short" if self.falls_short else line


def best_seconds(act, runs: int = 5) -> float:
    """The shortest of several runs: the machine may be slowed by others, never quickened."""
    seconds = []
    for _ in range(runs):
        begun = perf_counter()
        act()
        seconds.append(perf_counter() - begun)
    return min(seconds)


def ratio_of_pairs(ours: Callable[[], object], plain: Callable[[], object], *, repeats: int, pairs: int = 15) -> float:
    """How many times the work of ours the plain way is: the median of pairs run in turn, each ours `repeats` times and plain once.

    Both are acts of a few milliseconds in this process, its database in it: seconds of the processor count. By the clock the
    same two came to 14 to 85 times: the disk is waited for once by either, 1 to 12 ms, and a busy machine interrupts the longer.
    """
    ours()
    plain()
    times = []
    for _ in range(pairs):
        spent = sum(_seconds_of(ours) for _repeat in range(repeats))
        times.append(_seconds_of(plain) * repeats / spent)
    return median(times)


def ratio_of_best(
    ours: Callable[[], object],
    plain: Callable[[], object],
    *,
    repeats: int,
    pairs: int = 15,
    before: Callable[[], object] = lambda: None,
) -> float:
    """The same of readings: the least seconds of the processor of either, run in turn, ours `repeats` times and plain once.

    The least, because neighbours on the machine slow the one more than the other and quicken none: small steps over much
    memory, as ours are, wait for it twice as long where others use it, one long loop of the database hardly. `before`
    prepares each of ours and is not counted. What was built to be measured burdens neither: no collector of garbage walks it.
    """
    before()
    ours()
    plain()
    gc.collect()
    gc.freeze()
    fast, slow = [], []
    for _ in range(pairs):
        fast += [_seconds_of(ours, before) for _repeat in range(repeats)]
        slow.append(_seconds_of(plain))
    gc.unfreeze()
    return min(slow) / min(fast)


def _seconds_of(act: Callable[[], object], before: Callable[[], object] = lambda: None) -> float:
    before()
    begun = process_time()
    act()
    return process_time() - begun

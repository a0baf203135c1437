"""One measured ratio and its goal: how many times faster our way is than the plain one. Knows no measurement."""

from dataclasses import dataclass
from time import perf_counter


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
        said = f"bench {self.name}: {self.times:.1f}× (goal {self.goal:g}×)"
        return f"{said} falls short" if self.falls_short else said


def best_seconds(act, runs: int = 5) -> float:
    """The shortest of several runs: the machine may be slowed by others, never quickened."""
    seconds = []
    for _ in range(runs):
        begun = perf_counter()
        act()
        seconds.append(perf_counter() - begun)
    return min(seconds)

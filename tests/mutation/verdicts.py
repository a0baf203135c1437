"""Which mutants of a room are asked about, and what became of them, read from what mutmut keeps."""

import json
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

# What a run of tests ends with: 0 where they pass under the mutant, 33 where mutmut knows no test that calls the function.
# Anything else is noticed: a failure, tests that cannot be collected, a crash, more seconds than it may take.
_UNNOTICED = {0, 5, 33}


@dataclass(frozen=True)
class Verdicts:
    """Whether a mutant was noticed, each by its name: `module.function__mutmut_7`."""

    noticed: dict[str, bool]

    @property
    def judged(self) -> int:
        return len(self.noticed)

    @property
    def killed(self) -> int:
        return sum(self.noticed.values())

    @property
    def survivors(self) -> list[str]:
        return [mutant for mutant, noticed in self.noticed.items() if not noticed]

    def not_noticed(self, mutants: list[str]) -> list[str]:
        """Those of `mutants` that survived or were never judged."""
        return [mutant for mutant in mutants if not self.noticed.get(mutant)]

    def not_judged(self, mutants: list[str]) -> list[str]:
        return [mutant for mutant in mutants if mutant not in self.noticed]

    def of(self, mutants: list[str]) -> "Verdicts":
        return Verdicts({mutant: self.noticed[mutant] for mutant in mutants if mutant in self.noticed})

    @property
    def share(self) -> Fraction:
        return Fraction(self.killed, self.judged) if self.judged else Fraction(1)

    def __add__(self, other: "Verdicts") -> "Verdicts":
        return Verdicts(self.noticed | other.noticed)


def sample(mutants: list[str], size: int) -> list[str]:
    """About `size` of them, evenly spread over the code: the same ones in every run over the same code."""
    return mutants[:: max(1, len(mutants) // size)]


def read_verdicts(place: Path) -> Verdicts:
    """Of all mutants that have been judged in `place`, a folder of `workplace.prepare`."""
    found = {}
    for path in sorted((place / "mutants").rglob("*.py.meta")):
        for mutant, code in json.loads(path.read_text())["exit_code_by_key"].items():
            if code is not None:
                found[mutant] = code not in _UNNOTICED
    return Verdicts(found)


def table(found: dict[str, Verdicts]) -> str:
    """A line per room and one for all together."""
    lines = [f"{'room':40}{'mutants':>10}{'killed':>10}{'survived':>10}{'share':>10}"]
    for name, verdicts in {**found, "together": sum(found.values(), Verdicts({}))}.items():
        survived = verdicts.judged - verdicts.killed
        lines.append(f"{name:40}{verdicts.judged:10}{verdicts.killed:10}{survived:10}{float(verdicts.share):10.1%}")
    return "\n".join(lines)

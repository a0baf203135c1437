"""Collects the problems of a file row by row and reports them together."""

from collections.abc import Mapping
from dataclasses import dataclass

from spreadsheets.messages import gettext_noop, say

SHOWN = 20


@dataclass(frozen=True)
class Problem:
    """One sentence at a place. `row` is the number an Excel user sees (0: the file as a whole), `column` a head or ""."""

    row: int
    column: str
    sentence: str


class TableProblems(Exception):
    """The file is refused. Its lines read `FILE:ROW: COLUMN: sentence`, up to 20, and a last line with the count."""

    def __init__(self, name: str, problems: list[Problem]):
        super().__init__(name)
        self.name = name
        self.problems = tuple(sorted(problems, key=lambda problem: problem.row))

    def lines(self) -> list[str]:
        count = len(self.problems)
        lines = [self._line(problem) for problem in self.problems[:SHOWN]]
        if count > SHOWN:
            lines.append(say(PROBLEMS_FIRST, count=count, shown=SHOWN))
        else:
            lines.append(say(PROBLEMS_ALL, count=count))
        return lines

    def __str__(self) -> str:
        return "\n".join(self.lines())

    def _line(self, problem: Problem) -> str:
        place = f"{self.name}:{problem.row}" if problem.row else self.name
        column = f" {problem.column}:" if problem.column else ""
        return f"{place}:{column} {problem.sentence}"


class Problems:
    """Collects the problems of one file, so that all are reported together."""

    def __init__(self, name: str, heads: Mapping[str, str] | None = None):
        self.name = name
        self._heads = heads or {}
        self._found: list[Problem] = []

    def add(self, row_number: int, column: str, sentence: object) -> None:
        """Adds a sentence (text or lazy translation) about a row and a column; row 0 means the file, column "" the row.

        The column is named as its head in the file.
        """
        self._found.append(Problem(row_number, self._heads.get(column, column), str(sentence)))

    def __len__(self) -> int:
        return len(self._found)

    def raise_if_any(self) -> None:
        if self._found:
            raise TableProblems(self.name, self._found)


def refuse(name: str, sentence: str, row_number: int = 0, column: str = "") -> TableProblems:
    """The exception for one single problem, for the caller to raise."""
    return TableProblems(name, [Problem(row_number, column, sentence)])


PROBLEMS_ALL = gettext_noop("Problems: %(count)d. Nothing was taken in.")
PROBLEMS_FIRST = gettext_noop("Problems: %(count)d, the first %(shown)d are shown. Nothing was taken in.")

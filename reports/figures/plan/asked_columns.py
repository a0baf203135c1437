"""Notes the columns of every query while the tables of a release are asked, so that it knows from which reports it is made."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from reports.figures.plan.column_plan import ColumnPlan

_noted: ContextVar[list[ColumnPlan] | None] = ContextVar("asked_columns", default=None)


@contextmanager
def columns_asked() -> Iterator[list[ColumnPlan]]:
    """The list fills with the columns that are asked inside, those of other periods too."""
    columns: list[ColumnPlan] = []
    token = _noted.set(columns)
    try:
        yield columns
    finally:
        _noted.reset(token)


def note_columns(columns: Iterable[ColumnPlan]) -> None:
    """Adds columns to the list; nothing happens where nobody wants to know."""
    noted = _noted.get()
    if noted is not None:
        noted.extend(columns)

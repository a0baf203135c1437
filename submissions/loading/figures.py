"""Loads figures from a table as the operator, through the same checks and acts as the pages. All or nothing, idempotent."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from orgs.loading.columns import named_table
from orgs.loading.loaded import Loaded
from orgs.models import User
from spreadsheets.tables import Problems, Table
from submissions.actions.entering import Entered, Entry, enter_many
from submissions.kinds import State
from submissions.loading.cells import Document, read_documents
from submissions.loading.columns import COLUMNS

STATES = (State.DRAFT, State.SUBMITTED, State.APPROVED)


@dataclass(frozen=True)
class LoadedFigures(Loaded):
    """With what the checks noticed, as `FILE:ROW: COLUMN: sentence`."""

    notices: tuple[str, ...] = ()


@transaction.atomic
def load_figures(table: Table, *, by: User, at: datetime, upto: State = State.SUBMITTED) -> LoadedFigures:
    """Bring every unit of the table to `upto` with its figures, earlier periods first. Raises TableProblems; then nothing changed.

    Mandatory findings are problems of the file. What only has to be verified is settled with an explanation that names the
    operator and the file, and noticed.
    """
    table = named_table(table, COLUMNS)
    problems, notices = table.problems(), []
    tasks = read_documents(table, problems)
    problems.raise_if_any()
    explanation = _("Loaded by the system operator from the file %(file)s; not explained by the unit.") % {"file": table.name}
    changed = unchanged = 0
    for task, documents in tasks:
        entries = [Entry(document.submission, document.figures, document.nil_report) for document in documents]
        entered = enter_many(task=task, entries=entries, upto=upto, explanation=explanation, by=by, at=at)
        _tell(entered, documents, problems)
        notices += _noticed(entered, documents, table.name)
        changed, unchanged = changed + entered.changed, unchanged + entered.unchanged
    problems.raise_if_any()
    return LoadedFigures(_("Reports"), changed=changed, unchanged=unchanged, notices=tuple(notices))


def _tell(entered: Entered, documents: list[Document], problems: Problems) -> None:
    """Refusals at the row of their cell; at the unit's first row where the cell is not in the file."""
    for row, column, said in _placed(entered.refused, documents):
        problems.add(row, column, said)


def _noticed(entered: Entered, documents: list[Document], name: str) -> list[str]:
    return [f"{name}:{row}: {column}: {said}" for row, column, said in _placed(entered.noticed, documents)]


def _placed(found: list[tuple[int, str, str]], documents: list[Document]) -> list[tuple[int, str, str]]:
    rows = {document.submission.pk: document.rows for document in documents}
    placed = []
    for submission_id, key, said in found:
        column = "value" if key in rows[submission_id] and key else "org_code"
        placed.append((rows[submission_id].get(key, rows[submission_id][""]), column, said))
    return placed

"""Loads figures from a table for the operator, with the same checks and acts as the pages: all or nothing, idempotent."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from orgs.loading.change_texts import shown
from orgs.loading.columns import named_table
from orgs.loading.result import Loaded
from orgs.models import User
from spreadsheets.tables import Problems, Table
from submissions.choices import STANDING, State
from submissions.filling.bulk_entry import enter_many
from submissions.filling.entries import BulkEntry, Entered, Step
from submissions.imports.loading.cells import Document, read_documents
from submissions.imports.loading.columns import COLUMNS

MOST_FIGURES = 10  # listed for one unit; the others as a count
STATES = (State.DRAFT, State.SUBMITTED, State.APPROVED)


@dataclass(frozen=True)
class LoadedFigures(Loaded):
    """The result of loading; notices of the checks as `FILE:ROW: COLUMN: sentence`."""

    notices: tuple[str, ...] = ()


@transaction.atomic
def load_figures(table: Table, *, by: User, at: datetime, upto: State = State.SUBMITTED) -> LoadedFigures:
    """Brings every unit of the table to `upto` with its figures, earlier periods first.

    Raises TableProblems; then nothing changed. Mandatory findings are problems of the file. Findings to be verified get an
    explanation that names the operator and the file, and are listed as notices.
    """
    table = named_table(table, COLUMNS)
    problems, notices = table.problems(), []
    tasks = read_documents(table, problems)
    problems.raise_if_any()
    explanation = _("Loaded by the system operator from the file %(file)s; not explained by the unit.") % {"file": table.name}
    changed = unchanged = 0
    steps: list[Step] = []
    for task, documents in tasks:
        entries = [BulkEntry(document.submission, document.figures, document.nil_report) for document in documents]
        entered = enter_many(task=task, entries=entries, upto=upto, explanation=explanation, by=by, at=at)
        _record_refusals(entered, documents, problems)
        notices += _noticed(entered, documents, table.name)
        steps += entered.steps
        changed, unchanged = changed + entered.changed, unchanged + entered.unchanged
    problems.raise_if_any()
    return LoadedFigures(
        _("Reports"), changed=changed, unchanged=unchanged, notices=tuple(notices),
        made=tuple(_step(step) for step in steps if step.old_state == State.BLANK),
        changes=tuple(_step(step) for step in steps if step.old_state != State.BLANK),
        touched=_touched(steps),
    )  # fmt: skip


def _step(step: Step) -> str:
    """The step in words: 470883101 石桥村, 季01表 2026年第三季度: 待审核 → 审核通过; A-1 5 → 7."""
    organization, task = step.submission.organization, step.submission.task
    words = {
        "unit": f"{organization.code} {organization.name}", "form": task.form.code, "period": task.period.label,
        "old": State(step.old_state).label, "new": State(step.new_state).label,
    }  # fmt: skip
    sentence = _("%(unit)s, %(form)s %(period)s: %(old)s → %(new)s") % words
    figures = [f"{key} {shown(old)} → {shown(new)}" for key, (old, new) in step.figures.items()]
    more = len(figures) - MOST_FIGURES
    rest = [_("%(count)d more figures") % {"count": more}] if more > 0 else []
    return _("%(sentence)s.") % {"sentence": _("; ").join([sentence, *figures[:MOST_FIGURES], *rest])}


def _touched(steps: list[Step]) -> tuple[str, ...]:
    units = [step.submission.organization.code for step in steps if step.old_state in STANDING]
    sentence = _("Reports that were sent in already and are brought on: %(count)d (%(units)s).")
    words = {"count": len(units), "units": ", ".join(units[:MOST_FIGURES]) + ("…" if len(units) > MOST_FIGURES else "")}
    return (sentence % words,) if units else ()


def _record_refusals(entered: Entered, documents: list[Document], problems: Problems) -> None:
    """Records each refusal at its cell's row; at the unit's first row if the cell is not in the file."""
    for row, column, sentence in _placed(entered.refused, documents):
        problems.add(row, column, sentence)


def _noticed(entered: Entered, documents: list[Document], name: str) -> list[str]:
    return [f"{name}:{row}: {column}: {sentence}" for row, column, sentence in _placed(entered.noticed, documents)]


def _placed(found: list[tuple[int, str, str]], documents: list[Document]) -> list[tuple[int, str, str]]:
    rows = {document.submission.pk: document.rows for document in documents}
    placed = []
    for submission_id, key, sentence in found:
        column = "value" if key in rows[submission_id] and key else "org_code"
        placed.append((rows[submission_id].get(key, rows[submission_id][""]), column, sentence))
    return placed

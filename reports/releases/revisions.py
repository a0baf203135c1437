"""修订说明: what differs between two snapshots of one table, figure by figure with the reason, and printed cell by cell."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from indicators.kinds.registry import kind_of
from indicators.layout import Layout
from indicators.values.documents import Figure
from reports.releases.cell_changes import CellChange, cell_changes
from reports.releases.snapshot import FrozenVersion, Snapshot
from reports.releases.version_reasons import NO_REASON, VersionReason, reasons_for, reasons_gone
from submissions.models import Submission, Version


@dataclass(frozen=True)
class FigureChange:
    """One figure of one unit's report: old and new as texts, "" for not reported; why, who and when."""

    org: str
    name: str
    form: str
    period: str
    figure: str
    old: str
    new: str
    reason: str
    by: str
    at: datetime | None


@dataclass(frozen=True)
class Revision:
    """What changed from one snapshot to another: in the reports, and in the printed cells."""

    figures: tuple[FigureChange, ...]
    cells: tuple[CellChange, ...]

    def __bool__(self) -> bool:
        return bool(self.figures or self.cells)


def revision_between(old: Snapshot, new: Snapshot) -> Revision:
    """Reads the documents of the versions that differ, in five queries however many."""
    return Revision(tuple(_figure_changes(old, new)), tuple(cell_changes(old, new)))


def _figure_changes(old: Snapshot, new: Snapshot) -> Iterator[FigureChange]:
    changed = [
        report
        for report in dict.fromkeys((*new.versions, *old.versions))
        if old.versions.get(report) != new.versions.get(report)
    ]
    if not changed:
        return
    documents = _Documents(old.versions, new.versions, changed)
    rows = Submission.objects.filter(pk__in=changed).select_related("task__form", "organization")
    for report in rows.order_by("organization__sort_order", "organization__code", "task__period", "task__form__code", "pk"):
        yield from _report_changes(report, documents, _keys_read(report, old, new))


class _Documents:
    """The versions before and after, with the reasons for the later ones."""

    def __init__(self, old: Mapping[int, FrozenVersion], new: Mapping[int, FrozenVersion], reports: list[int]):
        ids = {one.version_id for versions in (old, new) for report in reports if (one := versions.get(report))}
        found = Version.objects.filter(pk__in=ids).select_related("sealed_by").in_bulk()
        self.before = {report: found.get(old[report].version_id) for report in reports if report in old}
        self.after = {report: found.get(new[report].version_id) for report in reports if report in new}
        self._reasons = reasons_for(
            [(self.before.get(report), version) for report, version in self.after.items() if version is not None]
        )
        self._gone = reasons_gone([report for report in reports if report not in new])

    def reason(self, report_id: int) -> VersionReason:
        version = self.after.get(report_id)
        if version is None:
            return self._gone.get(report_id, NO_REASON)
        return self._reasons[version.pk]


def _keys_read(report: Submission, old: Snapshot, new: Snapshot) -> frozenset[str]:
    """The figures of the report that either snapshot read; all where one reads reports as a whole."""
    found = [keys[report.task_id] for keys in (old.keys, new.keys) if report.task_id in keys]
    if any(keys is None for keys in found):
        return frozenset(report.task.layout.by_key)
    return frozenset().union(*found)


def _report_changes(report: Submission, documents: _Documents, keys: frozenset[str]) -> Iterator[FigureChange]:
    before, after = documents.before.get(report.pk), documents.after.get(report.pk)
    reason = documents.reason(report.pk)
    if before is None or after is None:
        words = (_("not counted"), _("counted")) if before is None else (_("counted"), _("not counted"))
        yield _change(report, _("The whole report"), *words, reason)
        return
    for key in report.task.layout.by_key:
        was, now = before.figures.get(key), after.figures.get(key)
        if key in keys and was != now:
            texts = (_text(report.task.layout, key, figure) for figure in (was, now))
            yield _change(report, _figure_name(report.task.layout, key), *texts, reason)


def _change(report: Submission, figure: str, old: str, new: str, reason: VersionReason) -> FigureChange:
    org, task = report.organization, report.task
    return FigureChange(
        org.code, org.name, task.form.code, task.period.label, figure, old, new, reason.text, reason.by, reason.at
    )  # fmt: skip


def _figure_name(layout: Layout, key: str) -> str:
    line = layout.by_key[key]
    name = f"{line.name}:{line.item}" if line.item else line.name
    return f"{line.code} {name}"


def _text(layout: Layout, key: str, figure: Figure | None) -> str:
    line = layout.by_key[key]
    return kind_of(line).text(figure, line.decimals)

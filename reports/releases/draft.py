"""All that a release will hold, read in one moment before anything is written: sheets, snapshot, open reports, the edition before."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import translation

from orgs.models import User
from orgs.moments import one_moment
from reports.figures.plan.asked_columns import columns_asked
from reports.models import Release
from reports.releases.open_reports import OpenReport, open_reports
from reports.releases.orders import ReleaseOrder, options_data, order_again
from reports.releases.packages import snapshot_of
from reports.releases.queries import newest_edition
from reports.releases.revisions import Revision, revision_between
from reports.releases.snapshot import Snapshot, frozen_table
from reports.releases.sources import keys_read, versions_counted
from reports.tables.export import ExportSheets, export_sheets, occasion_of
from reports.tables.layouts.definition_reader import data_of
from reports.tables.subjects.export_context import ExportContext


@dataclass(frozen=True)
class ReleaseDraft:
    """A release before it is written. `revision`: what changed since `previous`; None without an edition before."""

    order: ReleaseOrder
    occasion: ExportContext
    workbook: ExportSheets
    snapshot: Snapshot
    open_reports: tuple[OpenReport, ...]
    previous: Release | None
    revision: Revision | None

    @property
    def edition(self) -> int:
        return self.previous.edition + 1 if self.previous else 1

    def repeats(self, release: Release) -> bool:
        """True if the release says exactly this already: nothing has changed since, nor its title, layout or options."""
        return (
            (release.title, release.note, release.check_code) == (self.order.title, self.order.note, self.workbook.digest)
            and release.definition == data_of(self.order.layout)
            and release.options == options_data(self.order.options)
            and snapshot_of(release).versions == self.snapshot.versions
        )


@one_moment()
def draft_of(order: ReleaseOrder, *, by: User, at: datetime) -> ReleaseDraft:
    """Reads everything. Raises NothingToExport, BadQuestion."""
    occasion = occasion_of(order.layout, order.period, order.org, order.options, title=order.title, by=by, at=at)
    workbook, snapshot = _asked(order.form, occasion)
    previous = newest_edition(order.org, order.layout.code, order.form, order.period, occasion.basis, occasion.tree)
    return ReleaseDraft(
        order, occasion, workbook, snapshot, tuple(open_reports(workbook.tables, order.layout, order.org)), previous,
        revision_between(snapshot_of(previous), snapshot) if previous else None,
    )  # fmt: skip


@one_moment()
def snapshot_now(release: Release) -> Snapshot:
    """The same table asked now: its own layout, options, tree and language. Raises NothingToExport, BadQuestion.

    Under the tree of now it is that of the day of its issue, so that a later move is no change of it.
    """
    order = order_again(release)
    with translation.override(release.language):
        occasion = occasion_of(
            order.layout, order.period, order.org, order.options, title=order.title, by=release.issued_by, at=release.issued_at
        )
        return _asked(order.form, occasion)[1]


def _asked(form: str, occasion: ExportContext) -> tuple[ExportSheets, Snapshot]:
    with columns_asked() as columns:
        workbook = export_sheets(form, occasion)
    keys = keys_read(columns, workbook.tables)
    return workbook, Snapshot(tuple(map(frozen_table, workbook.tables)), keys, versions_counted(keys, occasion))

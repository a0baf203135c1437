"""The values that the pages of releases show."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.figures.plan.query_plan import BadQuestion
from reports.models import Release
from reports.releases.cell_changes import CellChange
from reports.releases.draft import ReleaseDraft, snapshot_now
from reports.releases.packages import snapshot_of
from reports.releases.queries import editions_of
from reports.releases.revisions import FigureChange, Revision, revision_between
from reports.scope.figure_address import TREE_LABELS
from reports.scope.page_scope import BASIS_LABELS
from reports.tables.export import NothingToExport

MOST_SHOWN = 200  # of a list of changes on a page; the workbook of the next edition has all


@dataclass(frozen=True)
class RevisionShown:
    """A Revision as a page shows it, cut to MOST_SHOWN; `refused`: why the table cannot be asked now."""

    figures: Sequence[FigureChange] = ()
    cells: Sequence[CellChange] = ()
    all_figures: int = 0
    all_cells: int = 0
    refused: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.all_figures or self.all_cells or self.refused)

    @property
    def is_cut(self) -> bool:
        return self.all_figures > len(self.figures) or self.all_cells > len(self.cells)


@dataclass(frozen=True)
class ReleasePage:
    """One release. `since`: what changed since it was issued; `revision`: what it changed against the edition before."""

    release: Release
    editions: Sequence[Release]
    since: RevisionShown
    revision: RevisionShown | None
    versions: int

    @property
    def newest(self) -> Release:
        return self.editions[-1]

    @property
    def is_in_force(self) -> bool:
        return self.newest.pk == self.release.pk

    @property
    def basis(self) -> str:
        return str(BASIS_LABELS[self.release.basis])

    @property
    def tree(self) -> str:
        return str(TREE_LABELS[self.release.tree])

    @property
    def layout_title(self) -> str:
        return self.release.definition["title"]


@dataclass(frozen=True)
class EffectPage:
    """What issuing will do: the reports that are in it, those that are not approved, and what the next edition changes."""

    draft: ReleaseDraft
    revision: RevisionShown | None

    @property
    def counted(self) -> int:
        return len(self.draft.snapshot.versions)

    @property
    def open_reports(self) -> Sequence:
        return self.draft.open_reports[:MOST_SHOWN]

    @property
    def is_cut(self) -> bool:
        return len(self.draft.open_reports) > MOST_SHOWN

    @property
    def tables(self) -> list[str]:
        return [f"{table.form} {table.title}".strip() for table in self.draft.snapshot.tables]

    @property
    def repeats(self) -> bool:
        """Nothing changed since the edition in force: only another title, note or option makes a next edition."""
        return self.draft.previous is not None and not self.draft.revision


def release_page(release: Release) -> ReleasePage:
    """Asks the table again, so that the page shows what changed since."""
    snapshot = snapshot_of(release)
    before = release.previous
    revision = _shown(revision_between(snapshot_of(before), snapshot)) if before else None
    try:
        since = _shown(revision_between(snapshot, snapshot_now(release)))
    except (NothingToExport, BadQuestion) as error:
        since = RevisionShown(refused=str(error))
    return ReleasePage(release, editions_of(release), since, revision, len(snapshot.versions))


def effect_page(draft: ReleaseDraft) -> EffectPage:
    return EffectPage(draft, _shown(draft.revision) if draft.revision is not None else None)


def _shown(revision: Revision) -> RevisionShown:
    return RevisionShown(
        revision.figures[:MOST_SHOWN], revision.cells[:MOST_SHOWN], len(revision.figures), len(revision.cells)
    )  # fmt: skip

"""Carries out one row of a table of changes: finds the organizations, opens successors that are new, and acts; nothing where it is done."""

from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from orgs.choices import SuccessionKind
from orgs.models import Organization, Succession, User
from orgs.restructuring.row_organizations import RowOrganizations, RowRefused
from orgs.restructuring.rows import RestructuringRow
from orgs.restructuring.successors import Successors, spans_now
from orgs.tree import restructuring
from orgs.tree.former_names import former_names_of
from orgs.tree.place_changes import span_on
from orgs.tree.placements import PlacementSpan
from orgs.tree.restructuring import Views, record_opening
from orgs.tree.succession_records import RestructuringResult

Results = list[RestructuringResult]


class RowActs:
    """The acts of one row, by the kind of change."""

    def __init__(self, row: RestructuringRow, *, by: User, at: datetime, county_id: int | None = None):
        self._row, self._who = row, {"by": by, "at": at}
        self._organizations = RowOrganizations(row, county_id)
        self._successors = Successors(row, self._organizations, by=by, at=at)

    def carry_out(self) -> Results:
        """What was done; nothing where it was done before. Raises RowRefused, and ValidationError of the acts."""
        acts: dict[SuccessionKind, Callable[[], Results]] = {
            SuccessionKind.OPEN: self._open,
            SuccessionKind.CLOSE: self._merge if self._row.to_codes else self._end,
            SuccessionKind.SUSPEND: self._end,
            SuccessionKind.REOPEN: self._reopen,
            SuccessionKind.MOVE: self._move,
            SuccessionKind.RENAME: self._rename,
            SuccessionKind.MERGE: self._merge,
            SuccessionKind.SPLIT: self._split,
            SuccessionKind.RECATEGORIZE: self._recategorize,
        }
        return acts[self._row.kind]()

    # --- one by one --------------------------------------------------------------------------------------------------

    def _open(self) -> Results:
        column = "to_codes" if self._row.to_codes else "from_codes"
        done = []
        for place, code in enumerate(getattr(self._row, column)):
            standing = self._organizations.find(column, code)
            if standing is not None and span_on(spans_now(standing), self._row.on):
                self._refuse_other_place(standing, column)
                continue
            organization = self._successors.placed(
                column, code, self._successors.name_of(column, place), self._successors.parent()
            )
            done.append(record_opening(organization=organization, on=self._row.on, note=self._row.note, **self._who))
        return done

    def _end(self) -> Results:
        act = restructuring.close if self._row.kind == SuccessionKind.CLOSE else restructuring.suspend
        return [
            act(organization=org, on=self._row.on, note=self._row.note, exempts=self._row.exempts, **self._who)
            for org in self._organizations.all_of("from_codes")
            if not self._is_done(self._row.kind, [org], [])
        ]

    def _reopen(self) -> Results:
        column = "from_codes" if self._row.from_codes else "to_codes"
        parent = self._organizations.only("parent_code")
        return [
            restructuring.reopen(organization=org, on=self._row.on, parent=parent, note=self._row.note, **self._who)
            for org in self._organizations.all_of(column)
            if not self._is_done(SuccessionKind.REOPEN, [], [org])
        ]

    def _move(self) -> Results:
        parent = self._organizations.only("parent_code")
        if parent is None and self._row.to_codes != self._row.from_codes:
            parent = self._organizations.only("to_codes")
        views = Views(self._organizations.only("district_code"), self._organizations.only("line_code"))
        done = []
        for org in self._organizations.all_of("from_codes"):
            span = span_on(spans_now(org), self._row.on)
            above = parent or (Organization.objects.get(pk=span.parent) if span and span.parent else None)
            if above is None:
                raise RowRefused("parent_code", _("Name the organization under which it stands from the day on."))
            if span is not None and span.valid_from == self._row.on and _stands(span, above, views):
                continue
            done.append(
                restructuring.move(
                    organization=org, parent=above, on=self._row.on, views=views, note=self._row.note, **self._who
                )
            )
        return done

    def _rename(self) -> Results:
        organizations = self._organizations.all_of("from_codes")
        names = self._row.names or self._row.to_codes
        if not self._row.names and self._organizations.find("to_codes", names[0]) is not None:
            sentence = _(
                "%(code)s is the code of another organization, not a name. A code stays; to join two organizations enter a merge."
            )
            raise RowRefused("to_codes", sentence % {"code": names[0]})
        return [
            restructuring.rename(organization=org, name=name, on=self._row.on, note=self._row.note, **self._who)
            for org, name in zip(organizations, names, strict=True)
            if not (self._is_done(SuccessionKind.RENAME, [org], [org]) and self._was_called(org, name))
        ]

    def _recategorize(self) -> Results:
        wanted = {"unit_category": self._row.unit_category, "org_type": self._row.org_type}
        return [
            restructuring.recategorize(organization=org, on=self._row.on, note=self._row.note, **wanted, **self._who)
            for org in self._organizations.all_of("from_codes")
            if not self._is_done(SuccessionKind.RECATEGORIZE, [org], [org])
        ]

    # --- several -----------------------------------------------------------------------------------------------------

    def _merge(self) -> Results:
        predecessors = self._organizations.all_of("from_codes")
        [code] = self._row.to_codes
        known = self._organizations.find("to_codes", code)
        if known is not None and self._is_done(SuccessionKind.MERGE, predecessors, [known]):
            return []
        if known is not None and [known] == predecessors:
            raise RowRefused(
                "to_codes", _("An organization cannot be merged with itself alone; name those that are merged into it.")
            )
        successor, opened = self._successors.successor(code, self._successors.name_of("to_codes", 0), predecessors)
        return [
            restructuring.merge(
                predecessors=predecessors, successor=successor, on=self._row.on, note=self._row.note,
                exempts=self._row.exempts, opened=opened, **self._who,
            )
        ]  # fmt: skip

    def _split(self) -> Results:
        [predecessor] = self._organizations.all_of("from_codes")
        codes = self._row.to_codes
        known = [self._organizations.find("to_codes", code) for code in codes]
        shares: Sequence[Decimal | None] = self._row.shares or [None] * len(codes)
        if None not in known and self._is_done(SuccessionKind.SPLIT, [predecessor], known, shares):
            return []
        names = [self._successors.name_of("to_codes", place) for place in range(len(codes))]
        made = [self._successors.successor(code, name, [predecessor]) for code, name in zip(codes, names, strict=True)]
        return [
            restructuring.split(
                predecessor=predecessor, successors=dict(zip((org for org, _opened in made), shares, strict=True)),
                on=self._row.on, note=self._row.note, exempts=self._row.exempts, opened=[org for org, opened in made if opened],
                **self._who,
            )
        ]  # fmt: skip

    # --- what is done already ----------------------------------------------------------------------------------------

    def _refuse_other_place(self, organization: Organization, column: str) -> None:
        """What is opened stands there from the day on already; elsewhere, or since earlier, it is something else."""
        span, parent = span_on(spans_now(organization), self._row.on), self._organizations.only("parent_code")
        if span.valid_from != self._row.on or (parent is not None and span.parent != parent.pk):
            sentence = _("%(name)s (%(code)s) stands already since %(day)s; what exists is moved or renamed, not opened.")
            words = {"name": organization.name, "code": organization.code, "day": span.valid_from.isoformat()}
            raise RowRefused(column, sentence % words)

    def _was_called(self, organization: Organization, name: str) -> bool:
        return former_names_of([organization.pk]).name_on(organization.pk, self._row.on, organization.name) == name

    def _is_done(
        self,
        kind: SuccessionKind,
        before: Sequence[Organization],
        after: Sequence[Organization],
        shares: Sequence[Decimal | None] = (),
    ) -> bool:
        """Whether the very same change is recorded already."""
        everyone = [*before, *after]
        rows = Succession.objects.filter(
            county_id=everyone[0].county_id, kind=kind, on=self._row.on, ends__organization=everyone[0]
        )
        wanted = {(org.pk, True, None) for org in before}
        wanted |= {(org.pk, False, share) for org, share in zip(after, shares or [None] * len(after), strict=True)}
        for row in rows.distinct().prefetch_related("ends"):
            ends = {(end.organization_id, end.is_predecessor, end.share if shares else None) for end in row.ends.all()}
            if ends == wanted:
                return True
        return False


def _stands(span: PlacementSpan, parent: Organization, views: Views) -> bool:
    return span.parent == parent.pk and views.of(span) == {"district": span.district, "line": span.line}

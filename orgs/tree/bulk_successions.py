"""Writes the moves and renames of a whole list as successions, in a few statements. The caller, who changes the places, audits.

Without them the history of an organization would contain only single acts (`orgs.tree.restructuring`).
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from orgs.choices import SuccessionKind
from orgs.county_rows import delete_rows
from orgs.models import Succession, SuccessionEnd
from orgs.tree.place_changes import moves_in
from orgs.tree.placements import PlacementSpan
from orgs.tree.spans import BATCH, batched

Places = Mapping[int, Sequence[PlacementSpan]]
Happened = tuple[int, date]  # organization id, day


@dataclass(frozen=True)
class Moves:
    """The moves that got a succession, and those whose succession was removed because their day was corrected."""

    new: tuple[Happened, ...] = ()
    taken_back: tuple[Happened, ...] = ()


def write_moves(before: Places, after: Places, counties: Mapping[int, int]) -> Moves:
    """Writes a succession for every move that is new in the places, and deletes that of a move that is gone."""
    moves = {org: moves_in(spans) for org, spans in after.items()}
    stood = {org: moves_in(before.get(org, ())) for org in after}
    new = sorted((org, day) for org, days in moves.items() for day in days.keys() - stood[org].keys())
    gone = sorted((org, day) for org, days in stood.items() for day in days.keys() - moves[org].keys())
    write_successions(SuccessionKind.MOVE, dict.fromkeys(new, ""), counties)
    return Moves(tuple(new), tuple(_take_back(gone, counties)))


def write_successions(kind: SuccessionKind, notes: Mapping[Happened, str], counties: Mapping[int, int]) -> None:
    """Writes successions in which predecessor and successor are the same organization, in the order of their days."""
    order = sorted(notes, key=lambda happened: (happened[1], happened[0]))
    successions = Succession.objects.bulk_create(
        (Succession(county_id=counties[org], kind=kind, on=day, note=notes[org, day]) for org, day in order), batch_size=BATCH
    )
    SuccessionEnd.objects.bulk_create(
        (
            SuccessionEnd(county_id=one.county_id, succession=one, organization_id=org, is_predecessor=is_before)
            for one, (org, _day) in zip(successions, order, strict=True)
            for is_before in (True, False)
        ),
        batch_size=BATCH,
    )


def rename_note(old: str, new: str, note: str = "") -> str:
    """Both names as a note, so that the old one stays readable; cut if two very long names do not fit."""
    text = f"{old} → {new}" + (f"; {note}" if note else "")
    return text[: Succession._meta.get_field("note").max_length]


def _take_back(gone: Collection[Happened], counties: Mapping[int, int]) -> list[Happened]:
    """Deletes the successions of these moves; returns the moves that had one."""
    taken: list[Happened] = []
    for some in batched(gone):
        ends = SuccessionEnd.objects.filter(
            organization_id__in={org for org, _day in some}, succession__kind=SuccessionKind.MOVE, is_predecessor=True
        )
        successions_of = {
            (org, day): pk for org, day, pk in ends.values_list("organization_id", "succession__on", "succession_id")
        }
        found = [happened for happened in some if happened in successions_of]
        by_county: dict[int, list[int]] = defaultdict(list)
        for org, day in found:
            by_county[counties[org]].append(successions_of[org, day])
        for county, successions in by_county.items():
            delete_rows(SuccessionEnd.objects.filter(succession_id__in=successions), county)
            delete_rows(Succession.objects.filter(pk__in=successions), county)
        taken += found
    return taken

"""The state of organizations as a change finds and leaves it: places, names, categories; written as JSON, to be taken back."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from orgs.models import FormerCategory, FormerName
from orgs.tree.placements import PlacementSpan
from orgs.tree.spans import batched, organizations_by_id, spans_of

FACTS = ("name", "short_name", "initials", "unit_category", "org_type")


@dataclass(frozen=True)
class OrganizationState:
    """`facts`: by the names in FACTS. `former_names`, `former_categories`: the last days of those that are kept."""

    spans: tuple[PlacementSpan, ...]
    facts: Mapping[str, str]
    former_names: tuple[date, ...] = ()
    former_categories: tuple[date, ...] = ()

    def packed(self) -> dict:
        return {
            "spans": [
                [span.parent, _text(span.valid_from), _text(span.valid_to), span.district, span.line] for span in self.spans
            ],
            "facts": dict(self.facts),
            "former_names": [_text(day) for day in self.former_names],
            "former_categories": [_text(day) for day in self.former_categories],
        }


States = Mapping[int, OrganizationState]


def states_of(organization_ids: Iterable[int]) -> dict[int, OrganizationState]:
    """The present state of each, in batches."""
    organizations = organizations_by_id(organization_ids)
    spans = spans_of(organizations)
    names, categories = _last_days(FormerName, organizations), _last_days(FormerCategory, organizations)
    return {
        pk: OrganizationState(
            spans.get(pk, ()), {fact: getattr(org, fact) for fact in FACTS}, names.get(pk, ()), categories.get(pk, ())
        )
        for pk, org in organizations.items()
    }


def packed(states: States) -> dict[str, dict]:
    """As JSON keeps it."""
    return {str(pk): state.packed() for pk, state in states.items()}


def unpacked(data: Mapping[str, dict]) -> dict[int, OrganizationState]:
    return {int(pk): _unpacked(state) for pk, state in data.items()}


def _unpacked(state: dict) -> OrganizationState:
    spans = tuple(
        PlacementSpan(parent, _day(valid_from), _day(valid_to), district, line)
        for parent, valid_from, valid_to, district, line in state["spans"]
    )
    names, categories = (tuple(map(_day, state[key])) for key in ("former_names", "former_categories"))
    return OrganizationState(spans, state["facts"], names, categories)


def _last_days(model: type[FormerName | FormerCategory], organization_ids: Collection[int]) -> dict[int, tuple[date, ...]]:
    found: dict[int, tuple[date, ...]] = {}
    for some in batched(sorted(organization_ids)):
        rows = model.objects.filter(organization_id__in=some).order_by("until")
        for org_id, until in rows.values_list("organization_id", "until"):
            found[org_id] = (*found.get(org_id, ()), until)
    return found


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None

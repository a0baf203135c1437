"""Reads the stored tables, editions and bindings for the pages and the filling."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Max, QuerySet

from reports.external.bindings.bindings import Binding, from_json
from reports.models import UpperBinding, UpperEdition, UpperTable


@dataclass(frozen=True)
class Kept:
    """One edition with the newest version of its bindings. `number` is 0 while nothing has been bound."""

    edition: UpperEdition
    binding: UpperBinding | None

    @property
    def number(self) -> int:
        return self.binding.number if self.binding else 0

    @property
    def content(self) -> bytes:
        return bytes(self.edition.content)

    @cached_property
    def bindings(self) -> dict[str, Binding]:
        return from_json(self.binding.cells) if self.binding else {}


def kept_of(table: UpperTable) -> Kept:
    """The newest edition of a table, with its bindings."""
    edition = table.editions.order_by("-number").first()
    return kept_in(edition)


def kept_in(edition: UpperEdition) -> Kept:
    return Kept(edition, edition.bindings.order_by("-number").first())


def tables_of(county_ids: Collection[int]) -> QuerySet[UpperTable]:
    """The tables in use with the number and day of their newest edition, by name."""
    found = UpperTable.objects.filter(county_id__in=county_ids, is_retired=False)
    return found.annotate(edition=Max("editions__number"), put_at=Max("editions__put_at")).order_by("name", "id")


def versions_of(edition: UpperEdition) -> QuerySet[UpperBinding]:
    """All versions of an edition's bindings, the newest first."""
    return edition.bindings.select_related("bound_by").order_by("-number")

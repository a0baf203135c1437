"""Loads a table of changes to organizations: in the order of their days, all or nothing; what is done already stays as it is."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from orgs.loading.columns import named_table
from orgs.models import SuccessionEnd, User
from orgs.restructuring.columns import COLUMNS
from orgs.restructuring.row_acts import RowActs
from orgs.restructuring.row_organizations import RowRefused
from orgs.restructuring.rows import RestructuringRow, read_rows
from orgs.tree.dependants import Followed, dependants
from orgs.tree.succession_records import RestructuringResult
from spreadsheets.tables import Problems, Table


@dataclass(frozen=True)
class Restructured:
    """The changes that were made, how many rows were done before, and the reports that are expected newly or no more."""

    results: tuple[RestructuringResult, ...]
    unchanged: int
    expected: Followed

    @property
    def organizations(self) -> set[int]:
        """Everybody who is named by a change."""
        successions = [result.succession.pk for result in self.results]
        return set(SuccessionEnd.objects.filter(succession__in=successions).values_list("organization_id", flat=True))

    @property
    def followed(self) -> Followed:
        return sum((result.followed for result in self.results), Followed()) + self.expected


def read_restructuring(table: Table) -> list[RestructuringRow]:
    """Raises TableProblems."""
    table = named_table(table, COLUMNS)
    problems = table.problems()
    rows = read_rows(table, problems)
    problems.raise_if_any()
    return rows


@transaction.atomic
def load_restructuring(table: Table, *, by: User, at: datetime, county_id: int | None = None) -> Restructured:
    """Raises TableProblems with every row that cannot be carried out; then nothing was written.

    `county_id`: codes mean organizations of this county only.
    """
    problems = named_table(table, COLUMNS).problems()
    restructured = carry_out(read_restructuring(table), problems, by=by, at=at, county_id=county_id)
    problems.raise_if_any()
    return restructured


@transaction.atomic
def carry_out(
    rows: Iterable[RestructuringRow], problems: Problems, *, by: User, at: datetime, county_id: int | None = None
) -> Restructured:
    """The rows one after the other, and then the ledgers of open tasks. A row after a refused one that names the same is passed over."""
    results: list[RestructuringResult] = []
    unchanged, refused = 0, set[str]()
    days: list[date] = []
    for row in rows:
        codes = {*row.from_codes, *row.to_codes}
        if {*codes, row.parent_code} & refused:
            continue
        try:
            with transaction.atomic():
                done = RowActs(row, by=by, at=at, county_id=county_id).carry_out()
        except RowRefused as refusal:
            problems.add(row.number, refusal.column, refusal.sentence)
            refused |= codes
            continue
        except ValidationError as error:
            problems.add(row.number, "from_codes" if row.from_codes else "to_codes", " ".join(error.messages))
            refused |= codes
            continue
        results += done
        unchanged += not done
        days += [row.on] if done else []
    restructured = Restructured(tuple(results), unchanged, Followed())
    expected = _expect(restructured.organizations, days, by=by, at=at)
    return Restructured(tuple(results), unchanged, expected)


def _expect(organization_ids: Collection[int], days: Collection[date], *, by: User, at: datetime) -> Followed:
    return dependants().expect(organization_ids, min(days), by=by, at=at) if days else Followed()

"""Finds which organization of the database a code of the file means. Two counties may use one code, so the county decides."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from orgs.choices import UnitCategory
from orgs.loading.codes import organizations_with_codes
from orgs.loading.org_rows import OrganizationRow, PlaceRow
from orgs.loading.short_codes import short_codes
from orgs.loading.spoilt_codes import SpoiltCodes, broken_number
from orgs.models import Organization
from spreadsheets.tables import Problems


class Matching:
    """Finds the existing organizations for the codes of one file, with queries in batches.

    `existing`: code of the file -> its organization.
    """

    def __init__(self, entries: Mapping[str, OrganizationRow], problems: Problems):
        self._entries = entries
        self._problems = problems
        self._known = organizations_with_codes(_codes_in(entries))
        self._counties = {code: self._county_of(code) for code in entries}
        self.existing = {code: found for code in entries if (found := self._in_database(code)) is not None}
        unknown = [code for code in _codes_in(entries) if code not in self._known]
        self._spoilt = SpoiltCodes({*unknown, *(code for *_place, code in _number_cells(entries))}, entries.keys() - unknown)
        self._tops = {self._chain(code)[-1] for code in entries if self._is_county(code)}

    def outside(self, place: PlaceRow, entry: OrganizationRow, column: str, code: str) -> Organization | None:
        """The organization that a parent, district or line code means if the file has no row for it; None is a problem."""
        candidates = self._known.get(code, [])
        at_home = [org for org in candidates if org.county_id == self._county_id(entry.code)]
        if len(at_home or candidates) == 1:
            return (at_home or candidates)[0]
        if candidates:
            sentence = _("The code %(code)s is used in several counties; load this row in a file with its county.")
        else:
            sentence = _("No organization has the code %(code)s, neither in this file nor in the system.")
        spoilt = "" if candidates else self._spoilt.of_unknown(code)
        self._problems.add(place.number, column, spoilt or sentence % {"code": code})
        return None

    def check_codes(self) -> None:
        """Reports every new code that is refused: damaged by a spreadsheet, without a place, or somebody else's."""
        doubtful = self._check_number_cells()
        for code, entry in self._entries.items():
            known = self._known.get(code, [])
            if code in self.existing:
                self._check_top(entry, self.existing[code])
            elif known and isinstance(self._counties[code], int):
                sentence = _(
                    "The code %(code)s belongs to %(name)s of %(county)s. A unit that comes to another county is closed there and "
                    "opened here under a new code; if this is another organization, load it in one file with its county."
                )
                words = {"code": code, "name": known[0].name, "county": known[0].county.name}
                self._problems.add(entry.number, "parent_code", sentence % words)
            elif len(known) > 1 and not entry.parent_code:
                sentence = _("The code %(code)s is used in several counties; say which one by its parent_code.")
                self._problems.add(entry.number, "parent_code", sentence % {"code": code})
            elif code in doubtful:
                continue
            elif sentence := broken_number(code) or self._spoilt.of_new(code, entry.parent_code):
                self._problems.add(entry.number, "code", sentence)
            elif not entry.parent_code and not self._may_be_root(entry):
                sentence = _(
                    "%(name)s (%(code)s) is new, and the row says no parent_code. Write the code of the organization above it; "
                    "only a county (unit_category) stands at the top."
                )
                self._problems.add(entry.number, "parent_code", sentence % {"name": entry.facts.get("name"), "code": code})

    def _check_top(self, entry: OrganizationRow, standing: Organization) -> None:
        """Refuses to make an existing organization that is below others a county because its row has no parent_code."""
        is_county = entry.facts.get("unit_category") == UnitCategory.COUNTY
        if is_county and not entry.parent_code and standing.pk != standing.county_id:
            sentence = _(
                "The code %(code)s belongs to %(name)s, which stands in %(county)s; it cannot name a county too. "
                "Give the county its own code, or correct the unit_category."
            )
            words = {"code": entry.code, "name": standing.name, "county": standing.county.name}
            self._problems.add(entry.number, "unit_category", sentence % words)

    def _check_number_cells(self) -> set[str]:
        """Reports codes in number cells that may mean other codes, in any column; returns them."""
        doubtful: set[str] = set()
        for number, column, code in _number_cells(self._entries):
            sentence = broken_number(code, is_number=True) or (
                self._spoilt.of_known_number(code) if code in self._known else ""
            )
            if sentence:
                self._problems.add(number, column, sentence)
                doubtful.add(code)
        for entry, sentence in short_codes(self._entries, self._known):
            if entry.code not in doubtful and not self._spoilt.of_new(entry.code, entry.parent_code):
                self._problems.add(entry.number, "code", sentence)
                doubtful.add(entry.code)
        return doubtful

    def _may_be_root(self, entry: OrganizationRow) -> bool:
        """Whether the entry may be a root: a county, or, with several counties, what the file puts above them."""
        return self._is_county(entry.code) or entry.code in self._tops

    def _county_of(self, code: str) -> int | str:
        """The county of an entry: its id if it exists and the way up leaves the file, otherwise its code."""
        chain = self._chain(code)
        in_file = next((step for step in reversed(chain) if self._is_county(step)), None)
        parent = self._entries[chain[-1]].parent_code
        above = self._known.get(parent, []) if parent not in self._entries else []
        if len(above) == 1 and above[0].county.unit_category == UnitCategory.COUNTY:
            return above[0].county_id
        if in_file is not None:
            return in_file
        top = self._known.get(chain[-1], []) if not parent else above
        return top[0].county_id if len(top) == 1 else chain[-1]

    def _chain(self, code: str) -> list[str]:
        """The code and the codes above it within the file, by first rows, upwards; a circle ends where it closes."""
        chain = [code]
        while (parent := self._entries[chain[-1]].parent_code) in self._entries and parent not in chain:
            chain.append(parent)
        return chain

    def _is_county(self, code: str) -> bool:
        """Whether the code is a county by the file.

        An existing organization below others stays there, even if its row has no parent.
        """
        entry, known = self._entries[code], self._known.get(code, [])
        category = entry.facts.get("unit_category")
        if category is None or (category == UnitCategory.COUNTY and known and not entry.parent_code):
            return any(org.pk == org.county_id and org.unit_category == UnitCategory.COUNTY for org in known)
        return category == UnitCategory.COUNTY

    def _county_id(self, code: str) -> int | None:
        county = self._counties[code]
        if isinstance(county, int):
            return county
        return next((org.pk for org in self._known.get(county, []) if org.pk == org.county_id), None)

    def _in_database(self, code: str) -> Organization | None:
        county = self._county_id(code)
        return next((org for org in self._known.get(code, []) if org.county_id == county), None)


def _codes_in(entries: Mapping[str, OrganizationRow]) -> list[str]:
    codes = dict.fromkeys(entries)
    for entry in entries.values():
        for place in entry.places:
            codes |= dict.fromkeys(place.codes().values())
    return list(codes)


def _number_cells(entries: Mapping[str, OrganizationRow]) -> Iterator[tuple[int, str, str]]:
    """Row, column and code of every code in a number cell."""
    for entry in entries.values():
        for place in entry.places:
            codes = {"code": entry.code, **place.codes()}
            yield from ((place.number, column, code) for column, code in codes.items() if column in place.numbers)

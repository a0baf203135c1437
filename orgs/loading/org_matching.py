"""Which organization of the database a code of the file means. Two counties may use one code, so the county decides."""

from collections import defaultdict
from collections.abc import Mapping

from django.utils.translation import gettext as _

from orgs.kinds import UnitCategory
from orgs.loading.org_rows import Entry, PlaceRow
from orgs.models import Organization
from orgs.spans import batched
from spreadsheets.tables import Problems


class Matching:
    """Finds, for the codes of one file, what is already there; asks the database once, in batches.

    `existing`: code of the file -> the organization it means, for those already there.
    """

    def __init__(self, entries: Mapping[str, Entry], problems: Problems):
        self._entries = entries
        self._problems = problems
        self._known = _organizations_with(_codes_in(entries))
        self._counties = {code: self._county_of(code) for code in entries}
        self.existing = {code: found for code in entries if (found := self._in_database(code)) is not None}

    def outside(self, entry: Entry, place: PlaceRow, column: str, code: str) -> Organization | None:
        """The organization that a parent, district or line code means where the file has no row for it; None is a problem."""
        candidates = self._known.get(code, [])
        at_home = [org for org in candidates if org.county_id == self._county_id(entry.code)]
        if len(at_home or candidates) == 1:
            return (at_home or candidates)[0]
        if candidates:
            sentence = _("The code %(code)s is used in several counties; load this row in a file with its county.")
        else:
            sentence = _("No organization has the code %(code)s, neither in this file nor in the system.")
        self._problems.add(place.number, column, sentence % {"code": code})
        return None

    def _county_of(self, code: str) -> int | str:
        """The county an entry belongs to: its id where it is there and the way up leaves the file, otherwise its code."""
        chain = self._chain(code)
        in_file = next((step for step in reversed(chain) if self._is_county(step)), None)
        parent = self._entries[chain[-1]].places[0].parent_code
        above = self._known.get(parent, []) if parent not in self._entries else []
        if len(above) == 1 and above[0].county.unit_category == UnitCategory.COUNTY:
            return above[0].county_id
        if in_file is not None:
            return in_file
        return above[0].county_id if len(above) == 1 else chain[-1]

    def _chain(self, code: str) -> list[str]:
        """The code and the codes above it within the file, by first rows, upwards; a circle ends where it closes."""
        chain = [code]
        while (parent := self._entries[chain[-1]].places[0].parent_code) in self._entries and parent not in chain:
            chain.append(parent)
        return chain

    def _is_county(self, code: str) -> bool:
        said = self._entries[code].facts.get("unit_category")
        if said is None:
            return any(
                org.pk == org.county_id and org.unit_category == UnitCategory.COUNTY for org in self._known.get(code, [])
            )
        return said == UnitCategory.COUNTY

    def _county_id(self, code: str) -> int | None:
        county = self._counties[code]
        if isinstance(county, int):
            return county
        return next((org.pk for org in self._known.get(county, []) if org.pk == org.county_id), None)

    def _in_database(self, code: str) -> Organization | None:
        county = self._county_id(code)
        return next((org for org in self._known.get(code, []) if org.county_id == county), None)


def _codes_in(entries: Mapping[str, Entry]) -> set[str]:
    codes = set(entries)
    for entry in entries.values():
        for place in entry.places:
            codes |= {place.parent_code, place.district_code, place.line_code}
    return codes - {""}


def _organizations_with(codes: set[str]) -> dict[str, list[Organization]]:
    found: dict[str, list[Organization]] = defaultdict(list)
    for some in batched(sorted(codes)):
        for org in Organization.objects.filter(code__in=some).select_related("county").order_by("pk"):
            found[org.code].append(org)
    return found

"""The organizations that the codes of one change mean: all of one county, none of them spoilt by a spreadsheet."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from orgs.loading.codes import organizations_with_codes
from orgs.loading.spoilt_codes import SpoiltCodes
from orgs.models import Organization
from orgs.restructuring.rows import RestructuringRow


class RowRefused(Exception):
    """The change cannot be made; the cell's column and a sentence with the cure."""

    def __init__(self, column: str, sentence: str):
        super().__init__(sentence)
        self.column, self.sentence = column, sentence


class RowOrganizations:
    """Looked up when the row's turn comes: an earlier row may have opened them. `county_id`: in this county only."""

    def __init__(self, row: RestructuringRow, county_id: int | None = None):
        self._row = row
        self._codes = {
            "from_codes": row.from_codes, "to_codes": row.to_codes, "parent_code": filter(None, (row.parent_code,)),
            "district_code": filter(None, (row.district_code,)), "line_code": filter(None, (row.line_code,)),
        }  # fmt: skip
        self._codes = {column: tuple(codes) for column, codes in self._codes.items()}
        candidates = organizations_with_codes(code for codes in self._codes.values() for code in codes)
        if county_id is not None:
            candidates = _of_county(candidates, county_id)
        self._county = _common_county(candidates)
        self._known = {code: _chosen(found, self._county) for code, found in candidates.items()}

    @property
    def known(self) -> Mapping[str, Organization | None]:
        """Code -> organization; None where several counties have it and nothing says which is meant."""
        return self._known

    def all_of(self, column: str) -> list[Organization]:
        """Raises RowRefused where a code is unknown, or could mean several."""
        return [self.one(column, code) for code in self._codes[column]]

    def one(self, column: str, code: str) -> Organization:
        found = self.find(column, code)
        if found is None:
            none = _("No organization has the code %(code)s.") % {"code": code[:40]}
            raise RowRefused(column, SpoiltCodes({code}).of_unknown(code) or none)
        return found

    def find(self, column: str, code: str) -> Organization | None:
        """None where nobody has the code."""
        if code not in self._known:
            return None
        found = self._known[code]
        if found is None:
            raise RowRefused(column, _("Several counties have an organization with code %(code)s.") % {"code": code})
        if column in self._row.numbers and (sentence := SpoiltCodes({code}).of_known_number(code)):
            raise RowRefused(column, sentence)
        return found

    def only(self, column: str) -> Organization | None:
        """The one of a column with at most one code."""
        codes = self._codes[column]
        if len(codes) > 1:
            raise RowRefused(column, _("Name one code here."))
        return self.one(column, codes[0]) if codes else None


def _of_county(candidates: Mapping[str, list[Organization]], county_id: int) -> dict[str, list[Organization]]:
    inside = {code: [org for org in found if org.county_id == county_id] for code, found in candidates.items()}
    return {code: found for code, found in inside.items() if found}


def _common_county(candidates: Mapping[str, list[Organization]]) -> int | None:
    """The one county in which all of the codes that are known stand."""
    counties = [{org.county_id for org in found} for found in candidates.values()]
    common = set.intersection(*counties) if counties else set()
    return common.pop() if len(common) == 1 else None


def _chosen(found: Iterable[Organization], county: int | None) -> Organization | None:
    found = list(found)
    inside = [org for org in found if org.county_id == county]
    return found[0] if len(found) == 1 else inside[0] if len(inside) == 1 else None

"""Finds the organizations that the codes of a file mean, and says why a code means none or several."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from orgs.loading.spoilt_codes import SpoiltCodes, broken_number
from orgs.models import Organization
from orgs.tree.spans import batched
from spreadsheets.tables import TableRow


class NotOneOrganization(Exception):
    """The cell means no organization, or several; the message is a sentence that says what to do."""


def organizations_with_codes(codes: Iterable[str]) -> dict[str, list[Organization]]:
    """Code -> its organizations; several only where counties share a code."""
    found: dict[str, list[Organization]] = {}
    for some in batched(sorted(set(codes) - {""})):
        for org in Organization.objects.filter(code__in=some).select_related("county").order_by("pk"):
            found.setdefault(org.code, []).append(org)
    return found


class OrganizationColumn:
    """A column of codes that name organizations. Everything is looked up once, in batches."""

    def __init__(self, rows: Iterable[TableRow], column: str):
        self._column = column
        rows = list(rows)
        codes = {row[column] for row in rows} - {""}
        self._known = organizations_with_codes(codes)
        self._spoilt = SpoiltCodes((codes - self._known.keys()) | {row[column] for row in rows if row.is_number(column)})

    def organization(self, row: TableRow) -> Organization:
        """The organization in the cell. Raises NotOneOrganization."""
        code, is_number = row[self._column], row.is_number(self._column)
        found = self._known.get(code, [])
        sentence = broken_number(code, is_number=is_number) if is_number or not found else ""
        if not sentence and is_number and found:
            sentence = self._spoilt.of_known_number(code)
        if sentence:
            raise NotOneOrganization(sentence)
        if len(found) > 1:
            raise NotOneOrganization(_("Several counties have an organization with code %(code)s.") % {"code": code})
        if not found:
            none = _("No organization has the code %(code)s.") % {"code": code[:40]}
            raise NotOneOrganization(self._spoilt.of_unknown(code) or none)
        return found[0]

"""Refuses in a catalogue what belongs to somebody else: codes that are taken, and what a definition cannot lean on."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from indicators.formulas import parse
from indicators.loading.catalogue_rows import IndicatorRow
from indicators.models import Indicator
from orgs.models import Organization
from spreadsheets.tables import Problems


def refuse_of_other_owners(
    definitions: dict[str, IndicatorRow],
    stored: Mapping[str, Indicator],
    owner: Organization | None,
    elsewhere: Mapping[str, str],
    problems: Problems,
) -> None:
    """`elsewhere`: code -> county, of what counties have of their own while the file is common. Rows refused are taken out."""
    for code, definition in list(definitions.items()):
        if owner and code in stored and stored[code].owner_id is None:
            sentence = _(
                "%(code)s is a common indicator, the same for every county. Leave this row out, or give %(county)s's own indicator"
                " another code."
            )
            problems.add(definition.row, "code", sentence % {"code": code, "county": owner.name})
            del definitions[code]
        elif code in elsewhere:
            sentence = _("%(code)s is an own indicator of %(county)s; give the common one another code, or load it with --org.")
            problems.add(definition.row, "code", sentence % {"code": code, "county": elsewhere[code]})
            del definitions[code]
    for definition in definitions.values():
        for column, code in list(_leaned_on(definition)):
            if code in elsewhere:
                definition.part_of = "" if column == "part_of" else definition.part_of  # reported here, not a second time
                sentence = _("%(code)s is an own indicator of %(county)s; a common one leans on common ones only.")
                problems.add(definition.row, column, sentence % {"code": code, "county": elsewhere[code]})


def _leaned_on(definition: IndicatorRow) -> Iterator[tuple[str, str]]:
    """Column and code of every other indicator that the row names."""
    texts = [(column, str(definition.fields[column])) for column in ("numerator", "denominator", "formula", "condition")]
    texts += [("validation", expression) for expression, _severity in definition.checks]
    if definition.part_of:
        yield "part_of", definition.part_of
    for column, text in texts:
        if text:
            yield from ((column, code) for code in dict.fromkeys(one.code for one in parse(text).references))

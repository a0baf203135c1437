"""Refuses to fill a table whose printed periods differ from the period it is filled for."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

from django.utils.translation import gettext as _

from indicators.choices import Frequency
from indicators.periods import Period, period_holding
from reports.external.bindings.bindings import AS_PRINTED, BY_PERSON, FIGURE, MONTHS, PERIOD_LABEL, Binding
from reports.external.filling.answers import FillContext
from reports.external.geometry.heads import SheetHeads
from reports.external.names.printed_periods import Printed, first_year, leading_months, months_of, printed_periods
from reports.external.names.printed_spans import printed_stretches
from reports.external.sheets.texts import is_short
from spreadsheets.preview.sheet_preview import SheetPreview, place_in
from spreadsheets.read.workbook import Place


class Contradicted(ValueError):
    """The table names another period; the message has a sentence for each place that does."""


def check_periods(
    sheets: Mapping[str, SheetPreview], bindings: Mapping[str, Binding], written: Mapping[str, str], occasion: FillContext
) -> None:
    """Raises Contradicted if a printed period differs.

    `bindings`: those in force; `written`: the texts to be written, by address.
    """
    found = [sentence for sheet in sheets.values() for sentence in _in_sheet(sheet, bindings, written, occasion)]
    if found:
        raise Contradicted("\n".join(found))


def _in_sheet(
    sheet: SheetPreview, bindings: Mapping[str, Binding], written: Mapping[str, str], occasion: FillContext
) -> Iterator[str]:
    heads = SheetHeads(sheet)
    headed = _headed(heads, bindings, occasion)
    idle = {place for _place, found in heads.blanks() for place in (*found.row_places, *found.column_places)} - headed.keys()
    for place, cell in sorted(sheet.cells.items()):
        address = sheet.address(place)
        binding = bindings.get(address)
        if not cell.is_text or cell.is_formula or sheet.is_covered(place) or not is_short(cell.text):
            continue
        if (binding is not None and binding.what == AS_PRINTED) or place in idle:  # heads of cells that stay empty
            continue
        allowed = headed.get(place) or {occasion.period}
        printed = _of_another_kind(cell.text, binding, occasion.period) or _other(written.get(address, cell.text), allowed)
        if printed:
            sentence = _(
                "%(cell)s prints “%(printed)s”, but the table is to be filled for %(period)s. Bind the cell to the text that belongs "
                "there, or to “as printed” where it may stay, or take in the blank table of this period."
            )
            yield sentence % {"cell": address, "printed": printed, "period": occasion.period.label}


def _headed(heads: SheetHeads, bindings: Mapping[str, Binding], occasion: FillContext) -> dict[Place, set[Period]]:
    """The periods of the figures below or beside a head."""
    found: dict[Place, set[Period]] = defaultdict(set)
    for address, binding in bindings.items():
        title, place = place_in(address)
        period = occasion.shifted(binding.period) if binding.kind == FIGURE and title == heads.sheet.title else None
        if period is not None:
            over = heads.of(place)
            for head in (*over.row_places, *over.column_places):
                found[head].add(period)
    return found


def _of_another_kind(text: str, binding: Binding | None, period: Period) -> str:
    """Whether blanks ask for a period of another kind: 第__季度 in a table filled for a year.

    A cell that a person bound by hand is accepted.
    """
    if binding is None or binding.certainty == BY_PERSON or not {PERIOD_LABEL, MONTHS} & {binding.what, *binding.others}:
        return ""
    return next((text[one.start : one.end].strip() for one in printed_periods(text) if one.frequency != period.frequency), "")


def _other(text: str, allowed: Collection[Period]) -> str:
    """The printed period that is none of `allowed`; "" where an allowed one is printed too, or none is printed."""
    whole = [one for one in printed_periods(text) if one.period is not None]
    if whole:
        return "" if any(_fits(one, period) for one in whole for period in allowed) else text[whole[0].start : whole[0].end]
    stretches, months = printed_stretches(text), leading_months(text)
    if stretches:
        is_right = any(one.fits(period) for one in stretches for period in allowed)
        return "" if is_right else stretches[0].text if months is None else text.strip()
    if months is not None:
        return "" if any(_is_stretch(months[0], period) for period in allowed) else text.strip()
    found = first_year(text)
    years = {year for one in allowed for year in (one.year, one.year - (1 if found and found[3] else 0))}
    return text[found[0] : found[1]] if found and found[2] not in years else ""


def _fits(one: Printed, period: Period) -> bool:
    """Whether a printed period agrees.

    It is the same, or a month beside a longer period that may be the month of filling in: one of its months or the next.
    """
    if one.period == period:
        return True
    if one.frequency != Frequency.MONTH or period.frequency == Frequency.MONTH:
        return False
    after = period_holding(period.last_day, Frequency.MONTH).next()
    return period.first_day <= one.period.first_day <= after.first_day


def _is_stretch(months: tuple[int | None, int, int], period: Period) -> bool:
    year, first, last = months
    if period.frequency != Frequency.MONTH and first == last:
        return True  # the month of filling in
    return months_of(period) == (first, last) and year in (None, period.year)

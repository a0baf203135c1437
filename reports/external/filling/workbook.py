"""Fills an upper level's table for a period: answers its bindings, writes the answers into the file, reports what did not fit."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import PurePath

from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from audit.recorder import record
from indicators.periods import Period
from indicators.values.documents import NA
from indicators.values.number_parser import format_figure, round_half_up
from orgs.models import Organization, User
from orgs.moments import one_moment
from reports.external.bindings.bindings import FIGURE, PERCENT, TEXT, VALUE, Binding
from reports.external.bindings.queries import Kept, kept_of
from reports.external.bindings.scale import converted, factor_between
from reports.external.filling.answers import BindingAnswer, BindingAnswers, FillContext
from reports.external.filling.contradictions import check_periods
from reports.external.filling.coverage import TableCoverage, coverage_of
from reports.external.filling.incomplete_changes import withheld_changes
from reports.external.filling.misfits import Misfit, left_of, misfits_of, waiting_of, withheld_of
from reports.external.filling.printed_units import other_units
from reports.external.filling.text_values import CHINESE, text_value
from reports.external.filling.untouched_cells import numbers_left, unbound_cells
from reports.figures.output.cells import APPROVED, DASH
from reports.figures.sums.aggregation import THEN
from reports.models import UpperTable
from spreadsheets.patch.workbook_patch import NewValue, Patched, patched
from spreadsheets.preview.sheet_preview import SheetPreview, place_in, sheet_previews
from spreadsheets.read.workbook import Place
from spreadsheets.safe_text import file_name


@dataclass(frozen=True)
class Filled:
    """The filled file, its name for saving, its digest, what did not fit, and how many units are behind its figures."""

    content: bytes
    name: str
    digest: str
    misfits: tuple[Misfit, ...]
    coverage: tuple[TableCoverage, ...] = ()


def fill(
    table: UpperTable,
    *,
    period: Period,
    org: Organization,
    basis: str = APPROVED,
    tree: str = THEN,
    by: User,
    at: datetime,
) -> Filled:
    """Fills the newest edition by its bindings in force. A cell whose proposal nobody has confirmed stays empty and is listed.

    Raises Contradicted where the table names another period, Unreadable where the stored file can no longer be read.
    """
    kept = kept_of(table)
    occasion = FillContext(period, org, basis, tree, timezone.localdate(at))
    made, misfits, coverage = _filled(kept, occasion, by, at)
    digest = sha256(made.content).hexdigest()
    details = {
        "table": table.name, "edition": kept.edition.number, "binding": kept.number, "period": str(period), "basis": basis,
        "tree": tree, "misfits": len(misfits), "coverage": "; ".join(f"{one.done}/{one.expected}" for one in coverage),
        "digest": digest,
    }  # fmt: skip
    with transaction.atomic():
        record(
            "template.filled", by=by, at=at, county_id=table.county_id, subject=f"upper_table:{table.id}",
            organization_id=org.id, data={key: [None, value] for key, value in details.items()},
        )  # fmt: skip
    ending = PurePath(kept.edition.file_name).suffix.lower()
    with override(CHINESE):
        name = file_name(f"{org.short_name or org.name} {period.label} {table.name}", ending)
    return Filled(made.content, name, digest, tuple(misfits), coverage)


def trial(
    table: UpperTable, *, period: Period, org: Organization, basis: str, tree: str, by: User, at: datetime
) -> tuple[list[Misfit], tuple[TableCoverage, ...]]:
    """A trial run: what would not fit, and how many units would be behind the figures. Writes nothing. Raises as `fill`."""
    return _filled(kept_of(table), FillContext(period, org, basis, tree, timezone.localdate(at)), by, at)[1:]


@one_moment()
def _filled(
    kept: Kept, occasion: FillContext, by: User, at: datetime
) -> tuple[Patched, list[Misfit], tuple[TableCoverage, ...]]:
    in_force = {address: binding for address, binding in kept.bindings.items() if not binding.is_proposed}
    sheets = {sheet.title: sheet for sheet in sheet_previews(kept.content)}
    answers = BindingAnswers({address: one for address, one in in_force.items() if one.kind == FIGURE}, occasion)
    withheld = withheld_changes(in_force, answers)
    values = _figures(in_force, answers, sheets, {one.address for one in withheld})
    texts = {
        address: text
        for address, binding in in_force.items()
        if binding.kind == TEXT and (text := text_value(binding, occasion, by, at)) is not None
    }
    check_periods(sheets, in_force, texts, occasion)
    unbound = unbound_cells(sheets, in_force.keys())
    made = patched(kept.content, _by_sheet({**values, **texts}), unbound)
    misfits = [*misfits_of(answers, in_force), *withheld_of(withheld, in_force), *waiting_of(kept.bindings)]
    misfits += other_units(sheets, in_force, occasion)
    misfits += left_of(made, numbers_left(sheets, in_force.keys()))
    return made, misfits, coverage_of(answers, in_force)


def _figures(
    in_force: Mapping[str, Binding], answers: BindingAnswers, sheets: Mapping[str, SheetPreview], withheld: Collection[str]
) -> dict[str, NewValue]:
    values: dict[str, NewValue] = {}
    for address, binding in in_force.items():
        if binding.kind == FIGURE:
            title, place = place_in(address)
            value = figure_value(binding, answers.found[address], sheets[title], place)
            values[address] = None if address in withheld else value
    return values


def _by_sheet(values: Mapping[str, NewValue]) -> dict[str, dict[Place, NewValue]]:
    found: dict[str, dict[Place, NewValue]] = defaultdict(dict)
    for address, value in values.items():
        title, place = place_in(address)
        found[title][place] = value
    return found


def figure_value(binding: Binding, answer: BindingAnswer, sheet: SheetPreview, place: Place) -> NewValue:
    """The unrounded number for a cell; — or 不适用 where there is no figure; None if nothing was reported or asked for."""
    if answer.cell is None:
        return None
    value = _measured(binding, answer)
    if value is None:
        return _text_of(answer)
    is_rate = binding.measure == PERCENT or answer.column.unit in ("%", "％")
    if binding.unit and not is_rate:
        factor = factor_between(answer.column.unit, binding.unit)
        value = value if factor is None else converted(value, factor)
    if is_rate and sheet.cell(place).look.is_percent:
        value = value.scaleb(-2)  # the cell shows 0.801 as 80.1%
    return value if binding.digits is None else round_half_up(value, binding.digits)


def _text_of(answer: BindingAnswer) -> str | None:
    if not answer.cell.text:
        return None
    with override(CHINESE):  # whoever fills it, the table belongs to the upper level
        return format_figure(NA, 0) if answer.cell.is_not_applicable else DASH


def _measured(binding: Binding, answer: BindingAnswer) -> Decimal | None:
    if binding.measure == VALUE:
        return answer.cell.value
    change = answer.cell.compare[binding.against]
    return change.percent if binding.measure == PERCENT else change.change

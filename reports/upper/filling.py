"""Fills an upper level's table for a period: asks, patches the file, tells what did not fit. Changes nothing else in the file."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import PurePath

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from audit.recording import record
from indicators.periods import Period
from indicators.values import round_half_up
from orgs.models import Organization, User
from reports.cells import APPROVED, DASH
from reports.gathering import THEN
from reports.models import UpperTable
from reports.upper.answers import Answer, Answers, Occasion
from reports.upper.bindings import DATE, FIGURE, ORGANIZATION, PERCENT, PERIOD_LABEL, VALUE, Binding
from reports.upper.misfits import Misfit, few, misfits_of
from reports.upper.scaling import converted, factor_between
from reports.upper.stored import Kept, kept_of
from spreadsheets.drawn import DrawnSheet, drawn, place_in
from spreadsheets.harmless import file_name
from spreadsheets.patching import NewValue, Patched, patched
from spreadsheets.reading.workbook import Place

CHINESE = "zh-hans"  # whatever language the page has: the table is the upper level's


@dataclass(frozen=True)
class Filled:
    """The filled file, the name to save it by, its digest, and what did not fit."""

    content: bytes
    name: str
    digest: str
    misfits: tuple[Misfit, ...]


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
    """The newest edition with its bindings in force. What nobody has confirmed stays empty and is told.

    Raises Unreadable where the stored file can no longer be read.
    """
    kept = kept_of(table)
    occasion = Occasion(period, org, basis, tree, timezone.localdate(at))
    made, misfits = _filled(kept, occasion, by, at)
    digest = sha256(made.content).hexdigest()
    told = {
        "table": table.name, "edition": kept.edition.number, "binding": kept.number, "period": str(period), "basis": basis,
        "tree": tree, "misfits": len(misfits), "digest": digest,
    }  # fmt: skip
    with transaction.atomic():
        record(
            "template.filled", by=by, at=at, county_id=table.county_id, subject=f"upper_table:{table.id}",
            organization_id=org.id, data={key: [None, value] for key, value in told.items()},
        )  # fmt: skip
    ending = PurePath(kept.edition.file_name).suffix.lower()
    with override(CHINESE):
        name = file_name(f"{org.short_name or org.name} {period.label} {table.name}", ending)
    return Filled(made.content, name, digest, tuple(misfits))


def misfits_for(table: UpperTable, *, period: Period, org: Organization, basis: str, tree: str, by: User, at: datetime):
    """What would not fit, before anything is filled."""
    return _filled(kept_of(table), Occasion(period, org, basis, tree, timezone.localdate(at)), by, at)[1]


def _filled(kept: Kept, occasion: Occasion, by: User, at: datetime) -> tuple[Patched, list[Misfit]]:
    in_force = {address: binding for address, binding in kept.bindings.items() if not binding.is_proposed}
    waiting = tuple(address for address in kept.bindings if address not in in_force)
    sheets = {sheet.title: sheet for sheet in drawn(kept.content)}
    answers = Answers({address: one for address, one in in_force.items() if one.kind == FIGURE}, occasion)
    values: dict[str, dict[Place, NewValue]] = defaultdict(dict)
    for address, binding in in_force.items():
        title, place = place_in(address)
        if binding.kind == FIGURE:
            values[title][place] = figure_value(binding, answers.found[address], sheets[title], place)
        else:
            values[title][place] = text_value(binding, occasion, by, at)
    made = patched(kept.content, values)
    return made, [*misfits_of(answers, in_force), *_left(made, waiting)]


def figure_value(binding: Binding, answer: Answer, sheet: DrawnSheet, place: Place) -> NewValue:
    """None where nothing was reported or asked, a dash where it can not be computed, else the unrounded number."""
    if answer.cell is None:
        return None
    value = _measured(binding, answer)
    if value is None:
        return DASH if answer.cell.text else None
    is_rate = binding.measure == PERCENT or answer.column.unit in ("%", "％")
    if binding.unit and not is_rate:
        factor = factor_between(answer.column.unit, binding.unit)
        value = value if factor is None else converted(value, factor)
    if is_rate and sheet.cell(place).look.is_percent:
        value = value.scaleb(-2)  # the cell shows 0.801 as 80.1%
    return value if binding.digits is None else round_half_up(value, binding.digits)


def _measured(binding: Binding, answer: Answer) -> Decimal | None:
    if binding.measure == VALUE:
        return answer.cell.value
    change = answer.cell.compare[binding.against]
    return change.percent if binding.measure == PERCENT else change.change


def text_value(binding: Binding, occasion: Occasion, by: User, at: datetime) -> str:
    with override(CHINESE):
        said = {
            PERIOD_LABEL: occasion.period.label,
            ORGANIZATION: occasion.org.name,
            DATE: date_format(timezone.localdate(at), "DATE_FORMAT"),
        }.get(binding.what, by.name)
    return binding.pattern.replace("{}", said, 1) if "{}" in binding.pattern else said


def _left(made: Patched, waiting: tuple[str, ...]) -> list[Misfit]:
    """Formulas that no spreadsheet program has worked out yet, cells that hold a formula, proposals nobody confirmed."""
    found = [
        (waiting, _("Bindings that nobody has confirmed, their cells stay empty: %(cells)s.")),
        (made.kept, _("Cells that hold a formula of the table, which stays: %(cells)s.")),
        (made.uncomputed, _("Formulas whose result appears only when the file is opened and saved: %(cells)s.")),
    ]
    return [Misfit(said % {"cells": few(cells)}, cells=cells) for cells, said in found if cells]

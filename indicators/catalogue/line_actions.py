"""Puts indicators on a form, in their places. An open task keeps the lines it was opened with."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from audit.recorder import record
from indicators.catalogue.switches import switch
from indicators.fields import as_recorded
from indicators.models import Form, FormLine, Indicator
from orgs.models import User

CHANGEABLE = ("position", "section", "is_required", "unit_categories")


@dataclass(frozen=True)
class Arranged:
    """How one line shall stand: `position` says its place among the others; `unit_categories` in their order."""

    line_id: int
    position: int
    section: str
    is_required: bool
    unit_categories: tuple[str, ...] = ()
    is_removed: bool = False


@transaction.atomic
def add_lines(*, form: Form, indicators: Sequence[Indicator], section: str, by: User, at: datetime) -> list[FormLine]:
    """Put indicators at the end of the form; those that stand on it stay where they are. One that is switched off is switched on,
    a common one on a county's form without its switch being moved. Raises ValidationError for an indicator of another owner."""
    lines = _locked(form)
    there = {line.indicator_id for line in lines}
    wanted = [indicator for indicator in indicators if indicator.pk not in there]
    for indicator in wanted:
        if indicator.owner_id not in (None, form.owner_id):
            sentence = _("%(indicator)s belongs to a county; %(form)s asks common indicators and those of its own county.")
            raise ValidationError(sentence % {"indicator": indicator.code, "form": form.code})
    for indicator in wanted:
        if indicator.owner_id == form.owner_id:
            switch(indicator=indicator, is_enabled=True, by=by, at=at)
    last = max((line.position for line in lines), default=0)
    added = FormLine.objects.bulk_create(
        FormLine(form=form, indicator=indicator, position=position, section=section)
        for position, indicator in enumerate(wanted, start=last + 1)
    )
    if added:
        data = {indicator.code: [None, section] for indicator in wanted}
        record("form.lines_added", by=by, at=at, county_id=form.owner_id, subject=f"form:{form.pk}", data=data)
    return added


@transaction.atomic
def arrange_lines(*, form: Form, arranged: Iterable[Arranged], by: User, at: datetime) -> bool:
    """Move, change and remove lines; a line not named stays. Places are numbered 1, 2, 3 … anew.

    True when something changed.
    """
    lines = _locked(form)
    wanted = {one.line_id: one for one in arranged}
    removed = [line for line in lines if line.pk in wanted and wanted[line.pk].is_removed]
    kept = [line for line in lines if line not in removed]
    # A line that moves to a taken place stands before the one that had it.
    kept.sort(key=lambda line: _place(line, wanted.get(line.pk)))
    changes = {f"{line.indicator.code}.removed": [False, True] for line in removed}
    for position, line in enumerate(kept, start=1):
        changes |= _settle(line, position, wanted.get(line.pk))
    if not changes:
        return False
    FormLine.objects.filter(pk__in=[line.pk for line in removed]).delete()
    FormLine.objects.bulk_update(kept, CHANGEABLE)
    record("form.lines_arranged", by=by, at=at, county_id=form.owner_id, subject=f"form:{form.pk}", data=changes)
    return True


def _locked(form: Form) -> list[FormLine]:
    """The lines in order; the form's row is the lock of its lines."""
    Form.objects.select_for_update().get(pk=form.pk)
    return list(FormLine.objects.filter(form=form).select_related("indicator").order_by("position", "id"))


def _place(line: FormLine, arranged: Arranged | None) -> tuple[int, bool, int]:
    if arranged is None or arranged.position == line.position:
        return line.position, True, line.pk
    moves_up = arranged.position < line.position
    return arranged.position, not moves_up, line.pk if moves_up else 1 << 62


def _settle(line: FormLine, position: int, arranged: Arranged | None) -> dict[str, list]:
    """Set the line's fields; returns what changed, {"CODE.field": [old, new]}."""
    new = {"position": position}
    if arranged is not None:
        new |= {name: getattr(arranged, name) for name in CHANGEABLE if name != "position"}
    differing = {name: [getattr(line, name), value] for name, value in new.items() if getattr(line, name) != value}
    for name, (_old, value) in differing.items():
        setattr(line, name, value)
    return {f"{line.indicator.code}.{name}": [*map(as_recorded, change)] for name, change in differing.items()}

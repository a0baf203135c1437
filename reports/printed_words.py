"""The words around a printed table: heading, data status, scope, who made it. Knows forms and progress, adds no figure up."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from indicators.checks import Rule
from indicators.layouts import Layout, Line
from indicators.models import Form
from indicators.periods import Period
from orgs.kinds import UnitCategory
from orgs.models import Organization, User
from reports.cells import SUBMITTED
from reports.gathering import NOW
from reports.layouts.heading import Heading
from submissions.models import Task
from submissions.progress import Progress

_PER_HUNDRED = {"%": " * 100", "‰": " * 1000"}  # a rate's unit says what its quotient is multiplied with


@dataclass(frozen=True)
class Occasion:
    """One export: what it is about, on which basis, by whom and when."""

    layout: str
    period: Period
    org: Organization
    is_unit: bool  # no organization stands below it
    basis: str
    tree: str
    by: User
    at: datetime

    @property
    def day(self) -> date:
        return timezone.localdate(self.at)


def heading_of(
    form: Form, tasks: Sequence[Task], rules: Iterable[Rule], occasion: Occasion, progress: Progress, digest: str
) -> Heading:
    return Heading(
        title=title_of(form, occasion.layout),
        form_code=form.code,
        period=occasion.period.label,
        organization=occasion.org.name,
        is_unit=occasion.is_unit,
        issuer=form.issuer,
        document_number=form.document_number,
        valid_until=date_format(form.valid_until, "YEAR_MONTH_FORMAT") if form.valid_until else "",
        status=status_of(progress, occasion.basis),
        made=made_line(occasion, digest),
        scope=scope_of(form),
        due=date_format(max(task.due_on for task in tasks), "DATE_FORMAT"),
        telephone=occasion.org.telephone,
        reported_on=date_format(occasion.day, "DATE_FORMAT"),
        checks=(*(rule.formula.text for rule in rules), *computations(tasks[0].layout)),
        notes=tuple(form.notes.splitlines()),
    )


def title_of(form: Form, layout: str) -> str:
    added = {"R2": _("%(title)s (by unit)"), "R3": _("%(title)s (comparison)")}
    return added.get(layout, "%(title)s") % {"title": form.title}


def status_of(progress: Progress, basis: str) -> str:
    """数据状态, so that nobody takes a draft for final."""
    counts = {
        "expected": progress.expected,
        "submitted": progress.submitted,
        "approved": progress.approved,
        "waiting": progress.waiting,
    }
    if basis == SUBMITTED and progress.waiting:
        said = _("Data status: with figures not yet approved (units: %(waiting)d)")
    elif progress.approved and progress.approved == progress.expected:
        said = _("Data status: approved by the county")
    else:
        said = _("Data status: only figures approved by the county; not everybody is in")
    return said % counts + _(" (expected %(expected)d, reported %(submitted)d, approved %(approved)d).") % counts


def made_line(occasion: Occasion, digest: str) -> str:
    """Who, when, basis, tree and check code: stands on every sheet and in every page foot."""
    return _("Exported by %(name)s, %(at)s; basis: %(basis)s; organizations: %(tree)s; check code: %(digest)s") % {
        "name": occasion.by.name,
        "at": timezone.localtime(occasion.at).strftime("%Y-%m-%d %H:%M"),
        "basis": _("reported, with what is not yet approved") if occasion.basis == SUBMITTED else _("approved only"),
        "tree": _("as they stand now") if occasion.tree == NOW else _("as they stood then"),
        "digest": digest,
    }


def scope_of(form: Form) -> str:
    categories = [str(UnitCategory(text).label) for text in form.unit_categories.split(";") if text]
    return "、".join(categories) or _("all units")


def computations(layout: Layout) -> tuple[str, ...]:
    """How the computed lines of a layout come about, as expressions over the others."""
    return tuple(f"{{{line.key}}} == {_computed(line)}" for line in layout.printed if line.is_computed and not line.item)


def _computed(line: Line) -> str:
    if not line.numerator:
        return line.formula
    quotient = f"{_bracketed(line.numerator)} / {_bracketed(line.denominator)}"
    return quotient + _PER_HUNDRED.get(line.unit, "")


def _bracketed(expression: str) -> str:
    """Brackets around anything but one single figure."""
    return expression if expression.count("{") == 1 and expression.strip().endswith("}") else f"({expression})"

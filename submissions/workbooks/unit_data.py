"""Reads the reports of a form workbook with everything its sheets show, in a constant number of queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from indicators.values.documents import Figure
from orgs.models import Organization
from submissions.checking.validator import Bench, bench_for
from submissions.choices import Act, State
from submissions.core.check_context import Desk
from submissions.filling.grid import newest_versions
from submissions.filling.sheet import SheetLine, lines_of
from submissions.models import Review, Submission, Task, Version
from submissions.tasks.queries import units_in
from submissions.workbooks.places import UnitStanding, reports_below, standings
from submissions.workbooks.stamps import Shape

MOST_SHEETS = 200  # a workbook with more can hardly be leafed through; every sheet costs its office program time
_ASKED = tuple(state for state in State if state != State.EXEMPT)


class NoWorkbook(ValueError):
    """There is nothing to fill in; the message is a sentence."""


@dataclass(frozen=True)
class WorkbookUnit:
    """One report with its newest version and its unit's place."""

    submission: Submission
    version: Version | None
    standing: UnitStanding
    reasons: Mapping[str, str]  # of a return, by figure key


@dataclass(frozen=True)
class UnitData:
    """All data of the sheets; `bench` is that of the task."""

    task: Task
    organization: Organization
    shape: Shape
    units: tuple[WorkbookUnit, ...]
    bench: Bench

    def lines(self, unit: WorkbookUnit) -> tuple[SheetLine, ...]:
        return lines_of(unit.submission, unit.version, self.bench, unit.reasons)

    def desk(self, unit: WorkbookUnit) -> Desk:
        """The check context with the document as stored, without the answers of a nil report, as in the sheet's cells."""
        figures: dict[str, Figure] = unit.version.figures if unit.version else {}
        reports = self.bench.reports_of(unit.submission)
        elsewhere = self.bench.elsewhere.get(unit.submission.organization_id, {})
        category = unit.submission.unit_category
        return Desk(self.bench.layout, category, figures, reports.earlier, elsewhere, reports.this_year())


def read_unit_data(task: Task, organization: Organization, shape: Shape) -> UnitData:
    """The data of one workbook. `task` with its form. Raises NoWorkbook."""
    found = _own(task, organization) if shape == Shape.UNIT else _below(task, organization, shape)
    return _with_all(task, organization, shape, found)


def each_below(task: Task, organization: Organization) -> list[UnitData]:
    """The data of one workbook for each unit at or below the organization, read together. Raises NoWorkbook."""
    together = _with_all(task, organization, Shape.UNIT, _below(task, organization, Shape.UNIT))
    return [UnitData(task, unit.submission.organization, Shape.UNIT, (unit,), together.bench) for unit in together.units]


def default_shape(task: Task, organization: Organization) -> Shape:
    """A unit's own sheet if it is asked itself; else a sheet for every unit below it."""
    submissions = Submission.objects.filter(county_id=task.county_id, task=task, organization=organization)
    return Shape.UNIT if submissions.exists() else Shape.SHEETS


def all_codes(task: Task, organization: Organization) -> list[str]:
    """The codes of all units that the task asks at or below the organization, exempt ones too, for `place_of_grid`."""
    return list(reports_below(task, organization).values_list("organization__code", flat=True))


def _own(task: Task, organization: Organization) -> list[Submission]:
    reports = Submission.objects.filter(county_id=task.county_id, task=task, organization=organization)
    found = list(reports.select_related("organization"))
    words = {"org": organization.name, "form": task.form.code, "period": task.period.label}
    if not found:
        raise NoWorkbook(
            _(
                "%(org)s is not asked form %(form)s for %(period)s, so there is no form of its own. Take the sheets or the grid "
                "of the units below it, or choose the unit that is asked."
            )
            % words
        )
    if found[0].state == State.EXEMPT:
        raise NoWorkbook(_("%(org)s is exempt from form %(form)s for %(period)s; there is nothing to fill in.") % words)
    return found


def _below(task: Task, organization: Organization, shape: Shape) -> list[Submission]:
    found = units_in([task], organization, Q(state__in=_ASKED))
    words = {"org": organization.name, "form": task.form.code, "period": task.period.label, "most": MOST_SHEETS}
    if not found:
        raise NoWorkbook(_("Nobody at or below %(org)s is asked form %(form)s for %(period)s; open its task first.") % words)
    if shape == Shape.SHEETS and len(found) > MOST_SHEETS:
        sentence = _("%(count)s units below %(org)s would be %(count)s sheets; at most %(most)s go into one workbook. Take the grid, "
                 "or one township after the other.")  # fmt: skip
        raise NoWorkbook(sentence % {**words, "count": len(found)})
    return found


def _with_all(task: Task, organization: Organization, shape: Shape, found: Sequence[Submission]) -> UnitData:
    ids = [submission.organization_id for submission in found]
    versions = newest_versions(found)
    places = standings(ids, task.period.last_day)
    reasons = _reasons(found)
    nowhere = UnitStanding("", "")
    units = tuple(
        WorkbookUnit(
            submission, versions.get(submission.pk), places.get(submission.organization_id, nowhere),
            reasons.get(submission.pk, {}),
        )
        for submission in found
    )  # fmt: skip
    return UnitData(task, organization, shape, units, bench_for(task, ids))


def _reasons(found: Sequence[Submission]) -> dict[int, dict[str, str]]:
    """Submission id -> why its cells were returned, while the correction is still owed."""
    returned = [submission.pk for submission in found if submission.state == State.RETURNED]
    reviews = Review.objects.filter(submission_id__in=returned, act=Act.RETURN).order_by("at", "id")
    return dict(reviews.values_list("submission_id", "cell_reasons"))

"""Checks the stamps of many files against the counties, units, tasks and places in the database."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import F
from django.utils.translation import gettext as _

from orgs.models import Organization
from submissions.imports.report.import_report import Fresh
from submissions.imports.report.recognition import FileRefusal
from submissions.imports.report.scope import ImportScope
from submissions.models import Submission, Task
from submissions.workbooks.places import reports_below, unit_places
from submissions.workbooks.stamps import Shape, Stamp, edition_of, place_of_grid


@dataclass(frozen=True)
class Judged:
    """The result for a stamp: the report that this person may fill in now, or why not."""

    task: Task | None = None
    refusal: FileRefusal | None = None


class Ground:
    """Data read once for all stamps of a batch."""

    def __init__(self, stamps: Iterable[Stamp], scope: ImportScope):
        stamps = set(stamps)
        self.scope = scope
        self.counties = _counties({stamp.county for stamp in stamps})
        self.organizations = _organizations(self.counties.values(), {stamp.org for stamp in stamps})
        self.held = scope.units([organization.pk for organization in self.organizations.values()])
        self.tasks = _tasks({*self.counties.values(), *scope.counties}, {stamp.form for stamp in stamps})
        self.asked = self._asked()
        self.places = self._places({stamp.period for stamp in stamps})

    def _asked(self) -> set[tuple[int, int]]:
        units = [organization.pk for organization in self.organizations.values()]
        rows = Submission.objects.filter(task__in=[task.pk for task in self.tasks.values()], organization_id__in=units)
        return set(rows.values_list("task_id", "organization_id"))

    def _places(self, periods: Collection[str]) -> dict[tuple[str, int], str]:
        """The places of the units on the last day of each period of any task."""
        known = {task.period for task in self.tasks.values() if str(task.period) in periods}
        units = [organization.pk for organization in self.organizations.values()]
        return {
            (str(period), org_id): place for period in known for org_id, place in unit_places(units, period.last_day).items()
        }

    def judge(self, stamp: Stamp, wanted: Task | None) -> Judged:
        """Checks one stamp. `wanted` is the task that the file was uploaded for, if one was named."""
        county_id = self.counties.get(stamp.county)
        organization = self.organizations.get((county_id, stamp.org))
        if organization is None or organization.pk not in self.held:
            return Judged(refusal=self._foreign(stamp))
        task = self.tasks.get((county_id, stamp.form, stamp.period))
        refusal = (
            self._other_task(stamp, task, wanted, organization)
            or self._not_asked(stamp, task, organization)
            or self._outdated(stamp, task, organization)
        )
        return Judged(refusal=refusal) if refusal else Judged(task)

    def fresh(self, stamp: Stamp, task: Task | None, organization: Organization) -> Fresh | None:
        """The form to fill instead: of the same unit, for the given task."""
        if task is None or (stamp.shape == Shape.UNIT and (task.pk, organization.pk) not in self.asked):
            return None
        return Fresh(task.pk, organization.pk, task.form.code, str(task.period), organization.code, stamp.shape)

    def organization_of(self, stamp: Stamp) -> Organization:
        """The organization of an accepted stamp."""
        return self.organizations[self.counties[stamp.county], stamp.org]

    def name_of(self, stamp: Stamp) -> str:
        """The name of the stamp's unit; "" if this person does not fill it in."""
        organization = self.organizations.get((self.counties.get(stamp.county), stamp.org))
        return organization.name if organization is not None and organization.pk in self.held else ""

    def title_of(self, stamp: Stamp) -> str:
        """The title of the stamp's form; its code if no task of it is known here."""
        return next(
            (task.form.title for (_county, code, _period), task in self.tasks.items() if code == stamp.form), stamp.form
        )

    def _foreign(self, stamp: Stamp) -> FileRefusal:
        """The refusal of another county's stamp.

        It repeats only what the file contains and does not reveal whether the unit exists.
        """
        sentence = _(
            "This form was made for organization %(org)s in county %(county)s, where you fill in nothing. "
            "Fill in the form of your own unit."
        )
        return FileRefusal(sentence % {"org": stamp.org, "county": stamp.county}, self._own_form(stamp))

    def _own_form(self, stamp: Stamp) -> Fresh | None:
        """The same form for a person with one post: of the unit itself, or of those below it."""
        if len(self.scope.posts) != 1:
            return None
        post = Organization.objects.get(pk=next(iter(self.scope.posts)))
        task = self.tasks.get((post.county_id, stamp.form, stamp.period)) or self._newest(post.county_id, stamp.form)
        if task is None:
            return None
        is_asked = Submission.objects.filter(county_id=post.county_id, task=task, organization=post).exists()
        return Fresh(
            task.pk, post.pk, task.form.code, str(task.period), post.code, Shape.UNIT if is_asked else Shape.GRID
        )  # fmt: skip

    def _other_task(
        self, stamp: Stamp, task: Task | None, wanted: Task | None, organization: Organization
    ) -> FileRefusal | None:
        came = {"form": stamp.form, "period": stamp.period}
        if wanted is not None and (task is None or task.pk != wanted.pk):
            sentence = _("This is form %(form)s for %(period)s; expected here is form %(wanted)s for %(wanted_period)s.")
            expected = {"wanted": wanted.form.code, "wanted_period": wanted.period}
            return FileRefusal(sentence % (came | expected), self.fresh(stamp, wanted, organization))
        if task is None:
            newest = self._newest(organization.county_id, stamp.form)
            sentence = _("This is form %(form)s for %(period)s, but no such task is open here.") % came
            if newest is not None:
                sentence += " " + _("Expected now is its form for %(period)s.") % {"period": newest.period}
            return FileRefusal(sentence, self.fresh(stamp, newest, organization))
        return None

    def _newest(self, county_id: int, form: str) -> Task | None:
        tasks = [task for (county, code, _period), task in self.tasks.items() if (county, code) == (county_id, form)]
        return max(tasks, key=lambda task: task.period.last_day, default=None)

    def _not_asked(self, stamp: Stamp, task: Task, organization: Organization) -> FileRefusal | None:
        if stamp.shape == Shape.GRID or (task.pk, organization.pk) in self.asked:
            return None
        sentence = _("%(name)s is not asked to fill in form %(form)s for %(period)s.")
        return FileRefusal(sentence % {"name": organization.name, "form": stamp.form, "period": stamp.period})

    def _outdated(self, stamp: Stamp, task: Task, organization: Organization) -> FileRefusal | None:
        fresh = self.fresh(stamp, task, organization)
        edition = edition_of(task.layout)
        if stamp.edition != edition:
            sentence = _(
                "This workbook is of another edition of form %(form)s (%(came)s) than the task asks now (%(expected)s). "
                "Fill in a fresh form; it carries what is stored already."
            )
            return FileRefusal(sentence % {"form": stamp.form, "came": stamp.edition, "expected": edition}, fresh)
        if stamp.place != self._place(stamp, task, organization):
            sentence = _(
                "Since this form was made, %(name)s or what stands above or below it was moved, merged, opened or closed. "
                "Fill in a fresh form; it carries what is stored already."
            )
            return FileRefusal(sentence % {"name": organization.name}, fresh)
        return None

    def _place(self, stamp: Stamp, task: Task, organization: Organization) -> str:
        if stamp.shape == Shape.GRID:
            return place_of_grid(reports_below(task, organization).values_list("organization__code", flat=True))
        return self.places.get((str(task.period), organization.pk), "")


def _counties(codes: Collection[str]) -> dict[str, int]:
    return dict(Organization.objects.filter(code__in=codes, county_id=F("id")).values_list("code", "id"))


def _organizations(county_ids: Collection[int], codes: Collection[str]) -> dict[tuple[int, str], Organization]:
    rows = Organization.objects.filter(county_id__in=county_ids, code__in=codes)
    return {(organization.county_id, organization.code): organization for organization in rows}


def _tasks(county_ids: Collection[int], forms: Collection[str]) -> dict[tuple[int, str, str], Task]:
    rows = Task.objects.filter(county_id__in=county_ids, form__code__in=forms).select_related("form", "county")
    return {(task.county_id, task.form.code, str(task.period)): task for task in rows}

"""Opens a task: freezes the form's layout and writes the ledger of who is expected."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.recorder import record
from indicators.catalogue.queries import layout_of
from indicators.definitions import forms_of, retirements_of
from indicators.models import Form
from indicators.periods import Period
from orgs.county_rows import delete_rows
from orgs.models import Organization, User
from orgs.stamps import new_stamp
from orgs.tree.queries import tree_on
from orgs.tree.trees import Node, Tree
from submissions.choices import State
from submissions.core.corrected_reports import stands_before
from submissions.core.refusals import ActRefused
from submissions.models import ChangeMark, Submission, Task
from submissions.tasks.calendar.working_days import calendar_of
from submissions.tasks.deadlines import STATED, check_dates, refuse_another_deadline, set_days
from submissions.tasks.form_units import nodes_asked
from submissions.tasks.predecessor_reports import answered_by_predecessors


@transaction.atomic
def open_task(
    *,
    form: Form,
    county: Organization,
    period: Period,
    due_on: date,
    by: User,
    at: datetime,
    opens_on: date | None = None,
    closes_on: date | None = None,
    review_due_on: date | None = None,
    approval_due_on: date | None = None,
    within: Organization | None = None,
    left_out: Collection[Organization] = (),
) -> Task:
    """Ask a form of a county (or of one branch of it) for a period. Doing it again adds who is newly expected.

    Without `opens_on` units may fill from the day of opening, or from the period's first day where that is earlier. A day on
    which something is due and nobody works moves on by the county's calendar. `left_out`: branches that are not asked.
    Raises ActRefused for another frequency than the form's, an expired form, impossible dates, and for another deadline than
    that of the task which is open already: moving it is an act of its own (submissions.tasks.deadlines). The form is a common one
    or the county's (decision 206).
    """
    refuse_unused_form(form, county, period)
    tree = tree_on(county.id, period.last_day)
    nodes = nodes_asked(form, county, period, tree, within, left_out)
    given = {
        "due_on": due_on, "opens_on": opens_on, "closes_on": closes_on, "review_due_on": review_due_on,
        "approval_due_on": approval_due_on,
    }  # fmt: skip
    dates = {name: day for name, day in given.items() if day}
    task, change = _task(form, county, period, dates, by, at)
    added, dropped = _write_ledger(task, nodes, {node.id for node in tree.walk(within.id)} if within else None)
    if left_out:
        change["left_out"] = [None, sorted(organization.code for organization in left_out)]
    change |= {"expected": [None, len(nodes)], "added": [None, added], "dropped": [dropped, None]}
    record("task.opened", by=by, at=at, county_id=county.id, subject=f"task:{task.id}", organization_id=county.id, data=change)
    _write_marks(task, tree)
    return task


def _task(
    form: Form, county: Organization, period: Period, dates: dict[str, date | None], by: User, at: datetime
) -> tuple[Task, dict]:
    """The task, made or brought up to date, and what changed. Its layout is renewed only while no unit has started."""
    task = Task.objects.select_for_update().filter(county_id=county.id, form=form, period=period).first()
    if task is None:
        task = Task(
            county_id=county.id,
            form=form,
            period=period,
            opened_at=at,
            opened_by=by,
            layout=layout_of(form, period.last_day, county_id=county.id),
            has_corrections=stands_before(county.id, form.id, period),
        )
        task.opens_on = min(timezone.localdate(at), period.first_day, dates["due_on"])
        set_days(task, dates, calendar_of(county.id))
        check_dates(task)
        task.save(force_insert=True)
        return task, {name: [None, getattr(task, name)] for name in ("opens_on", "due_on", "closes_on", *_more_days(task))}
    refuse_another_deadline(task, dates)
    if not has_begun(task):
        task.layout = layout_of(form, period.last_day, county_id=county.id)
        Task.objects.filter(county_id=county.id, pk=task.pk).update(layout=task.layout)
    return task, {}


def _more_days(task: Task) -> list[str]:
    """The days that not every task has, for the audit trail: of reviewing, and as they were asked for before the calendar."""
    return [name for pair in STATED.items() for name in pair if name != "due_on" and getattr(task, name) is not None]


def refuse_unused_form(form: Form, county: Organization, period: Period) -> None:
    """Raises ActRefused for another county's form, for a common one of which the county has its own edition, and for one that it
    retired, where no task of the period is open yet."""
    if is_retired_for(form, county, period):
        sentence = _(
            "%(county)s has retired the form %(form)s: no task of it is opened. To ask it again, use it again on its page."
        )
        raise ActRefused(sentence % {"county": county.name, "form": form.code})
    if not forms_of(county.id).filter(pk=form.pk).exists():
        sentence = _("%(county)s does not use this %(form)s: it has its own edition, or the form is another county's.")
        raise ActRefused(sentence % {"county": county.name, "form": form.code})


def is_retired_for(form: Form, county: Organization, period: Period) -> bool:
    """Whether the county retired the form and has no task of the period, which would go on."""
    retired = retirements_of(county.id).filter(form=form).exists()
    return retired and not Task.objects.filter(county_id=county.id, form=form, period=period).exists()


def has_begun(task: Task) -> bool:
    """True from a unit's first saved cell on: then the layout is as everybody saw it."""
    return task.submissions.exclude(state__in=(State.BLANK, State.EXEMPT)).exists()


def _write_ledger(task: Task, nodes: list[Node], scope: set[int] | None) -> tuple[int, int]:
    """One submission for each expected organization that has none yet; a unit no longer expected that never started goes.

    Answers how many were added and how many went.
    """
    present = set(task.submissions.values_list("organization_id", flat=True))
    answered = answered_by_predecessors(task)
    rows = [
        Submission(county_id=task.county_id, task=task, organization_id=node.id, unit_category=node.unit_category)
        for node in nodes
        if node.id not in present and node.id not in answered
    ]
    Submission.objects.bulk_create(rows, batch_size=1000)
    left = present - {node.id for node in nodes}
    untouched = task.submissions.filter(
        organization_id__in=left if scope is None else left & scope,
        state=State.BLANK,
        versions=None,
        reviews=None,
    )
    return len(rows), delete_rows(untouched, task.county_id)


def _write_marks(task: Task, tree: Tree) -> None:
    """A mark for every inner organization, all with a stamp drawn anew, because the expectation may have changed."""
    inner = sorted(org_id for org_id in tree.nodes if tree.is_inner(org_id))
    ChangeMark.objects.bulk_create(
        [ChangeMark(county_id=task.county_id, task=task, organization_id=org_id) for org_id in inner],
        ignore_conflicts=True,
        batch_size=1000,
    )
    ChangeMark.objects.filter(county_id=task.county_id, task=task).update(stamp=new_stamp())

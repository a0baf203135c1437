"""Opens a task: freezes the form's layout and writes the ledger of who is expected. Knows no page and no figure."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.recording import record
from indicators.models import Form
from indicators.periods import Period
from indicators.queries import layout_of
from orgs.models import Organization, Placement, User
from orgs.queries import tree_on
from orgs.stamps import new_stamp
from orgs.trees import Node, Tree
from submissions.actions.refusals import ActRefused
from submissions.expecting import Asking, Stay, asking_of, expected
from submissions.kinds import State
from submissions.models import ChangeMark, Submission, Task


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
    within: Organization | None = None,
) -> Task:
    """Ask a form of a county (or of one branch of it) for a period. Doing it again adds who is newly expected.

    Without `opens_on` units may fill from the day of opening, or from the period's first day where that is earlier.
    Raises ActRefused for another frequency than the form's, an expired form and impossible dates.
    """
    asking = asking_of(form)
    _check(form, asking, period)
    tree = tree_on(county.id, period.last_day)
    nodes = expected(asking, period, tree, _stays(county, period), within.id if within else None)
    dates = {"due_on": due_on} | ({"opens_on": opens_on} if opens_on else {}) | ({"closes_on": closes_on} if closes_on else {})
    task, change = _task(form, county, period, dates, by, at)
    added, dropped = _write_ledger(task, nodes, {node.id for node in tree.walk(within.id)} if within else None)
    change |= {"expected": [None, len(nodes)], "added": [None, added], "dropped": [dropped, None]}
    record("task.opened", by=by, at=at, county_id=county.id, subject=f"task:{task.id}", organization_id=county.id, data=change)
    _write_marks(task, tree)
    return task


def _check(form: Form, asking: Asking, period: Period) -> None:
    if period.frequency != form.frequency:
        raise ActRefused(
            _("“%(form)s” is filled %(frequency)s, and %(period)s is no such period; name a period of that length.")
            % {"form": form.title, "frequency": form.get_frequency_display(), "period": period}
        )
    if asking.has_expired(period):
        raise ActRefused(
            _("“%(form)s” asks nobody for %(period)s: it was valid until %(day)s. Extend its validity or choose another form.")
            % {"form": form.title, "period": period, "day": form.valid_until.isoformat()}
        )


def _check_dates(task: Task) -> None:
    if task.due_on < task.opens_on:
        raise ActRefused(_("The due date is before the opening date; choose a later due date."))
    if task.closes_on is not None and task.closes_on < task.due_on:
        raise ActRefused(_("The closing date is before the due date; choose a later closing date."))


def _stays(county: Organization, period: Period) -> dict[int, list[Stay]]:
    rows = Placement.objects.filter(county_id=county.id, valid_from__lte=period.last_day)
    stays: dict[int, list[Stay]] = {}
    for org_id, start, end in rows.values_list("organization_id", "valid_from", "valid_to"):
        stays.setdefault(org_id, []).append((start, end))
    return stays


def _task(
    form: Form, county: Organization, period: Period, dates: dict[str, date | None], by: User, at: datetime
) -> tuple[Task, dict]:
    """The task, made or brought up to date, and what changed. Its layout is renewed only while no unit has started."""
    task = Task.objects.select_for_update().filter(county_id=county.id, form=form, period=str(period)).first()
    if task is None:
        task = Task(
            county_id=county.id,
            form=form,
            period=str(period),
            opened_at=at,
            opened_by=by,
            layout=layout_of(form, period.last_day),
        )
        task.opens_on = min(timezone.localdate(at), period.first_day, dates["due_on"])
        for name, day in dates.items():
            setattr(task, name, day)
        _check_dates(task)
        task.save(force_insert=True)
        return task, {name: [None, getattr(task, name)] for name in ("opens_on", "due_on", "closes_on")}
    values = {name: day for name, day in dates.items() if getattr(task, name) != day}
    change = {name: [getattr(task, name), day] for name, day in values.items()}
    if not task.submissions.exclude(state__in=(State.BLANK, State.EXEMPT)).exists():
        values["layout"] = layout_of(form, period.last_day)
    for name, value in values.items():
        setattr(task, name, value)
    _check_dates(task)
    if values:
        Task.objects.filter(county_id=county.id, pk=task.pk).update(**values)
    return task, change


def _write_ledger(task: Task, nodes: list[Node], scope: set[int] | None) -> tuple[int, int]:
    """One submission for each expected organization that has none yet; a unit no longer expected that never started goes.

    Answers how many were added and how many went.
    """
    present = set(task.submissions.values_list("organization_id", flat=True))
    rows = [
        Submission(county_id=task.county_id, task=task, organization_id=node.id, unit_category=node.unit_category)
        for node in nodes
        if node.id not in present
    ]
    Submission.objects.bulk_create(rows, batch_size=1000)
    left = present - {node.id for node in nodes}
    untouched = task.submissions.filter(
        county_id=task.county_id,
        organization_id__in=left if scope is None else left & scope,
        state=State.BLANK,
        versions=None,
        reviews=None,
    )
    return len(rows), untouched.delete()[0]


def _write_marks(task: Task, tree: Tree) -> None:
    """A counter for every inner organization; those that are there are counted up, because the expectation may have changed."""
    inner = sorted(org_id for org_id in tree.nodes if tree.is_inner(org_id))
    ChangeMark.objects.bulk_create(
        [ChangeMark(county_id=task.county_id, task=task, organization_id=org_id) for org_id in inner],
        ignore_conflicts=True,
        batch_size=1000,
    )
    ChangeMark.objects.filter(county_id=task.county_id, task=task).update(stamp=new_stamp())

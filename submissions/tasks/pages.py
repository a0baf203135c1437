"""Data of the task pages: the list of tasks, one task by township, whom to remind."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from indicators.periods import Period
from orgs.accounts.access import SEEING, Refused, organization_to_see, posts_on
from orgs.models import Organization, Placement, User
from orgs.tree.former_names import former_names_of
from orgs.tree.queries import placed_on
from orgs.tree.trees import after_branch
from submissions.choices import UNIT_TURN, State
from submissions.core.texts import due_words
from submissions.models import Submission, Task
from submissions.tasks.progress import NOTHING, Progress, added_up, progress_below, standing_paths
from submissions.tasks.queries import as_called_then, units_in

TASKS, CHILDREN = 20, 50


@dataclass(frozen=True)
class TaskRow:
    """One task of the list, with how far the branch has come."""

    task: Task
    period: Period
    progress: Progress
    due: str
    due_colour: str


@dataclass(frozen=True)
class TaskChildRow:
    """One child of an organization in a task: inner ones lead deeper, a unit leads to its report."""

    organization: Organization
    is_inner: bool
    progress: Progress
    submission_id: int | None
    state: str


def places_of(user: User, day: date) -> list[Organization]:
    """Where a person works with figures, each once; Refused without such a post."""
    found = {post.organization_id: post.organization for post in posts_on(user, day) if post.role in SEEING}
    if not found:
        raise Refused(_("None of your posts on %(day)s allows this.") % {"day": day.isoformat()})
    return list(found.values())


def place_chosen(user: User, places: Sequence[Organization], chosen: str, day: date) -> Organization:
    """The organization named in the address (its id, if the person may see it), else the first of the person's own."""
    if chosen.isascii() and chosen.isdigit() and len(chosen) < 12:
        return organization_to_see(user, int(chosen), day)
    return places[0]


def has_units_below(organization: Organization, day: date) -> bool:
    return Placement.objects.filter(placed_on(day), parent=organization).exists()


def task_rows(tasks: Page, top: Organization, today: date) -> list[TaskRow]:
    """The tasks of one page with their progress, in two queries."""
    counts = progress_below(list(tasks), top)
    rows = []
    for task in tasks:
        progress = added_up(counts, [task.id])
        rows.append(TaskRow(task, task.period, progress, *due_words(task.due_on, today, progress.owed)))
    return rows


def tasks_asking(top: Organization, day: date, states: Collection[str] = State.values) -> QuerySet[Task]:
    """The tasks in which the organization or somebody below it was asked, newest first; their layouts are not read.

    `states`: only where a report of theirs is in one of these.
    """
    path = standing_paths(top.id, [day]).get(day, "")
    branch = Placement.objects.filter(path__gte=path, path__lt=after_branch(path)) if path else Placement.objects.none()
    asked = Submission.objects.filter(task=OuterRef("pk"), organization__in=branch.values("organization_id"), state__in=states)
    tasks = Task.objects.filter(Exists(asked)).select_related("form", "county").defer("layout")
    return tasks.order_by("-due_on", "form__sort_order", "form__code", "-id")


def child_rows(task: Task, top: Organization, page_number: str | None) -> tuple[Page, list[TaskChildRow], Progress, Progress]:
    """The children of `top` on the period's last day, a page of them, with the total and `top`'s own answer (本级)."""
    day = task.period.last_day
    children = Organization.objects.filter(
        Exists(Placement.objects.filter(placed_on(day), parent=top, organization=OuterRef("pk")))
    ).annotate(is_inner=Exists(Placement.objects.filter(placed_on(day), parent=OuterRef("pk"))))
    page = Paginator(children.order_by("sort_order", "code"), CHILDREN).get_page(page_number)
    counts = progress_below([task], top)
    former = former_names_of([child.pk for child in page])
    reports = {
        org_id: (pk, state)
        for org_id, pk, state in Submission.objects.filter(
            county_id=task.county_id, task=task, organization__in=[child.pk for child in page]
        ).values_list("organization_id", "id", "state")
    }
    rows = [
        TaskChildRow(
            former.as_called(child, day),
            child.is_inner,
            counts.get((task.id, child.id), NOTHING),
            reports.get(child.id, (None, ""))[0],
            str(State(reports[child.id][1]).label) if child.id in reports else "",
        )
        for child in page
    ]
    return page, rows, added_up(counts), counts.get((task.id, top.id), NOTHING)


def to_remind(task: Task, top: Organization) -> list[Submission]:
    """Units that have not sent, or have not corrected a returned report, in the county's order."""
    return as_called_then(units_in([task], top, Q(state__in=UNIT_TURN)))


def reminder(task: Task, units: Sequence[Submission], today: date) -> str:
    """The text to copy into a message or a notice: what is due when, and who is still to send."""
    head = _("%(title)s (%(number)s), %(period)s: %(due)s. To be sent, or corrected and sent again, by %(count)d units:") % {
        "title": task.form.title, "number": task.form.code, "period": task.period.label,
        "due": due_words(task.due_on, today)[0], "count": len(units),
    }  # fmt: skip
    lines = [f"{number}. {_unit_line(unit)}" for number, unit in enumerate(units, 1)]
    return "\n".join([head, *lines, _("Please fill in and send in time; units that cannot may call the reviewer.")])


def _unit_line(unit: Submission) -> str:
    organization = unit.organization
    contact = " ".join(part for part in (organization.contact, organization.telephone) if part)
    words = [organization.name, f"({unit.get_state_display()})", contact]
    return " ".join(word for word in words if word)

"""Data of the task pages: the list of tasks, one task by township, whom to remind."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from indicators.periods import Period
from orgs.accounts.access import SEEING, Refused, organization_to_see, posts_on
from orgs.models import Organization, Placement, User
from orgs.tree.former_names import former_names_of
from orgs.tree.queries import counted_on, placed_on
from orgs.tree.trees import after_branch
from submissions.choices import UNIT_TURN, State
from submissions.core.texts import due_words
from submissions.models import Submission, Task
from submissions.tasks.progress import NOTHING, Place, Progress, added_up, progress_below, standing_paths
from submissions.tasks.queries import as_called_then, units_in


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
    """One child of an organization in a task: inner ones lead deeper, a unit leads to its report. None: a row of sums above."""

    organization: Organization | None
    name: str
    progress: Progress
    due_colour: str
    is_inner: bool = False
    submission_id: int | None = None
    state: str = ""
    is_total: bool = False


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


def task_rows(tasks: Sequence[Task], top: Organization, today: date) -> list[TaskRow]:
    """Tasks with their progress, in two queries."""
    counts = progress_below(tasks, top)
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


def children_of(task: Task, top: Organization) -> QuerySet[Organization]:
    """What stood right below `top` on the period's last day, with `is_inner`, in the county's order."""
    day = task.period.last_day
    children = Organization.objects.filter(
        Exists(Placement.objects.filter(counted_on(day), parent=top, organization=OuterRef("pk")))
    ).annotate(is_inner=Exists(Placement.objects.filter(counted_on(day), parent=OuterRef("pk"))))
    return children.order_by("sort_order", "code")


def rows_above(task: Task, top: Organization, counts: Mapping[Place, Progress], due_colour: str) -> list[TaskChildRow]:
    """The total, and `top`'s own answer (本级) where it owes one."""
    own = counts.get((task.id, top.id), NOTHING)
    total = TaskChildRow(None, _("Total"), added_up(counts), due_colour, is_total=True)
    return [total, *([TaskChildRow(None, _("Own figures"), own, due_colour)] if own.expected or own.exempt else ())]


def child_rows(
    children: Sequence[Organization], task: Task, counts: Mapping[Place, Progress], due_colour: str
) -> list[TaskChildRow]:
    """Children named as on the period's last day, in two queries."""
    day = task.period.last_day
    former = former_names_of([child.pk for child in children])
    reports = {
        org_id: (pk, state)
        for org_id, pk, state in Submission.objects.filter(
            county_id=task.county_id, task=task, organization__in=[child.pk for child in children]
        ).values_list("organization_id", "id", "state")
    }
    return [
        TaskChildRow(
            child, former.as_called(child, day).name, counts.get((task.id, child.id), NOTHING), due_colour, child.is_inner,
            reports.get(child.id, (None, ""))[0], str(State(reports[child.id][1]).label) if child.id in reports else "",
        )
        for child in children
    ]  # fmt: skip


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

"""The desk of who has not reported: units whose turn it is with days over, contact and notice, and a text per township to copy."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from orgs.models import Organization, Placement
from orgs.tree.former_names import former_names_of
from orgs.tree.queries import placed_on, tree_on
from orgs.tree.trees import Node, Tree
from submissions.choices import UNIT_TURN, State
from submissions.core.texts import COLOURS
from submissions.models import Notice, Submission, Task
from submissions.tasks.chase.queries import newest_notices
from submissions.tasks.pages import reminder
from submissions.tasks.progress import due_day, standing_paths
from submissions.tasks.queries import below

CLOSED_COLOUR = "is-grey"


@dataclass(frozen=True)
class ChaseRow:
    """One unit whose turn it is. `place`: its rank in the county's order; `days_over`: 0 until its due day has passed."""

    submission: Submission
    township: str
    place: int
    state: str
    colour: str
    due_on: date
    days_over: int
    is_closed: bool
    notice: Notice | None

    @property
    def unit(self) -> Organization:
        return self.submission.organization


@dataclass(frozen=True)
class TownshipText:
    """The units of one township that are to be called, and the text to copy for it."""

    name: str
    count: int
    text: str


def owed_at(task: Task, top: Organization) -> QuerySet[Submission]:
    """The reports at or below `top` that are their units' turn."""
    day = task.period.last_day
    path = standing_paths(top.id, [day]).get(day, "")
    rows = below(path, day, task) if path else Submission.objects.none()
    return rows.filter(state__in=UNIT_TURN).select_related("organization")


def chase_rows(submissions: Iterable[Submission], task: Task, today: date) -> list[ChaseRow]:
    """In the county's order of the period's last day, units named as they were then; a unit closed since is marked."""
    day = task.period.last_day
    found = {submission.organization_id: submission for submission in submissions}
    tree = tree_on(task.county_id, day)
    order = {node.id: place for place, node in enumerate(tree.walk(task.county_id)) if node.id in found}
    former = former_names_of(found)
    here = set(Placement.objects.filter(placed_on(today), organization_id__in=found).values_list("organization_id", flat=True))
    notices = newest_notices([submission.pk for submission in found.values()])
    rows = []
    for org_id, place in sorted(order.items(), key=lambda one: one[1]):
        submission = found[org_id]
        submission.task = task
        submission.organization = former.as_called(submission.organization, day)
        due_on = due_day(submission, task)
        rows.append(
            ChaseRow(
                submission,
                _township(tree, task.county_id, org_id).label,
                place,
                str(State(submission.state).label),
                COLOURS[State(submission.state)],
                due_on,
                max(0, (today - due_on).days),
                org_id not in here,
                notices.get(submission.pk),
            )
        )
    return rows


def _township(tree: Tree, county_id: int, org_id: int) -> Node:
    """The organization right below the county on the way to the unit; the county for a unit of its own."""
    return tree.child_towards(county_id, org_id) or tree[county_id]


def township_texts(rows: Sequence[ChaseRow], task: Task, today: date) -> list[TownshipText]:
    """A text per township, in the county's order; nobody is asked to call a unit that is closed."""
    groups: dict[str, list[Submission]] = {}
    for row in sorted(rows, key=lambda row: row.place):
        if not row.is_closed:
            groups.setdefault(row.township, []).append(row.submission)
    return [TownshipText(name, len(units), reminder(task, units, today)) for name, units in groups.items()]


def notice_text(task: Task) -> str:
    """The text with which a notice begins."""
    return _("Please fill in and send “%(form)s”, %(period)s; it is due on %(day)s.") % {
        "form": task.form.title, "period": task.period.label, "day": task.due_on.isoformat(),
    }  # fmt: skip


def notice_effects(submissions: Sequence[Submission], with_clerk: set[int]) -> list[str]:
    """Who will see a notice, and who cannot because nobody signs in there."""
    names = [submission.organization.name for submission in submissions]
    silent = [submission.organization.name for submission in submissions if submission.organization_id not in with_clerk]
    sentences = [_("%(n)s units: %(names)s.") % {"n": len(names), "names": _shortened(names)}]
    sentences.append(_("It stands at the top of their page 待办 until somebody of the unit has read it; here you see who has."))
    if silent:
        sentences.append(
            _("Nobody signs in for %(n)s of them, so call them: %(names)s.") % {"n": len(silent), "names": _shortened(silent)}
        )
    return sentences


def _shortened(names: Sequence[str], most: int = 20) -> str:
    return _(", ").join(names[:most]) + (" …" if len(names) > most else "")

"""What the county's organization department has to do now: progress of the townships, waiting reports, forms that end."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from indicators.models import Form
from orgs.models import Organization
from orgs.tree.trees import Node
from reports.dashboards.period_forms import main_line
from reports.dashboards.review_duties import WaitingForReview, waiting_lines
from reports.dashboards.tasks import TaskLine, task_lines
from reports.figures.plan.report_trees import children_on
from reports.scope.task_queries import expiring_forms, open_tasks
from submissions.moves.hand_over_history import HandOverNotice, recent_hand_overs
from submissions.tasks.progress import NOTHING, Place, Progress, progress_below


@dataclass(frozen=True)
class ChildLine:
    """One township (or other child) in one task."""

    name: str
    progress: Progress
    task_url: str


@dataclass(frozen=True)
class CountyBlock:
    """An officer's post at the county. `shown`: the task whose progress `children` shows. `left_out`: older tasks that are open too."""

    organization: Organization
    tasks: tuple[TaskLine, ...]
    left_out: int
    shown: TaskLine | None
    children: tuple[ChildLine, ...]
    waiting: tuple[WaitingForReview, ...]
    expiring: tuple[Form, ...]
    hand_overs: tuple[HandOverNotice, ...]
    today: date
    template: str = "reports/dashboards/_parts/home_county.html"


def county_block(organization: Organization, today: date, shown_task: str = "") -> CountyBlock:
    """`shown_task`: the id of the task whose progress by township is asked for, as the address has it."""
    tasks, left_out = open_tasks(organization.county_id, today)
    counts = progress_below(tasks, organization)
    lines = task_lines(tasks, counts, organization, today)
    shown = main_line(lines, today, shown_task)
    return CountyBlock(
        organization,
        lines,
        left_out,
        shown,
        _child_lines(shown, counts, organization) if shown else (),
        waiting_lines(organization, today),
        tuple(expiring_forms(organization.county_id, today)),
        tuple(recent_hand_overs([organization.id], today)),
        today,
    )


def _child_lines(shown: TaskLine, counts: Mapping[Place, Progress], organization: Organization) -> tuple[ChildLine, ...]:
    """The children in the county's order; a line has a link only if the page behind it shows more."""
    tree = children_on(organization, shown.last_day)
    lines = []
    for node in tree.children(organization.id):
        progress = counts.get((int(shown.key), node.id), NOTHING)
        if progress.expected:
            lines.append(ChildLine(node.label, progress, _page_of(shown, node) if tree.is_inner(node.id) else ""))
    return tuple(lines)


def _page_of(shown: TaskLine, node: Node) -> str:
    return reverse("submissions:task_at", args=[shown.key, node.id])

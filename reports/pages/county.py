"""What the county's organization department has to do now: how the townships are doing, what waits for it, which forms end."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from indicators.models import Form
from indicators.periods import read_period
from orgs.models import Organization
from orgs.trees import Node
from reports.pages.reviewing import Waiting, waiting_lines
from reports.pages.tasks import TaskLine, task_lines
from reports.queries import current_tasks, expiring_forms
from reports.trees import children_on
from submissions.hand_overs import HandOverNotice, recent_hand_overs
from submissions.models import Task
from submissions.progress import Place, Progress, added_up, progress_below


@dataclass(frozen=True)
class ChildLine:
    """One township (or other child) over all tasks of today."""

    name: str
    progress: Progress
    dashboard_url: str


@dataclass(frozen=True)
class CountyBlock:
    """An officer's post at the county."""

    organization: Organization
    tasks: tuple[TaskLine, ...]
    total: Progress
    children: tuple[ChildLine, ...]
    waiting: tuple[Waiting, ...]
    expiring: tuple[Form, ...]
    hand_overs: tuple[HandOverNotice, ...]
    today: date
    template: str = "reports/_parts/home_county.html"


def county_block(organization: Organization, today: date) -> CountyBlock:
    tasks = current_tasks(organization.county_id, today)
    counts = progress_below(tasks, organization)
    return CountyBlock(
        organization,
        task_lines(tasks, counts, organization, today),
        added_up(counts),
        _child_lines(tasks, counts, organization, today),
        waiting_lines(organization, today),
        tuple(expiring_forms(organization.county_id, today)),
        tuple(recent_hand_overs([organization.id], today)),
        today,
    )


def _child_lines(
    tasks: list[Task], counts: Mapping[Place, Progress], organization: Organization, today: date
) -> tuple[ChildLine, ...]:
    """Inner children each on their own line, in the county's order; a line that leads on only where the page would say more."""
    day = max((read_period(task.period).last_day for task in tasks), default=today)
    tree = children_on(organization, day)
    period = tasks[0].period if tasks else ""
    lines = []
    for node in tree.children(organization.id):
        progress = added_up(counts, child=node.id)
        if progress.expected:
            lines.append(ChildLine(node.label, progress, _dashboard(node, period) if tree.is_inner(node.id) else ""))
    return tuple(lines)


def _dashboard(node: Node, period: str) -> str:
    return f"{reverse('reports:dashboard')}?period={period}&org={node.id}"

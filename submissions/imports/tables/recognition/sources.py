"""Reads the data for recognising a batch of files once: open tasks, units with those above them, English names, remembered heads."""

from collections.abc import Collection, Sequence
from datetime import date

from django.db.models import Q, QuerySet

from indicators.definitions import indicators_of
from orgs.models import Organization
from orgs.names.name_matching import Candidate, OrgNames
from orgs.tree.queries import tree_on
from orgs.tree.trees import Node, Tree, ids_of
from submissions.choices import UNIT_TURN
from submissions.imports.report.scope import ImportScope
from submissions.imports.tables.match_targets import AskedTask, AskedUnits
from submissions.models import HeadName, Submission, Task
from submissions.tasks.pages import tasks_asking

MOST_TASKS = 40  # open at once in one place; the newest


class Sources:
    """Data read once for all files of a batch: two queries for the tasks of a place, four more per task."""

    def __init__(self, scope: ImportScope):
        self.scope = scope
        self._tasks: dict[tuple[int | None, int | None], list[Task]] = {}
        self._asked_tasks: dict[tuple[int, int | None], AskedTask] = {}
        self._units: dict[tuple[int, int | None], AskedUnits] = {}
        self._trees: dict[tuple[int, date], Tree] = {}
        self._english: dict[int, dict[str, str]] = {}

    def tasks(self, wanted: Task | None, place: Organization | None) -> list[Task]:
        """The named task, else those open to the units of the place."""
        known = (wanted.pk if wanted else None, place.pk if place else None)
        if known not in self._tasks:
            self._tasks[known] = [wanted] if wanted is not None else list(self._open_tasks(place)[:MOST_TASKS])
        return self._tasks[known]

    def asked_task(self, task: Task, place: Organization | None) -> AskedTask:
        """The task with the remembered heads of the place; without a place, of the person's posts or of the county."""
        known = (task.pk, place.pk if place else None)
        if known not in self._asked_tasks:
            period = task.period
            remembered = self._remembered(task, [place.pk] if place else list(self.scope.posts) or [task.county_id])
            self._asked_tasks[known] = AskedTask(
                task.pk, task.form.code, task.form.title, period, task.layout, self._english_names(task.county_id), remembered
            )
        return self._asked_tasks[known]

    def units(self, task: Task, place: Organization | None) -> AskedUnits:
        """The units of the task that the person fills in: at the place or below it."""
        known = (task.pk, place.pk if place else None)
        if known not in self._units:
            self._units[known] = self._asked_units(task, place)
        return self._units[known]

    def _open_tasks(self, place: Organization | None) -> QuerySet[Task]:
        day = self.scope.day
        is_open = (Q(closes_on__isnull=True) | Q(closes_on__gte=day)) & Q(opens_on__lte=day)
        if place is not None:
            return tasks_asking(place, day, UNIT_TURN).filter(is_open).defer(None)
        tasks = Task.objects.filter(is_open).select_related("form", "county")
        if not self.scope.is_operator:
            tasks = tasks.filter(county_id__in=self.scope.counties)
        return tasks.order_by("-due_on", "form__sort_order", "form__code", "-id")

    def _asked_units(self, task: Task, place: Organization | None) -> AskedUnits:
        tree = self._tree(task.county_id, task.period.last_day)
        org_ids = Submission.objects.filter(county_id=task.county_id, task=task).values_list("organization_id", flat=True)
        within = [org_id for org_id in org_ids if org_id in tree and _is_within(tree[org_id], place)]
        filled = self.scope.units(within)
        nodes = [tree[org_id] for org_id in within if org_id in filled]
        nodes.sort(key=lambda node: (node.sort_order, node.code))
        return AskedUnits(OrgNames(_candidate(node, tree) for node in nodes), _labels(nodes, tree))

    def _tree(self, county_id: int, day: date) -> Tree:
        if (county_id, day) not in self._trees:
            self._trees[county_id, day] = tree_on(county_id, day)
        return self._trees[county_id, day]

    def _english_names(self, county_id: int) -> dict[str, str]:
        if county_id not in self._english:
            named = indicators_of(county_id).exclude(name_en="")
            self._english[county_id] = dict(named.values_list("code", "name_en"))
        return self._english[county_id]

    def _remembered(self, task: Task, organization_ids: Collection[int]) -> dict[str, str]:
        """Remembered heads of the posts; left out if two posts differ."""
        rows = HeadName.objects.filter(county_id=task.county_id, organization_id__in=organization_ids, form_id=task.form_id)
        meanings: dict[str, set[str]] = {}
        for text, means in rows.values_list("text", "means"):
            meanings.setdefault(text, set()).add(means)
        return {text: means.pop() for text, means in meanings.items() if len(means) == 1}


def _is_within(node: Node, place: Organization | None) -> bool:
    return place is None or place.pk in ids_of(node.path)


def _candidate(node: Node, tree: Tree) -> Candidate:
    above = (name for upper in tree.ancestors(node.id) for name in (upper.name, upper.short_name) if name)
    return Candidate(node.code, node.name, node.short_name, tuple(above))


def _labels(nodes: Sequence[Node], tree: Tree) -> dict[str, str]:
    """Code -> name; with the organization above and the code if another has the same name."""
    twins = _twice([node.name for node in nodes])
    return {node.code: _label(node, tree) if node.name in twins else node.name for node in nodes}


def _label(node: Node, tree: Tree) -> str:
    above = tree.ancestors(node.id)
    return f"{node.name} ({above[0].label}, {node.code})" if above else f"{node.name} ({node.code})"


def _twice(names: Collection[str]) -> set[str]:
    seen: set[str] = set()
    return {name for name in names if name in seen or seen.add(name)}

"""The progress of a task: who owes, who sent in time or late, what is approved, per child, district or unit."""

from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from operator import add

from django.db.models import Case, Count, F, Q, QuerySet, Value, When
from django.db.models.functions import Substr
from django.utils import timezone

from indicators.values.number_parser import round_half_up
from orgs.models import Organization, Placement
from orgs.moments import once_in_a_moment, one_moment
from orgs.tree.queries import report_tree_on
from orgs.tree.trees import PATH_STEP, after_branch
from submissions.choices import UNIT_TURN, State
from submissions.core.count_stamps import stamps_of
from submissions.models import Submission, Task

SELF, CHILDREN, DISTRICT, UNITS = "self", "children", "district", "units"
GROUPINGS = (SELF, CHILDREN, DISTRICT, UNITS)
DASH = "—"
Place = tuple[int, int]  # task, and the child, district or unit


@dataclass(frozen=True)
class Progress:
    """Counts of reports, in the words of every page, list and command (decision 184). Exempt ones owe nothing and stand beside.

    应报 expected = 已报 submitted + 未报 missing. 已报: sent at least once, whatever became of it since; 其中按期 on_time and 逾期
    late judge that first time, and both together are the 已报. So are 待审核 waiting, 退回修改 returned and 审核通过 approved: where
    those reports stand now. in_correction: the approved ones of which a correction is under way (有修订待审); they stay approved.
    """

    expected: int = 0
    exempt: int = 0
    submitted: int = 0
    on_time: int = 0
    late: int = 0
    returned: int = 0
    approved: int = 0
    missing: int = 0
    in_correction: int = 0

    def __add__(self, other: "Progress") -> "Progress":
        return Progress(*map(add, vars(self).values(), vars(other).values()))

    @property
    def waiting(self) -> int:
        """Reports with the reviewers."""
        return self.submitted - self.returned - self.approved

    @property
    def owed(self) -> int:
        """The unit's turn: never sent, or to be corrected and sent again; who is to be chased."""
        return self.missing + self.returned

    @property
    def is_settled(self) -> bool:
        """True where everything is approved."""
        return self.approved == self.expected

    @property
    def submitted_rate(self) -> str:
        """报送率 = 已报/应报."""
        return rate(self.submitted, self.expected)

    @property
    def submitted_share(self) -> Fraction | None:
        """The same to sort by; None where nobody owes anything."""
        return Fraction(self.submitted, self.expected) if self.expected else None

    @property
    def on_time_rate(self) -> str:
        """及时率 = 按期/应报."""
        return rate(self.on_time, self.expected)

    @property
    def approved_rate(self) -> str:
        return rate(self.approved, self.expected)

    @property
    def submitted_width(self) -> int:
        """Of a bar of 100; never full while one is missing."""
        return 100 * self.submitted // self.expected if self.expected else 0

    @property
    def approved_width(self) -> int:
        return 100 * self.approved // self.expected if self.expected else 0


NOTHING = Progress()


def rate(part: int, whole: int) -> str:
    """One decimal and %, half up; a dash where nobody owes anything."""
    return f"{round_half_up(Decimal(100 * part) / whole, 1)}%" if whole else DASH


def progress_of(state: str, *, sent: int, in_time: int, units: int = 1, in_correction: int = 0) -> Progress:
    """Reports of one state, of which so many were ever sent, and so many of them in time.

    What was sent, returned and taken back is the unit's again to be corrected: it counts as returned, whatever its state.
    """
    if state == State.EXEMPT:
        return Progress(exempt=units)
    return Progress(
        expected=units,
        submitted=sent,
        on_time=in_time,
        late=sent - in_time,
        returned=sent if state in UNIT_TURN else 0,
        approved=units if state == State.APPROVED else 0,
        missing=units - sent,
        in_correction=in_correction,
    )


def never_sent() -> Q:
    """The condition on submissions behind 未报."""
    return Q(state__in=UNIT_TURN, first_submitted_at__isnull=True)


def to_correct() -> Q:
    """The condition on submissions behind 退回修改."""
    return Q(state__in=UNIT_TURN, first_submitted_at__isnull=False)


# The state of a report in counts: what was sent, returned and taken back is the unit's again to be corrected (decision 184).
COUNTED_STATE = Case(When(to_correct(), then=Value(State.RETURNED)), default=F("state"))


def counted_in(task: Task, branch: Q) -> dict[str, Count]:
    """The same counts as aggregates over submissions of one task that meet a condition, named as the fields of Progress."""
    sent = branch & ~Q(state=State.EXEMPT) & Q(first_submitted_at__isnull=False)
    conditions = {
        "expected": branch & ~Q(state=State.EXEMPT),
        "exempt": branch & Q(state=State.EXEMPT),
        "submitted": sent,
        "on_time": sent & in_time(task.due_on),
        "late": sent & ~in_time(task.due_on),
        "returned": branch & to_correct(),
        "approved": branch & Q(state=State.APPROVED),
        "missing": branch & never_sent(),
        "in_correction": branch & Q(is_in_correction=True),
    }
    return {name: Count("pk", filter=condition) for name, condition in conditions.items()}


# Counts kept in this process, by what they were counted at: a stamp is never drawn twice, so what is found here is never stale.
_remembered: OrderedDict[tuple, dict[Place, Progress]] = OrderedDict()
_MOST_REMEMBERED = 1024  # of one task below one organization: some thirty counts


@one_moment()
def progress_below(tasks: Sequence[Task], top: Organization, by: str = CHILDREN) -> dict[Place, Progress]:
    """(task, child of `top`) -> Progress, as the tree stood on each task's day; in three queries, however many tasks.

    `top`'s own answer (本级, or that of a unit without others below) stands under (task, top.id). `by` groups otherwise;
    districts ask one more query per task, for its tree. What nothing happened to since is not counted again.
    """
    if by not in (SELF, CHILDREN) or any(task.county_id != top.county_id for task in tasks):
        return _progress_below(tasks, top, by)
    stamps = stamps_of(tasks) if tasks else {}
    places = {task.id: (*stamps[task.id], task.id, task.due_on, top.id, by) for task in tasks if task.id in stamps}
    found = {task_id: _remembered[place] for task_id, place in places.items() if place in _remembered}
    uncounted = [task for task in tasks if task.id not in found]
    counts: dict[int, dict[Place, Progress]] = {task.id: {} for task in uncounted}
    for (task_id, child_id), progress in (_progress_below(uncounted, top, by) if uncounted else {}).items():
        counts[task_id][task_id, child_id] = progress
    _remember({place: counts[task_id] for task_id, place in places.items() if task_id in counts})
    return {place: progress for one in (*found.values(), *counts.values()) for place, progress in one.items()}


def _remember(counts: Mapping[tuple, dict[Place, Progress]]) -> None:
    _remembered.update(counts)
    while len(_remembered) > _MOST_REMEMBERED:
        _remembered.popitem(last=False)


def _progress_below(tasks: Sequence[Task], top: Organization, by: str) -> dict[Place, Progress]:
    by_day = defaultdict(list)
    for task in tasks:
        by_day[task.period.last_day].append(task)
    paths = standing_paths(top.id, by_day)
    found: dict[Place, Progress] = defaultdict(Progress)
    for row in _counted({day: by_day[day] for day in paths}, paths, UNITS if by == DISTRICT else by) if paths else ():
        found[row["task_id"], _place(row["place"], by, top)] += progress_of(
            row["state"], sent=row["sent"], in_time=row["in_time"], units=row["units"], in_correction=row["in_correction"]
        )
    return _by_district(tasks, top, found) if by == DISTRICT else dict(found)


def _by_district(tasks: Iterable[Task], top: Organization, units: Mapping[Place, Progress]) -> dict[Place, Progress]:
    """Units grouped as the figures group them: under their district, or under `top` without one."""
    found: dict[Place, Progress] = defaultdict(Progress)
    trees = {task.id: report_tree_on(task.county_id, task.period.last_day) for task in tasks}
    for (task_id, unit), progress in units.items():
        district = trees[task_id].district_towards(top.id, unit) if unit in trees[task_id] else None
        found[task_id, district.id if district else top.id] += progress
    return dict(found)


def standing_paths(organization_id: int, days: Iterable[date]) -> dict[date, str]:
    """Day -> path of the organization's placement on it; else of the last before it; else of the first after it."""
    places = _placements_of(organization_id)
    return {day: next((path for start, path in reversed(places) if start <= day), places[0][1]) for day in days if places}


@once_in_a_moment
def _placements_of(organization_id: int) -> list[tuple[date, str]]:
    """The first day and the path of each, in time order."""
    rows = Placement.objects.filter(organization_id=organization_id).order_by("valid_from")
    return list(rows.values_list("valid_from", "path"))


def added_up(counts: Mapping[Place, Progress], tasks: Iterable[int] | None = None, child: int | None = None) -> Progress:
    """The sum over some tasks, or over one child, or over everything."""
    wanted = set(tasks) if tasks is not None else None
    places = (
        progress
        for (task_id, place), progress in counts.items()
        if (wanted is None or task_id in wanted) and (child is None or place == child)
    )
    return sum(places, NOTHING)


def placed_below(path: str, day: date) -> Q:
    """The condition on submissions that their unit stood at or below a path on a day."""
    prefix = "organization__placements__"
    return placed_then(day) & Q(**{f"{prefix}path__gte": path, f"{prefix}path__lt": after_branch(path)})


def placed_then(day: date) -> Q:
    """The condition on submissions that their unit stood somewhere on a day, whose placement this is."""
    prefix = "organization__placements__"
    is_open = Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gte": day})
    return Q(**{f"{prefix}valid_from__lte": day}) & is_open


def sent_in_time(tasks: Iterable[Task]) -> Q:
    """The condition on submissions that they were first sent before their task's due day ended, in local time (T26)."""
    condition = Q(pk__in=())
    for task in tasks:
        condition |= Q(task_id=task.id) & in_time(task.due_on)
    return condition


def in_time(due_on: date) -> Q:
    """The condition on sent reports of a task due on a day that they were in time: by that day, or by a later one of their own."""
    own = Q(due_on__isnull=False, first_submitted_at__date__lte=F("due_on"))
    return Q(first_submitted_at__lt=end_of(due_on)) | own


def end_of(day: date) -> datetime:
    """The first moment after a local day."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def is_late(submission: Submission, task: Task) -> bool:
    """True for a report first sent after its due day; for one not yet sent nothing is decided."""
    due_on = due_day(submission, task)
    return submission.first_submitted_at is not None and submission.first_submitted_at >= end_of(due_on)


def due_day(submission: Submission, task: Task) -> date:
    """The day by which this unit has to send: its own where the deadline was postponed for it, else the task's."""
    return submission.due_on or task.due_on


def _place(found: str | int | None, by: str, top: Organization) -> int:
    if by == CHILDREN:
        return int(found) if found else top.id
    return found or 0


def _counted(by_day: Mapping[date, Sequence[Task]], paths: Mapping[date, str], by: str) -> QuerySet:
    """A row per task, place and state."""
    condition, tasks = Q(pk__in=()), [task for tasks_of_day in by_day.values() for task in tasks_of_day]
    for day, tasks_of_day in by_day.items():
        condition |= Q(task_id__in=[task.id for task in tasks_of_day]) & placed_below(paths[day], day)
    return (
        Submission.objects.filter(condition, county_id__in={task.county_id for task in tasks})
        .annotate(place=_grouped(by_day, paths, by))
        .values("task_id", "place", "state")
        .annotate(
            units=Count("pk"),
            sent=Count("first_submitted_at"),
            in_time=Count("pk", filter=sent_in_time(tasks)),
            in_correction=Count("pk", filter=Q(is_in_correction=True)),
        )
        .order_by()
    )


def _grouped(by_day: Mapping[date, Sequence[Task]], paths: Mapping[date, str], by: str):
    """What a row is counted under; a child's id is cut out of the path, below where `top` stood on the task's day."""
    if by == SELF:
        return Value(0)
    if by == UNITS:
        return F("organization_id")
    starts = {len(path) + 1 for path in paths.values()}
    cuts = {start: Substr("organization__placements__path", start, PATH_STEP) for start in starts}
    if len(cuts) == 1:
        return cuts.popitem()[1]
    whens = [
        When(task_id__in=[task.id for task in tasks_of_day], then=cuts[len(paths[day]) + 1])
        for day, tasks_of_day in by_day.items()
    ]
    return Case(*whens, default=Value(""))

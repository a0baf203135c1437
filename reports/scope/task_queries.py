"""Page-sized queries for home and dashboard: what is open, owed, waiting, missing, expiring."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta

from django.db.models import Case, Count, Exists, Min, OuterRef, Q, QuerySet, When

from indicators.choices import Frequency
from indicators.definitions import forms_in_use, forms_of, indicators_in_use, readable_forms
from indicators.models import Form, FormLine, Indicator
from indicators.periods import Period
from orgs.models import Organization, Placement
from orgs.moments import once_in_a_moment
from orgs.tree.former_names import WAS_RENAMED, former_names_of
from orgs.tree.queries import placed_on
from orgs.tree.trees import Node, Tree
from reports.figures.plan.report_trees import NODE_FIELDS
from reports.models import Headline
from submissions.choices import REVIEW_TURN, UNIT_TURN, Act, State
from submissions.models import Review, Submission, Task
from submissions.tasks.progress import placed_below, standing_paths
from submissions.tasks.queries import as_called_then

CHASED_DAYS = 100  # after its due day a task that is complete leaves the home page: a quarter later the next one is due
MOST_TASKS = 36  # of a home page: nine quarters of four forms; counting the reports of as many takes 0.2 s at 2,840 units
EXPIRING_DAYS = 90
MOST_OWED = 50
MOST_MISSING = 300  # reports named on the home page; the counts beside them are whole


def _is_open(today: date, prefix: str = "") -> Q:
    """The condition that a task takes reports on the day."""
    is_not_closed = Q(**{f"{prefix}closes_on__isnull": True}) | Q(**{f"{prefix}closes_on__gte": today})
    return Q(**{f"{prefix}opens_on__lte": today}) & is_not_closed


def open_tasks(county_id: int, today: date) -> tuple[list[Task], int]:
    """The tasks that take reports and in which one is still owed or waits for a reviewer, and the newest one of each form; what
    was due first comes first. Of more than fit a page the newest, and how many older ones were left out. Layouts are not read.
    """
    unsettled = Submission.objects.filter(task=OuterRef("pk"), state__in=(*UNIT_TURN, *REVIEW_TURN))
    rows = Task.objects.filter(_is_open(today), county_id=county_id).annotate(is_unsettled=Exists(unsettled))
    tasks = sorted(rows.select_related("form").defer("layout"), key=_place_on_home, reverse=True)
    newest: dict[int, Task] = {}
    for task in tasks:
        other = newest.get(task.form_id)
        if other is None or task.period.last_day > other.period.last_day:
            newest[task.form_id] = task
    recent = today - timedelta(days=CHASED_DAYS)
    shown = [task for task in tasks if task.is_unsettled or (newest[task.form_id] is task and task.due_on >= recent)]
    return list(reversed(shown[:MOST_TASKS])), len(shown[MOST_TASKS:])


def _place_on_home(task: Task) -> tuple:
    return task.due_on, task.period.last_day, task.form.sort_order, task.form.code


def owed_by(organization_ids: Collection[int], today: date) -> list[Submission]:
    """What these units still have to fill in and send: what came back first, then the soonest due."""
    rows = (
        Submission.objects.filter(
            _is_open(today, "task__"), organization_id__in=organization_ids, state__in=UNIT_TURN
        )
        .select_related("task__form", "organization")
        .defer("task__layout")
        .order_by(
            Case(When(state=State.RETURNED, then=0), default=1),
            "task__due_on", "task__form__sort_order", "task__form__code", "organization_id",
        )
    )  # fmt: skip
    return list(rows[:MOST_OWED])


def returns_of(submission_ids: Collection[int]) -> dict[int, Review]:
    """Why each was sent back the last time, with the layout that names its cells."""
    rows = Review.objects.filter(submission_id__in=submission_ids, act=Act.RETURN)
    rows = rows.select_related("submission__task", "organization", "by").order_by("at", "id")
    return {review.submission_id: review for review in rows}


def sent_by(organization_ids: Collection[int]) -> list[Submission]:
    """The reports of these units that are with the reviewers, what was sent last first."""
    rows = Submission.objects.filter(organization_id__in=organization_ids, state__in=REVIEW_TURN)
    return list(_on_home(rows).order_by("-submitted_at", "-id")[:MOST_OWED])


def closed_on(organization_ids: Collection[int], today: date) -> list[Submission]:
    """What these units still owe of tasks that take nothing any more, the oldest first."""
    rows = Submission.objects.filter(organization_id__in=organization_ids, state__in=UNIT_TURN, task__closes_on__lt=today)
    return list(_on_home(rows).order_by("task__due_on", "task__form__sort_order", "task__form__code", "id")[:MOST_OWED])


def _on_home(rows: QuerySet[Submission]) -> QuerySet[Submission]:
    return rows.select_related("task__form", "task__county", "organization").defer("task__layout")


def next_for(organization_ids: Collection[int], today: date) -> Submission | None:
    """The next report that will be due although it is not open yet."""
    rows = Submission.objects.filter(organization_id__in=organization_ids, state__in=UNIT_TURN, task__opens_on__gt=today)
    return rows.select_related("task__form").defer("task__layout").order_by("task__opens_on", "task__due_on").first()


def waiting_for(organization_id: int) -> list[dict]:
    """What waits for this organization's review: a row per task with how many and since when, oldest first."""
    rows = Submission.objects.filter(reviewer_org_id=organization_id, state__in=REVIEW_TURN)
    return list(
        rows.values(
            "county_id",
            "task_id",
            "task__form__title",
            "task__form__code",
            "task__period",
            "task__due_on",
            "task__review_due_on",
            "task__approval_due_on",
        )
        .annotate(units=Count("pk"), since=Min("submitted_at"))
        .order_by("since", "task_id")
    )


def owed_below(top: Organization, tasks: Collection[Task]) -> list[Submission]:
    """The reports of these tasks that are their units' turn below `top`, unit by unit in the county's order, each named as in its
    period. Three queries."""
    by_day: dict[date, list[int]] = {}
    for task in tasks:
        by_day.setdefault(task.period.last_day, []).append(task.id)
    asked = Q(pk__in=())
    for day, path in standing_paths(top.id, by_day).items():
        asked |= Q(task_id__in=by_day[day]) & placed_below(path, day)
    rows = Submission.objects.filter(asked, county_id=top.county_id, state__in=UNIT_TURN)
    ordered = rows.exclude(organization_id=top.id).order_by(
        "organization__sort_order", "organization__code", "organization_id", "task__due_on", "task_id"
    )
    return as_called_then(ordered.select_related("organization", "task__form").defer("task__layout")[:MOST_MISSING])


def expiring_forms(county_id: int, today: date) -> list[Form]:
    """Forms this county uses whose validity ends soon or has just ended."""
    near = timedelta(days=EXPIRING_DAYS)
    used = Task.objects.filter(county_id=county_id).values("form_id")
    return list(
        forms_in_use(county_id)
        .filter(pk__in=used, valid_until__gte=today - near, valid_until__lte=today + near)
        .order_by("valid_until", "code")
    )


def periods_asked(county_ids: Collection[int], today: date) -> list[Period]:
    """The periods these counties have been asked for, the latest first."""
    rows = Task.objects.filter(county_id__in=county_ids, opens_on__lte=today).order_by()
    return latest_first(rows.values_list("period", flat=True).distinct())


def tasks_begun(county_ids: Collection[int], today: date) -> list[Task]:
    """Every task of these counties that has opened; layouts are not read."""
    tasks = Task.objects.filter(county_id__in=county_ids, opens_on__lte=today).select_related("form").defer("layout")
    return list(tasks.order_by("id"))


def latest_first(periods: Iterable[Period]) -> list[Period]:
    """By their last day; of two that end together the quarter goes before the month, the year before the quarter."""
    order = list(Frequency)
    return sorted(periods, key=lambda period: (period.last_day, order.index(period.frequency)), reverse=True)


def tasks_within(period: Period, county_ids: Collection[int]) -> QuerySet[Task]:
    """The tasks whose periods lie inside a period, by form."""
    parts = [part for frequency in Frequency for part in period.parts(frequency)]
    tasks = Task.objects.filter(county_id__in=county_ids, period__in=parts).select_related("form")
    return tasks.order_by("form__sort_order", "form__code", "period", "id")


@once_in_a_moment
def headlines_of(county_id: int) -> list[Indicator]:
    """The figures the county chose to show first, in its order."""
    rows = Headline.objects.filter(county_id=county_id).select_related("indicator").order_by("position")
    return [row.indicator for row in rows]


def families(organization_id: int, above: Sequence[int], day: date) -> Tree:
    """The line above an organization, its brothers and its children, each knowing whether others stand below it. Two queries."""
    line = [*above, organization_id]
    parents = line[-2:] if above else line
    rows = Placement.objects.filter(placed_on(day))
    found = list(
        rows.filter(Q(organization_id__in=line) | Q(parent_id__in=parents))
        .annotate(was_renamed=WAS_RENAMED)
        .values_list("was_renamed", *NODE_FIELDS)
    )
    former = former_names_of([row[1] for row in found if row[0]])
    nodes = [former.node_on(Node(*row), day) for _was_renamed, *row in found]
    inner = rows.filter(parent_id__in=[node.id for node in nodes]).values_list("parent_id", flat=True).distinct()
    return Tree(nodes, inner_ids=set(inner))


def tasks_of(period: Period, county_ids: Collection[int]) -> list[Task]:
    """The tasks of a period; of a longer one for which nothing was asked itself, those inside it. Layouts are not read."""
    exact = Task.objects.filter(county_id__in=county_ids, period=period).select_related("form").defer("layout")
    return list(exact.order_by("form__sort_order", "form__code", "id")) or list(
        tasks_within(period, county_ids).defer("layout")
    )


def indicators_asked(county_id: int) -> list[Indicator]:
    """The indicators on the forms that a county has ever been asked."""
    forms = Task.objects.filter(county_id=county_id).values("form_id")
    found = indicators_in_use(county_id).filter(form_lines__form__in=forms).distinct()
    return list(found.order_by("domain", "sort_order", "code"))


def codes_of_form(form_code: str, county_ids: Collection[int]) -> list[str]:
    """The indicators of a form of these counties, in its order; of several editions in the order of the first."""
    lines = FormLine.objects.filter(form__in=forms_of(*county_ids), form__code=form_code)
    return list(dict.fromkeys(lines.order_by("form_id", "position", "id").values_list("indicator__code", flat=True)))


def forms_asked(county_ids: Collection[int]) -> list[Form]:
    """The forms that these counties have ever been asked, in order; of several editions of one form the first."""
    used = Task.objects.filter(county_id__in=county_ids).values("form_id")
    forms = readable_forms(*county_ids).filter(pk__in=used).order_by("sort_order", "code", "pk")
    return list({form.family_id: form for form in reversed(forms)}.values())[::-1]


def ids_of_codes(county_ids: Collection[int], codes: Collection[str]) -> dict[str, int]:
    """Organization code -> id."""
    rows = Organization.objects.filter(county_id__in=county_ids, code__in=codes)
    return dict(rows.values_list("code", "id"))

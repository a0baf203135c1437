"""Data of the reviewers' pages: what waits for them, and the units of a township with their findings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, Count, Exists, F, Min, OuterRef, Q, QuerySet, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from indicators.choices import Severity
from indicators.periods import Period
from orgs.accounts.access import REVIEWING, posts_on
from orgs.models import Organization, Placement, Post, User
from orgs.tree.former_names import former_names_of
from orgs.tree.queries import held_on, placed_on
from orgs.tree.trees import ids_of
from submissions.choices import OPEN_CORRECTION, REVIEW_TURN, State
from submissions.core.texts import COLOURS
from submissions.models import Correction, HandOver, Submission, Task
from submissions.tasks.deadlines import review_due_day
from submissions.tasks.progress import (
    NOTHING,
    Progress,
    counted_in,
    is_late,
    never_sent,
    placed_below,
    placed_then,
    standing_paths,
    to_correct,
)

PLACE = ("tab", "page", "sort", "per_page", "q", "category")  # what of an address says where in the list of units one is
IN_COUNTY_ORDER = (
    "organization__placements__parent__sort_order", "organization__placements__parent__code",
    "organization__sort_order", "organization__code",
)  # fmt: skip
WAITING, CLEAN, RETURNED, MISSING, PASSED, APPROVED, EXEMPT, ALL = (
    "waiting", "clean", "returned", "missing", "passed", "approved", "exempt", "all",
)  # fmt: skip
TABS = (WAITING, CLEAN, RETURNED, MISSING, PASSED, APPROVED, EXEMPT, ALL)


@dataclass(frozen=True)
class WaitingReport:
    """One line of the inbox: a task, and the branch in which reports wait for this person."""

    task: Task
    period: Period
    organization: Organization
    count: int
    clean: int
    since: datetime
    review_due_on: date | None = None

    @property
    def due_on(self) -> date:
        """By when it is to be reviewed; where no such day is set, by when the reports were due."""
        return self.review_due_on or self.task.due_on


@dataclass(frozen=True)
class ReviewRow:
    """One unit of the review table, as texts. `pick` names version and level for the bulk approval; "" = not this person's turn."""

    submission: Submission
    colour: str
    pick: str
    township: str  # the organization above the unit, where the page shows several
    is_clean: bool
    is_late: bool
    findings: str  # how many of which severity, and how many of them are explained
    to_read: int | None  # findings that are no hints; None without a report
    hints: int | None


@dataclass(frozen=True)
class Review:
    """Whose reports are reviewed in whose name: the units below `top` of one tab, at these levels."""

    task: Task
    top: Organization
    tab: str
    levels: set[int]
    ticks_clean: bool = False


def levels_of(user: User, day: date) -> set[int]:
    """The organizations in whose name a person reviews today: those of the posts, and those below that nobody reviews for.

    A level without a reviewer falls to the nearest one above it that has one (docs/decisions/052).
    """
    posts = [post for post in posts_on(user, day) if post.role in REVIEWING]
    mine = {post.organization_id for post in posts}
    counties = {post.county_id for post in posts}
    reviewer_ids = Submission.objects.filter(county_id__in=counties, state__in=REVIEW_TURN).values_list(
        "reviewer_org", flat=True
    )
    correcting = Correction.objects.filter(county_id__in=counties, state__in=OPEN_CORRECTION)
    manned = set(
        Post.objects.filter(
            held_on(day), county_id__in=counties, role__in=REVIEWING, user__is_active=True
        ).values_list("organization_id", flat=True)
    )  # fmt: skip
    reviewing = set(reviewer_ids.union(correcting.values_list("reviewer_org", flat=True)))
    vacant = Placement.objects.filter(placed_on(day), organization_id__in=reviewing - manned)
    for path in vacant.values_list("path", flat=True):
        *above, level = ids_of(path)
        if next((one for one in reversed(above) if one in manned), None) in mine:
            mine.add(level)
    return mine


def waiting_at(levels: set[int]) -> QuerySet[Submission]:
    return Submission.objects.filter(reviewer_org__in=levels, state__in=REVIEW_TURN)


def inbox_of(waiting: QuerySet[Submission]) -> list[WaitingReport]:
    """What waits, by task and the organization above the units; what is due first stands first."""
    tasks = {
        task.id: task for task in Task.objects.filter(submissions__in=waiting).select_related("form").defer("layout").distinct()
    }
    rows = _counted(tasks, waiting)
    names = Organization.objects.in_bulk({place for _task, place, *_counts in rows})
    former = former_names_of(names)
    found = []
    for task_id, place, count, clean, since, at_county in rows:
        period = tasks[task_id].period
        called = former.as_called(names[place], period.last_day)
        task = tasks[task_id]
        review_due_on = review_due_day(task, task.county_id if at_county == count else place)
        found.append(WaitingReport(task, period, called, count, clean, since, review_due_on))
    return sorted(found, key=lambda row: (row.due_on, row.task.id, row.organization.sort_order, row.organization.code))


def counts_of(task: Task, top: Organization, levels: set[int]) -> tuple[dict[str, int], Progress]:
    """Tab -> how many units, and the progress of the branch, in one query (and one for the place).

    A unit that was moved here since stands in the tabs, and is counted where it stood, as on every page.
    """
    path = _path_of(task, top)
    if not path:
        return dict.fromkeys(TABS, 0), NOTHING
    tabs = {f"tab_{tab}": Count("pk", filter=_tab_condition(tab, levels)) for tab in TABS}
    branch = placed_below(path, task.period.last_day)
    found = _units(task, top, path).aggregate(**tabs, **counted_in(task, branch))
    counts = {tab: found.pop(f"tab_{tab}") for tab in TABS}
    return counts, Progress(**found)


def units_of(review: Review) -> QuerySet[Submission]:
    """The units of a tab, in the county's order."""
    task, top = review.task, review.top
    units = _units(task, top, _path_of(task, top)).filter(_tab_condition(review.tab, review.levels))
    units = units.select_related("organization", "standing", "reviewer_org").order_by(*IN_COUNTY_ORDER, "pk")
    return units.annotate(above=F("organization__placements__parent"), above_name=F("organization__placements__parent__name"))


def review_rows(units: Sequence[Submission], review: Review) -> list[ReviewRow]:
    """Units as a page shows them, named as on the period's last day."""
    day = review.task.period.last_day
    former = former_names_of({org_id for unit in units for org_id in (unit.organization_id, unit.above) if org_id is not None})
    for unit in units:
        unit.organization = former.as_called(unit.organization, day)
        unit.above_name = former.name_on(unit.above, day, unit.above_name)
    return [_row(unit, review) for unit in units]


def _counted(tasks: dict[int, Task], waiting: QuerySet[Submission]) -> list[tuple]:
    """(task, organization above the units on the task's day, waiting, without findings, oldest, waiting for the county) in one query.

    What was handed over, because its unit was moved since, stands under who reviews it.
    """
    prefix, placed = "organization__placements__", Q(pk__in=())
    handed_over = HandOver.objects.filter(submission=OuterRef("pk"), new=OuterRef("reviewer_org"))
    for task in tasks.values():
        day = task.period.last_day
        is_open = Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gte": day})
        placed |= Q(task=task.id) & Q(**{f"{prefix}valid_from__lte": day}) & is_open
    rows = (
        waiting.filter(placed)
        .annotate(place=_place_of(handed_over, f"{prefix}parent_id"))
        .values_list("task_id", "place")
        .annotate(
            count=Count("pk"),
            clean=Count("pk", filter=Q(standing__findings=[])),
            since=Min("submitted_at"),
            at_county=Count("pk", filter=Q(reviewer_org=F("county"))),
        )
    )
    return list(rows.order_by())


def _place_of(handed_over: QuerySet[HandOver], parent: str) -> Case:
    return Case(When(Exists(handed_over), then=F("reviewer_org_id")), default=Coalesce(parent, "organization_id"))


def _path_of(task: Task, top: Organization) -> str:
    day = task.period.last_day
    return standing_paths(top.id, [day]).get(day, "")


def _units(task: Task, top: Organization, path: str) -> QuerySet[Submission]:
    """The units below `top` on the period's day, and those moved to it since whose reports it reviews."""
    day = task.period.last_day
    moved = Q(reviewer_org=top.id, state__in=REVIEW_TURN) & placed_then(day)
    rows = Submission.objects.filter(placed_below(path, day) | moved, county_id=task.county_id, task=task)
    return rows if path else rows.none()


def _tab_condition(tab: str, levels: set[int]) -> Q:
    mine = Q(state__in=REVIEW_TURN, reviewer_org__in=levels)
    return {
        WAITING: mine,
        CLEAN: mine & Q(standing__findings=[]),
        RETURNED: to_correct(),
        MISSING: never_sent(),
        PASSED: Q(state__in=REVIEW_TURN) & ~Q(reviewer_org__in=levels),
        APPROVED: Q(state=State.APPROVED),
        EXEMPT: Q(state=State.EXEMPT),
        ALL: Q(),
    }[tab]


def _row(submission: Submission, review: Review) -> ReviewRow:
    standing = submission.standing
    findings = standing.findings if standing else []
    hints = sum(finding["severity"] == Severity.HINT for finding in findings)
    is_mine = submission.state in REVIEW_TURN and submission.reviewer_org_id in review.levels
    return ReviewRow(
        submission=submission,
        colour=COLOURS[State(submission.state)],
        pick=f"{submission.pk}:{standing.number}:{submission.reviewer_org_id}" if is_mine and standing else "",
        township=submission.above_name if submission.above not in (None, review.top.pk) else "",
        is_clean=standing is not None and not findings,
        is_late=is_late(submission, review.task),
        findings=_findings_words(findings),
        to_read=len(findings) - hints if standing else None,
        hints=hints if standing else None,
    )


def remark_of(row: ReviewRow) -> str:
    """What a reviewer wants to know of a unit beside its state: why it is exempt, how it answered, with whom it is, whom to call."""
    unit = row.submission
    if unit.exempt_reason:
        return unit.exempt_reason
    if unit.standing is None:
        return " ".join(filter(None, (unit.organization.contact, unit.organization.telephone)))
    if unit.standing.nil_report:
        return _("Nil report")
    if unit.standing.on_behalf:
        return _("Entered on behalf")
    return str(unit.reviewer_org) if unit.reviewer_org and not row.pick else ""


def _findings_words(findings: Sequence[dict]) -> str:
    """Counts of findings in words; hints are counted separately."""
    to_read = [finding for finding in findings if finding["severity"] != Severity.HINT]
    hints = len(findings) - len(to_read)
    parts = []
    if to_read:
        explained = sum(bool(finding["explanation"]) for finding in to_read)
        sentence = ngettext("%(n)s to verify, %(m)s explained", "%(n)s to verify, %(m)s explained", len(to_read))
        parts.append(sentence % {"n": len(to_read), "m": explained})
    if hints:
        parts.append(ngettext("%(n)s hint", "%(n)s hints", hints) % {"n": hints})
    return _("; ").join(parts)


def read_pick(text: str) -> tuple[int, int, int] | None:
    """`submission:version:level` -> numbers; None for anything else."""
    parts = text.split(":")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() and len(part) < 12 for part in parts):
        return None
    return int(parts[0]), int(parts[1]), int(parts[2])


@dataclass(frozen=True)
class Together:
    """What was ticked to be passed together: the picks that can be, with their units' names; the names of those that cannot."""

    together: tuple[str, ...]
    names: tuple[str, ...]
    to_be_read: tuple[str, ...]  # units whose explanations a reviewer reads first


def chosen_together(task: Task, texts: Sequence[str]) -> Together:
    """A report with findings that its unit explains is opened and read; it is not passed in a heap.

    What is no pick at all, or of another task, is left to the act, which refuses it.
    """
    picks = {text: pick[0] for text in texts if (pick := read_pick(text))}
    rows = Submission.objects.filter(county_id=task.county_id, task=task, pk__in=picks.values())
    found = {row.pk: row for row in rows.select_related("organization", "standing")}
    together, names, to_be_read = [], [], []
    for text, submission_id in picks.items():
        row = found.get(submission_id)
        if row is not None and row.standing is not None and needs_reading(row.standing.findings):
            to_be_read.append(str(row.organization))
        else:
            together.append(text)
            names.append(str(row.organization) if row else text)
    return Together(tuple(together), tuple(names), tuple(to_be_read))


def needs_reading(findings: Sequence[dict]) -> bool:
    return any(finding["severity"] != Severity.HINT for finding in findings)


def left_out_words(choice: Together) -> list[str]:
    """A sentence about the ticked units that are not passed with the others."""
    if not choice.to_be_read:
        return []
    sentence = ngettext(
        "%(n)s unit explains findings and is left out; open it, read the explanation and pass it by itself: %(names)s.",
        "%(n)s units explain findings and are left out; open them, read the explanations and pass them one by one: %(names)s.",
        len(choice.to_be_read),
    )
    return [sentence % {"n": len(choice.to_be_read), "names": _(", ").join(choice.to_be_read)}]


def why_none_together(choice: Together) -> str:
    """The sentence why nothing was passed."""
    sentences = left_out_words(choice)
    return sentences[0] if sentences else _("No unit is ticked; tick the reports you have looked at, then pass them.")


def beside(rows: Sequence[ReviewRow], chosen: ReviewRow | None, step: int) -> ReviewRow | None:
    """The row before (-1) or after (1) the one that is open; None at the end of the page."""
    place = next((number for number, row in enumerate(rows) if row is chosen), None)
    wanted = None if place is None else place + step
    return rows[wanted] if wanted is not None and 0 <= wanted < len(rows) else None


def next_waiting(rows: Sequence[ReviewRow], chosen: ReviewRow | None) -> ReviewRow | None:
    """The next row that waits for this person after the open one, or from the top; None where it is the last."""
    waiting = [row for row in rows if row.pick]
    place = next((number for number, row in enumerate(waiting) if row is chosen), None)
    if place is None or len(waiting) < 2:
        return None
    return waiting[(place + 1) % len(waiting)]


def picked(rows: Sequence[ReviewRow], text: str) -> ReviewRow | None:
    """The row the person has opened beside the table; else the first that waits for review."""
    chosen = next((row for row in rows if str(row.submission.pk) == text), None)
    return chosen or next((row for row in rows if row.pick), None) or (rows[0] if rows else None)

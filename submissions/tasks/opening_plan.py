"""The effects of opening or taking back a task, as sentences shown before the act. Writes nothing."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from indicators.models import Form
from indicators.periods import Period
from orgs.choices import UnitCategory
from orgs.models import Organization
from orgs.tree.queries import tree_on
from orgs.tree.trees import Node, Tree
from submissions.models import Task
from submissions.tasks.calendar.working_days import Calendar, WorkingDay, calendar_of, moved_words, unknown_years_words
from submissions.tasks.deadlines import STATED, Days, refuse_another_deadline
from submissions.tasks.form_units import nodes_asked
from submissions.tasks.opening import has_begun

MOST_NAMES = 40


@dataclass(frozen=True)
class OpeningPlan:
    """Whom a task would ask: how many, of which categories, in which townships; what is new where it is open already."""

    expected: int
    categories: tuple[tuple[str, int], ...]
    townships: tuple[tuple[str, int], ...]
    more_townships: int
    task: Task | None
    added: int
    dropped: int
    renews_layout: bool
    day_notes: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


def opening_plan(
    *, form: Form, county: Organization, period: Period, left_out: Collection[Organization] = (), **days: date | None
) -> OpeningPlan:
    """The plan. Raises ActRefused with the reason against opening."""
    tree = tree_on(county.id, period.last_day)
    nodes = nodes_asked(form, county, period, tree, None, left_out)
    task = Task.objects.filter(county_id=county.id, form=form, period=period).first()
    if task is not None:
        refuse_another_deadline(task, days)
    present = set(task.submissions.values_list("organization_id", flat=True)) if task else set()
    asked = {node.id for node in nodes}
    categories = Counter(str(UnitCategory(node.unit_category).label) for node in nodes)
    townships = Counter(_township(tree, county.id, node) for node in nodes)
    return OpeningPlan(
        len(nodes), tuple(categories.most_common()), tuple(townships.items())[:MOST_NAMES], max(0, len(townships) - MOST_NAMES),
        task, len(asked - present), _leaving(task, present - asked) if task else 0, task is not None and not has_begun(task),
        () if task else day_notes(calendar_of(county.id), days), tuple(organization.name for organization in left_out),
    )  # fmt: skip


def _township(tree: Tree, county_id: int, node: Node) -> str:
    """The unit's township: the organization directly below the county; the county itself for units of its own."""
    child = tree.child_towards(county_id, node.id) if node.id != county_id else None
    found = child or tree[county_id]
    return found.label


def _leaving(task: Task, org_ids: set[int]) -> int:
    rows = task.submissions.filter(organization_id__in=org_ids, state="blank", versions=None, reviews=None)
    return rows.count()


def opening_effects(plan: OpeningPlan) -> list[str]:
    """The plan as sentences."""
    sentences = []
    if plan.task is None:
        sentence = ngettext("%(n)s unit will be asked.", "%(n)s units will be asked.", plan.expected) % {"n": plan.expected}
        sentences.append(sentence)
    else:
        sentences.append(_("The task is open already; its days stay as they are."))
        sentences.append(
            _("%(added)s units will be asked besides, %(dropped)s that have not begun and are not asked any more will go.")
            % {"added": plan.added, "dropped": plan.dropped}
        )
        sentences.append(
            _("Nobody has begun, so the form is taken as it is now.")
            if plan.renews_layout
            else _("Units have begun, so the lines stay as they were when it was opened.")
        )
    sentences += plan.day_notes
    if plan.left_out:
        sentences.append(_("Left out, not asked: %(names)s.") % {"names": _(", ").join(plan.left_out)})
    sentences.append(_("By category: %(counts)s.") % {"counts": _counted(plan.categories)})
    more = _(", and %(n)s more") % {"n": plan.more_townships} if plan.more_townships else ""
    sentences.append(_("By township: %(counts)s%(more)s.") % {"counts": _counted(plan.townships), "more": more})
    return sentences


def _counted(pairs) -> str:
    return _(", ").join(f"{name} {count}" for name, count in pairs) or _("none")


def day_notes(calendar: Calendar, days: Days) -> tuple[str, ...]:
    """A sentence for each day that the calendar moves on, and one on years of which only weekends are known."""
    unknown = unknown_note(calendar, days)
    return (*moved_notes(calendar, days), *([unknown] if unknown else ()))


def moved_notes(calendar: Calendar, days: Days) -> tuple[str, ...]:
    """A sentence for each day that the calendar moves on."""
    return tuple(
        dict.fromkeys(moved_words(calendar, one.stated, one.day) for one in _working_days(calendar, days) if one.is_moved)
    )


def unknown_note(calendar: Calendar, days: Days) -> str:
    """A sentence on the years of which only weekends are known; "" where there is none."""
    years = {year for one in _working_days(calendar, days) for year in one.unknown_years}
    return unknown_years_words(tuple(sorted(years)))


def _working_days(calendar: Calendar, days: Days) -> list[WorkingDay]:
    return [calendar.working_day(day) for name, day in days.items() if day and name in STATED]


def withdrawal_effects(task: Task) -> list[str]:
    """The effects of taking back a task, as sentences."""
    asked = task.submissions.count()
    return [
        ngettext("%(n)s unit is asked no more.", "%(n)s units are asked no more.", asked) % {"n": asked},
        _("Nobody has filled anything in. The audit trail keeps that the task was open, and your reason."),
    ]


def task_words(task: Task) -> str:
    """`基层党建工作季度报表, 2026年第三季度`."""
    return _("%(title)s, %(period)s") % {"title": task.form.title, "period": task.period.label}

"""Loads a county's own days off and make-up days from a table; a day that the table leaves out stays as it is."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.recorder import record
from orgs.county_rows import stored
from orgs.loading.columns import Holds, LoaderColumn, named_table
from orgs.loading.days import NotADay, read_day
from orgs.loading.result import Loaded
from orgs.loading.words import ListWords, UnknownWord
from orgs.models import Organization, User
from spreadsheets.tables import Table, TableRow
from submissions.models import CalendarDay, Task
from submissions.tasks.calendar.published_days import DayKind
from submissions.tasks.calendar.working_days import Calendar, calendar_of

OCCASION_LENGTH = 60
MOST_TASKS = 5  # named in one sentence


class DayWord(TextChoices):
    OFF = "off", gettext_lazy("Day off")
    WORKING = "working", gettext_lazy("Working day")


KINDS = ListWords(
    DayWord,
    {
        DayWord.OFF: ("假日", "节假日", "法定节假日", "放假", "休息", "休", "假", "holiday", "rest"),
        DayWord.WORKING: ("调休上班", "调休", "补班", "上班", "班", "调班", "make-up", "workday", "make-up day"),
    },
)
COLUMNS = (
    LoaderColumn("day", gettext_lazy("Day"), ("日", "日子", "放假日期", "date", "时间"), True, Holds.DAY, example="2027-02-08"),
    LoaderColumn("kind", gettext_lazy("Day off or working day"), ("类型", "类别", "安排", "性质", "type"), True, Holds.CHOICE, KINDS),
    LoaderColumn(
        "name", gettext_lazy("Occasion"), ("名称", "节日", "节假日名称", "说明", "备注", "holiday", "note"), example="春节"
    ),
)  # fmt: skip


@transaction.atomic
def load_calendar(table: Table, *, county: Organization, by: User, at: datetime) -> Loaded:
    """Write the days of the table for one county. No open task moves: those now due on a day off are named in the notes.

    Raises TableProblems; then nothing changed.
    """
    table = named_table(table, COLUMNS)
    told = _days_of(table)
    Organization.objects.select_for_update(no_key=True).filter(county_id=county.pk, pk=county.pk).values_list("pk").get()
    before = calendar_of(county.pk)
    added = {day: kind for day, kind in told.items() if day not in before.own}
    changed = {day: kind for day, kind in told.items() if before.own.get(day, kind) != kind}
    _write(county.pk, added, changed)
    if added or changed:
        data = {
            day.isoformat(): [_words(before.own[day]) if day in before.own else None, _words(kind)]
            for day, kind in sorted((added | changed).items())
        }
        record("calendar.loaded", by=by, at=at, county_id=county.pk, organization_id=county.pk, data=data)
    return Loaded(
        _("Calendar days"), len(added), len(changed), len(told) - len(added) - len(changed),
        made=tuple(f"{day.isoformat()}: {_words(kind)}" for day, kind in sorted(added.items())),
        changes=tuple(
            _("%(day)s: %(old)s → %(new)s.") % {"day": day.isoformat(), "old": _words(before.own[day]), "new": _words(kind)}
            for day, kind in sorted(changed.items())
        ),
        notes=_tasks_on_days_off(county.pk, calendar_of(county.pk), timezone.localdate(at)),
    )  # fmt: skip


def _days_of(table: Table) -> dict[date, DayKind]:
    problems = table.problems()
    found: dict[date, DayKind] = {}
    rows: dict[date, int] = {}
    for row in table:
        try:
            day, kind = read_day(row["day"]), _kind(row)
        except NotADay as error:
            problems.add(row.number, "day", str(error))
        except UnknownWord as error:
            problems.add(row.number, "kind", str(error))
        else:
            if len(row["name"]) > OCCASION_LENGTH:
                sentence = _("The occasion is longer than %(n)d characters; shorten it.")
                problems.add(row.number, "name", sentence % {"n": OCCASION_LENGTH})
            if found.get(day, kind) != kind:
                sentence = _("%(day)s stands in row %(row)d too, with something else; keep one of them.")
                problems.add(row.number, "day", sentence % {"day": day.isoformat(), "row": rows[day]})
            found.setdefault(day, kind)
            rows.setdefault(day, row.number)
    problems.raise_if_any()
    return found


def _kind(row: TableRow) -> DayKind:
    if not row["kind"]:
        raise UnknownWord(_("This cell is empty; write one of: %(values)s.") % {"values": KINDS.known})
    return DayKind(KINDS.read(row["kind"]) == DayWord.WORKING, row["name"][:OCCASION_LENGTH])


def _words(kind: DayKind) -> str:
    word = str(DayWord.WORKING.label if kind.is_working else DayWord.OFF.label)
    return f"{word} {kind.occasion}".strip()


def _write(county_id: int, added: Mapping[date, DayKind], changed: Mapping[date, DayKind]) -> None:
    CalendarDay.objects.bulk_create(
        [
            CalendarDay(county_id=county_id, day=day, is_working=kind.is_working, name=kind.occasion)
            for day, kind in sorted(added.items())
        ],
        batch_size=500,
    )
    for row in CalendarDay.objects.filter(county_id=county_id, day__in=changed):
        stored(row).update(is_working=changed[row.day].is_working, name=changed[row.day].occasion)


def _tasks_on_days_off(county_id: int, calendar: Calendar, today: date) -> tuple[str, ...]:
    tasks = Task.objects.filter(county_id=county_id, due_on__gte=today).select_related("form").defer("layout")
    found = [task for task in tasks.order_by("due_on", "pk") if not calendar.kind_of(task.due_on).is_working]
    if not found:
        return ()
    named = [f"{task.form.title} {task.period.label} {task.due_on.isoformat()}" for task in found[:MOST_TASKS]]
    names = _(", ").join(named) + (" …" if len(found) > MOST_TASKS else "")
    return (_("Open tasks are due on a day off now: %(tasks)s. Their days do not move by themselves.") % {"tasks": names},)

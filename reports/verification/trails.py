"""Checks of rows against the audit trail: reviews, states of reports, posts, and the days of tasks.

A row changed past every act of the system, such as an approval deleted or a clerk made officer, has no event.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime

from django.utils.translation import gettext as _

from audit.models import Event
from orgs.models import Post
from orgs.moments import one_moment
from reports.verification.ledgers import name_of
from submissions.choices import Act, State
from submissions.models import Review, Submission, Task

# The kinds of events by their own names: what is checked here is not read from the code that is checked.
_ACTS = {
    "submission.submitted": Act.SUBMIT,
    "submission.withdrawn": Act.WITHDRAW,
    "submission.passed": Act.PASS,
    "submission.approved": Act.APPROVE,
    "submission.returned": Act.RETURN,
    "submission.exempted": Act.EXEMPT,
    "submission.unexempted": Act.UNEXEMPT,
    "submission.released": Act.RELEASE,
    "submission.corrected": Act.CORRECT,
}
_ENTERED = ("submission.loaded", "submission.taken_in")  # from a list, from a filled workbook
_ACT_INTO = {State.APPROVED: Act.APPROVE, State.SUBMITTED: Act.SUBMIT}  # of a report that was entered in one act
_SAVED, _DROPPED = "submission.saved", "submission.dropped"
_MAY_GO = (State.BLANK, State.EXEMPT)  # with the task that is withdrawn
_GIVEN, _ENDED = "post.given", "post.ended"
_OPENED, _MOVED, _WITHDRAWN = "task.opened", "task.deadline_moved", "task.withdrawn"

ReviewKey = tuple[int, str, datetime]  # report, act, moment
PostKey = tuple[int, str, int, str]  # user, role, organization, first day


@one_moment()
def reviews_and_states_follow_the_trail() -> list[str]:
    """Each act of the trail has its review row and each review its act; a report's state is the one its last act led to."""
    acts, moments, states = _acts_of_reports()
    reports = {report.pk: report for report in Submission.objects.select_related("task__form", "organization").order_by("pk")}
    reviews = set(Review.objects.values_list("submission_id", "act", "at"))
    return [
        *_missing_reviews(acts - reviews, reports),
        *_foreign_reviews({review for review in reviews if (review[0], review[2]) not in moments}, reports),
        *_other_states(states, reports),
        *_gone_reports({pk for pk, state in states.items() if pk not in reports and state not in _MAY_GO}),
    ]


def _gone_reports(gone: set[int]) -> Iterator[str]:
    for pk in sorted(gone):
        yield _("Report %(id)s, which the audit trail knows, is gone.") % {"id": pk}


def _acts_of_reports() -> tuple[set[ReviewKey], set[tuple[int, datetime]], dict[int, State]]:
    """From the trail: the reviews that must exist, the moments at which one may, and the state of each report that still exists."""
    acts: set[ReviewKey] = set()
    moments: set[tuple[int, datetime]] = set()
    states: dict[int, State] = {}
    for kind, subject, at, data in _events("submission:"):
        report = int(subject.partition(":")[2])
        after = (data.get("_state") or [None, None])[1]
        if kind == _DROPPED:
            states.pop(report, None)
        elif after is not None:
            states[report] = State(after)
        elif kind == _SAVED and states.get(report, State.BLANK) == State.BLANK:
            states[report] = State.DRAFT
        act = _ACTS.get(kind) or (_ACT_INTO.get(after) if kind in _ENTERED else None)
        if act is not None:
            acts.add((report, act, at))
        moments.add((report, at))
    return acts, moments, states


def _missing_reviews(gone: set[ReviewKey], reports: dict[int, Submission]) -> Iterator[str]:
    sentence = _("%(name)s: the act “%(act)s” of %(at)s is in the audit trail, but its review is gone.")
    for report, act, at in sorted(gone):
        if report in reports:
            yield sentence % _words(reports[report], act, at)


def _foreign_reviews(foreign: set[ReviewKey], reports: dict[int, Submission]) -> Iterator[str]:
    sentence = _("%(name)s: a review says “%(act)s” at %(at)s, of which the audit trail knows nothing.")
    for report, act, at in sorted(foreign):
        yield sentence % _words(reports[report], act, at)


def _words(report: Submission, act: str, at: datetime) -> dict[str, str]:
    return {"name": name_of(report), "act": Act(act).label, "at": at.isoformat(sep=" ", timespec="seconds")}


def _other_states(states: dict[int, State], reports: dict[int, Submission]) -> Iterator[str]:
    sentence = _("%(name)s is “%(state)s”; by the audit trail it is “%(trail)s”.")
    for pk, report in reports.items():
        trail = states.get(pk, State.BLANK)
        if trail != report.state:
            yield sentence % {"name": name_of(report), "state": report.get_state_display(), "trail": trail.label}


@one_moment()
def posts_follow_the_trail() -> list[str]:
    """Every post was given by an act, with its first and its last day; no post that was given is gone."""
    given: dict[PostKey, date | None] = {}
    latest: dict[tuple[int, str, int], str] = {}  # the first day of the post that an end concerns
    for kind, subject, _at, data, organization_id in _events("user:", "organization_id"):
        if kind not in (_GIVEN, _ENDED):
            continue
        held = (int(subject.partition(":")[2]), data["role"], organization_id)
        if kind == _GIVEN:
            latest[held] = data["from"][1]
            given[*held, latest[held]] = None
        elif held in latest:
            given[*held, latest[held]] = date.fromisoformat(data["to"][1])
    rows = {
        (post.user_id, post.role, post.organization_id, post.valid_from.isoformat()): post
        for post in Post.objects.select_related("user", "organization").order_by("pk")
    }
    return [*_strange_posts(rows, given), *(_gone_post(key) for key in sorted(given.keys() - rows.keys()))]


def _strange_posts(rows: dict[PostKey, Post], given: dict[PostKey, date | None]) -> Iterator[str]:
    for key, post in rows.items():
        words = {
            "user": post.user.username, "role": post.get_role_display(), "organization": post.organization.code,
            "start": key[-1], "end": post.valid_to or "—",
        }  # fmt: skip
        if key not in given:
            yield _("The post of %(user)s as %(role)s at %(organization)s from %(start)s was given by no act.") % words
        elif given[key] != post.valid_to:
            yield _(
                "The post of %(user)s as %(role)s at %(organization)s ends on %(end)s; by the audit trail on %(trail)s."
            ) % (words | {"trail": given[key] or "—"})


def _gone_post(key: PostKey) -> str:
    words = {"user": key[0], "role": key[1], "organization": key[2], "start": key[3]}
    return _("The post of user %(user)s as %(role)s at organization %(organization)s from %(start)s is gone.") % words


@one_moment()
def days_of_tasks_follow_the_trail() -> list[str]:
    """A task is due and closes on the days of the acts that opened and moved it; a task that was opened and not withdrawn exists."""
    days: dict[int, dict[str, str | None]] = defaultdict(dict)
    for kind, subject, _at, data in _events("task:"):
        task_id = int(subject.partition(":")[2])
        if kind == _WITHDRAWN:
            days.pop(task_id, None)
        elif kind in (_OPENED, _MOVED):
            days[task_id] |= {name: data[name][1] for name in ("due_on", "closes_on") if name in data}
    tasks = {task.pk: task for task in Task.objects.select_related("form").order_by("pk")}
    failures = [
        _("%(form)s %(period)s: %(day)s is %(row)s; by the audit trail it is %(trail)s.")
        % {"form": task.form.code, "period": task.period, "day": name, "row": row or "—", "trail": trail or "—"}
        for pk, task in tasks.items()
        for name in ("due_on", "closes_on")
        if (row := _text(getattr(task, name))) != (trail := days.get(pk, {}).get(name))
    ]
    return failures + [
        _("Task %(id)s, which the audit trail knows, is gone.") % {"id": pk} for pk in days.keys() - tasks.keys()
    ]


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _events(about: str, *fields: str) -> Iterator[tuple]:
    """(kind, subject, at, data, *fields) of the events done about subjects of a kind ("task:"), in the order of each chain."""
    events = Event.objects.filter(subject__startswith=about, result="done").order_by("chain", "sequence")
    for kind, subject, at, data, *rest in events.values_list("kind", "subject", "at", "data", *fields).iterator(
        chunk_size=2000
    ):
        yield kind, subject, at, json.loads(data), *rest

"""Taking back a task that was opened by mistake, as long as nobody has typed anything."""

import json
from copy import deepcopy

import pytest

from audit.models import Event
from reports.figures.answers.figure_query import figures
from submissions.core.locks import hold_for_act
from submissions.core.refusals import ActRefused
from submissions.models import ChangeMark, Review, Submission, Task
from submissions.states import NotNow
from submissions.tasks.exemptions import exempt
from submissions.tasks.withdrawal import withdraw_task
from tests.factories.submissions import AT, a_place, a_task, fill, submission_of

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def module_place(module_db):
    return a_place()


@pytest.fixture
def place(module_place, db):
    return deepcopy(module_place)


def test_nothing_is_left_but_the_trail(place):
    task = a_task(place.county)
    period = task.period
    figures(["A"], periods=[period], org=place.county)  # its sums are kept by now
    exempt(submission=submission_of(task, place.village), reason="合并", by=place.officer, at=AT)
    withdraw_task(task=task, reason="下错了季度", by=place.officer, at=AT)
    assert [model.objects.count() for model in (Task, Submission, Review, ChangeMark)] == [0, 0, 0, 0]
    data = json.loads(Event.objects.get(kind="task.withdrawn").data)
    assert (data["expected"], data["reason"], data["exempt"]) == ([2, None], [None, "下错了季度"], [[place.village.code], None])
    assert figures(["A"], periods=[period], org=place.county).rows[0].cells[0].value is None
    assert a_task(place.county).submissions.count() == 2  # and it can be opened anew


def test_what_a_unit_has_typed_is_not_thrown_away(place):
    task = a_task(place.county)
    fill(submission_of(task, place.village), {"A": 3}, by=place.clerk)
    with pytest.raises(ActRefused) as refusal:
        withdraw_task(task=task, reason="x", by=place.officer, at=AT)
    assert place.village.name in refusal.value.sentence
    assert Submission.objects.count() == 2


def test_a_reason_is_owed(place):
    with pytest.raises(ActRefused):
        withdraw_task(task=a_task(place.county), reason=" ", by=place.officer, at=AT)


def test_a_stale_page_is_refused(place):
    task = a_task(place.county)
    submission = submission_of(task, place.village)
    withdraw_task(task=task, reason="x", by=place.officer, at=AT)
    with pytest.raises(NotNow):
        hold_for_act(submission)

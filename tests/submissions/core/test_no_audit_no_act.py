"""Statement 53: where the audit row cannot be written the act does not happen. Any act, either database."""

import pytest
from django.db import IntegrityError, transaction

from audit.models import ChainHead, Event
from submissions.choices import State
from submissions.filling.bulk_entry import BulkEntry, enter_many
from submissions.filling.draft_actions import save_draft
from submissions.filling.submission_actions import submit, withdraw
from submissions.models import ChangeMark, Review, Submission, Task, Version
from submissions.review.actions import approve, send_back
from submissions.tasks.exemptions import exempt, lift
from submissions.tasks.opening import open_task
from tests.factories.submissions import AT, DUE, LATER, a_place, a_task, bring_to, submission_of

pytestmark = pytest.mark.django_db

ACTS = {
    "first save": (State.BLANK, lambda s, p: save_draft(submission=s, changes={"A": 9}, revision=0, key="k", by=p.clerk, at=LATER)),
    "save": (State.DRAFT, lambda s, p: save_draft(submission=s, changes={"A": 9}, revision=1, key="k", by=p.clerk, at=LATER)),
    "submit": (State.DRAFT, lambda s, p: submit(submission=s, revision=1, by=p.clerk, at=LATER)),
    "withdraw": (State.SUBMITTED, lambda s, p: withdraw(submission=s, by=p.clerk, at=LATER)),
    "pass": (State.SUBMITTED, lambda s, p: approve(submission=s, version_number=1, by=p.reviewer, at=LATER)),
    "approve": (State.PASSED, lambda s, p: approve(submission=s, version_number=1, by=p.officer, at=LATER)),
    "return": (
        State.SUBMITTED,
        lambda s, p: send_back(submission=s, version_number=1, reason="x", cell_reasons={}, by=p.reviewer, at=LATER),
    ),
    "exempt": (State.DRAFT, lambda s, p: exempt(submission=s, reason="x", by=p.officer, at=LATER)),
    "lift": (State.EXEMPT, lambda s, p: lift(submission=s, by=p.officer, at=LATER)),
    "load": (
        State.BLANK,
        lambda s, p: enter_many(
            task=s.task, entries=[BulkEntry(s, {"A": 9})], upto=State.APPROVED, explanation="x", by=p.officer, at=LATER
        ),
    ),
}  # fmt: skip


def _everything() -> list:
    return [list(model.objects.order_by("pk").values_list()) for model in (Task, Submission, Version, Review, ChangeMark)]


def _block_the_chain(county_id: int) -> None:
    """The next link's place is taken, so the database refuses it."""
    head = ChainHead.objects.get(chain=county_id)
    Event.objects.create(chain=county_id, sequence=head.sequence + 1, at=AT, kind="taken", hash="0" * 64)


@pytest.mark.parametrize("name", ACTS)
def test_nothing_happens(name):
    state, act = ACTS[name]
    place = a_place()
    submission = bring_to(state, submission_of(a_task(place.county), place.village), place)
    _block_the_chain(place.county.pk)
    before = _everything()
    with pytest.raises(IntegrityError), transaction.atomic():
        act(submission, place)
    assert _everything() == before


def test_no_task_is_opened():
    place = a_place()
    task = a_task(place.county)
    _block_the_chain(place.county.pk)
    before = _everything()
    with pytest.raises(IntegrityError), transaction.atomic():
        open_task(
            form=task.form,
            county=place.county,
            period=task.period.next(),
            due_on=DUE.replace(year=2027),
            by=place.officer,
            at=AT,
        )
    assert _everything() == before

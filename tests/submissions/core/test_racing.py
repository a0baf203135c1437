"""Many at once: exactly one save per revision, one effect per act, no figure lost. On SQLite and on PostgreSQL."""

import pytest

from audit.models import Event
from submissions.choices import State
from submissions.core.change_records import replayed
from submissions.filling.bulk_entry import BulkEntry, enter_many
from submissions.filling.draft_actions import save_draft
from submissions.filling.submission_actions import submit
from submissions.models import Review, Version
from submissions.review.actions import approve, send_back
from submissions.tasks.exemptions import exempt
from tests.factories.indicators import make_form
from tests.factories.submissions import AT, a_place, a_task, fill, send, submission_of
from tests.submissions.core.racing import kinds, race

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def place():
    return a_place()


@pytest.fixture
def submission(place):
    return submission_of(a_task(place.county), place.village)


def _fresh(submission):
    return submission_of(submission.task, submission.organization)


@pytest.mark.parametrize("first", [True, False], ids=["first save", "open draft"])
def test_of_saves_from_one_revision_exactly_one_is_taken(place, submission, first):
    """Statement 1: never two 200s; the others see both values."""
    revision = 0 if first else fill(submission, {"A": 99}, by=place.clerk).revision

    def save(number: int):
        return save_draft(
            submission=_fresh(submission), changes={"A": number}, revision=revision, key=f"k{number}", by=place.clerk, at=AT
        )

    results = race(24, save)
    assert kinds(results) == {"Version": 1, "Conflict": 23}
    winner = next(result for result in results if isinstance(result, Version))
    stored = Version.objects.get()
    assert (stored.figures, stored.revision) == (winner.figures, revision + 1)
    for number, result in enumerate(results):
        if not isinstance(result, Version):
            assert [(one.yours, one.theirs) for one in result.differences] == [(str(number), str(stored.figures["A"]))]
    assert replayed(submission) == stored.figures


def test_one_hundred_retries_of_one_save_are_one_save(place, submission):
    """Statement 3: the answer was lost, the page sends again with the same key."""

    def save(_number: int):
        return save_draft(submission=_fresh(submission), changes={"A": 5}, revision=0, key="same", by=place.clerk, at=AT)

    results = race(100, save)
    assert kinds(results) == {"Version": 100}
    assert {result.revision for result in results} == {1}
    assert Event.objects.filter(kind="submission.saved").count() == 1


def test_editors_who_retry_lose_nothing(place):
    """Each adds its own cell and takes over the new revision on a conflict: all cells stand in the end."""
    codes = tuple(f"X{number}" for number in range(12))
    submission = submission_of(a_task(place.county, make_form("大表", codes)), place.village)

    def add(number: int):
        for _turn in range(200):
            newest = Version.objects.order_by("-number").first()
            try:
                return fill(submission, {codes[number]: number}, by=place.clerk) and True
            except Exception as conflict:
                if type(conflict).__name__ != "Conflict":
                    raise
            assert newest is None or newest.revision < 200
        return False

    assert race(12, add, together=12) == [True] * 12
    assert Version.objects.get().figures == {code: number for number, code in enumerate(codes)}
    assert replayed(submission) == Version.objects.get().figures


def test_one_hundred_sendings_are_one(place, submission):
    draft = fill(submission, {"A": 5}, by=place.clerk)
    results = race(100, lambda _n: submit(submission=_fresh(submission), revision=draft.revision, by=place.clerk, at=AT))
    assert kinds(results) == {"Version": 1, "NotNow": 99}
    assert Review.objects.count() == 1
    assert Version.objects.filter(sealed_at__isnull=False).count() == 1


def test_one_hundred_approvals_pass_one_level(place, submission):
    send(submission, by=place.clerk)
    seen = [_fresh(submission) for _number in range(100)]
    results = race(100, lambda n: approve(submission=seen[n], version_number=1, by=place.reviewer, at=AT))
    assert kinds(results) == {"NoneType": 1, "Conflict": 99}
    assert _fresh(submission).state == State.PASSED
    assert Review.objects.filter(act="pass").count() == 1


def test_approving_and_returning_at_once_do_one_of_both(place, submission):
    send(submission, by=place.clerk)
    seen = [_fresh(submission) for _number in range(30)]

    def act(number: int):
        if number % 2:
            return approve(submission=seen[number], version_number=1, by=place.reviewer, at=AT)
        return send_back(submission=seen[number], version_number=1, reason="请核对", cell_reasons={}, by=place.reviewer, at=AT)

    results = race(30, act)
    assert kinds(results)["NoneType"] == 1
    assert Review.objects.exclude(act="submit").count() == 1


def test_a_save_beside_a_sending_is_in_it_or_refused(place, submission):
    """Whatever is sealed is what the audit says was there."""
    fill(submission, {"A": 1}, by=place.clerk)

    def act(number: int):
        if number == 3:
            return submit(submission=_fresh(submission), revision=1, by=place.clerk, at=AT)
        return save_draft(
            submission=_fresh(submission), changes={"A": 10 + number}, revision=1, key=f"k{number}", by=place.clerk, at=AT
        )

    results = race(8, act)
    assert kinds(results)["Version"] == 1
    stored = Version.objects.get()
    assert replayed(submission) == stored.figures
    assert _fresh(submission).state == (State.SUBMITTED if stored.sealed_at else State.DRAFT)


def test_a_save_beside_an_exemption_does_not_slip_past(place, submission):
    fill(submission, {"A": 1}, by=place.clerk)

    def act(number: int):
        if number == 2:
            return exempt(submission=_fresh(submission), reason="停业", by=place.officer, at=AT)
        return save_draft(
            submission=_fresh(submission), changes={"A": 10 + number}, revision=1, key=f"k{number}", by=place.clerk, at=AT
        )

    results = race(8, act)
    assert results[2] is None
    assert _fresh(submission).state == State.EXEMPT
    kinds_in_order = list(
        Event.objects.filter(subject=f"submission:{submission.pk}").order_by("sequence").values_list("kind", flat=True)
    )
    assert kinds_in_order[-1] == "submission.exempted"
    assert replayed(submission) == Version.objects.get().figures


def test_units_of_one_township_saved_and_sent_at_once_never_lock_each_other_out(place):
    task = a_task(place.county)
    both = [submission_of(task, place.village), submission_of(task, place.other_village)]
    by = [place.clerk, place.stranger]

    def act(number: int):
        mine = number % 2
        return send(both[mine], {"A": 1}, by=by[mine]) if number < 2 else None

    assert kinds(race(2, act)) == {"Version": 2}
    results = race(2, lambda n: approve(submission=_fresh(both[n]), version_number=1, by=place.reviewer, at=AT))
    assert kinds(results) == {"NoneType": 2}


def test_two_loaders_of_the_same_figures_write_them_once(place):
    task = a_task(place.county)

    def load(_number: int):
        entries = [BulkEntry(submission_of(task, org), {"A": 4}) for org in (place.village, place.other_village)]
        return enter_many(task=task, entries=entries, upto=State.APPROVED, explanation="x", by=place.officer, at=AT)

    results = race(6, load)
    assert kinds(results) == {"Entered": 6}
    assert sorted(result.changed for result in results) == [0, 0, 0, 0, 0, 2]
    assert Version.objects.count() == 2
    assert Review.objects.filter(act="approve").count() == 2

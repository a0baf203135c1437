"""Random sequences of everybody's acts (statement 5): what was approved is what was seen, refusals change nothing, the audit replays."""

import random
from datetime import date, timedelta

import pytest

from audit.models import Event
from submissions.choices import STANDING, State
from submissions.core.change_records import replayed
from submissions.core.conflicts import Conflict
from submissions.core.digests import digest_of
from submissions.core.refusals import ActRefused
from submissions.filling.bulk_entry import BulkEntry, enter_many
from submissions.filling.draft_actions import save_draft
from submissions.filling.submission_actions import submit, withdraw
from submissions.models import ChangeMark, Review, Submission, Version
from submissions.review.actions import approve, send_back
from submissions.states import NotNow
from submissions.tasks.exemptions import exempt, lift
from tests.factories.indicators import make_check, make_form
from tests.factories.submissions import AT, a_place, a_task, submission_of

pytestmark = pytest.mark.django_db
STEPS = 60
CODES = ("A", "B", "C")


class World:
    """One report, its people, and what each of them saw last."""

    def __init__(self, seed: int):
        self.random = random.Random(seed)
        self.place = a_place()
        form = make_form("序列表", CODES)
        make_check(form, "{A} <= {B} + 50")
        self.task = a_task(self.place.county, form, closes_on=date(2026, 10, 20))
        self.now = AT
        self.seen: Submission = self.fresh()
        self.seen_figures: dict = {}
        self.revision = 0
        self.approved: dict | None = None

    def fresh(self) -> Submission:
        return submission_of(self.task, self.place.village)

    def newest(self) -> Version | None:
        return Version.objects.filter(submission__task=self.task).order_by("-number").first()

    def look(self) -> None:
        """Somebody opens the page: what is there now is what later clicks speak of."""
        self.seen = self.fresh()
        self.seen_figures = dict(self.seen.standing.figures) if self.seen.standing else {}
        newest = self.newest()
        self.revision = newest.revision if newest else 0

    def by(self):
        return self.random.choice([self.place.clerk, self.place.stranger])

    def changes(self) -> dict:
        return {code: self.random.choice([None, "NA", 0, self.random.randint(0, 99)]) for code in self.random.sample(CODES, 2)}

    def act(self) -> None:
        self.random.choice(
            [self.look, self.look, self.save, self.save, self.save, self.send, self.send, self.take_back, self.pass_on, self.pass_on,
             self.pass_on, self.return_it, self.exempt_it, self.lift_it, self.load, self.wait]
        )()  # fmt: skip

    def save(self) -> None:
        key = self.random.choice(["k1", "k2", f"k{self.random.random()}"])
        nil = self.random.choice([None, None, None, True, False])
        save_draft(
            submission=self.fresh(),
            changes=self.changes(),
            revision=self.revision,
            key=key,
            by=self.by(),
            at=self.now,
            nil_report=nil,
        )

    def send(self) -> None:
        submit(submission=self.fresh(), revision=self.revision, by=self.by(), at=self.now)

    def take_back(self) -> None:
        withdraw(submission=self.fresh(), by=self.by(), at=self.now)

    def pass_on(self) -> None:
        number = self.seen.standing.number if self.seen.standing else 1
        level = self.seen.reviewer_org_id
        by = self.place.officer if level == self.place.county.pk else self.place.reviewer
        figures = self.seen_figures
        approve(submission=self.seen, version_number=number, by=by, at=self.now)
        if self.fresh().state == State.APPROVED:
            self.approved = figures

    def return_it(self) -> None:
        number = self.seen.standing.number if self.seen.standing else 1
        send_back(
            submission=self.seen, version_number=number, reason="请核对", cell_reasons={}, by=self.place.reviewer, at=self.now
        )

    def exempt_it(self) -> None:
        if self.random.random() < 0.2:
            exempt(submission=self.fresh(), reason="停业", by=self.place.officer, at=self.now)

    def lift_it(self) -> None:
        lift(submission=self.fresh(), by=self.place.officer, at=self.now)

    def load(self) -> None:
        entries = [BulkEntry(self.fresh(), self.changes())]
        upto = self.random.choice([State.DRAFT, State.SUBMITTED])
        entered = enter_many(task=self.task, entries=entries, upto=upto, explanation="x", by=self.place.officer, at=self.now)
        if entered.refused:
            raise ActRefused(entered.refused[0][2])

    def wait(self) -> None:
        self.now += timedelta(days=self.random.choice([0, 0, 0, 1, 3]))


def everything(world: World) -> tuple:
    """All rows that an act may touch."""
    tables = (Submission, Version, Review, ChangeMark, Event)
    return tuple(list(model.objects.order_by("pk").values_list()) for model in tables)


def check(world: World) -> None:
    """What holds after every step, whatever was done."""
    submission, newest = world.fresh(), world.newest()
    assert (submission.standing is not None) == (submission.state in STANDING)
    assert (submission.reviewer_org is not None) == (submission.state in (State.SUBMITTED, State.PASSED))
    if newest is not None:
        assert replayed(submission) == newest.figures
    for version in Version.objects.filter(sealed_at__isnull=False):
        assert version.digest == digest_of(version.figures, version.explanations, version.nil_report)
    assert Version.objects.filter(sealed_at__isnull=True).count() <= 1
    if submission.state == State.APPROVED:
        assert submission.standing.figures == world.approved


@pytest.mark.parametrize("seed", range(25, 55))
def test_random_acts(seed):
    world = World(seed)
    done = refused = 0
    for _step in range(STEPS):
        before = everything(world)
        try:
            world.act()
            done += 1
        except (NotNow, Conflict, ActRefused):
            refused += 1
            assert everything(world) == before
        check(world)
    assert done
    assert refused


def ends_of(seed: int) -> set[str]:
    """The states that one sequence comes through."""
    world, ends = World(seed), set()
    for _step in range(STEPS):
        try:
            world.act()
        except (NotNow, Conflict, ActRefused):
            continue
        ends.add(world.fresh().state)
    return ends


@pytest.mark.parametrize(
    ("seed", "end"), [(25, State.APPROVED), (52, State.APPROVED), (32, State.EXEMPT), (34, State.RETURNED)]
)
def test_the_sequences_come_through_what_they_are_about(seed, end):
    """Else the test above would prove little."""
    assert end in ends_of(seed)

"""Rows changed past every act: verify names what the audit trail does not know."""

import pytest
from django.db import connection

from orgs.models import Post
from reports.verification.trails import (
    days_of_tasks_follow_the_trail,
    posts_follow_the_trail,
    reviews_and_states_follow_the_trail,
)
from submissions.choices import Act, State
from submissions.models import Review, Submission, Task
from tests.reports.story import Story


@pytest.fixture
def county(story) -> Story:
    """Two villages: one report approved, one sent in; a clerk and a reviewer."""
    story.orgs("C,县,county,,,,,", "T,镇,township,C,,,,", "V1,甲村,village,T,,,,", "V2,乙村,village,T,,,,")
    story.indicators("A,走访,次,flow,,,")
    story.form("F", "A")
    story.open("F", "2026Q1")
    story.figures("F", "2026Q1,V1,A,,5")
    story.figures("F", "2026Q1,V2,A,,7", state="submitted")
    accounts = story.folder / "accounts.csv"
    accounts.write_text("username,name,org_code,role\nclerk1,甲,V1,clerk\nchief,乙,T,reviewer\n", encoding="utf-8")
    story.run("load_accounts", str(accounts))
    return story


def all_failures() -> list[str]:
    return [
        *reviews_and_states_follow_the_trail(),
        *posts_follow_the_trail(),
        *days_of_tasks_follow_the_trail(),
    ]


def test_what_acts_made_follows_the_trail(county):
    assert all_failures() == []


def reviews(unit: str, act: Act):
    return Review.objects.filter(submission__organization__code=unit, act=act)


def delete_an_approval() -> None:
    assert reviews("V1", Act.APPROVE).delete()[0]


def invent_an_approval() -> None:
    sent = reviews("V2", Act.SUBMIT).get()
    sent.pk, sent.act, sent.at = None, Act.APPROVE, sent.at.replace(year=2001)
    sent.save(force_insert=True)


def move_a_post() -> None:
    change(Post.objects.filter(role="clerk"), organization=Post.objects.get(role="reviewer").organization)


def change(rows, **values) -> None:
    assert rows.update(**values)


TAMPERED = {
    "an approval deleted": (delete_an_approval, "its review is gone"),
    "an approval invented": (invent_an_approval, "knows nothing"),
    "an act made another": (lambda: change(reviews("V2", Act.SUBMIT), act=Act.RETURN), "its review is gone"),
    "a state": (lambda: change(Submission.objects.filter(organization__code="V2"), state=State.DRAFT), "V2"),
    "a role": (lambda: change(Post.objects.filter(user__username="clerk1"), role="officer"), "given by no act"),
    "a post's place": (move_a_post, "given by no act"),
    "a post's end": (lambda: change(Post.objects.filter(role="clerk"), valid_to="2020-01-01"), "ends on"),
    "a post deleted": (lambda: Post.objects.filter(role="clerk").delete(), "is gone"),
    "a due date": (lambda: change(Task.objects, due_on="2030-01-01"), "due_on"),
    "a closing date": (lambda: change(Task.objects, closes_on="2031-01-01"), "closes_on"),
}  # fmt: skip


@pytest.mark.parametrize("what", TAMPERED)
def test_what_no_act_did_is_named(county, what, english):
    tamper, words = TAMPERED[what]
    tamper()
    found = all_failures()
    assert any(words in failure for failure in found), found


def test_a_report_that_is_gone_is_named(county, english):
    report = Submission.objects.get(organization__code="V1")
    with connection.constraint_checks_disabled():
        report.reviews.all().delete()
        report.standing = None
        Submission.objects.filter(pk=report.pk).update(standing=None)
        report.versions.all().delete()
        Submission.objects.filter(pk=report.pk).delete()
    assert any("is gone" in failure for failure in reviews_and_states_follow_the_trail())

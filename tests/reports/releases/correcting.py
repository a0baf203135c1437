"""A county that has a quarter to issue, and a change of an approved report as its approval leaves it behind: one more version."""

from datetime import UTC, datetime
from pathlib import Path

from django.db import transaction

from audit.recorder import record
from orgs.accounts.accounts import system_operator
from submissions.core.change_records import subject_of
from submissions.core.digests import digest_of
from submissions.core.history import earlier_by_basis
from submissions.core.sealed_measures import measures_of, remeasure_later
from submissions.core.summary_stamps import mark_changed
from submissions.models import Submission, Version
from tests.reports.story import Story

AT = datetime(2026, 11, 3, 2, 0, tzinfo=UTC)


def quarter(story: Story) -> Story:
    """Three villages in two townships; a flow and a running total of two quarters, all approved: 10 + 20 + 70 = 100."""
    story.orgs(
        "C,县,county,,,,,", "T,甲镇,township,C,,,,", "U,乙镇,township,C,,,,", "V,甲村,village,T,,,,", "W,乙村,village,T,,,,",
        "X,丙村,village,U,,,,",
    )  # fmt: skip
    story.indicators("A,走访,次,flow,,,", "B,培训,人次,cumulative,,,", "S,党员,名,stock,,,")
    story.form("F", "A", "B", "S")
    story.open("F", "2026Q1", "2026Q2")
    for number in (1, 2):
        values = {"V": 10 * number, "W": 20 * number, "X": 70 * number}
        rows = [f"2026Q{number},{org},{code},,{value}" for org, value in values.items() for code in "ABS"]
        story.figures("F", *rows)
    return story


@transaction.atomic
def correct(org: str, period: str, figures: dict, *, form: str = "F") -> Version:
    """The standing version of an approved report gets a successor with these figures."""
    submission = Submission.objects.select_related("task", "standing").get(
        organization__code=org, task__period=period, task__form__code=form
    )
    by, before = system_operator(), submission.standing
    document = before.figures | figures
    earlier = earlier_by_basis(submission.task, [submission.organization_id])[submission.organization_id]
    packed = measures_of(submission.task.layout, submission.unit_category, document, earlier)
    version = Version.objects.create(
        county_id=submission.county_id, submission=submission, number=before.number + 1, figures=document, saved_at=AT,
        saved_by=by, sealed_at=AT, sealed_by=by, digest=digest_of(document, {}, False), **packed._asdict(),
    )  # fmt: skip
    Submission.objects.filter(pk=submission.pk).update(standing=version)
    data = {key: [before.figures.get(key), figure] for key, figure in figures.items()}
    record("submission.saved", by=by, at=AT, county_id=submission.county_id, subject=subject_of(submission), data=data)
    mark_changed(submission.task, [submission.organization_id])
    remeasure_later(submission.task, [submission.organization_id])
    return version


def issue(story: Story, layout: str = "R2", *, period: str = "2026Q1", org: str = "C", title: str = "统计表", **options) -> str:
    """The number of the release."""
    words = []
    for name, value in options.items():
        words += [f"--{name.replace('_', '-')}", *([] if value is True else [value])]
    story.run("issue", layout, "--period", period, "--org", org, "--title", title, *words)
    return number_in(story.printed)


def number_in(printed: str) -> str:
    return next(word for word in printed.replace(",", " ").split() if word[:2] == "20" and "-" in word)


def reprint(story: Story, number: str) -> bytes:
    path: Path = story.folder / f"{number}.xlsx"
    story.run("reprint", number, "--out", str(path))
    return path.read_bytes()

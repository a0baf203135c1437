"""Who gets a task, an upload, a remembered head, a place: the thing itself, or a refusal with a sentence and a place for the log."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from orgs.accounts.access import REVIEWING, Refused
from orgs.choices import Role
from orgs.models import User
from submissions.choices import State
from submissions.core import access
from submissions.models import HeadName, Upload
from submissions.states import NotNow
from tests.factories.orgs import a_county, a_post, a_township, a_user, an_organization
from tests.factories.submissions import AT, a_task, bring_to, submission_of

pytestmark = pytest.mark.django_db
DAY = AT.date()
GONE = 999_999


@pytest.fixture
def far_officer() -> User:
    return a_user(Role.OFFICER, a_county("990001"))


def refusal(act, *given) -> tuple[str, int | None]:
    """The sentence, and the organization under which it is recorded."""
    with pytest.raises(Refused) as refused:
        act(*given)
    return refused.value.sentence, refused.value.organization_id


def test_a_task_is_seen_by_all_who_work_in_its_county(place, submission, far_officer):
    task = submission.task
    for person in (place.clerk, place.stranger, place.reviewer, place.officer, place.leader):
        assert access.task_to_see(person, task.pk, DAY) == task
    for person in (far_officer, a_user(Role.SYSTEM_ADMIN, place.county), a_user()):
        found = refusal(access.task_to_see, person, task.pk, DAY)
        assert found == (f"Task {task.pk} is not within your posts.", place.county.pk)
    assert refusal(access.task_to_see, place.officer, GONE, DAY) == (f"Task {GONE} is not within your posts.", None)


def test_a_task_is_seen_from_above_its_county_and_kept_by_its_own_department(place, submission):
    prefecture = an_organization("35", unit_category="other")
    county = a_county("350200", parent=prefecture)
    an_organization("35020001", parent=county)
    task = a_task(county, submission.task.form)
    above = a_user(Role.LEADER, prefecture)
    assert access.task_to_see(above, task.pk, DAY) == task
    officer = a_user(Role.OFFICER, county)
    assert access.task_to_keep(officer, task.pk, DAY) == task
    found = refusal(access.task_to_keep, above, task.pk, DAY)
    assert found == (f"Task {task.pk} is kept by the county's organization department.", county.pk)
    assert refusal(access.task_to_keep, place.officer, task.pk, DAY)[0] == f"Task {task.pk} is not within your posts."


def test_where_a_person_works_in_a_task(place, submission, far_officer):
    task = submission.task
    works = (place.clerk, place.village), (place.reviewer, place.township), (place.officer, place.county)
    for person, organization in works:
        assert access.own_place_in(person, task, DAY) == organization
    assert access.own_place_in(far_officer, task, DAY) == place.county
    administrator = a_user(Role.SYSTEM_ADMIN, place.township)
    assert access.own_place_in(administrator, task, DAY) == place.county


def test_a_place_of_a_task_is_one_of_the_persons_in_the_role(place, submission, far_officer):
    task, town = submission.task, place.township
    assert access.place_in(place.leader, task, town.pk, DAY) == town
    assert access.place_in(place.reviewer, task, town.pk, DAY, REVIEWING) == town
    sentence = f"Organization {town.pk} is not within your posts."
    assert refusal(access.place_in, place.leader, task, town.pk, DAY, REVIEWING) == (sentence, town.pk)
    assert refusal(access.place_in, place.clerk, task, town.pk, DAY) == (sentence, town.pk)
    far = far_officer.posts.get().organization
    assert refusal(access.place_in, far_officer, task, far.pk, DAY) == (f"{far.name} has no part in this task.", far.pk)


def test_a_place_above_the_county_has_its_part_in_the_task(submission):
    prefecture = an_organization("35", unit_category="other")
    county = a_county("350200", parent=prefecture)
    an_organization("35020001", parent=county)
    task = a_task(county, submission.task.form)
    assert access.place_in(a_user(Role.LEADER, prefecture), task, prefecture.pk, DAY) == prefecture


@pytest.fixture
def upload(place, submission) -> Upload:
    return Upload.objects.create(
        county=place.county, organization=place.village, task=submission.task, name="表.xlsx", sha256="0" * 64, content=b"x",
        kind="form", verdict="preview", put_at=AT, put_by=place.clerk,
    )  # fmt: skip


def test_an_upload_is_seen_by_who_put_it_in(place, upload):
    found = access.upload_to_see(place.clerk, upload.pk, DAY)
    with CaptureQueriesContext(connection) as queries:
        assert (found, found.task.form.code, found.organization, found.put_by) == (upload, "季01表", place.village, place.clerk)
    assert len(queries) == 0
    for person in (a_user(Role.CLERK, place.village), place.reviewer, place.officer):
        assert refusal(access.upload_to_see, person, upload.pk, DAY) == (f"Upload {upload.pk} is not yours.", None)
    assert refusal(access.upload_to_see, place.clerk, GONE, DAY) == (f"Upload {GONE} is not yours.", None)


def test_an_upload_is_no_more_seen_by_who_is_no_clerk_there(place, upload):
    place.clerk.posts.update(role=Role.LEADER)
    found = refusal(access.upload_to_see, place.clerk, upload.pk, DAY)
    assert found == (f"Upload {upload.pk} is not yours.", place.village.pk)


def test_a_remembered_head_is_forgotten_by_a_clerk_of_its_place_alone(place, submission):
    head = HeadName.objects.create(
        county=place.county, organization=place.village, form=submission.task.form, text="人数", means="line:A:", said_at=AT,
        said_by=place.clerk,
    )  # fmt: skip
    assert access.head_to_forget(place.clerk, head.pk, DAY) == head
    assert access.head_to_forget(a_user(Role.CLERK, place.village), head.pk, DAY) == head
    above, reviewer = a_user(Role.CLERK, place.township), a_user(Role.REVIEWER, place.village)
    for person in (above, reviewer, place.stranger, place.officer):
        found = refusal(access.head_to_forget, person, head.pk, DAY)
        assert found == (f"Remembered head {head.pk} is none of yours.", place.village.pk)
    assert refusal(access.head_to_forget, place.clerk, GONE, DAY) == (f"Remembered head {GONE} is none of yours.", None)


def test_a_clerk_above_enters_for_the_unit_and_is_not_its_own(place, submission):
    above = a_user(Role.CLERK, place.township)
    for person in (place.clerk, above):
        assert access.submission_to_fill(person, submission.pk, DAY) == submission
    assert [access.is_own_clerk(person, submission, DAY) for person in (place.clerk, above, place.reviewer)] == [
        True, False, False,
    ]  # fmt: skip
    sentence = f"Report {submission.pk} is not within your posts."
    for person in (place.stranger, place.reviewer, place.officer, place.leader):
        assert refusal(access.submission_to_fill, person, submission.pk, DAY) == (sentence, place.village.pk)
    assert refusal(access.submission_to_fill, place.clerk, GONE, DAY) == (f"Report {GONE} is not within your posts.", None)


def test_a_report_comes_with_what_its_page_shows(place, submission):
    bring_to(State.SUBMITTED, submission, place)
    found = access.submission_to_see(place.leader, submission.pk, DAY)
    with CaptureQueriesContext(connection) as queries:
        shown = (found.task.form.code, found.task.county, found.organization, found.reviewer_org, found.standing.number)
    assert shown == ("季01表", place.county, place.village, place.township, 1)
    assert len(queries) == 0


def test_whose_turn_it_is(place, submission):
    submission = bring_to(State.SUBMITTED, submission, place)
    assert access.submission_to_review(place.reviewer, submission.pk, DAY) == submission
    assert access.submission_to_approve(place.reviewer, submission.pk, DAY) == submission
    with pytest.raises(NotNow, match=f"It is the turn of {place.township.name} to review this report"):
        access.submission_to_review(place.officer, submission.pk, DAY)
    assert access.submission_to_see_as_reviewer(place.officer, submission.pk, DAY) == submission
    assert refusal(access.submission_to_review, place.leader, submission.pk, DAY)[1] == place.village.pk


def test_where_nobody_reviews_any_more_the_next_above_do(place, submission):
    """The township's only reviewer is switched off: it is the county's turn, and nobody's in between."""
    submission = bring_to(State.SUBMITTED, submission, place)
    assert access.has_reviewer(place.township.pk, DAY)
    User.objects.filter(pk=place.reviewer.pk).update(is_active=False)
    assert not access.has_reviewer(place.township.pk, DAY)
    assert access.submission_to_review(place.officer, submission.pk, DAY) == submission


def test_a_report_that_waits_is_seen_by_its_reviewer_though_its_unit_moved_away(place, submission):
    """The reviewer of another township has nothing to do with the village but that its report waits there."""
    other = a_township("35010002", place.county)
    reviewer, clerk = a_user(Role.REVIEWER, other), a_user(Role.CLERK, other)
    submission = bring_to(State.SUBMITTED, submission, place)
    assert refusal(access.submission_to_see, reviewer, submission.pk, DAY)[1] == place.village.pk
    submission.reviewer_org = other
    submission.save(update_fields=["reviewer_org"])
    assert access.submission_to_see(reviewer, submission.pk, DAY) == submission
    assert access.submission_to_review(reviewer, submission.pk, DAY) == submission
    for person in (clerk, a_user(Role.REVIEWER, an_organization("3501000201", parent=other))):
        assert refusal(access.submission_to_see, person, submission.pk, DAY)[1] == place.village.pk
    assert refusal(access.submission_to_fill, reviewer, submission.pk, DAY)[1] == place.village.pk


def test_only_the_countys_department_exempts(place, submission):
    assert access.submission_to_exempt(place.officer, submission.pk, DAY) == submission
    for person in (place.clerk, place.reviewer, place.leader):
        assert refusal(access.submission_to_exempt, person, submission.pk, DAY)[1] == place.village.pk


def test_who_reviews_nothing_has_no_turn(place, submission):
    """A report that nobody is to review says so by its state."""
    assert access.why_not_reviewing(place.reviewer, submission, DAY) == ""
    submission = submission_of(submission.task, place.village)
    a_post(place.leader, Role.REVIEWER, place.township)
    submission = bring_to(State.SUBMITTED, submission, place)
    assert access.why_not_reviewing(place.leader, submission, DAY) == ""

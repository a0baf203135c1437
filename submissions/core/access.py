"""Permissions on reports: who may see, fill, exempt, and who may review; fetches the report for that person or refuses.

A clerk at the unit fills; a clerk above fills on behalf (代录). The reviewers of the organization whose turn it is review; where
nobody there can, the next ones above. A reviewer never types. Whoever holds a working post at the unit or above sees; so does a
reviewer before whom the report waits.
"""

from collections.abc import Collection
from datetime import date

from django.utils.translation import gettext as _

from orgs.accounts.access import COUNTY, REVIEWING, SEEING, Refused, holds, holds_at, organization_to_see, posts_on
from orgs.choices import Role
from orgs.models import Organization, Post, User
from orgs.tree.queries import held_on, standing_path
from orgs.tree.trees import ids_of
from submissions.core.reviewers import lines_for
from submissions.models import HeadName, Submission, Task, Upload
from submissions.states import NotNow

FILLING = (Role.CLERK,)
TAKING_FORMS = (*FILLING, *REVIEWING)  # as workbooks, to fill or to hand out; a leader only looks


def submission_to_see(user: User, submission_id: int, day: date) -> Submission:
    return _submission_for(user, SEEING, submission_id, day)


def submission_to_fill(user: User, submission_id: int, day: date) -> Submission:
    """For the unit's clerk, and for a clerk above it who enters a paper form (see `is_own_clerk`)."""
    return _submission_for(user, FILLING, submission_id, day)


def submission_to_see_as_reviewer(user: User, submission_id: int, day: date) -> Submission:
    """For every reviewer at or above the unit, whoever's turn it is."""
    return _submission_for(user, REVIEWING, submission_id, day)


def submission_to_review(user: User, submission_id: int, day: date) -> Submission:
    """For a reviewer whose turn it is; NotNow with whose turn it is for the other reviewers of the unit."""
    submission = _submission_for(user, REVIEWING, submission_id, day)
    why = why_not_reviewing(user, submission, day)
    if why:
        raise NotNow(why)
    return submission


def submission_to_approve(user: User, submission_id: int, day: date) -> Submission:
    """Passing, approving and returning are one right."""
    return submission_to_review(user, submission_id, day)


def submission_to_exempt(user: User, submission_id: int, day: date) -> Submission:
    """For the county's organization department."""
    return _submission_for(user, COUNTY, submission_id, day)


def submission_to_correct(user: User, submission_id: int, day: date) -> Submission:
    """For the unit's clerk, and on its behalf for a clerk above it and the county's organization department."""
    return _submission_for(user, (*FILLING, *COUNTY), submission_id, day)


def task_to_see(user: User, task_id: int, day: date) -> Task:
    """For everybody with a working post in the task's county, or above it."""
    task = Task.objects.select_related("form", "county").filter(pk=task_id).first()
    if task is None or not _works_in(user, task.county, day):
        raise Refused(_("Task %(id)s is not within your posts.") % {"id": task_id}, task.county_id if task else None)
    return task


def task_to_keep(user: User, task_id: int, day: date) -> Task:
    """For the organization department of the task's county."""
    task = task_to_see(user, task_id, day)
    if not holds(user, COUNTY, task.county_id, day):
        raise Refused(_("Task %(id)s is kept by the county's organization department.") % {"id": task_id}, task.county_id)
    return task


def upload_to_see(user: User, upload_id: int, day: date) -> Upload:
    """For the person who put it in, as long as that person is a clerk at or above the place."""
    found = Upload.objects.select_related("task__form", "organization", "put_by").filter(pk=upload_id, put_by=user).first()
    if found is None or not holds(user, FILLING, found.organization_id, day):
        raise Refused(_("Upload %(id)s is not yours.") % {"id": upload_id}, found.organization_id if found else None)
    return found


def head_to_forget(user: User, head_id: int, day: date) -> HeadName:
    """For a clerk of the place where the head is remembered."""
    found = HeadName.objects.select_related("organization", "form").filter(pk=head_id).first()
    if found is None or not any(
        post.role in FILLING and post.organization_id == found.organization_id for post in posts_on(user, day)
    ):
        raise Refused(_("Remembered head %(id)s is none of yours.") % {"id": head_id}, found.organization_id if found else None)
    return found


def is_own_clerk(user: User, submission: Submission, day: date) -> bool:
    """False for a clerk above the unit: what he enters is marked 代录 and says from which paper."""
    return any(post.role in FILLING and post.organization_id == submission.organization_id for post in posts_on(user, day))


def why_not_reviewing(user: User, submission: Submission, day: date) -> str:
    """Whose turn it is, as a sentence; "" where it is this person's or nobody's (then the state says why not)."""
    level = submission.reviewer_org_id
    if level is None:
        return ""
    mine = {post.organization_id for post in posts_on(user, day) if post.role in REVIEWING}
    if level in mine or (not has_reviewer(level, day) and _next_above(submission, day) in mine):
        return ""
    return _("It is the turn of %(name)s to review this report.") % {"name": submission.reviewer_org.name}


def has_reviewer(organization_id: int, day: date) -> bool:
    posts = Post.objects.filter(held_on(day), organization_id=organization_id, role__in=REVIEWING, user__is_active=True)
    return posts.exists()


def _next_above(submission: Submission, day: date) -> int:
    lines = lines_for(submission.task, [submission.organization_id], day)
    return lines.next_above(submission.organization_id, submission.reviewer_org_id)


def _submission_for(user: User, roles: Collection[str], submission_id: int, day: date) -> Submission:
    related = ("task__form", "task__county", "organization", "reviewer_org", "standing")
    submission = Submission.objects.select_related(*related).filter(pk=submission_id).first()
    if submission is None or not (
        holds(user, roles, submission.organization_id, day) or _has_turn(user, roles, submission, day)
    ):
        place = submission.organization_id if submission else None
        raise Refused(_("Report %(id)s is not within your posts.") % {"id": submission_id}, place)
    return submission


def _has_turn(user: User, roles: Collection[str], submission: Submission, day: date) -> bool:
    """True for a reviewer before whom the report waits, though its unit may have moved away from under him since."""
    level = submission.reviewer_org_id
    return level is not None and set(REVIEWING) <= set(roles) and holds_at(user, REVIEWING, level, day)


def _works_in(user: User, county: Organization, day: date) -> bool:
    posts = [post for post in posts_on(user, day) if post.role in SEEING]
    return any(post.county_id == county.pk for post in posts) or holds(user, SEEING, county.pk, day)


def place_in(user: User, task: Task, organization_id: int, day: date, roles: Collection[str] = SEEING) -> Organization:
    """An organization where the person has one of the roles and that the task is about: in its county, or above it."""
    organization = organization_to_see(user, organization_id, day, roles)
    if organization.county_id != task.county_id and organization.pk not in ids_of(standing_path(task.county_id, day)):
        raise Refused(_("%(name)s has no part in this task.") % {"name": organization.name}, organization_id)
    return organization


def own_place_in(user: User, task: Task, day: date) -> Organization:
    """Where the person works in the task's county; above it, the county itself."""
    posts = [post for post in posts_on(user, day) if post.role in SEEING]
    return next((post.organization for post in posts if post.county_id == task.county_id), task.county)

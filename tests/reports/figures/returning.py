"""Reports of a story sent back to their units."""

from django.utils import timezone

from orgs.choices import Role
from orgs.models import Organization
from submissions.models import Submission
from submissions.review.actions import send_back
from tests.factories.orgs import a_user


def give_back(*codes: str, county: str = "C") -> None:
    """By an officer of the county, with a reason."""
    officer = a_user(Role.OFFICER, Organization.objects.get(code=county))
    for code in codes:
        submission = Submission.objects.select_related("standing").get(organization__code=code)
        send_back(
            submission=submission, version_number=submission.standing.number, reason="请核对", cell_reasons={}, by=officer,
            at=timezone.now(),
        )  # fmt: skip

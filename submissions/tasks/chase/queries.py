"""Reads notices: those a unit has not read yet, the newest of each report, and the one that a person may mark as read."""

from collections.abc import Collection
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from orgs.accounts.access import Refused, posts_on
from orgs.choices import Role
from orgs.models import Post, User
from orgs.tree.queries import held_on
from submissions.models import Notice


def unread_notices(organization_ids: Collection[int]) -> list[Notice]:
    """What stands at the top of the units' home pages, the newest first."""
    rows = Notice.objects.filter(submission__organization_id__in=organization_ids, read_at__isnull=True)
    related = ("submission__task__form", "organization", "sent_by")
    return list(rows.select_related(*related).defer("submission__task__layout").order_by("-sent_at", "-pk"))


def newest_notices(submission_ids: Collection[int]) -> dict[int, Notice]:
    """The last notice of each report."""
    rows: QuerySet[Notice] = Notice.objects.filter(submission_id__in=submission_ids).select_related("read_by")
    return {notice.submission_id: notice for notice in rows.order_by("sent_at", "pk")}


def notice_to_read(user: User, notice_id: int, day: date) -> Notice:
    """For a clerk of the unit itself: a receipt of somebody above would say that the unit has read what it has not."""
    found = Notice.objects.select_related("submission").filter(pk=notice_id).first()
    unit_id = found.submission.organization_id if found else None
    if found is None or not any(post.role == Role.CLERK and post.organization_id == unit_id for post in posts_on(user, day)):
        raise Refused(_("Notice %(id)s is not for a unit of yours.") % {"id": notice_id}, unit_id)
    return found


def units_with_clerk(organization_ids: Collection[int], day: date) -> set[int]:
    """The units for which somebody can sign in and read."""
    posts = Post.objects.filter(held_on(day), organization_id__in=organization_ids, role=Role.CLERK, user__is_active=True)
    return set(posts.values_list("organization_id", flat=True))

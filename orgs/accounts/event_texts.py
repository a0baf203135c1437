"""The words in which an auditor reads the events.

The kinds are recorded in many modules; a house test keeps this list complete.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from audit.models import Event
from orgs.choices import Role
from orgs.models import Organization, User

KINDS = {
    "login.done": _("Signed in"),
    "login.failed": _("Sign-in failed"),
    "login.refused": _("Sign-in refused while locked"),
    "login.locked": _("Sign-in locked"),
    "login.limited": _("Too many sign-ins from one address"),
    "logout.done": _("Signed out"),
    "session.ended": _("Session ended"),
    "sessions.ended": _("All sessions ended"),
    "access.refused": _("Access refused"),
    "password.changed": _("Password changed"),
    "password.reset": _("Password reset"),
    "second_factor.begun": _("Setting up a phone begun"),
    "second_factor.added": _("Phone set up"),
    "second_factor.passed": _("Code accepted"),
    "second_factor.failed": _("Wrong code"),
    "second_factor.locked": _("Codes locked"),
    "second_factor.removed": _("Phone removed"),
    "account.made": _("Account made"),
    "account.disabled": _("Account disabled"),
    "account.enabled": _("Account enabled"),
    "account.unlocked": _("Account unlocked"),
    "post.given": _("Post given"),
    "post.ended": _("Post ended"),
    "audit.exported": _("Audit trail exported"),
    "release.issued": _("Table issued"),
    "notice.sent": _("Notice sent"),
    "notice.read": _("Notice read"),
    "calendar.loaded": _("Working days loaded"),
    "task.postponed": _("Due day postponed for some units"),
    "verification.held": _("Verification held"),
    "verification.failed": _("Verification found faults"),
    "organizations.loaded": _("Organizations loaded"),
    "organization.made": _("Organization made"),
    "organization.edited": _("Organization changed"),
    "organization.opened": _("Organization set up"),
    "organization.closed": _("Organization closed"),
    "organization.suspended": _("Organization suspended"),
    "organization.reopened": _("Organization reopened"),
    "organization.merged": _("Organizations merged"),
    "organization.split": _("Organization split"),
    "organization.renamed": _("Organization renamed"),
    "organization.recategorized": _("Category of an organization changed"),
    "succession.undone": _("Change of organizations taken back"),
    "organization.moved": _("Organization moved"),
    "tree.changed": _("Tree changed"),
    "catalogue.loaded": _("Indicators loaded"),
    "forms.loaded": _("Forms loaded"),
    "checks.loaded": _("Checks loaded"),
    "check.added": _("Check added"),
    "check.changed": _("Check changed"),
    "check.removed": _("Check removed"),
    "form.made": _("Form made"),
    "form.changed": _("Form changed"),
    "form.adopted": _("Common form adopted"),
    "form.edition_given_up": _("Own edition of a form given up"),
    "form.retired": _("Common form retired for a county"),
    "form.resumed": _("Common form used again"),
    "form.lines_added": _("Lines added to a form"),
    "form.lines_arranged": _("Lines of a form arranged"),
    "indicator.switched": _("Indicator switched on or off"),
    "task.opened": _("Task opened"),
    "task.deadline_moved": _("Deadline of a task moved"),
    "task.withdrawn": _("Task taken back"),
    "submission.saved": _("Report saved"),
    "submission.loaded": _("Report loaded"),
    "submission.taken_in": _("Report taken in from a file"),
    "submission.submitted": _("Report submitted"),
    "submission.withdrawn": _("Report withdrawn"),
    "submission.passed": _("Report passed on"),
    "submission.approved": _("Report approved"),
    "submission.returned": _("Report returned"),
    "submission.dropped": _("Report no longer expected"),
    "submission.expected": _("Report newly expected"),
    "submission.handed_over": _("Report handed over to another reviewer"),
    "submission.exempted": _("Report exempted"),
    "submission.released": _("Report of an ended unit exempted by decision"),
    "submission.unexempted": _("Exemption lifted"),
    "submission.corrected": _("Report corrected"),
    "correction.requested": _("Correction requested"),
    "correction.passed": _("Correction passed on"),
    "correction.refused": _("Correction not agreed to"),
    "correction.withdrawn": _("Correction taken back"),
    "upload.put": _("File put in"),
    "upload.mended": _("File mended before it is taken in"),
    "upload.accepted": _("File taken in"),
    "heads.remembered": _("Heads of tables remembered"),
    "heads.forgotten": _("Head of a table forgotten"),
    "upload.dropped": _("File thrown away"),
    "headlines.chosen": _("Headline figures chosen"),
    "figures.exported": _("Figures exported"),
    "export.made": _("Table exported"),
    "layout.saved": _("Layout of a table saved"),
    "layout.retired": _("Layout of a table retired"),
    "layout.brought_back": _("Layout of a table offered again"),
    "template.taken": _("Upper level's table taken in"),
    "template.bound": _("Upper level's table bound"),
    "template.filled": _("Upper level's table filled"),
    "template.retired": _("Upper level's table put away"),
    "form_workbook.made": _("Form workbook made"),
    "backup.made": _("Backup made"),
    "backup.restored": _("Backup restored"),
}
CHANNELS = {"page": _("Page"), "api": _("Script of a page"), "": _("Command")}
RESULTS = {"done": (_("Done"), "is-green"), "refused": (_("Refused"), "is-red")}
MOST_DETAILS = 12
ACCOUNT = "user:"  # how the subject of an event names an account


@dataclass(frozen=True)
class EventShown:
    """One event as a line of the page, in words; details as "key: old → new"."""

    event: Event
    words: str
    roles: str
    channel: str
    organization: str
    person: str
    result: str
    colour: str
    details: tuple[str, ...]


def events_shown(events: Iterable[Event]) -> list[EventShown]:
    """In the same order; one query for the names of all organizations, one for those of all accounts."""
    events = list(events)
    ids = {event.organization_id for event in events if event.organization_id}
    names = dict(Organization.objects.filter(pk__in=ids).values_list("pk", "name"))
    accounts = {event.subject: event.subject.removeprefix(ACCOUNT) for event in events if event.subject.startswith(ACCOUNT)}
    people = dict(User.objects.filter(pk__in=filter(str.isdecimal, accounts.values())).values_list("pk", "username"))
    persons = {subject: people.get(int(number), "") for subject, number in accounts.items() if number.isdecimal()}
    return [_shown(event, names.get(event.organization_id, ""), persons.get(event.subject, "")) for event in events]


def details_of(data: str) -> tuple[str, ...]:
    """The details in words: {"key": [old, new]} -> "key: old → new", anything else unchanged.

    After twelve, how many more there are.
    """
    lines = [f"{key}: {_change(value)}" for key, value in json.loads(data).items()]
    rest = len(lines) - MOST_DETAILS
    return (*lines[:MOST_DETAILS], *((gettext("and %(count)s more") % {"count": rest},) if rest > 0 else ()))


def _change(value: object) -> str:
    if isinstance(value, list) and len(value) == 2:
        return f"{_plain(value[0])} → {_plain(value[1])}"
    return _plain(value)


def _plain(value: object) -> str:
    if value is None:
        return "—"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _shown(event: Event, organization: str, person: str) -> EventShown:
    roles = "、".join(str(Role(role).label) for role in event.role.split(",") if role in Role.values)
    result, colour = RESULTS.get(event.result, (event.result, "is-grey"))
    return EventShown(
        event=event,
        words=KINDS.get(event.kind, event.kind),
        roles=roles,
        channel=CHANNELS.get(event.channel, event.channel),
        organization=organization,
        person=person,
        result=result,
        colour=colour,
        details=details_of(event.data),
    )

"""`open_task FORM PERIOD --due DATE [--org CODE]`: asks a form of the county, or of one branch; prints how many are expected."""

from collections.abc import Sequence
from datetime import date, datetime

from django.core.management.base import CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.origin import origin
from indicators.catalogue.queries import codes_left_out
from indicators.definitions import forms_of, own_forms
from indicators.models import Form
from indicators.periods import BadPeriod, read_period
from orgs.accounts.accounts import system_operator
from orgs.loading.days import NotADay, read_day
from orgs.management.operator_command import OperatorCommand
from orgs.models import Organization, User
from orgs.tree.queries import UnknownOrganization, organization_named
from submissions.choices import State
from submissions.core.refusals import ActRefused
from submissions.models import Task
from submissions.tasks.calendar.working_days import calendar_of
from submissions.tasks.deadlines import STATED, Days, move_deadline
from submissions.tasks.opening import is_retired_for, open_task
from submissions.tasks.opening_plan import moved_notes, unknown_note
from submissions.tasks.queries import counties_asked


class Command(OperatorCommand):
    """Opens tasks; doing it again adds who is newly expected."""

    help = gettext_lazy("Open a form for a period and write down who is expected to fill it; again adds who is newly expected.")

    def add_arguments(self, parser):
        parser.add_argument("form", metavar="FORM", help=gettext_lazy("the form asked for"))
        parser.add_argument("period", metavar="PERIOD", help=gettext_lazy("the period asked for"))
        parser.add_argument("--due", required=True, metavar="DATE", help=gettext_lazy("the day by which reports are due"))
        parser.add_argument(
            "--org",
            metavar="ORG",
            help=gettext_lazy("this county or branch, or every county below; needed where there are several"),
        )
        parser.add_argument("--review-due", metavar="DATE", help=gettext_lazy("the day by which townships have reviewed"))
        parser.add_argument("--approval-due", metavar="DATE", help=gettext_lazy("the day by which the county has approved"))
        parser.add_argument(
            "--without",
            action="append",
            default=[],
            metavar="ORG",
            help=gettext_lazy("a branch that is not asked; several times"),
        )
        parser.add_argument(
            "--reason",
            default="",
            metavar="TEXT",
            help=gettext_lazy("why the deadline of a task that is open already is moved to DATE"),
        )

    def handle(self, *, form, period, due, org, reason, **options):
        try:
            days = {
                "due_on": _day("--due", due),
                "review_due_on": _day("--review-due", options["review_due"]),
                "approval_due_on": _day("--approval-due", options["approval_due"]),
            }
            left_out = [organization_named(code) for code in options["without"]]
            with origin(channel="command:open_task"), transaction.atomic():
                self._open(form, read_period(period), days, org, reason, left_out)
        except (ActRefused, BadPeriod, UnknownOrganization) as refusal:
            raise CommandError(str(refusal)) from refusal

    def _open(self, number: str, period, days: Days, code: str | None, reason: str, without: Sequence[Organization]) -> None:
        """All or nothing over the counties, of which each has its own edition of the form or the common one."""
        by, at = system_operator(), timezone.now()
        left_out: dict[str, None] = {}
        _refuse_strangers(without, _places(code, period.last_day))
        places = [(_form(number, county), county, within) for county, within in _places(code, period.last_day)]
        retired = [place for place in places if is_retired_for(place[0], place[1], period)]
        for form, county, within in places:
            if (form, county, within) in retired and len(retired) < len(places):
                sentence = _("%(form)s %(period)s %(county)s: not asked, the county has retired the form.")
                self.stdout.write(sentence % {"form": form.code, "period": period, "county": county.code})
                continue
            if reason:
                _move(form, county, period, days, reason, by, at)
            task = open_task(
                form=form, county=county, period=period, by=by, at=at, within=within,
                left_out=[branch for branch in without if branch.county_id == county.pk], **days,
            )  # fmt: skip
            expected = task.submissions.exclude(state=State.EXEMPT).count()
            self.stdout.write(
                _("%(form)s %(period)s %(county)s: %(expected)d expected.")
                % {"form": form.code, "period": task.period, "county": county.code, "expected": expected}
            )
            calendar = calendar_of(county.pk)
            for sentence in moved_notes(calendar, days):
                self.stdout.write(sentence)
            if unknown := unknown_note(calendar, days):
                self.stderr.write(unknown)
            left_out |= dict.fromkeys(codes_left_out(form, period.last_day))
        if left_out:
            sentence = _("Not asked, because the definition does not hold on %(day)s: %(codes)s.")
            self.stderr.write(sentence % {"day": period.last_day.isoformat(), "codes": ", ".join(left_out)})


def _move(form: Form, county: Organization, period, days: Days, reason: str, by: User, at: datetime) -> None:
    task = Task.objects.filter(county_id=county.id, form=form, period=period).first()
    if task is None:
        return
    new = {
        name: day
        for name, day in days.items()
        if day is not None and day not in (getattr(task, name), getattr(task, STATED[name]))
    }
    if "due_on" in new and task.closes_on is not None:
        new["closes_on"] = max(task.closes_on, calendar_of(county.pk).working_day(new["due_on"]).day)
    if new:
        move_deadline(task=task, reason=reason, by=by, at=at, **new)


def _places(code: str | None, day: date) -> list[tuple[Organization, Organization | None]]:
    """The counties to ask, each with the one branch of it that is meant, if any."""
    if code:
        organization = organization_named(code)
        if organization.pk != organization.county_id:
            return [(organization.county, organization)]
        return [(county, None) for county in counties_asked(organization, day) or [organization]]
    roots = counties_asked(None, day)
    if not roots:
        raise CommandError(_("No organization has a place on %(day)s; load organizations first.") % {"day": day})
    if len(roots) > 1:
        sentence = _("Several counties are here (%(known)s); say which one by its code: --org CODE. Nothing was opened.")
        raise CommandError(sentence % {"known": "、".join(f"{root.code} {root.name}" for root in roots)})
    return [(roots[0], None)]


def _refuse_strangers(without: Sequence[Organization], places: list[tuple[Organization, Organization | None]]) -> None:
    counties = {county.pk for county, _within in places}
    strange = [branch for branch in without if branch.county_id not in counties]
    if strange:
        names = ", ".join(f"{branch.code} {branch.name}" for branch in strange)
        raise CommandError(_("--without: %(names)s is not in a county that is asked. Nothing was opened.") % {"names": names})


def _form(code: str, county: Organization) -> Form:
    form = forms_of(county.id).filter(code=code).first()
    if form is None and own_forms().filter(code=code).exists():
        sentence = _("%(county)s has no form “%(code)s”: it is another county's own. Name a county that has it with --org.")
        raise CommandError(sentence % {"code": code, "county": county.name})
    if form is None:
        raise CommandError(_("There is no form “%(code)s”; load it with load_forms.") % {"code": code})
    return form


def _day(option: str, text: str | None) -> date | None:
    try:
        return read_day(text) if text else None
    except NotADay as error:
        raise CommandError(f"{option}: {error}") from error

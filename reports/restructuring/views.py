"""A new change of organizations: what happens, its form, its rehearsal, and carrying out what was rehearsed."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from orgs.accounts.access import require_county_officer, units_to_restructure
from orgs.models import Organization
from orgs.restructuring.loading import load_restructuring
from reports.restructuring.fingerprints import fingerprint
from reports.restructuring.forms.base import ChangeForm
from reports.restructuring.forms.fields import CountyOrganizations
from reports.restructuring.forms.registry import FORMS
from reports.restructuring.kinds import KINDS, KindOfChange, offered_kinds, why_not
from reports.restructuring.pages import effects_shown
from reports.restructuring.rehearsal import Rehearsal, describe, rehearse
from spreadsheets.tables import TableProblems

SEEN = "seen"  # the fingerprint of the rehearsal that was shown
_NOT_ENTERED = ("csrfmiddlewaretoken", SEEN, "edit")


class ChangedMeanwhile(Exception):
    """Carrying it out would do something else than what was shown."""


@require_http_methods(["GET", "HEAD", "POST"])
def restructure(request: HttpRequest) -> HttpResponse:
    """What happens to the units that were chosen; then its form; POST shows the rehearsal, or with `edit` the form again."""
    asked = request.GET if request.method != "POST" else request.POST
    units = _units(request, asked)
    if not units:
        return _back_to_the_tree(request)
    kind = KINDS.get(asked.get("kind", ""))
    if kind is None or _refused(kind, units):
        context = {"units": units, "kinds": offered_kinds(units), "counties": len({unit.county_id for unit in units})}
        return render(request, "reports/restructuring/kinds.html", context)
    form = _form(kind, units, request.POST if request.method == "POST" else None)
    if form.is_bound and "edit" not in request.POST and form.is_valid():
        rehearsal = _tried(form, partial(_rehearsed, form, request, timezone.now()))
        if rehearsal is not None:
            return _rehearsal_page(request, kind, form, rehearsal)
    return _form_page(request, kind, form)


@require_POST
def carry_out(request: HttpRequest) -> HttpResponse:
    """What was rehearsed, if it would still do just that; else it is shown anew."""
    units, kind = _units(request, request.POST), KINDS.get(request.POST.get("kind", ""))
    if not units or kind is None or _refused(kind, units):
        return _back_to_the_tree(request)
    form, now = _form(kind, units, request.POST), timezone.now()
    rehearsal = _tried(form, partial(_rehearsed, form, request, now)) if form.is_valid() else None
    if rehearsal is None:
        return _form_page(request, kind, form)
    if fingerprint(rehearsal) != request.POST.get(SEEN):
        return _rehearsal_page(request, kind, form, rehearsal, is_other=True)
    try:
        done = _tried(form, partial(_done, form, request, now, fingerprint(rehearsal, with_figures=False)))
    except ChangedMeanwhile:
        return _rehearsal_page(request, kind, form, _rehearsed(form, request, now), is_other=True)
    return _form_page(request, kind, form) if done is None else _done_page(request, done)


def _units(request: HttpRequest, asked: QueryDict) -> list[Organization]:
    ids = {int(text) for text in asked.getlist("units") if text.isascii() and text.isdigit() and len(text) <= 12}
    today = timezone.localdate()
    if ids:
        return units_to_restructure(request.user, ids, today)
    require_county_officer(request.user, today)
    return []


def _refused(kind: KindOfChange, units: list[Organization]) -> bool:
    return bool(why_not(kind, units)) or len({unit.county_id for unit in units}) > 1


def _back_to_the_tree(request: HttpRequest) -> HttpResponse:
    messages.warning(request, _("Tick the organizations to which it happens first."))
    return redirect("orgs:tree")


def _form(kind: KindOfChange, units: list[Organization], data: QueryDict | None) -> ChangeForm:
    organizations = CountyOrganizations(units[0].county_id, timezone.localdate())
    return FORMS[kind.kind](data, units=units, organizations=organizations)


def _rehearsed(form: ChangeForm, request: HttpRequest, at: datetime) -> Rehearsal:
    return rehearse(partial(_load, form, request, at), at=at)


def _load(form: ChangeForm, request: HttpRequest, at: datetime):
    return load_restructuring(form.table, by=request.user, at=at, county_id=form.organizations.county_id)


@transaction.atomic
def _done(form: ChangeForm, request: HttpRequest, at: datetime, seen: str) -> Rehearsal:
    """The change made for good. Raises ChangedMeanwhile where it is another than was rehearsed."""
    done = describe(_load(form, request, at), at=at)
    if fingerprint(done, with_figures=False) != seen:
        raise ChangedMeanwhile
    return done


def _tried(form: ChangeForm, act: Callable[[], Rehearsal]) -> Rehearsal | None:
    """What the act changes; None where it was refused, with the sentences in the form."""
    try:
        rehearsal = act()
    except TableProblems as problems:
        form.add_problems(problems)
        return None
    except ValidationError as error:
        form.add_error(None, error)
        return None
    if not rehearsal.changes:
        form.add_error(None, _("This very change is recorded already; nothing would change."))
        return None
    return rehearsal


def _form_page(request: HttpRequest, kind: KindOfChange, form: ChangeForm) -> HttpResponse:
    context = {"kind": kind, "units": form.units, "form": form, "above": form.organizations.above()}
    return render(request, "reports/restructuring/form.html", context)


def _rehearsal_page(
    request: HttpRequest, kind: KindOfChange, form: ChangeForm, rehearsal: Rehearsal, *, is_other: bool = False
) -> HttpResponse:
    entered = [(name, text) for name, texts in request.POST.lists() if name not in _NOT_ENTERED for text in texts]
    context = {
        "kind": kind, "units": form.units, "effects": effects_shown(rehearsal), "entered": entered,
        "seen": fingerprint(rehearsal), "is_other": is_other,
    }  # fmt: skip
    return render(request, "reports/restructuring/rehearsal.html", context, status=409 if is_other else 200)


def _done_page(request: HttpRequest, done: Rehearsal) -> HttpResponse:
    numbers = [change.number for change in done.changes]
    words = {"numbers": _(", ").join(map(str, numbers))}
    messages.success(request, _("Done and recorded, as shown before. Number: %(numbers)s.") % words)
    return redirect("reports:succession", numbers[0]) if len(numbers) == 1 else redirect("reports:successions")

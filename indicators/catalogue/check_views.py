"""The rules of a form: the list, one more, a change, one less."""

from copy import copy

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from indicators.catalogue import access, pages
from indicators.catalogue.check_actions import add_check, change_check, remove_check
from indicators.catalogue.forms import CheckForm
from indicators.catalogue.queries import layout_of


@require_http_methods(["GET", "HEAD", "POST"])
def checks(request: HttpRequest, form_id: int) -> HttpResponse:
    today = timezone.localdate()
    found, counties = access.form_to_rule(request.user, form_id, today)
    rule = CheckForm(request.POST or None, counties=counties)
    if rule.is_valid():
        try:
            add_check(form=found, owner=rule.owner, **rule.values, by=request.user, at=timezone.now())
        except ValidationError as error:
            rule.add_error(None, error)
        else:
            messages.success(request, _("The rule is added to %(code)s.") % {"code": found.code})
            return redirect("indicators:form_checks", found.pk)
    own = tuple(county.pk for county in counties)
    layout = layout_of(found, county_id=own[0])
    context = {
        "form": found,
        "rule": rule,
        "layout": layout,
        "rules": pages.rules_of(found, layout, own),
        "may_change": found.owner_id is not None,
    }
    return render(request, "indicators/catalogue/form_checks.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, check_id: int) -> HttpResponse:
    found = access.check_to_change(request.user, check_id, timezone.localdate())
    rule = CheckForm(request.POST or None, instance=copy(found), counties=(found.owner,))
    if rule.is_valid():
        try:
            change_check(check=found, **rule.values, by=request.user, at=timezone.now())
        except ValidationError as error:
            rule.add_error(None, error)
        else:
            messages.success(request, _("The rule of %(code)s is kept.") % {"code": found.form.code})
            return redirect("indicators:form_checks", found.form_id)
    layout = layout_of(found.form, county_id=found.owner_id)
    return render(
        request, "indicators/catalogue/check_edit.html", {"form": found.form, "check": found, "rule": rule, "layout": layout}
    )


@require_POST
def remove(request: HttpRequest, check_id: int) -> HttpResponse:
    found = access.check_to_change(request.user, check_id, timezone.localdate())
    remove_check(check=found, by=request.user, at=timezone.now())
    messages.success(request, _("The rule is taken off %(code)s.") % {"code": found.form.code})
    return redirect("indicators:form_checks", found.form_id)

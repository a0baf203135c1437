"""The rules of a form: the list, one more, a change, one less."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from indicators.catalogue import access, pages
from indicators.catalogue.check_actions import add_check, change_check, remove_check
from indicators.catalogue.forms import CheckForm
from indicators.catalogue.queries import layout_of
from indicators.models import Check, Form


@require_http_methods(["GET", "HEAD", "POST"])
def checks(request: HttpRequest, form_id: int) -> HttpResponse:
    access.to_lay_out(request.user, timezone.localdate())
    found = get_object_or_404(Form, pk=form_id)
    rule = CheckForm(request.POST or None)
    if rule.is_valid():
        try:
            add_check(form=found, **rule.cleaned_data, by=request.user, at=timezone.now())
        except ValidationError as error:
            rule.add_error(None, error)
        else:
            messages.success(request, _("The rule is added to %(code)s.") % {"code": found.code})
            return redirect("indicators:form_checks", found.pk)
    layout = layout_of(found)
    context = {"form": found, "rule": rule, "layout": layout, "rules": pages.rules_of(found, layout)}
    return render(request, "indicators/catalogue/form_checks.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, check_id: int) -> HttpResponse:
    access.to_lay_out(request.user, timezone.localdate())
    found = get_object_or_404(Check.objects.select_related("form"), pk=check_id, form__isnull=False)
    rule = CheckForm(request.POST or None, instance=Check.objects.get(pk=check_id))
    if rule.is_valid():
        try:
            change_check(check=found, **rule.cleaned_data, by=request.user, at=timezone.now())
        except ValidationError as error:
            rule.add_error(None, error)
        else:
            messages.success(request, _("The rule of %(code)s is kept.") % {"code": found.form.code})
            return redirect("indicators:form_checks", found.form_id)
    layout = layout_of(found.form)
    return render(
        request, "indicators/catalogue/check_edit.html", {"form": found.form, "check": found, "rule": rule, "layout": layout}
    )


@require_POST
def remove(request: HttpRequest, check_id: int) -> HttpResponse:
    access.to_lay_out(request.user, timezone.localdate())
    found = get_object_or_404(Check.objects.select_related("form"), pk=check_id, form__isnull=False)
    remove_check(check=found, by=request.user, at=timezone.now())
    messages.success(request, _("The rule is taken off %(code)s.") % {"code": found.form.code})
    return redirect("indicators:form_checks", found.form_id)

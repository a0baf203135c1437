"""Retiring a common form for the officer's county, after its effect was shown; using it again."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from indicators.catalogue import access
from indicators.catalogue.form_retirement import resume_form, retire_form, why_not_retired
from indicators.catalogue.retirement_effect import retirement_effect


@require_http_methods(["GET", "HEAD", "POST"])
def retire(request: HttpRequest, form_id: int) -> HttpResponse:
    """`county`: its id, where the officer has several."""
    today = timezone.localdate()
    form = access.form_to_see(request.user, form_id, today)
    county = access.county_meant(request.user, (request.POST or request.GET).get("county", ""), today)
    if sentence := why_not_retired(form, county):
        messages.error(request, sentence)
        return redirect("indicators:form", form.pk)
    if request.method == "POST":
        try:
            retire_form(form=form, county=county, by=request.user, at=timezone.now())
        except ValidationError as error:  # somebody else was faster
            messages.error(request, " ".join(error.messages))
        else:
            sentence = _("%(county)s does not use %(form)s any more: no new task of it is opened.")
            messages.success(request, sentence % {"county": county.name, "form": form.code})
        return redirect("indicators:form", form.pk)
    context = {"form": form, "county": county, "effect": retirement_effect(form, county)}
    return render(request, "indicators/catalogue/form_retire.html", context)


@require_POST
def resume(request: HttpRequest, form_id: int) -> HttpResponse:
    """`county`: its id, where the officer has several."""
    today = timezone.localdate()
    form = access.form_to_see(request.user, form_id, today)
    county = access.county_meant(request.user, request.POST.get("county", ""), today)
    try:
        resume_form(form=form, county=county, by=request.user, at=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        sentence = _("%(county)s uses %(form)s again: tasks of it can be opened.")
        messages.success(request, sentence % {"county": county.name, "form": form.code})
    return redirect("indicators:form", form.pk)

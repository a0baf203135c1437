"""Adopting a common form as the county's own edition, and giving the edition up."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from indicators.catalogue import access
from indicators.catalogue.adoption import adopt_form, give_up_edition


@require_POST
def adopt(request: HttpRequest, form_id: int) -> HttpResponse:
    """`county`: its id, where the officer has several."""
    today = timezone.localdate()
    form = access.form_to_see(request.user, form_id, today)
    county = access.county_meant(request.user, request.POST.get("county", ""), today)
    try:
        edition = adopt_form(form=form, county=county, by=request.user, at=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("indicators:form", form.pk)
    sentence = _("%(form)s is %(county)s's own edition now; its tasks belong to it and keep their lines.")
    messages.success(request, sentence % {"form": edition.code, "county": county.name})
    return redirect("indicators:form", edition.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def give_up(request: HttpRequest, form_id: int) -> HttpResponse:
    """Asks first: what the county changed on its edition is lost."""
    edition = access.form_to_change(request.user, form_id, timezone.localdate())
    if request.method == "POST":
        try:
            common = give_up_edition(edition=edition, by=request.user, at=timezone.now())
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("indicators:form", edition.pk)
        messages.success(request, _("The common form %(form)s is used again.") % {"form": common.code})
        return redirect("indicators:form", common.pk)
    return render(request, "indicators/catalogue/edition_give_up.html", {"form": edition})

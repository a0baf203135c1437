"""A county's officer adds an indicator of the county, and changes it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from indicators.catalogue import access
from indicators.definitions import indicators_of
from indicators.loading.catalogue import load_catalogue
from indicators.loading.indicator_form import IndicatorForm
from indicators.models import Indicator
from spreadsheets.tables import TableProblems


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    counties = access.counties_to_lay_out(request.user, timezone.localdate())
    form = IndicatorForm(request.POST or None, counties=counties)
    if form.is_valid() and _is_free(form) and (found := _load(request, form)):
        messages.success(request, _("%(indicator)s is added; put it on a form of your county.") % {"indicator": found.code})
        return redirect("indicators:indicator", found.pk)
    return render(request, "indicators/loading/indicator.html", {"form": form}, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, indicator_id: int) -> HttpResponse:
    found = access.indicator_to_change(request.user, indicator_id, timezone.localdate())
    form = IndicatorForm(request.POST or None, counties=(found.owner,), indicator=found)
    if form.is_valid() and _load(request, form):
        messages.success(request, _("%(indicator)s is kept.") % {"indicator": found.code})
        return redirect("indicators:indicator", found.pk)
    context = {"form": form, "indicator": found}
    return render(request, "indicators/loading/indicator.html", context, status=400 if form.errors else 200)


def _is_free(form: IndicatorForm) -> bool:
    """The loader would change an indicator that is there; the page that adds one does not."""
    code = form.cleaned_data["code"].strip()
    if indicators_of(form.owner.pk).filter(owner=form.owner, code=code).exists():
        form.add_error("code", _("Your county has an indicator with the code %(code)s already.") % {"code": code})
        return False
    return True


def _load(request: HttpRequest, form: IndicatorForm) -> Indicator | None:
    """None with the loader's sentences at their fields. What it says beside (reports touched) is shown."""
    try:
        loaded = load_catalogue(form.table, by=request.user, at=timezone.now(), owner=form.owner)
    except TableProblems as error:
        form.add_problems(error.problems)
        return None
    for sentence in (*loaded.touched, *loaded.notes):
        messages.info(request, sentence)
    return indicators_of(form.owner.pk).get(code=form.cleaned_data["code"].strip())

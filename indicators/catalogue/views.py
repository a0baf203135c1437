"""The catalogue: the list of indicators, one indicator's whole definition, its switch."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from indicators.catalogue import access, pages
from indicators.catalogue.filters import CatalogueFilter
from indicators.catalogue.switches import switch
from indicators.catalogue.tables import IndicatorTable
from indicators.domains import domain_name
from indicators.models import Indicator
from orgs.lists.memory import opens_as_left


@require_GET
@opens_as_left(IndicatorTable.name, CatalogueFilter.kept())
def catalogue(request: HttpRequest) -> HttpResponse:
    access.to_browse(request.user, timezone.localdate())
    filters = CatalogueFilter(request.GET, queryset=pages.indicators_with_counts())
    table = IndicatorTable(filters.qs, filters=filters).asked(request)
    return render(request, "indicators/catalogue/catalogue.html", {"table": table})


@require_GET
def indicator(request: HttpRequest, indicator_id: int) -> HttpResponse:
    today = timezone.localdate()
    access.to_browse(request.user, today)
    found = get_object_or_404(Indicator.objects.select_related("part_of"), pk=indicator_id)
    context = {
        "indicator": found,
        "definition": pages.definition_of(found),
        "domain": domain_name(found.domain),
        "collected_from": pages.category_names(found.unit_categories),
        "may_lay_out": access.may_lay_out(request.user, today),
    }
    return render(request, "indicators/catalogue/indicator.html", context)


@require_POST
def switch_indicator(request: HttpRequest, indicator_id: int) -> HttpResponse:
    access.to_lay_out(request.user, timezone.localdate())
    found = get_object_or_404(Indicator, pk=indicator_id)
    is_enabled = request.POST.get("is_enabled") == "1"
    try:
        switch(indicator=found, is_enabled=is_enabled, by=request.user, at=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        said = _("%(indicator)s is switched on.") if is_enabled else _("%(indicator)s is switched off.")
        messages.success(request, said % {"indicator": found.code})
    return redirect("indicators:indicator", found.pk)

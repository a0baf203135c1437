"""The catalogue: the list of indicators, one indicator's whole definition, its switch."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from indicators.catalogue import access, pages
from indicators.catalogue.filters import CatalogueFilter
from indicators.catalogue.switches import switch
from indicators.catalogue.tables import IndicatorTable, owner_pill
from indicators.domains import domain_name
from orgs.lists.memory import opens_as_left
from orgs.moments import page_of_one_moment


@require_GET
@opens_as_left(IndicatorTable.name, CatalogueFilter.kept())
@page_of_one_moment
def catalogue(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    found = pages.indicators_with_counts(access.counties_to_browse(request.user, today))
    filters = CatalogueFilter(request.GET, queryset=found)
    table = IndicatorTable(filters.qs, filters=filters).asked(request)
    context = {"table": table, "may_lay_out": bool(access.own_counties(request.user, today))}
    return render(request, "indicators/catalogue/catalogue.html", context)


@require_GET
@page_of_one_moment
def indicator(request: HttpRequest, indicator_id: int) -> HttpResponse:
    today = timezone.localdate()
    found = access.indicator_to_see(request.user, indicator_id, today)
    own = access.own_counties(request.user, today)
    context = {
        "indicator": found,
        "owner_pill": owner_pill(found),
        "definition": pages.definition_of(found, access.counties_to_browse(request.user, today)),
        "domain": domain_name(found.domain),
        "collected_from": pages.category_names(found.unit_categories),
        "may_change": found.owner_id in own,
        "left_out_on": pages.forms_to_leave_out_of(found, own) if found.owner_id is None and own else (),
    }
    return render(request, "indicators/catalogue/indicator.html", context)


@require_POST
def switch_indicator(request: HttpRequest, indicator_id: int) -> HttpResponse:
    found = access.indicator_to_change(request.user, indicator_id, timezone.localdate())
    is_enabled = request.POST.get("is_enabled") == "1"
    try:
        switch(indicator=found, is_enabled=is_enabled, by=request.user, at=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        sentence = _("%(indicator)s is switched on.") if is_enabled else _("%(indicator)s is switched off.")
        messages.success(request, sentence % {"indicator": found.code})
    return redirect("indicators:indicator", found.pk)

"""Forms: the list, one as it is printed, and its head."""

from copy import copy

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from indicators.catalogue import access, pages
from indicators.catalogue.filters import FormFilter
from indicators.catalogue.form_actions import change_form, make_form
from indicators.catalogue.forms import HeadForm
from indicators.catalogue.tables import FormTable, owner_pill
from orgs.lists.memory import opens_as_left
from orgs.moments import page_of_one_moment


@require_GET
@opens_as_left(FormTable.name, FormFilter.kept())
@page_of_one_moment
def forms(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    found = pages.forms_with_counts(today, access.counties_to_browse(request.user, today))
    filters = FormFilter(request.GET, queryset=found)
    table = FormTable(filters.qs, filters=filters).asked(request)
    context = {"table": table, "may_lay_out": bool(access.own_counties(request.user, today))}
    return render(request, "indicators/catalogue/forms.html", context)


@require_GET
@page_of_one_moment
def form(request: HttpRequest, form_id: int) -> HttpResponse:
    today = timezone.localdate()
    found = access.form_to_see(request.user, form_id, today)
    counties = access.counties_to_browse(request.user, today)
    own = access.own_counties(request.user, today)
    standing = pages.form_standing(found, counties, own)
    context = {
        "form": found,
        "owner_pill": owner_pill(found),
        "sheet": pages.sheet_of(found, found.owner_id or counties[0]),
        "standing": standing,
        "filled_by": pages.category_names(found.unit_categories),
        "is_expired": bool(found.valid_until and found.valid_until < today),
        "may_change": found.owner_id in own,
        "may_rule": found.owner_id in own or bool(standing.may_adopt),
    }
    return render(request, "indicators/catalogue/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    counties = access.counties_to_lay_out(request.user, timezone.localdate())
    head = HeadForm(request.POST or None, counties=counties)
    if head.is_valid():
        made = make_form(owner=head.owner, **head.values, by=request.user, at=timezone.now())
        messages.success(request, _("The form %(code)s stands; put its lines on it.") % {"code": made.code})
        return redirect("indicators:form_lines", made.pk)
    return render(request, "indicators/catalogue/form_head.html", {"head": head})


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, form_id: int) -> HttpResponse:
    found = access.form_to_change(request.user, form_id, timezone.localdate())
    head = HeadForm(request.POST or None, instance=copy(found), counties=(found.owner,))
    if head.is_valid():
        changed = change_form(form=found, **head.values, by=request.user, at=timezone.now())
        messages.success(request, _("The head of %(code)s is kept.") % {"code": changed.code})
        return redirect("indicators:form", found.pk)
    return render(request, "indicators/catalogue/form_head.html", {"form": found, "head": head})

"""Forms: the list, one as it is printed, and its head."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from indicators.catalogue import access, pages
from indicators.catalogue.filters import FormFilter
from indicators.catalogue.form_actions import change_form, make_form
from indicators.catalogue.forms import HeadForm
from indicators.catalogue.tables import FormTable
from indicators.models import Form
from orgs.lists.memory import opens_as_left


@require_GET
@opens_as_left(FormTable.name, FormFilter.kept())
def forms(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    access.to_browse(request.user, today)
    filters = FormFilter(request.GET, queryset=pages.forms_with_counts(today))
    table = FormTable(filters.qs, filters=filters).asked(request)
    context = {"table": table, "may_lay_out": access.may_lay_out(request.user, today)}
    return render(request, "indicators/catalogue/forms.html", context)


@require_GET
def form(request: HttpRequest, form_id: int) -> HttpResponse:
    today = timezone.localdate()
    access.to_browse(request.user, today)
    found = get_object_or_404(Form, pk=form_id)
    context = {
        "form": found,
        "sheet": pages.sheet_of(found),
        "filled_by": pages.category_names(found.unit_categories),
        "is_expired": bool(found.valid_until and found.valid_until < today),
        "may_lay_out": access.may_lay_out(request.user, today),
    }
    return render(request, "indicators/catalogue/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    access.to_lay_out(request.user, timezone.localdate())
    head = HeadForm(request.POST or None)
    if head.is_valid():
        made = make_form(**head.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, _("The form %(code)s stands; put its lines on it.") % {"code": made.code})
        return redirect("indicators:form_lines", made.pk)
    return render(request, "indicators/catalogue/form_head.html", {"head": head})


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, form_id: int) -> HttpResponse:
    access.to_lay_out(request.user, timezone.localdate())
    found = get_object_or_404(Form, pk=form_id)
    head = HeadForm(request.POST or None, instance=Form.objects.get(pk=form_id))
    if head.is_valid():
        changed = change_form(form=found, **head.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, _("The head of %(code)s is kept.") % {"code": changed.code})
        return redirect("indicators:form", found.pk)
    return render(request, "indicators/catalogue/form_head.html", {"form": found, "head": head})

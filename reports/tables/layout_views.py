"""The pages of a county's own layouts: the list, one to edit and preview, retiring."""

from collections.abc import Mapping
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from orgs.accounts.access import COUNTY, Refused, organization_to_see
from orgs.lists.memory import opens_as_left
from orgs.models import Organization
from reports.figures.plan.query_plan import BadQuestion
from reports.models import CountyLayout
from reports.scope.kept_period import kept_period
from reports.scope.opening_period import named_period, opening_of
from reports.scope.page_scope import seeing_posts
from reports.scope.task_queries import forms_asked, indicators_asked
from reports.tables.county_layouts import make_layout, retire_layout, save_layout
from reports.tables.export import NothingToExport, Options, occasion_of, table_sheet, tables_of
from reports.tables.layout_forms import LayoutForm, NewLayoutForm, column_forms, edited
from reports.tables.layout_table import CountyLayoutTable
from reports.tables.layout_templates import copied_layout, offered_figures, template_choices
from reports.tables.layouts.definition import LayoutDefinition
from reports.tables.layouts.definition_reader import BadLayout, layout_of
from reports.tables.layouts.ready import ready_layouts
from reports.tables.preview import preview_of
from reports.tables.printed_tables import digest_of

SAVE = "save"


@require_http_methods(["GET", "HEAD", "POST"])
@opens_as_left(CountyLayoutTable.name)
def layouts(request: HttpRequest, county_id: int) -> HttpResponse:
    """The ready layouts and the county's own; POST makes a new one."""
    now = timezone.now()
    county = _county(request, county_id, timezone.localdate(now))
    rows = CountyLayout.objects.filter(county_id=county.id).select_related("saved_by").order_by("code")
    own, forms = [layout_of(row.definition) for row in rows if not row.is_retired], forms_asked([county.id])
    sources = [(one.name, one.label) for one in template_choices(own, forms)]
    form = NewLayoutForm(request.POST or None, sources=sources)
    if form.is_valid():
        values = form.cleaned_data
        layout = copied_layout(values["source"], values["code"], values["title"], own, forms, county.id)
        try:
            row = make_layout(county=county, layout=layout, by=request.user, at=now)
            return redirect("reports:layout", county.id, row.id)
        except BadLayout as error:
            form.add_error("code", str(error))
    table = CountyLayoutTable(rows).asked(request)
    context = {"county": county, "ready": ready_layouts().values(), "table": table, "form": form}
    return render(request, "reports/tables/layouts.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def layout(request: HttpRequest, county_id: int, layout_id: int) -> HttpResponse:
    """One layout to edit. POST shows a preview; with `act=save` it saves the layout."""
    now = timezone.now()
    county = _county(request, county_id, timezone.localdate(now))
    row = get_object_or_404(CountyLayout, pk=layout_id, county_id=county.id)
    kept = layout_of(row.definition)
    data = request.POST or None
    form, columns = LayoutForm(data, layout=kept), column_forms(kept, data)
    shown, refused = edited(kept, form, columns) if data else (kept, [])
    if shown is not None and data and data.get("act") == SAVE:
        changed = save_layout(row=row, layout=shown, by=request.user, at=now)
        sentence = _("Layout %(code)s is kept.") if changed else _("Layout %(code)s stays as it was.")
        messages.success(request, sentence % {"code": row.code})
        return redirect("reports:layout", county.id, row.id)
    context = {"county": county, "row": row, "form": form, "columns": columns, "refused": refused}
    context["offered"] = offered_figures(indicators_asked(county.id))
    if shown is not None:
        context |= _preview(shown, county, request)
    return render(request, "reports/tables/layout.html", context, status=400 if refused else 200)


def _county(request: HttpRequest, county_id: int, today: date) -> Organization:
    """The county itself; organizations below it have no layouts."""
    county = organization_to_see(request.user, county_id, today, COUNTY)
    if county.county_id not in (None, county.id):
        raise Refused(_("%(name)s is no county.") % {"name": county.name}, county.id)
    return county


def _preview(layout: LayoutDefinition, county: Organization, request: HttpRequest) -> Mapping:
    """The first table of the layout, for the period where other pages open, with everything sent in."""
    now = timezone.now()
    today = timezone.localdate(now)
    named, _refusal = named_period(request.GET.get("period", ""))
    opening = opening_of(named, kept_period(request), county, seeing_posts(request.user, today), today, request.GET)
    if not opening.known:
        return {"unseen": _("Nothing has been asked for any period yet, so there are no figures.")}
    occasion = occasion_of(layout, opening.period, county, Options(), by=request.user, at=now)
    try:
        tables = tables_of("", occasion)
    except (NothingToExport, BadQuestion) as error:
        return {"unseen": str(error)}
    preview = preview_of(table_sheet(tables[0], occasion, digest_of(tables, layout.code)), 1)
    return {"preview": preview, "tables": [], "period": opening.period}


@require_POST
def retire(request: HttpRequest, county_id: int, layout_id: int) -> HttpResponse:
    """Retires the layout; with `back` offers it again."""
    now = timezone.now()
    county = _county(request, county_id, timezone.localdate(now))
    row = get_object_or_404(CountyLayout, pk=layout_id, county_id=county.id)
    is_retired = "back" not in request.POST
    retire_layout(row=row, is_retired=is_retired, by=request.user, at=now)
    sentence = _("Layout %(code)s is offered no longer.") if is_retired else _("Layout %(code)s is offered again.")
    messages.success(request, sentence % {"code": row.code})
    return redirect("reports:layouts", county.id)

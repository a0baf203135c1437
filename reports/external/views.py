"""The pages of upper levels' tables: the list, one table's sheet with its bindings, binding a cell, the next edition."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from orgs.lists.memory import opens_as_left
from reports.external.access import counties_kept, upper_table_to_keep
from reports.external.actions import Put, change_bindings, put_table, retire_table
from reports.external.binding_table import UpperTableTable
from reports.external.bindings.bindings import BadBinding, Binding
from reports.external.bindings.queries import kept_of, tables_of, versions_of
from reports.external.forms import EditionForm, FigureForm, TableForm, TextForm, units_offered
from reports.external.pages import (
    carried_to,
    cell_chosen,
    children_named,
    counts_of,
    figures_offered,
    sheet_asked,
    unbound_heads,
    unsettled_columns,
)
from reports.external.sheet_page import SheetWords, sheet_shown
from reports.models import UpperTable
from spreadsheets.preview.sheet_preview import SheetPreview, sheet_previews
from spreadsheets.read.workbook import Unreadable

WHOLE = ["GET", "HEAD", "POST"]


@require_http_methods(WHOLE)
@opens_as_left(UpperTableTable.name)
def tables(request: HttpRequest) -> HttpResponse:
    """The list; POST takes in a new table."""
    now = timezone.now()
    counties = counties_kept(request.user, timezone.localdate(now))
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = TableForm(*posted, counties=counties)
    if form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            put = put_table(
                county=form.chosen_county,
                name=form.chosen_name,
                file_name=sent.name,
                content=sent.read(),
                by=request.user,
                at=now,
            )
        except Unreadable as error:
            form.add_error("file", error.sentence)
        else:
            _say_taken(request, put)
            return redirect("reports:upper_table", put.kept.edition.table_id)
    found = tables_of([county.id for county in counties]).select_related("county")
    found = found.order_by("county__sort_order", "county__code", *found.query.order_by)
    rows = UpperTableTable(found, exclude=() if len(counties) > 1 else ("county",)).asked(request)
    return render(request, "reports/external/tables.html", {"rows": rows, "form": form}, status=400 if form.errors else 200)


def _say_taken(request: HttpRequest, put: Put) -> None:
    if put.found.bindings:
        messages.success(request, _("The table was taken in. Look through what is proposed and confirm it."))
    else:
        messages.warning(request, _("The table was taken in, but nothing was found in it: bind its cells by choosing them."))


@require_http_methods(["GET", "HEAD"])
def table(request: HttpRequest, table_id: int) -> HttpResponse:
    """Shows the sheet with its bindings; `?sheet=0&cell=D7` opens a cell beside it."""
    found = upper_table_to_keep(request.user, table_id, timezone.localdate())
    return _page(request, found)


@require_POST
def bind(request: HttpRequest, table_id: int) -> HttpResponse:
    """Binds one cell to a figure or a text, or removes its binding."""
    now = timezone.now()
    found = upper_table_to_keep(request.user, table_id, timezone.localdate(now))
    binding, forms = _binding_of_form(request, found)
    if forms and not all(form.is_valid() for form in forms.values()):
        return _page(request, found, forms, status=400)
    try:
        changed = change_bindings(table=found, changes={_address(request, found): binding}, by=request.user, at=now)
    except BadBinding as error:
        messages.error(request, str(error))
        return _page(request, found, status=400)
    messages.success(request, _("The cell is bound.") if changed and binding else _("The cell stays as it is now."))
    return redirect(_place(request, found))


@require_POST
def edition(request: HttpRequest, table_id: int) -> HttpResponse:
    """Stores the next edition of the blank table, carries the bindings over and shows those that no longer match."""
    now = timezone.now()
    found = upper_table_to_keep(request.user, table_id, timezone.localdate(now))
    form = EditionForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, _("Choose the file of the new edition first."))
        return redirect("reports:upper_history", found.id)
    sent = form.cleaned_data["file"]
    try:
        put = put_table(county=found.county, name=found.name, file_name=sent.name, content=sent.read(), by=request.user, at=now)
    except Unreadable as error:
        messages.error(request, error.sentence)
        return redirect("reports:upper_history", found.id)
    if not put.is_new:
        messages.warning(request, _("This is the very file of the present edition; nothing changed."))
        return redirect("reports:upper_history", found.id)
    return redirect("reports:upper_changes", found.id)


@require_http_methods(["GET", "HEAD"])
def changes(request: HttpRequest, table_id: int) -> HttpResponse:
    """Shows what became of the bindings of the previous edition."""
    found = upper_table_to_keep(request.user, table_id, timezone.localdate())
    context = {"table": found, "kept": kept_of(found), "carried": carried_to(found)}
    return render(request, "reports/external/changes.html", context)


@require_http_methods(["GET", "HEAD"])
def history(request: HttpRequest, table_id: int) -> HttpResponse:
    """Lists the editions with every version of their bindings."""
    found = upper_table_to_keep(request.user, table_id, timezone.localdate())
    editions = found.editions.select_related("put_by").defer("content").order_by("-number")
    listed = [(one, [(version, counts_of_cells(version.cells)) for version in versions_of(one)]) for one in editions]
    return render(request, "reports/external/history.html", {"table": found, "listed": listed, "form": EditionForm()})


@require_POST
def retire(request: HttpRequest, table_id: int) -> HttpResponse:
    now = timezone.now()
    found = upper_table_to_keep(request.user, table_id, timezone.localdate(now))
    retire_table(table=found, by=request.user, at=now)
    messages.success(request, _("“%(name)s” no longer stands in the list.") % {"name": found.name})
    return redirect("reports:upper_tables")


def counts_of_cells(cells: dict[str, dict]) -> tuple[int, int]:
    """The number of bound cells and of proposals."""
    proposed = sum(bool(cell.get("is_proposed")) for cell in cells.values())
    return len(cells) - proposed, proposed


def _page(request: HttpRequest, found: UpperTable, forms: dict | None = None, status: int = 200) -> HttpResponse:
    asked = request.POST if request.method == "POST" else request.GET
    today, kept = timezone.localdate(), kept_of(found)
    sheets = sheet_previews(kept.content)
    words = SheetWords(found.county, kept.bindings)
    number = sheet_asked(asked.get("sheet", ""), sheets)
    chosen = cell_chosen(asked.get("cell", ""), sheets[number], kept.bindings, words)
    context = {
        "table": found, "kept": kept, "counts": counts_of(kept.bindings), "chosen": chosen,
        "titles": [(place, sheet.title) for place, sheet in enumerate(sheets)],
        "sheet": sheet_shown(sheets, number, kept.bindings, words, chosen.name if chosen else ""),
    }  # fmt: skip
    if chosen is None:
        context["unbound"] = unbound_heads(sheets, kept.bindings)
        if context["unbound"]:
            context["unsettled"] = unsettled_columns(sheets[number], found.county, today)
    else:
        context |= _forms(found, chosen) | (forms or {})
        context["figures"] = figures_offered(found.county)
        context["units"] = units_offered(found.county, children_named(found.county, today))
    return render(request, "reports/external/table.html", context, status=status)


def _forms(found: UpperTable, chosen) -> dict:
    return {
        "figure_form": FigureForm(county=found.county, binding=chosen.binding),
        "text_form": TextForm(binding=chosen.binding, text=chosen.text),
    }


def _binding_of_form(request: HttpRequest, found: UpperTable) -> tuple[Binding | None, dict]:
    """The binding that the form describes, with that form; removing a binding needs none."""
    act = request.POST.get("act", "")
    if act == "free":
        return None, {}
    name, form = (
        ("text_form", TextForm(request.POST))
        if act == "text"
        else ("figure_form", FigureForm(request.POST, county=found.county))
    )
    return (form.binding if form.is_valid() else None), {name: form}


def _sheets(found: UpperTable) -> tuple[SheetPreview, ...]:
    return sheet_previews(kept_of(found).content)


def _address(request: HttpRequest, found: UpperTable) -> str:
    sheets = _sheets(found)
    sheet = sheets[sheet_asked(request.POST.get("sheet", ""), sheets)]
    chosen = cell_chosen(request.POST.get("cell", ""), sheet, {}, SheetWords(found.county, {}))
    if chosen is None:
        raise BadBinding(_("“%(cell)s” is no cell of this sheet.") % {"cell": request.POST.get("cell", "")[:20]})
    return chosen.address


def _place(request: HttpRequest, found: UpperTable) -> str:
    """Redirects to the same cell of the same sheet."""
    question = {name: request.POST.get(name, "")[:20] for name in ("sheet", "cell")}
    return f"{reverse('reports:upper_table', args=[found.id])}?{urlencode(question)}#{question['cell']}"

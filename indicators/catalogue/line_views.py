"""The lines of a form: finding indicators, putting them on, arranging them. Works without script."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from indicators.catalogue import access, pages
from indicators.catalogue.forms import LineForm
from indicators.catalogue.line_actions import add_lines, arrange_lines
from indicators.definitions import indicators_of
from indicators.models import Form, FormLine, Indicator
from orgs.choices import UnitCategory

FOUND = 30  # indicators offered at once


@require_http_methods(["GET", "HEAD", "POST"])
def lines(request: HttpRequest, form_id: int) -> HttpResponse:
    found = access.form_to_change(request.user, form_id, timezone.localdate())
    rows = _rows(found, request.POST if request.method == "POST" else None)
    shown = [row for row in rows if row.is_bound]
    if shown and all([row.is_valid() for row in shown]):
        arranged = [row.arranged for row in shown]
        changed = arrange_lines(form=found, arranged=arranged, by=request.user, at=timezone.now())
        sentence = _("The lines of %(code)s are kept.") if changed else _("Nothing was changed on %(code)s.")
        messages.success(request, sentence % {"code": found.code})
        return redirect("indicators:form_lines", found.pk)
    context = {
        "form": found,
        "rows": rows,
        "sections": list(dict.fromkeys(row.line.section for row in rows if row.line.section)),
        "query": request.GET.get("q", "")[:60],
        "offered": _offered(found, request.GET.get("q", "")[:60]),
    }
    return render(request, "indicators/catalogue/form_lines.html", context)


@require_POST
def add(request: HttpRequest, form_id: int) -> HttpResponse:
    found = access.form_to_change(request.user, form_id, timezone.localdate())
    codes = list(dict.fromkeys(code.strip() for code in request.POST.getlist("code") if code.strip()))
    known = {indicator.code: indicator for indicator in indicators_of(found.owner_id).filter(code__in=codes)}
    unknown = [code for code in codes if code not in known]
    if unknown:
        messages.error(request, _("No indicator has the code %(code)s.") % {"code": ", ".join(unknown)[:200]})
    elif not codes:
        messages.error(request, _("Tick an indicator, or write its code, to put it on the form."))
    else:
        section = request.POST.get("section", "").strip()[:100]
        added = add_lines(
            form=found, indicators=[known[code] for code in codes], section=section, by=request.user, at=timezone.now()
        )
        sentence = ngettext("%(count)d line was added to %(code)s.", "%(count)d lines were added to %(code)s.", len(added))
        messages.success(request, sentence % {"count": len(added), "code": found.code})
    return redirect("indicators:form_lines", found.pk)


def _rows(form: Form, data) -> list[LineForm]:
    audience = [choice for choice in UnitCategory.choices if not form.unit_categories or choice[0] in form.unit_categories]
    stored = FormLine.objects.filter(form=form).select_related("indicator").order_by("position", "id")
    return [LineForm(data, line=line, audience=audience) for line in stored]


def _offered(form: Form, query: str) -> list[Indicator]:
    """Indicators that match and do not stand on the form yet; none without a query."""
    if not query.strip():
        return []
    there = FormLine.objects.filter(form=form).values("indicator_id")
    others = indicators_of(form.owner_id).exclude(pk__in=there)
    return list(pages.matching(others, query).order_by("-is_enabled", "sort_order")[:FOUND])

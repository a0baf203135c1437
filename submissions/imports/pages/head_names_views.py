"""The page of remembered heads of a place's tables, and the act of forgetting one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from orgs.lists.memory import opens_as_left
from submissions.core import access
from submissions.imports.pages.head_names_page import remembered_heads
from submissions.imports.pages.list_tables import HeadFilter, HeadTable
from submissions.imports.pages.list_views import place_of, places_of
from submissions.imports.service.head_names import forget_head


@require_GET
@opens_as_left(HeadTable.name, HeadFilter.kept())
def remembered(request: HttpRequest) -> HttpResponse:
    """Lists text, meaning, author and time of each remembered head, form by form."""
    places = places_of(request)
    place = place_of(request.GET.get("organization", ""), places)
    filters = HeadFilter(request.GET, queryset=remembered_heads(place))
    context = {"places": places, "place": place, "table": HeadTable(filters.qs, filters=filters, place=place).asked(request)}
    return render(request, "submissions/imports/remembered_heads.html", context)


@require_POST
def forget(request: HttpRequest, head_id: int) -> HttpResponse:
    """Forgets one head; the next table with it gets the question again."""
    head = access.head_to_forget(request.user, head_id, timezone.localdate())
    forget_head(head=head, by=request.user, at=timezone.now())
    messages.success(
        request, _("Forgotten: “%(text)s”. The next table with this head is asked about again.") % {"text": head.text}
    )
    return redirect(f"{reverse('submissions:remembered')}?organization={head.organization_id}")

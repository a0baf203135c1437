"""The page of remembered heads of a place's tables, and the act of forgetting one."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from submissions.core import access
from submissions.imports.pages.head_names_page import remembered_heads, remembered_rows
from submissions.imports.pages.list_views import place_of, places_of
from submissions.imports.service.head_names import forget_head

ROWS = 50


@require_GET
def remembered(request: HttpRequest) -> HttpResponse:
    """Text, meaning, author and time of each remembered head, form by form."""
    places = places_of(request)
    place = place_of(request.GET.get("organization", ""), places)
    page = Paginator(remembered_heads(place), ROWS).get_page(request.GET.get("page"))
    context = {"places": places, "place": place, "page": page, "rows": remembered_rows(list(page), place)}
    return render(request, "submissions/imports/remembered_heads.html", context)


@require_POST
def forget(request: HttpRequest, head_id: int) -> HttpResponse:
    """Forget one head; the next table with it gets the question again."""
    head = access.head_to_forget(request.user, head_id, timezone.localdate())
    forget_head(head=head, by=request.user, at=timezone.now())
    messages.success(
        request, _("Forgotten: “%(text)s”. The next table with this head is asked about again.") % {"text": head.text}
    )
    return redirect(f"{reverse('submissions:remembered')}?organization={head.organization_id}")

"""One organization: its facts, its places over time, its people; and the few facts that are edited by hand."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from orgs.accounts import access
from orgs.accounts.forms import OrganizationForm
from orgs.directory.tree_page import lineage
from orgs.tree.histories import changes_of, places_of
from orgs.tree.organizations import edit_organization
from orgs.tree.queries import posts_at, standing_path
from orgs.tree.trees import ids_of


@require_GET
def organization(request: HttpRequest, organization_id: int) -> HttpResponse:
    today = timezone.localdate()
    found = access.organization_to_see(request.user, organization_id, today, access.TREE_SEEING)
    places = places_of(found, today)
    path = ids_of(standing_path(found.pk, today))
    context = {
        "organization": found,
        "above": lineage(path[:-1]),
        "opened": ",".join(map(str, path)),
        "places": places,
        "is_placed": any(place.is_now for place in places),
        "changes": changes_of(found),
        "posts": posts_at(found.pk, today),
        "may_edit": access.holds(request.user, access.KEEPING, found.pk, today),
        "may_change": access.counties_to_restructure(request.user, today).filter(pk=found.county_id).exists(),
        "sees_figures": access.holds(request.user, access.SEEING, found.pk, today),
        "sees_people": access.holds(request.user, access.PEOPLE_SEEING, found.pk, today),
    }
    return render(request, "orgs/directory/organization.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, organization_id: int) -> HttpResponse:
    found = access.organization_to_edit(request.user, organization_id, timezone.localdate())
    form = OrganizationForm(request.POST or None, instance=found)
    if form.is_valid():
        edited = edit_organization(organization=found, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, _("Kept for %(name)s: short name, contact, office telephone.") % {"name": edited.name})
        return redirect("orgs:organization", edited.pk)
    return render(request, "orgs/directory/organization_edit.html", {"organization": found, "form": form})

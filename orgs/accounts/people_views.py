"""People and their posts: the list, one person, adding a person, giving and ending posts."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from audit.verification_record import verification_notice
from orgs.accounts import access
from orgs.accounts.accounts import add_person, end_post, give_post
from orgs.accounts.filters import PeopleFilter
from orgs.accounts.forms import AccountForm, PostForm
from orgs.accounts.tables import PostTable
from orgs.choices import Role
from orgs.lists.memory import opens_as_left
from orgs.models import Organization, Post, User
from orgs.tree.placements import ONE_DAY
from orgs.tree.queries import held_on

ORDER = ("organization__sort_order", "organization__code", "user__name", "pk")


@require_GET
@opens_as_left(PostTable.name, PeopleFilter.kept())
def people(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    access.require_role(request.user, access.PEOPLE_SEEING, today)
    posts = access.posts_to_see(request.user, today).select_related("user", "organization").order_by(*ORDER)
    filters = PeopleFilter(request.GET, queryset=posts)
    table = PostTable(filters.qs, filters=filters).asked(request)
    may_add = any(post.role in access.KEEPING for post in access.posts_on(request.user, today))
    shown = {"table": table, "may_add": may_add, "verification": verification_notice(timezone.now()) if may_add else None}
    return render(request, "orgs/accounts/people.html", shown)


@require_GET
def person(request: HttpRequest, user_id: int) -> HttpResponse:
    today = timezone.localdate()
    found = access.person_to_see(request.user, user_id, today)
    return render(request, "orgs/accounts/person.html", _person_context(request, found, today))


@require_http_methods(["GET", "HEAD", "POST"])
def add_account(request: HttpRequest) -> HttpResponse:
    """The one act that answers with a page: the first password is shown once and stored nowhere (docs/decisions/020)."""
    today = timezone.localdate()
    access.require_role(request.user, access.KEEPING, today)
    initial = {"valid_from": today, "code": request.GET.get("code", "")}
    form = AccountForm(request.POST or None, organizations=_kept(request, today), initial=initial)
    if form.is_valid():
        cleaned = form.cleaned_data
        try:
            made, password = add_person(
                username=cleaned["username"],
                name=cleaned["name"],
                organization=form.organization,
                role=cleaned["role"],
                valid_from=cleaned["valid_from"],
                by=request.user,
                at=timezone.now(),
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return render(request, "orgs/accounts/account_added.html", {"person": made, "password": password})
    return render(request, "orgs/accounts/account_add.html", {"form": form})


@require_POST
def give(request: HttpRequest, user_id: int) -> HttpResponse:
    today = timezone.localdate()
    found = access.person_to_keep(request.user, user_id, today)
    form = PostForm(request.POST, organizations=_kept(request, today))
    if form.is_valid():
        cleaned = form.cleaned_data
        try:
            post = give_post(
                user=found,
                organization=form.organization,
                role=cleaned["role"],
                valid_from=cleaned["valid_from"],
                by=request.user,
                at=timezone.now(),
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("%(name)s is now %(role)s at %(organization)s.") % _words(post))
            return redirect("orgs:person", found.pk)
    return render(request, "orgs/accounts/person.html", _person_context(request, found, today, form), status=422)


@require_POST
def end(request: HttpRequest, post_id: int) -> HttpResponse:
    """Ends the post with today: it is held until yesterday, so its rights end with the next request."""
    today = timezone.localdate()
    post = access.post_to_end(request.user, post_id, today)
    try:
        end_post(post=post, last_day=today - ONE_DAY, by=request.user, at=timezone.now())
        messages.success(request, _("%(name)s is no longer %(role)s at %(organization)s.") % _words(post))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("orgs:person", post.user_id)


def _person_context(request: HttpRequest, found: User, today: date, form: PostForm | None = None) -> dict:
    roles = {post.role for post in access.posts_on(request.user, today)}
    may_keep = not roles.isdisjoint(access.KEEPING)
    if form is None and may_keep:
        form = PostForm(organizations=Organization.objects.none(), initial={"valid_from": today})
    posts = access.posts_to_see(request.user, today).filter(user=found).select_related("organization")
    return {
        "person": found,
        "posts": posts.order_by("-valid_from", "pk"),
        "held": set(posts.filter(held_on(today)).values_list("pk", flat=True)),
        "form": form,
        "may_keep": may_keep,
        "secures": Role.SECURITY_ADMIN in roles,
    }


def _kept(request: HttpRequest, today: date) -> QuerySet[Organization]:
    return access.visible_to(request.user, today, access.KEEPING)


def _words(post: Post) -> dict[str, str]:
    return {"name": post.user.name, "role": post.get_role_display(), "organization": post.organization.name}

"""Remembers how a person left a list: read for the bare address, stored when another order or filter is asked for."""

from collections.abc import Callable, Collection
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict

from orgs.models import ListChoice, User
from orgs.moments import after_the_moment

SORT, PAGE, PER_PAGE = "sort", "page", "per_page"
LONGEST = ListChoice._meta.get_field("asked").max_length


def opens_as_left(name: str, filters: Collection[str] = ()) -> Callable:
    """Decorates a view: the bare address of the list redirects to the address of what the person saw last (decision 207).

    So the address in the browser always describes what is shown and can be passed on; an address with any parameter of the list
    is shown as it is.
    """
    own = {SORT, PAGE, PER_PAGE, *filters}

    def wrapped(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if request.method == "GET" and own.isdisjoint(request.GET) and (kept := _kept_of(request.user, name, own)):
                beside = request.GET.urlencode()
                return HttpResponseRedirect(f"{request.path}?{beside}{'&' if beside else ''}{kept}")
            return view(request, *args, **kwargs)

        return answer

    return wrapped


def keep_choice(request: HttpRequest, name: str, asked: QueryDict) -> None:
    """Stores what was asked of a list and understood; written only if it differs from the stored state."""
    user, text = request.user, asked.urlencode()
    if len(text) <= LONGEST and text != kept_choice(user, name):
        after_the_moment(lambda: _write(user, name, text))


def kept_choice(user: User, name: str) -> str:
    """The stored state as the query of an address; "" for the list's own state."""
    return ListChoice.objects.filter(user=user, name=name).values_list("asked", flat=True).first() or ""


def _kept_of(user: User, name: str, own: Collection[str]) -> str:
    """The stored state as far as the list still understands it: an unknown filter would redirect for ever."""
    kept = QueryDict(kept_choice(user, name), mutable=True)
    for other in set(kept) - set(own):
        del kept[other]
    return kept.urlencode()


def _write(user: User, name: str, asked: str) -> None:
    if asked:
        ListChoice.objects.update_or_create(user=user, name=name, defaults={"asked": asked})
    else:
        ListChoice.objects.filter(user=user, name=name).delete()

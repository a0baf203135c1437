"""Remembers how a person left a list: read when the bare address is opened, kept when another order or filter was asked for."""

from collections.abc import Callable, Collection
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict

from orgs.models import ListChoice, User
from orgs.moments import after_the_moment

SORT, PAGE, PER_PAGE = "sort", "page", "per_page"
LONGEST = ListChoice._meta.get_field("asked").max_length


def opens_as_left(name: str, filters: Collection[str] = ()) -> Callable:
    """For a view: the bare address of the list leads to the address of what the person saw last (decision 207).

    So the address in the browser always says what is shown and can be passed on; one that says anything of the list itself is
    shown as it stands.
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
    """Keep what was asked of a list and understood; written only where it differs from what is kept."""
    user, text = request.user, asked.urlencode()
    if len(text) <= LONGEST and text != kept_choice(user, name):
        after_the_moment(lambda: _write(user, name, text))


def kept_choice(user: User, name: str) -> str:
    """What is asked for, as it stands in an address; "" for a list as everybody finds it."""
    return ListChoice.objects.filter(user=user, name=name).values_list("asked", flat=True).first() or ""


def _kept_of(user: User, name: str, own: Collection[str]) -> str:
    """Only what the list still understands: a filter that no longer exists would redirect for ever."""
    kept = QueryDict(kept_choice(user, name), mutable=True)
    for other in set(kept) - set(own):
        del kept[other]
    return kept.urlencode()


def _write(user: User, name: str, asked: str) -> None:
    if asked:
        ListChoice.objects.update_or_create(user=user, name=name, defaults={"asked": asked})
    else:
        ListChoice.objects.filter(user=user, name=name).delete()

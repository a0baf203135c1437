"""The page that asks for confirmation before an act of wide effect: its effects, then the button."""

from collections.abc import Iterable

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def is_sure(request: HttpRequest) -> bool:
    """True for a POST of this page; any other has to be confirmed first."""
    return request.POST.get("sure") == "1"


def ask(
    request: HttpRequest,
    *,
    question: str,
    effects: Iterable[str],
    act: str,
    address: str,
    back: str,
    crumb: str = "",
    fields: Iterable[tuple[str, str]] = (),
    form: forms.Form | None = None,
) -> HttpResponse:
    """The confirmation page. `act`: label of the button; `address`: where it posts `fields`; `back`: where cancelling leads."""
    context = {
        "question": question, "effects": list(effects), "act": act, "address": address, "back": back, "crumb": crumb,
        "fields": list(fields), "form": form,
    }  # fmt: skip
    return render(request, "confirm.html", context)

"""The page that asks for confirmation before an act of wide effect: its effects, then the button."""

from collections.abc import Iterable

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def is_sure(request: HttpRequest) -> bool:
    """True for what this page sends; whatever else arrives is asked first."""
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
    """`act` is the button's word, `address` where it posts to with `fields`, `back` where the person goes who does not mean it."""
    context = {
        "question": question, "effects": list(effects), "act": act, "address": address, "back": back, "crumb": crumb,
        "fields": list(fields), "form": form,
    }  # fmt: skip
    return render(request, "confirm.html", context)

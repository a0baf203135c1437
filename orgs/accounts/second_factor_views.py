"""The pages of the second factor: giving a code, setting up a phone, removing it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST
from django_otp.plugins.otp_totp.models import TOTPDevice

from orgs.accounts import second_factor as factor
from orgs.accounts import sessions
from orgs.accounts.login_forms import CodeForm, RemoveFactorForm
from orgs.accounts.login_views import where_next
from orgs.accounts.session_limits import Ended


@require_http_methods(["GET", "HEAD", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """After the password: asks for the code. Later: shows whether there is a phone, and how to add or remove it."""
    device = factor.device_of(request.user)
    if request.session.get(factor.AWAITED) and device:
        return _code_page(request, device)
    shown = {"device": device, "form": RemoveFactorForm(), "next": where_next(request)}
    return render(request, "orgs/accounts/second_factor.html", shown)


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Makes a key; the page that shows it asks for the first code. A person who has a phone must remove it first."""
    if factor.device_of(request.user) is None:
        factor.begin_setting_up(user=request.user, by=request.user, at=timezone.now())
        return redirect("orgs:second_factor_confirm")
    return redirect("orgs:second_factor")


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    device = factor.unproved_device_of(request.user)
    if device is None:
        return redirect("orgs:second_factor")
    form = CodeForm(request.POST or None)
    if form.is_valid():
        if _is_right(request, device, form):
            messages.success(request, _("Your phone is set up. From now on you are asked for its code after the password."))
            return redirect("orgs:second_factor")
        if not request.user.is_authenticated:
            return redirect("orgs:login")
    shown = {"form": form, "key": factor.key_to_type(device), "address": device.config_url}
    return render(request, "orgs/accounts/second_factor_confirm.html", shown)


@require_POST
@sensitive_post_parameters("password")
def remove(request: HttpRequest) -> HttpResponse:
    """Removes the phone after the password and a code."""
    device = factor.device_of(request.user)
    form = RemoveFactorForm(request.POST)
    if device is None:
        return redirect("orgs:second_factor")
    if form.is_valid():
        if not request.user.check_password(form.cleaned_data["password"]):
            form.add_error("password", _("This is not the password in use."))
        elif _is_right(request, device, form):
            factor.remove(user=request.user, by=request.user, at=timezone.now())
            messages.success(request, _("Your phone was removed. The password alone signs you in."))
            return redirect("orgs:second_factor")
    if not request.user.is_authenticated:
        return redirect("orgs:login")
    return render(request, "orgs/accounts/second_factor.html", {"device": device, "form": form})


def _code_page(request: HttpRequest, device: TOTPDevice) -> HttpResponse:
    form = CodeForm(request.POST or None)
    if form.is_valid():
        if _is_right(request, device, form):
            return redirect(where_next(request))
        if not request.user.is_authenticated:
            return redirect("orgs:login")
    return render(request, "orgs/accounts/second_factor_code.html", {"form": form, "next": where_next(request)})


def _is_right(request: HttpRequest, device: TOTPDevice, form: CodeForm) -> bool:
    """Checks the code; the fifth wrong one ends the session, and codes are refused for a quarter of an hour."""
    at = timezone.now()
    if factor.give_code(request, device=device, code=form.cleaned_data["code"], at=at):
        return True
    device.refresh_from_db()
    if factor.is_closed(device, at):
        sessions.end(request, Ended.WRONG_CODES, at)
        messages.error(request, _("Five wrong codes: no code is taken for 15 minutes. Sign in again later."))
    form.add_error("code", _("This code is not right, or was used already. Wait for the next one and type that."))
    return False

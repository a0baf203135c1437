"""The outermost middlewares: headers of every answer, errors and files too, and the limit on the size of a request."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from audit.doors import from_trusted_proxy
from orgs.web.refusal_pages import too_large
from spreadsheets.limits import MEBIBYTE, allow_uploads

PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer", "microphone", "midi",
        "payment", "serial", "usb",
    )
)  # fmt: skip
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS,
    "Cache-Control": "no-store",
}
AROUND_A_FILE = 64 * 1024  # room for the other fields of its form, so that a file of exactly the limit is accepted
FORWARDED = ("HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST")

Answering = Callable[[HttpRequest], HttpResponse]


class EveryAnswer:
    """Sets the headers that no view has set: static files keep their own Cache-Control, all pages are private.

    Outermost, because an answer made by another middleware (a redirect to HTTPS, a refused host) passes only the middlewares
    outside it. Forwarding headers are dropped here unless they come from a trusted proxy.
    """

    def __init__(self, get_response: Answering):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not from_trusted_proxy(request):
            for name in FORWARDED:
                request.META.pop(name, None)
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if settings.SECURE_HSTS_SECONDS and request.is_secure():
            response.headers.setdefault(
                "Strict-Transport-Security", f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains"
            )
        return response


class BodyLimit:
    """Refuses a body whose announced length is more than a file of UPLOAD_LIMIT_MB needs, before it is read.

    A body without a length is not read by Django at all.
    """

    def __init__(self, get_response: Answering):
        self.get_response = get_response
        allow_uploads(settings.UPLOAD_LIMIT_MB)  # what comes in by this door is read

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        most = settings.UPLOAD_LIMIT_MB * MEBIBYTE
        if request.META.get("CONTENT_TYPE", "").startswith("multipart/form-data"):
            most += AROUND_A_FILE
        if not (length.isascii() and length.isdecimal()) or int(length) > most:
            return too_large(request)
        return self.get_response(request)

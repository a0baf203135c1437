"""The addresses of the system and some views that fail, refuse or send a file; for tests of errors and headers only."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.urls import path

from config import urls
from config.urls import handler400, handler403, handler404, handler500  # noqa: F401
from orgs.accounts.access import Refused

TRACE = "the words of the failure"


@login_not_required
def fails(request):
    raise RuntimeError(TRACE)


@login_not_required
def reads_body(request):
    return HttpResponse(str(len(request.POST)))


@login_not_required
def sends_file(request):
    return FileResponse(b"data", as_attachment=True, filename="a.csv")


def refuses(request):
    raise Refused("the reason, for the log only", 12)


def forbids(request):
    raise PermissionDenied("the reason, for the log only")


def lacks(request):
    raise Http404("nothing there")


urlpatterns = [
    path("fails/", fails),
    path("reads-body/", reads_body),
    path("sends-file/", sends_file),
    path("refuses/", refuses),
    path("forbids/", forbids),
    path("lacks/", lacks),
    *urls.urlpatterns,
]

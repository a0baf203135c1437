"""Which address leads to which feature; the features of one app share its name. Decides nothing."""

from importlib import import_module

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, include, path
from django.views.i18n import set_language

from reports.dashboards.home_views import home

FEATURES = {
    "orgs": ("directory", "accounts"),
    "indicators": ("catalogue",),
    "submissions": ("tasks", "review", "filling", "workbooks", "imports"),
    "reports": ("dashboards", "tables", "flat", "external"),
}


def _addresses(app: str) -> list[URLPattern]:
    return [address for feature in FEATURES[app] for address in import_module(f"{app}.{feature}.urls").urlpatterns]


urlpatterns = [
    path("", home, name="home"),
    path("language/", login_not_required(set_language), name="set_language"),
    *(path("", include((_addresses(app), app))) for app in FEATURES),
]

handler400 = "orgs.web.refusal_pages.bad_request"
handler403 = "orgs.web.refusal_pages.not_found"
handler404 = "orgs.web.refusal_pages.not_found"
handler500 = "orgs.web.refusal_pages.server_error"

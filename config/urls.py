"""Which address leads to which app. Decides nothing."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from reports.views.home import home

urlpatterns = [
    path("", home, name="home"),
    path("language/", login_not_required(set_language), name="set_language"),
    path("", include("orgs.urls")),
    path("", include("indicators.urls")),
    path("", include("submissions.urls")),
    path("", include("reports.urls")),
]

handler400 = "orgs.sessions.answers.bad_request"
handler403 = "orgs.sessions.answers.not_found"
handler404 = "orgs.sessions.answers.not_found"
handler500 = "orgs.sessions.answers.server_error"

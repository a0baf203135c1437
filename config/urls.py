"""Which address leads to which app. Decides nothing."""

from django.urls import include, path

urlpatterns = [
    path("", include("orgs.urls")),
    path("", include("indicators.urls")),
    path("", include("submissions.urls")),
    path("", include("reports.urls")),
]

"""Which address leads to which feature; the features of one app share its name."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from indicators.catalogue import urls as catalogue
from indicators.loading import urls as own_indicators
from orgs.accounts import urls as accounts
from orgs.directory import urls as directory
from reports.dashboards import urls as dashboards
from reports.dashboards.home_views import home
from reports.external import urls as external
from reports.flat import urls as flat
from reports.releases import urls as releases
from reports.restructuring import urls as restructuring
from reports.tables import urls as tables
from submissions.corrections import urls as corrections
from submissions.filling import urls as filling
from submissions.imports import urls as imports
from submissions.review import urls as review
from submissions.tasks import urls as tasks
from submissions.tasks.calendar import urls as calendar
from submissions.tasks.chase import urls as chase
from submissions.workbooks import urls as workbooks

FEATURES = {
    "orgs": (directory, accounts),
    "indicators": (catalogue, own_indicators),
    "submissions": (tasks, calendar, chase, review, corrections, filling, workbooks, imports),
    "reports": (restructuring, dashboards, tables, releases, flat, external),
}

urlpatterns = [
    path("", home, name="home"),
    path("language/", login_not_required(set_language), name="set_language"),
    *(
        path("", include(([address for feature in features for address in feature.urlpatterns], app)))
        for app, features in FEATURES.items()
    ),
]

handler400 = "orgs.web.refusal_pages.bad_request"
handler403 = "orgs.web.refusal_pages.not_found"
handler404 = "orgs.web.refusal_pages.not_found"
handler500 = "orgs.web.refusal_pages.server_error"

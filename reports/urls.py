"""Addresses of reports; home is named without the app, in config.urls."""

from django.urls import path

from reports.views import dashboard, exports, flat, headlines, table

app_name = "reports"
urlpatterns = [
    path("dashboard/", dashboard.dashboard, name="dashboard"),
    path("dashboard/headlines/<int:county_id>/", headlines.headlines, name="headlines"),
    path("figures/", table.table, name="table"),
    path("figures.json", table.figures_json, name="figures_json"),
    path("exports/", exports.exports, name="exports"),
    path("exports/flat/", flat.flat, name="flat"),
]

"""Addresses of the dashboard, its headline figures, and one table of figures; home is named in config.urls."""

from django.urls import path

from reports.dashboards import dashboard_views, headlines_views, table_views

urlpatterns = [
    path("dashboard/", dashboard_views.dashboard, name="dashboard"),
    path("dashboard/headlines/<int:county_id>/", headlines_views.headlines, name="headlines"),
    path("figures/", table_views.table, name="table"),
    path("figures.json", table_views.figures_json, name="figures_json"),
]

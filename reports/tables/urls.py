"""Addresses of printed tables and of a county's own layouts."""

from django.urls import path

from reports.tables import layout_views, views

urlpatterns = [
    path("exports/", views.exports, name="exports"),
    path("layouts/<int:county_id>/", layout_views.layouts, name="layouts"),
    path("layouts/<int:county_id>/<int:layout_id>/", layout_views.layout, name="layout"),
    path("layouts/<int:county_id>/<int:layout_id>/retire/", layout_views.retire, name="layout_retire"),
]

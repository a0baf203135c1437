"""Addresses of what a county's officer types as a table of one row."""

from django.urls import path

from indicators.loading import indicator_views

urlpatterns = [
    path("indicators/add/", indicator_views.add, name="indicator_add"),
    path("indicators/<int:indicator_id>/edit/", indicator_views.edit, name="indicator_edit"),
]

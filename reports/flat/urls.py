"""The address of flat data."""

from django.urls import path

from reports.flat import views

urlpatterns = [
    path("exports/flat/", views.flat, name="flat"),
]

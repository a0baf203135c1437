"""Addresses of the calendar of working days."""

from django.urls import path

from submissions.tasks.calendar import views

urlpatterns = [
    path("tasks/calendar/", views.calendar, name="calendar"),
    path("tasks/calendar/empty.xlsx", views.calendar_template, name="calendar_template"),
]

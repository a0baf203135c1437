"""Which address leads to which app. Decides nothing."""

from django.urls import path

urlpatterns: list[path] = []

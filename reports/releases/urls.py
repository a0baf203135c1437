"""Addresses of releases."""

from django.urls import path

from reports.releases import views

urlpatterns = [
    path("releases/", views.releases, name="releases"),
    path("releases/issue/", views.release_issue, name="release_issue"),
    path("releases/check/", views.release_check, name="release_check"),
    path("releases/<int:release_id>/", views.release, name="release"),
    path("releases/<int:release_id>/file/", views.release_file, name="release_file"),
    path("releases/<int:release_id>/next/", views.release_next, name="release_next"),
]

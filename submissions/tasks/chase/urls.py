"""Addresses of the desk of who has not reported, and of notices."""

from django.urls import path

from submissions.tasks.chase import views

urlpatterns = [
    path("tasks/<int:task_id>/chase/<int:org_id>/", views.desk, name="chase"),
    path("tasks/<int:task_id>/chase/<int:org_id>/notice/", views.send, name="notice_send"),
    path("notices/<int:notice_id>/read/", views.read, name="notice_read"),
]

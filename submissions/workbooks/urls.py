"""The address for downloading a form as a workbook to fill."""

from django.urls import path

from submissions.workbooks import views

urlpatterns = [
    path("tasks/<int:task_id>/workbook/<int:org_id>/", views.workbook, name="workbook"),
]

"""Addresses of review: what waits, one report and its versions, approving, returning, exempting."""

from django.urls import path

from submissions.review import report_views, views

urlpatterns = [
    path("review/", views.inbox, name="inbox"),
    path("tasks/<int:task_id>/review/<int:org_id>/", views.review, name="review"),
    path("tasks/<int:task_id>/review/<int:org_id>/approve/", views.approve_many, name="approve_many"),
    path("organizations/<int:org_id>/submissions/", report_views.of_organization, name="of_organization"),
    path("submissions/<int:submission_id>/", report_views.detail, name="detail"),
    path("submissions/<int:submission_id>/approve/", views.approve, name="approve"),
    path("submissions/<int:submission_id>/return/", views.send_back, name="return"),
    path("submissions/<int:submission_id>/exempt/", report_views.exempt, name="exempt"),
    path("submissions/<int:submission_id>/lift/", report_views.lift, name="lift"),
]

"""Addresses of tasks: the list, opening, one task, its deadline, reminders."""

from django.urls import path

from submissions.tasks import postponement_views, renewal_views, views

urlpatterns = [
    path("tasks/", views.tasks, name="tasks"),
    path("tasks/open/", views.open_new, name="task_open"),
    path("tasks/renew/", renewal_views.renew, name="task_renew"),
    path("tasks/<int:task_id>/", views.task, name="task"),
    path("tasks/<int:task_id>/deadline/", views.deadline, name="deadline"),
    path("tasks/<int:task_id>/postponement/", postponement_views.postponement, name="postponement"),
    path("tasks/<int:task_id>/withdraw/", views.withdraw, name="task_withdraw"),
    path("tasks/<int:task_id>/at/<int:org_id>/", views.task, name="task_at"),
    path("tasks/<int:task_id>/remind/<int:org_id>/", views.remind, name="remind"),
]

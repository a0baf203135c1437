"""Addresses of filling: the page of one unit, the grid of a township, saving, submitting, withdrawing."""

from django.urls import path

from submissions.filling import grid_views, views

urlpatterns = [
    path("submissions/<int:submission_id>/fill/", views.fill, name="fill"),
    path("submissions/<int:submission_id>/save/", views.save, name="save"),
    path("submissions/<int:submission_id>/nil/", views.nil, name="nil"),
    path("submissions/<int:submission_id>/submit/", views.submit, name="submit"),
    path("submissions/<int:submission_id>/withdraw/", views.withdraw, name="withdraw"),
    path("tasks/<int:task_id>/grid/<int:org_id>/", grid_views.grid, name="grid"),
]

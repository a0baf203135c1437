"""Addresses of submissions."""

from django.urls import path

from submissions.views import filling, grid_filling

app_name = "submissions"
urlpatterns: list[path] = [
    path("submissions/<int:submission_id>/fill/", filling.fill, name="fill"),
    path("submissions/<int:submission_id>/save/", filling.save, name="save"),
    path("submissions/<int:submission_id>/nil/", filling.nil, name="nil"),
    path("submissions/<int:submission_id>/submit/", filling.submit, name="submit"),
    path("submissions/<int:submission_id>/withdraw/", filling.withdraw, name="withdraw"),
    path("tasks/<int:task_id>/grid/<int:org_id>/", grid_filling.grid, name="grid"),
]

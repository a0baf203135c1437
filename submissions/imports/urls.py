"""Addresses of imports: uploading files, one upload, accepting it, the remembered heads."""

from django.urls import path

from submissions.imports.pages import head_names_views, list_views, views

urlpatterns = [
    path("intake/", list_views.intake, name="intake"),
    path("intake/put/", list_views.put, name="intake_put"),
    path("intake/remembered/", head_names_views.remembered, name="remembered"),
    path("intake/remembered/<int:head_id>/forget/", head_names_views.forget, name="forget_head"),
    path("intake/<int:upload_id>/", views.upload, name="upload"),
    path("intake/<int:upload_id>/accept/", views.accept, name="upload_accept"),
    path("intake/<int:upload_id>/drop/", views.drop, name="upload_drop"),
    path("intake/<int:upload_id>/marked.xlsx", views.marked, name="upload_marked"),
]

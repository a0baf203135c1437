"""Addresses of changes of organizations: their list, one of them, a new one, its way back."""

from django.urls import path

from reports.restructuring import history_views, views

urlpatterns = [
    path("organizations/changes/", history_views.successions, name="successions"),
    path("organizations/changes/new/", views.restructure, name="restructure"),
    path("organizations/changes/new/carry-out/", views.carry_out, name="restructure_carry_out"),
    path("organizations/changes/<int:number>/", history_views.succession, name="succession"),
    path("organizations/changes/<int:number>/take-back/", history_views.take_back, name="succession_take_back"),
]

"""Addresses of the tree, of one organization and of the search."""

from django.urls import path

from orgs.directory import organization_views, search_views, tree_views

urlpatterns = [
    path("organizations/", tree_views.tree, name="tree"),
    path("organizations/search/", search_views.search, name="search"),
    path("organizations/<int:organization_id>/", organization_views.organization, name="organization"),
    path("organizations/<int:organization_id>/edit/", organization_views.edit, name="organization_edit"),
]

"""Addresses of orgs: the tree, people and posts; and of the door, in orgs.sessions."""

from django.urls import path

from orgs.sessions.urls import urlpatterns as session_urlpatterns
from orgs.views import organization, people, search, tree

app_name = "orgs"
urlpatterns: list[path] = [
    path("organizations/", tree.tree, name="tree"),
    path("organizations/search/", search.search, name="search"),
    path("organizations/<int:organization_id>/", organization.organization, name="organization"),
    path("organizations/<int:organization_id>/edit/", organization.edit, name="organization_edit"),
    path("people/", people.people, name="people"),
    path("people/add/", people.add_account, name="account_add"),
    path("people/<int:user_id>/", people.person, name="person"),
    path("people/<int:user_id>/give-post/", people.give, name="post_give"),
    path("posts/<int:post_id>/end/", people.end, name="post_end"),
    *session_urlpatterns,
]

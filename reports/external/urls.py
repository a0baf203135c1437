"""Addresses of upper levels' tables: the list, one table, its bindings, its editions, filling it."""

from django.urls import path

from reports.external import binding_views, filling_views, views

urlpatterns = [
    path("upper-tables/", views.tables, name="upper_tables"),
    path("upper-tables/<int:table_id>/", views.table, name="upper_table"),
    path("upper-tables/<int:table_id>/bind/", views.bind, name="upper_bind"),
    path("upper-tables/<int:table_id>/bindings/", binding_views.bindings, name="upper_bindings"),
    path("upper-tables/<int:table_id>/confirm/", binding_views.confirm, name="upper_confirm"),
    path("upper-tables/<int:table_id>/unit-column/", binding_views.unit_column, name="upper_unit_column"),
    path("upper-tables/<int:table_id>/edition/", views.edition, name="upper_edition"),
    path("upper-tables/<int:table_id>/changes/", views.changes, name="upper_changes"),
    path("upper-tables/<int:table_id>/history/", views.history, name="upper_history"),
    path("upper-tables/<int:table_id>/retire/", views.retire, name="upper_retire"),
    path("upper-tables/<int:table_id>/fill/", filling_views.fill_table, name="upper_fill"),
]

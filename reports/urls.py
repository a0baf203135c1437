"""Addresses of reports; home is named without the app, in config.urls."""

from django.urls import path

from reports.views import dashboard, exports, flat, headlines, layouts, table, upper_bindings, upper_filling, upper_tables

app_name = "reports"
urlpatterns = [
    path("dashboard/", dashboard.dashboard, name="dashboard"),
    path("dashboard/headlines/<int:county_id>/", headlines.headlines, name="headlines"),
    path("figures/", table.table, name="table"),
    path("figures.json", table.figures_json, name="figures_json"),
    path("exports/", exports.exports, name="exports"),
    path("exports/flat/", flat.flat, name="flat"),
    path("layouts/<int:county_id>/", layouts.layouts, name="layouts"),
    path("layouts/<int:county_id>/<int:layout_id>/", layouts.layout, name="layout"),
    path("layouts/<int:county_id>/<int:layout_id>/retire/", layouts.retire, name="layout_retire"),
    path("upper-tables/", upper_tables.tables, name="upper_tables"),
    path("upper-tables/<int:table_id>/", upper_tables.table, name="upper_table"),
    path("upper-tables/<int:table_id>/bind/", upper_tables.bind, name="upper_bind"),
    path("upper-tables/<int:table_id>/bindings/", upper_bindings.bindings, name="upper_bindings"),
    path("upper-tables/<int:table_id>/confirm/", upper_bindings.confirm, name="upper_confirm"),
    path("upper-tables/<int:table_id>/unit-column/", upper_bindings.unit_column, name="upper_unit_column"),
    path("upper-tables/<int:table_id>/edition/", upper_tables.edition, name="upper_edition"),
    path("upper-tables/<int:table_id>/changes/", upper_tables.changes, name="upper_changes"),
    path("upper-tables/<int:table_id>/history/", upper_tables.history, name="upper_history"),
    path("upper-tables/<int:table_id>/retire/", upper_tables.retire, name="upper_retire"),
    path("upper-tables/<int:table_id>/fill/", upper_filling.fill_table, name="upper_fill"),
]

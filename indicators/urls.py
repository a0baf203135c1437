"""Addresses of indicators: the catalogue, the forms and what stands on them."""

from django.urls import path

from indicators.views import catalogue, checks, forms, lines

app_name = "indicators"
urlpatterns: list[path] = [
    path("indicators/", catalogue.catalogue, name="catalogue"),
    path("indicators/<int:indicator_id>/", catalogue.indicator, name="indicator"),
    path("indicators/<int:indicator_id>/switch/", catalogue.switch_indicator, name="indicator_switch"),
    path("forms/", forms.forms, name="forms"),
    path("forms/add/", forms.add, name="form_add"),
    path("forms/<int:form_id>/", forms.form, name="form"),
    path("forms/<int:form_id>/edit/", forms.edit, name="form_edit"),
    path("forms/<int:form_id>/lines/", lines.lines, name="form_lines"),
    path("forms/<int:form_id>/lines/add/", lines.add, name="form_lines_add"),
    path("forms/<int:form_id>/checks/", checks.checks, name="form_checks"),
    path("checks/<int:check_id>/edit/", checks.edit, name="check_edit"),
    path("checks/<int:check_id>/remove/", checks.remove, name="check_remove"),
]

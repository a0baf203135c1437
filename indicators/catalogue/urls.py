"""Addresses of indicators: the catalogue, the forms and what stands on them."""

from django.urls import path

from indicators.catalogue import adoption_views, check_views, form_views, line_views, retirement_views, views

urlpatterns = [
    path("indicators/", views.catalogue, name="catalogue"),
    path("indicators/<int:indicator_id>/", views.indicator, name="indicator"),
    path("indicators/<int:indicator_id>/switch/", views.switch_indicator, name="indicator_switch"),
    path("forms/", form_views.forms, name="forms"),
    path("forms/add/", form_views.add, name="form_add"),
    path("forms/<int:form_id>/", form_views.form, name="form"),
    path("forms/<int:form_id>/edit/", form_views.edit, name="form_edit"),
    path("forms/<int:form_id>/adopt/", adoption_views.adopt, name="form_adopt"),
    path("forms/<int:form_id>/give-up/", adoption_views.give_up, name="form_give_up"),
    path("forms/<int:form_id>/retire/", retirement_views.retire, name="form_retire"),
    path("forms/<int:form_id>/resume/", retirement_views.resume, name="form_resume"),
    path("forms/<int:form_id>/lines/", line_views.lines, name="form_lines"),
    path("forms/<int:form_id>/lines/add/", line_views.add, name="form_lines_add"),
    path("forms/<int:form_id>/checks/", check_views.checks, name="form_checks"),
    path("checks/<int:check_id>/edit/", check_views.edit, name="check_edit"),
    path("checks/<int:check_id>/remove/", check_views.remove, name="check_remove"),
]

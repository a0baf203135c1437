"""Addresses of corrections: their list, asking for one, one of them and the acts on it."""

from django.urls import path

from submissions.corrections import views

urlpatterns = [
    path("corrections/", views.corrections, name="corrections"),
    path("submissions/<int:submission_id>/correct/", views.add, name="correction_add"),
    path("corrections/<int:correction_id>/", views.correction, name="correction"),
    path("corrections/<int:correction_id>/approve/", views.approve, name="correction_approve"),
    path("corrections/<int:correction_id>/refuse/", views.refuse, name="correction_refuse"),
    path("corrections/<int:correction_id>/withdraw/", views.withdraw, name="correction_withdraw"),
]

"""Schema and migrations agree, and the database itself holds that a time and its person come together."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models

OURS = [
    model
    for label in ("audit", "orgs", "indicators", "submissions", "reports")
    for model in apps.get_app_config(label).get_models()
]
# Times that no person of the same row made; each with where the person stands, or why there is none.
WITHOUT_PERSON = {
    "audit.Event.at": "actor_id: the audit stands below the people",
    "orgs.User.created_at": "the audit event says who",
    "orgs.User.password_changed_at": "always the person",
    "orgs.PasswordMemory.at": "always the person",
    "submissions.Submission.first_submitted_at": "sealed_by of the version",
    "submissions.Submission.submitted_at": "sealed_by of the version",
    "reports.Summary.made_at": "made by the machine, from versions",
}


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def _person_of(field: models.Field) -> str:
    return "by" if field.name == "at" else field.name.removesuffix("_at") + "_by"


def _times():
    for model in OURS:
        for field in model._meta.get_fields():
            if isinstance(field, models.DateTimeField) and (field.name == "at" or field.name.endswith("_at")):
                yield model, field, f"{model._meta.label}.{field.name}"


def test_every_time_has_its_person():
    wrong = []
    for model, field, label in _times():
        names = {other.name for other in model._meta.get_fields()}
        if label not in WITHOUT_PERSON and _person_of(field) not in names:
            wrong.append(label)
    assert wrong == []


def test_a_time_that_may_be_missing_is_bound_to_its_person_by_a_constraint():
    wrong = []
    for model, field, label in _times():
        conditions = [
            str(constraint.condition)
            for constraint in model._meta.constraints
            if isinstance(constraint, models.CheckConstraint)
        ]
        pair = any(field.name in text and _person_of(field) in text for text in conditions)
        if field.null and label not in WITHOUT_PERSON and not pair:
            wrong.append(label)
    assert wrong == []


def test_no_model_sorts_itself():
    assert [model._meta.label for model in OURS if model._meta.ordering] == []

"""Rows can be distributed by county: it is never null, in every unique constraint, in every join of the view, in every write."""

import re
from importlib import import_module

import pytest
from django.apps import apps
from django.db import transaction
from django.db.models import OneToOneField, UniqueConstraint

from submissions.models import Task
from tests.county_statements import ROOT, CountyUnnamed, complaint_about, county_tables, is_of_county

OWN = ("audit", "orgs", "indicators", "submissions", "reports")
# A form of sight into rows that every county shares: definitions and people, a handful each, are copied to every county's database.
SHARED = ("indicators_form",)
OF_COUNTIES = [model for model in apps.get_models() if is_of_county(model)]


def test_all_that_counties_write_has_a_county():
    shared = {model._meta.label for app in OWN for model in apps.get_app_config(app).get_models() if not is_of_county(model)}
    assert shared == {
        "audit.ChainHead", "audit.Event",  # their chain is the county's number, 0 for what belongs to none
        "orgs.User", "orgs.PasswordMemory", "orgs.ListChoice",
        "indicators.Indicator", "indicators.BreakdownItem", "indicators.FormerDefinition",
            "indicators.Form", "indicators.FormLine", "indicators.Check",
    }  # fmt: skip


@pytest.mark.parametrize("model", OF_COUNTIES, ids=lambda model: model._meta.label)
def test_the_county_is_never_null_and_in_every_unique_constraint(model):
    assert not model._meta.get_field("county").null
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    assert [field.name for field in fields if field.unique or isinstance(field, OneToOneField)] == []
    unique = [constraint for constraint in model._meta.constraints if isinstance(constraint, UniqueConstraint)]
    assert [constraint.name for constraint in unique if constraint.fields[:1] != ("county",)] == []


@pytest.mark.parametrize("database", ["_SQLITE", "_POSTGRES"])
def test_every_join_of_the_view_names_the_county(database):
    view = getattr(import_module("reports.migrations.0002_flat_figures"), database)
    joins = re.split(r"\n(?:LEFT |CROSS )?JOIN ", view.partition("FROM submissions_submission")[2])[1:]
    of_tables = [join for join in joins if re.match("orgs_|submissions_|indicators_|days |keys ", join)]
    assert len(of_tables) == 10
    assert [join for join in of_tables if "county_id" not in join and not join.startswith(SHARED)] == []


@pytest.mark.parametrize(
    ("complaint_start", "sql"),
    [
        ("", 'UPDATE "submissions_task" SET "due_on" = %s WHERE ("submissions_task"."county_id" = %s AND "submissions_task"."id" = %s)'),
        ("does not name", 'UPDATE "submissions_task" SET "due_on" = %s WHERE "submissions_task"."id" = %s'),
        ("does not name", 'UPDATE "submissions_task" SET "due_on" = %s'),
        ("writes the county", 'UPDATE "submissions_task" SET "county_id" = %s, "due_on" = %s WHERE "submissions_task"."id" = %s'),
        ("does not name", 'DELETE FROM "reports_headline" WHERE "reports_headline"."id" IN (%s)'),
        ("", 'DELETE FROM "reports_headline" WHERE "reports_headline"."county_id" = %s'),
        ("does not name", 'SELECT "orgs_post"."county_id" FROM "orgs_post" WHERE "orgs_post"."id" = %s FOR UPDATE'),
        ("does not name", 'SELECT "orgs_post"."id" FROM "orgs_post" WHERE "orgs_post"."id" = %s FOR NO KEY UPDATE OF "orgs_post"'),
        ("", 'SELECT "orgs_post"."id" FROM "orgs_post" WHERE "orgs_post"."county_id" = %s FOR UPDATE'),
        ("", 'SELECT "orgs_post"."id" FROM "orgs_post" WHERE "orgs_post"."id" = %s'),
        ("", 'UPDATE "indicators_form" SET "title" = %s WHERE "indicators_form"."id" = %s'),
        ("", 'DELETE FROM "django_session" WHERE "django_session"."expire_date" < %s'),
    ],
)  # fmt: skip
def test_statements_without_their_county_are_found(complaint_start, sql):
    complaint = complaint_about(sql)
    assert complaint.startswith(complaint_start) if complaint_start else complaint == ""


def test_the_watched_tables_are_those_of_counties():
    assert {"orgs_organization", "submissions_version", "reports_summary"} <= county_tables()
    assert {"indicators_form", "orgs_user", "audit_event"}.isdisjoint(county_tables())


@pytest.mark.django_db
def test_what_the_program_sends_is_refused_and_what_a_test_sends_is_not():
    act = compile("rows.update(form_id=1)", str(ROOT / "submissions" / "act.py"), "exec")
    with pytest.raises(CountyUnnamed, match='does not name the county: UPDATE "submissions_task"'), transaction.atomic():
        exec(act, {"rows": Task.objects.filter(pk=1)})
    exec(act, {"rows": Task.objects.filter(county_id=1, pk=1)})
    assert Task.objects.filter(pk=1).update(form_id=1) == 0

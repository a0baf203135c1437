"""Every frozen database comes forward to the schema of today with all it holds: same figures, no complaint of `verify`."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from audit.write_guard import unguarded
from backups.archive import Manifest, opened
from backups.tables import continue_numbering, write_rows
from orgs.models import Organization
from reports.verification import CHECKS
from tests.factories.orgs import an_organization
from tests.upgrade.world import answers

FROZEN = sorted((Path(__file__).parent / "frozen").glob("*.backup"))
DERIVED = {"reports.summary"}  # a migration may forget sums: they are made again from the versions
OURS = ("audit", "orgs", "indicators", "submissions", "reports")


def to(targets: list[tuple[str, str | None]]) -> MigrationExecutor:
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    return executor


@pytest.fixture
def todays_schema(transactional_db) -> Iterator[None]:
    """Whatever a test leaves behind, the tests after it find tables of today."""
    yield
    to(MigrationExecutor(connection).loader.graph.leaf_nodes())


def put_back(path: Path) -> Manifest:
    """Tables as they were when the backup was made, with its rows, whatever the models look like today."""
    with opened(path) as backup:
        to([(app, None) for app in OURS])
        targets = [(app, names[-1]) for app, names in backup.manifest.migrations.items()]
        state = to(targets).loader.project_state(targets).apps
        models = {part.name: state.get_model(part.name) for part in backup.manifest.parts}
        with connection.constraint_checks_disabled(), transaction.atomic(), unguarded():
            for part in backup.manifest.parts:
                fields = [field.attname for field in models[part.name]._meta.concrete_fields]
                assert sorted(fields) == sorted(part.columns)
                places = [part.columns.index(name) for name in fields]
                write_rows(models[part.name], ([row[place] for place in places] for row in backup.rows(part)))
            connection.check_constraints()
        continue_numbering(list(models.values()))
        return backup.manifest


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("path", FROZEN, ids=lambda path: path.stem)
def test_a_frozen_database_comes_forward_with_all_it_holds(todays_schema, path):
    manifest = put_back(path)
    to(MigrationExecutor(connection).loader.graph.leaf_nodes())
    kept = {part.name: part.rows for part in manifest.parts if part.rows and part.name not in DERIVED}
    assert {name: apps.get_model(name)._base_manager.count() for name in kept} == kept
    assert {check.__name__: problems for check in CHECKS if (problems := list(check()))} == {}
    assert answers() == json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    assert an_organization("NEW", parent=Organization.objects.get(code="T1")).pk > 1


def test_there_is_something_frozen():
    assert FROZEN

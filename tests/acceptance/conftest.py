"""Acceptance speaks through the operator's commands: a story in an empty county book, or one with the ready catalogue in it."""

import pytest
from django.db import transaction

from tests.acceptance.published import CATALOGUES
from tests.reports.story import Story


@pytest.fixture
def story(db, tmp_path) -> Story:
    return Story(tmp_path)


@pytest.fixture(scope="module")
def module_story(module_db, tmp_path_factory) -> Story:
    """For a county with which all tests of a module begin; `story.in_folder(tmp_path)` is what one of them gets."""
    return Story(tmp_path_factory.mktemp("story"))


@pytest.fixture(scope="module")
def catalogue(django_db_setup, django_db_blocker, tmp_path_factory):
    """The ready catalogue, loaded once for a module and gone after it; each test undoes only what it added."""
    story = Story(tmp_path_factory.mktemp("catalogue"))
    with django_db_blocker.unblock(), transaction.atomic():
        for path in CATALOGUES:
            story.run("load_catalogue", str(path))
        yield story
        transaction.set_rollback(True)

"""A story begins with an empty county book."""

import pytest

from tests.reports.story import Story


@pytest.fixture
def story(db, tmp_path) -> Story:
    return Story(tmp_path)


@pytest.fixture(scope="module")
def module_story(module_db, tmp_path_factory) -> Story:
    """For a county with which all tests of a module begin; `story.in_folder(tmp_path)` is what one of them gets."""
    return Story(tmp_path_factory.mktemp("story"))

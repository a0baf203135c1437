"""A story begins with an empty county book."""

import pytest

from tests.reports.story import Story


@pytest.fixture
def story(db, tmp_path) -> Story:
    return Story(tmp_path)

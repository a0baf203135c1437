"""The world of the form workbooks."""

import pytest

from tests.submissions.workbooks.world import World, a_world


@pytest.fixture
def world(db) -> World:
    return a_world()

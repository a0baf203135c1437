"""The world of the form workbooks."""

from copy import deepcopy

import pytest

from tests.submissions.workbooks.world import World, a_world


@pytest.fixture(scope="module")
def module_world(module_db) -> World:
    return a_world()


@pytest.fixture
def world(module_world, db) -> World:
    return deepcopy(module_world)

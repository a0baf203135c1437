"""An approved report of a village, to be corrected."""

from copy import deepcopy

import pytest

from submissions.choices import State
from tests.factories.submissions import a_place, a_task, bring_to, submission_of


@pytest.fixture(scope="module")
def module_place(module_db):
    place = a_place()
    place.task = a_task(place.county)
    bring_to(State.APPROVED, submission_of(place.task, place.village), place)  # A is 1
    return place


@pytest.fixture
def place(module_place, db):
    return deepcopy(module_place)


@pytest.fixture
def report(place):
    return submission_of(place.task, place.village)

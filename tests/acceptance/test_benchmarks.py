"""The county that the measurements stand on is made as the product makes one, and summed right: a ratio of wrong sums says nothing."""

import pytest

from benchmarks import county as data
from reports.figures.sums.summaries import branches

pytestmark = pytest.mark.django_db


def test_the_measured_county_is_summed_right():
    county, townships, villages = data.a_county(townships=3, villages=12)
    user = data.a_user()
    task = data.a_task(county, [county, *townships], user)
    documents = data.approved(task, villages, user)
    found = branches(task, [county.pk, townships[1].pk])
    assert found[county.pk].approved.values == [sum(document[key] for document in documents) for key in data.KEYS]
    assert found[townships[1].pk].submitted.values == [sum(document[key] for document in documents[1::3]) for key in data.KEYS]

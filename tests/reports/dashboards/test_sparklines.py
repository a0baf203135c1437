"""A small line breaks where a figure is missing, most of it is missing, or its definition changed."""

import pytest

from reports.dashboards.sparklines import spark


@pytest.mark.parametrize(
    ("values", "given", "sizes"),
    [
        ([1, 2, 3, 4], {}, [4]),
        ([1, 2, 3, 4], {"breaks": {2}}, [2, 2]),
        ([1, 2, 3, 4], {"breaks": {3}}, [3]),  # what stands alone after the change is a point
        ([1, None, 3, 4], {"breaks": {2}}, [2]),
        ([1, 2, 3, 4, 5], {"sparse": {1}, "breaks": {3}}, [2]),
        ([1, 2, 3, 4, 5], {"sparse": {2}, "breaks": {2}}, [2, 2]),
    ],
)
def test_stretches(values, given, sizes):
    drawn = spark(values, [True] * len(values), **given)
    assert [len(line.split()) for line in drawn.lines] == sizes

"""The dashboard of a large county costs as many queries as that of a small one."""

import pytest

from orgs.choices import Role
from tests.reports.people import rows_of, signed_in


@pytest.mark.parametrize("townships", [3, 30])
def test_more_townships_cost_no_more_queries(story, townships, django_assert_num_queries):
    story.orgs(
        "C,县,county,,,,,",
        *(f"T{n:03d},镇{n},township,C,,,," for n in range(townships)),
        *(f"V{n:03d},村{n},village,T{n:03d},,,," for n in range(townships)),
    )
    story.indicators("A,受理,件,flow,,,", "B,办结,件,flow,,,", "R,办结率,%,ratio,B,A,")
    story.form("F", "A", "B", "R")
    story.open("F", "2026Q1", "2026Q2", "2026Q3")
    story.figures("F", *(f"2026Q3,V{n:03d},A,,10" for n in range(townships)))
    client = signed_in(Role.LEADER, "C")
    client.get("/dashboard/?period=2026Q3")
    with django_assert_num_queries(26):
        response = client.get("/dashboard/?period=2026Q3")
    assert len(rows_of(response, "child-table")) == townships + 1

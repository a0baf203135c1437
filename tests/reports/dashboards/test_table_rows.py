"""The rows of the figures table: which they are, how many stand on a page, what they cost; and a county without any."""

import pytest

from orgs.choices import Role
from tests.reports.people import rows_of, signed_in, text_of


def test_a_county_without_tasks_says_what_comes(story):
    story.villages("V1")
    client = signed_in(Role.LEADER, "C")
    assert client.get("/figures/").status_code == 200
    assert "There are no figures to show yet" in text_of(client.get("/figures/"))
    answer = client.get("/figures.json")
    assert (answer.status_code, answer.json()["said"][:40]) == (400, "Nothing has been asked for any period ye")


def test_rows_are_paged_and_a_page_beyond_the_end_is_the_last(story):
    story.villages(*(f"V{n:03d}" for n in range(120)))
    story.indicators("A,受理,件,flow,,,")
    story.form("F", "A")
    story.open("F", "2026Q3")
    client = signed_in(Role.LEADER, "C")
    asked = "/figures/?codes=A&period=2026Q3&by=units"
    sizes = [len(rows_of(client.get(f"{asked}&page={page}"))) for page in ("1", "2", "3", "99", "x", "-1")]
    assert sizes == [50, 50, 22, 22, 50, 50]
    assert "rows 51 to 100 of 122" in text_of(client.get(f"{asked}&page=2"))


@pytest.mark.parametrize("villages", [3, 30])
def test_more_rows_cost_no_more_queries(story, villages, django_assert_num_queries):
    story.villages(*(f"V{n:03d}" for n in range(villages)))
    story.indicators("A,受理,件,flow,,,")
    story.form("F", "A")
    story.open("F", "2026Q3")
    client = signed_in(Role.LEADER, "C")
    for by, queries in (("children", 19), ("units", 18)):
        asked = f"/figures/?codes=A&period=2026Q3&by={by}"
        client.get(asked)
        with django_assert_num_queries(queries):
            client.get(asked)


@pytest.mark.parametrize("again", [False, True])
def test_rows_by_child_are_the_children_alone_whether_sums_were_kept_or_not(story, again):
    story.orgs(
        "C,县,county,,,,,", "T,镇,township,C,,,,", "V,村党委,village,T,,,,", "G1,一组,village,V,,,,", "G2,二组,village,V,,,,",
    )  # fmt: skip
    story.indicators("A,受理,件,flow,,,")
    story.form("F", "A")
    story.open("F", "2026Q3")
    story.figures("F", "2026Q3,G1,A,,5")
    client = signed_in(Role.LEADER, "C")
    if again:
        client.get("/figures/?codes=A&period=2026Q3&by=children")
    assert [row[0] for row in rows_of(client.get("/figures/?codes=A&period=2026Q3"))] == ["县 C", "镇 T"]
    assert [row[0] for row in rows_of(client.get("/figures/?codes=A&period=2026Q3&by=self"))] == ["县 C"]

"""Rows in the order asked for: of the database and read ones alike, what is empty last, ties as they stood."""

from types import SimpleNamespace

import pytest

from orgs.choices import Role
from orgs.lists.rows import ReadRows, in_order_of, rows_of
from orgs.models import Organization, Post
from tests.factories.orgs import a_user, an_organization


def sorted_by(rows: ReadRows, sorts, *aliases: str) -> list:
    rows.table = SimpleNamespace(sorts=sorts)
    rows.order_by(aliases)
    return list(rows)


@pytest.mark.parametrize(
    ("aliases", "names"),
    [
        (["count"], "bdac"), (["-count"], "abdc"), (["mark", "-count"], "abdc"), (["both"], "bdac"), (["-both"], "adbc"), ([], "abcd"),
    ],
)  # fmt: skip
def test_read_rows(aliases, names):
    rows = [SimpleNamespace(name=name, count=count) for name, count in zip("abcd", (2, 1, None, 1), strict=True)]
    sorts = {"count": ("count",), "mark": ("nothing",), "both": ("count", "name")}
    assert "".join(row.name for row in sorted_by(rows_of(rows), sorts, *aliases)) == names


@pytest.mark.django_db
def test_queried_rows_put_what_is_empty_last_both_ways(county):
    for code, telephone in (("A", "2"), ("B", None), ("D", "1")):
        an_organization(code, parent=county, short_name=telephone or "")
    posts = [a_user(Role.CLERK, county).posts.get() for _number in range(3)]
    Post.objects.filter(pk=posts[1].pk).update(valid_to="2030-01-01")
    Post.objects.filter(pk=posts[2].pk).update(valid_to="2029-01-01")
    for alias, places in (("valid_to", [2, 1, 0]), ("-valid_to", [1, 2, 0])):
        found = sorted_by(rows_of(Post.objects.order_by("pk")), {"valid_to": ("valid_to",)}, alias)
        assert [post.pk for post in found] == [posts[place].pk for place in places]


@pytest.mark.django_db
def test_choices_sort_in_their_order_and_keep_the_lists_own_within(county):
    for code, category in (("A", "village"), ("B", "township"), ("D", "village")):
        an_organization(code, parent=county, unit_category=category)
    rows = rows_of(Organization.objects.exclude(pk=county.pk).order_by("-code"))
    sorts = {"category": (in_order_of("unit_category", ["township", "village"]),)}
    assert [row.code for row in sorted_by(rows, sorts, "category")] == ["B", "D", "A"]

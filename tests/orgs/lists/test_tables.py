"""The table of a list: heads that sort and go back, pages, sizes, what the filters carry along, what an empty one says."""

import re

import pytest
from django.utils import timezone

from orgs.choices import Role
from orgs.models import Post, User
from tests.factories.orgs import BEGINNING, a_user, an_organization
from tests.orgs.conftest import page

pytestmark = pytest.mark.django_db


@pytest.fixture
def many(county):
    """Sixty clerks u00 to u59 at villages that the county orders the other way round."""
    now = timezone.now()
    for number in range(60):
        village = an_organization(f"V{number:02d}", parent=county, sort_order=100 - number)
        user = User.objects.create(username=f"u{number:02d}", name="员", created_at=now)
        Post.objects.create(county=county, user=user, organization=village, role=Role.CLERK, valid_from=BEGINNING)


@pytest.fixture
def client(client_of, county):
    return client_of(a_user(Role.OFFICER, county, username="officer"))


def table(client, query: str = ""):
    return client.get(f"/people/?{query}").context["table"]


def usernames(client, query: str) -> list[str]:
    return [row.record.user.username for row in table(client, query).paginated_rows]


def test_a_head_sorts_up_then_down_then_as_the_list_does(client, many):
    def next_address(query: str) -> str:
        return next(address for column, address in table(client, query).heads if column.name == "username")

    assert next_address("q=u&page=2") == "?q=u&sort=username"
    assert next_address("q=u&sort=username") == "?q=u&sort=-username"
    assert next_address("q=u&sort=-username") == "?q=u&sort="
    assert usernames(client, "q=u&sort=username")[:2] == ["u00", "u01"]
    assert usernames(client, "q=u&sort=-username")[:2] == ["u59", "u58"]
    assert usernames(client, "q=u&sort=")[:2] == ["u59", "u58"]


def test_organizations_sort_as_the_county_orders_them(client, many):
    assert usernames(client, "q=u&sort=organization")[:2] == ["u59", "u58"]
    assert usernames(client, "q=u&sort=-organization")[:2] == ["u00", "u01"]


def test_ties_stand_as_in_the_list_and_on_one_page_only(client, many):
    for sort in ("role", "-role", "state", "valid_to", "-valid_to"):
        pages = usernames(client, f"q=u&sort={sort}") + usernames(client, f"q=u&sort={sort}&page=2")
        assert pages == [f"u{number:02d}" for number in range(59, -1, -1)], sort


@pytest.mark.parametrize("number", ["0", "-1", "x", "99", "1e3", "２"])
def test_a_page_that_is_not_there_is_the_nearest(client, many, number):
    assert table(client, f"page={number}").page.number in (1, 2)


@pytest.mark.parametrize(("asked", "rows"), [("", 50), ("20", 20), ("100", 61), ("100000", 50), ("0", 50), ("x", 50)])
def test_rows_of_a_page_are_one_of_the_sizes(client, many, asked, rows):
    assert len(usernames(client, f"per_page={asked}")) == rows


def test_the_sizes_are_offered_where_they_make_a_difference(client, many):
    assert [rows for rows, _address in table(client).sizes] == [20, 50, 100, 200]
    assert dict(table(client, "q=u&page=2&per_page=20").sizes)[100] == "?q=u&per_page=100"
    assert table(client, "q=u1").sizes == []


def test_the_filters_carry_the_order_along_and_not_the_page(client, many):
    assert table(client, "q=u&sort=-username&page=2&per_page=20&org=5").carried == [
        ("sort", "-username"), ("per_page", "20"), ("org", "5"),
    ]  # fmt: skip


def test_filters_are_cleared_and_the_order_stays(client, many):
    assert table(client, "q=u&role=clerk&sort=-username&page=2").clear_address == "?sort=-username&q="
    assert "Clear the filters" in page(client.get("/people/?role=clerk"))
    assert "Clear the filters" not in page(client.get("/people/?role=&q="))


def test_a_filter_that_cannot_be_read_says_so_and_narrows_nothing(client, many):
    text = page(client.get("/people/?role=boss&q=u0"))
    assert "boss is not one of the available choices" in text
    assert len(usernames(client, "role=boss&q=u0")) == 10


def test_an_empty_list_says_what_to_do(client):
    text = page(client.get("/people/?q=nobody"))
    assert "No post is found." in text
    assert len(re.findall("Clear the filters", text)) == 2


def test_a_print_says_what_is_not_on_it(client, many):
    assert re.search(r'class="print-only">Rows 1 to 50\s+of 61 are printed here', page(client.get("/people/")))
    assert "are printed here" not in page(client.get("/people/?per_page=100"))


@pytest.mark.parametrize("sort", ["person", "-role", "organization", "state"])
def test_sixty_rows_cost_what_one_does(client, django_assert_num_queries, sort, request):
    address = f"/people/?sort={sort}&per_page=100"
    for rows in ((), ("many",)):
        for fixture in rows:
            request.getfixturevalue(fixture)
        client.get(address)  # keeps the order once
        with django_assert_num_queries(10):
            client.get(address)

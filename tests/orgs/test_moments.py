"""A moment reads one state whatever is committed meanwhile, refuses every write, and lets what waits be written after it."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import HttpResponse
from django.test import RequestFactory

from orgs.models import Organization
from orgs.moments import after_the_moment, once_in_a_moment, one_moment, page_of_one_moment, without_disk_wait
from tests.factories.orgs import a_county

pytestmark = pytest.mark.django_db(transaction=True)


def order() -> int:
    return Organization.objects.values_list("sort_order", flat=True).get(code="C")


def written_elsewhere(number: int) -> None:
    """Committed by another connection before this returns."""

    def write() -> None:
        try:
            Organization.objects.filter(code="C").update(sort_order=number)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(write).result()


@pytest.fixture(autouse=True)
def county() -> Organization:
    county = a_county("C")
    Organization.objects.update(sort_order=1)
    return county


def test_what_is_committed_meanwhile_is_not_seen():
    with one_moment():
        assert order() == 1
        written_elsewhere(2)
        assert order() == 1
        with one_moment():  # part of the same
            assert order() == 1
    assert order() == 2


def test_a_write_inside_is_refused_on_both_databases_and_possible_after():
    with pytest.raises(DatabaseError), one_moment():
        Organization.objects.update(sort_order=9)
    Organization.objects.update(sort_order=3)
    assert order() == 3


def test_what_waits_is_written_after_the_moment_in_its_order():
    done = []
    with one_moment():
        after_the_moment(lambda: done.append(connection.in_atomic_block))
        with one_moment():
            after_the_moment(lambda: Organization.objects.update(sort_order=7))
        assert order() == 1
    assert (done, order()) == ([False], 7)
    after_the_moment(lambda: done.append("at once"))
    assert done[-1] == "at once"


def test_a_moment_that_failed_writes_nothing():
    done = []

    def read() -> None:
        with one_moment():
            after_the_moment(lambda: done.append(1))
            raise LookupError

    with pytest.raises(LookupError):
        read()
    assert done == []
    Organization.objects.update(sort_order=4)


def test_inside_a_writing_transaction_it_is_part_of_that():
    with transaction.atomic(), one_moment():
        Organization.objects.update(sort_order=5)
        assert order() == 5


def test_a_page_is_of_one_moment_and_what_is_posted_is_not():
    @page_of_one_moment
    def view(request) -> HttpResponse:
        before = order()
        written_elsewhere(before + 1)
        return HttpResponse(f"{before} {order()}")

    assert view(RequestFactory().get("/")).content == b"1 1"
    assert view(RequestFactory().post("/")).content == b"2 3"


def test_readers_do_not_wait_for_a_writer():
    with transaction.atomic():
        Organization.objects.update(sort_order=6)

        def read() -> int:
            try:
                with one_moment():
                    return order()
            finally:
                connection.close()

        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(read).result(timeout=10) == 1


def wait() -> object:
    """What the database says of its wait for the disk."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous" if connection.vendor == "sqlite" else "SHOW synchronous_commit")
        return cursor.fetchone()[0]


def test_a_write_without_wait_is_kept_and_the_next_one_waits_again():
    before = wait()
    with without_disk_wait():
        Organization.objects.update(sort_order=4)
        assert wait() in (1, "off")
    assert (order(), wait()) == (4, before)


def test_inside_a_transaction_nothing_changes_about_its_wait():
    with transaction.atomic(), without_disk_wait():
        Organization.objects.update(sort_order=5)
    assert order() == 5


def test_what_is_read_once_is_shared_in_one_moment_only():
    read = once_in_a_moment(lambda code: [code, order()])
    with one_moment():
        first = read("C")
        assert read("C") is first
        assert read("D") == ["D", 1]
    written_elsewhere(7)
    assert read("C") == ["C", 7]
    assert read("C") is not read("C")
    with one_moment():
        assert read("C") == ["C", 7]

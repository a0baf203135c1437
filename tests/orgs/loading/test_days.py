"""A day begins with its year, however it is written; what may be two days is refused."""

from datetime import date

import pytest

from orgs.loading.days import NotADay, read_day


@pytest.mark.parametrize(
    "text",
    [
        "2026-09-05",
        "2026/9/5",
        "2026/09/05",
        "2026.9.5",
        "2026-9-5",
        "2026年9月5日",
        "2026年09月05日",
        "2026-09-05 00:00:00",
        "2026/9/5 0:00",
    ],
)
def test_a_day_as_people_and_excel_write_it(text):
    assert read_day(text) == date(2026, 9, 5)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "9/5/2026",
        "05-09-2026",
        "20260905",
        "2026-09",
        "2026-02-30",
        "2026-13-01",
        "0001-01-01",
        "46270",
        "2026-9/5",
        "2026年9月",
        "next",
    ],
)
def test_what_is_no_day(text):
    with pytest.raises(NotADay):
        read_day(text)

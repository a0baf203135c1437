"""What is due on a day off is due on the first working day after it, by the county's days, the published ones, then weekdays."""

from datetime import date

import pytest
from django.utils.translation import override

from submissions.tasks.calendar.published_days import DayKind
from submissions.tasks.calendar.working_days import Calendar, NoWorkingDay, moved_words, unknown_years_words

OFF, ON = DayKind(False, "地方节日"), DayKind(True, "补班")


@pytest.mark.parametrize(
    ("stated", "due", "own"),
    [
        ("2025-10-05", "2025-10-09", {}),  # T27: inside the National Day week
        ("2025-10-08", "2025-10-09", {}),  # its last day, a Wednesday
        ("2025-10-11", "2025-10-11", {}),  # a Saturday that is worked
        ("2025-10-12", "2025-10-13", {}),  # a Sunday
        ("2026-04-10", "2026-04-10", {}),
        ("2026-10-10", "2026-10-10", {}),  # a Saturday that is worked
        ("2026-02-15", "2026-02-24", {}),  # Spring Festival
        ("2025-10-05", "2025-10-07", {"2025-10-07": ON}),
        ("2025-10-05", "2025-10-10", {"2025-10-09": OFF}),
        ("2026-04-10", "2026-04-13", {"2026-04-10": OFF}),
        ("2026-12-31", "2026-12-31", {}),
        ("2026-12-31", "2027-01-04", {"2026-12-31": OFF, "2027-01-01": OFF}),
        ("2031-01-04", "2031-01-06", {}),  # a year nobody knows yet: weekends
        ("2024-02-29", "2024-02-29", {}),
        ("1999-10-01", "1999-10-01", {}),  # before the published years
    ],
)
def test_the_first_working_day(stated, due, own):
    calendar = Calendar({date.fromisoformat(day): kind for day, kind in own.items()})
    assert calendar.working_day(date.fromisoformat(stated)).day.isoformat() == due


@pytest.mark.parametrize(
    ("stated", "own", "years"),
    [
        ("2025-10-05", {}, ()),
        ("2031-01-04", {}, (2031,)),
        ("2026-12-31", {date(2026, 12, 31): OFF}, (2027,)),
        ("2031-01-04", {date(2031, 1, 1): OFF}, ()),
    ],
)
def test_years_of_which_only_weekends_are_known(stated, own, years):
    assert Calendar(own).working_day(date.fromisoformat(stated)).unknown_years == years


def test_a_calendar_that_never_works_is_refused():
    with pytest.raises(NoWorkingDay):
        Calendar({date.fromordinal(date(2026, 1, 1).toordinal() + n): OFF for n in range(400)}).working_day(date(2026, 1, 1))


@pytest.mark.parametrize(
    ("stated", "due", "chinese", "english"),
    [
        ("2025-10-05", "2025-10-09", "10月5日为假日，顺延至10月9日", "October 5 is a holiday; moved on to October 9"),
        ("2025-10-12", "2025-10-13", "10月12日为周末，顺延至10月13日", "October 12 is at a weekend; moved on to October 13"),
    ],
)
def test_the_words_of_a_moved_day(stated, due, chinese, english):
    days = date.fromisoformat(stated), date.fromisoformat(due)
    for language, words in (("zh-hans", chinese), ("en", english)):
        with override(language):
            assert moved_words(Calendar({}), *days) == words


def test_an_unknown_year_is_said():
    with override("en"):
        assert "2031" in unknown_years_words((2031,))
        assert unknown_years_words(()) == ""

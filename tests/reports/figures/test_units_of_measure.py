"""A figure that was counted in another unit of measure is not comparable, whether or not this period has one; nor shown beside it."""

import pytest

from indicators.models import Indicator


@pytest.mark.parametrize("given", [True, False])
@pytest.mark.parametrize("by", ["self", "units"])
def test_another_unit_of_measure_is_not_comparable(story, given, by):
    story.villages("V")
    story.indicators("A,投入,元,flow,,,")
    story.form("F", "A")
    story.open("F", "2026Q1")
    story.figures("F", "2026Q1,V,A,,50000")
    Indicator.objects.filter(code="A").update(unit="万元")
    story.open("F", "2026Q2")
    if given:
        story.figures("F", "2026Q2,V,A,,6")
    other = story.ask("A", period="2026Q2", by=by, compare="prev").cell()["compare"]["prev"]
    assert (other["value"], other["change"], other["same_units"]) == (None, None, None)
    assert other["said"] == "counted in 元 then"

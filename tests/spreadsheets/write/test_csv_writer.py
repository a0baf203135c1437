"""Lines of a comma file: harmless texts, exact numbers, nothing for nothing."""

import csv
import io
from decimal import Decimal

import pytest

from spreadsheets.write.csv_writer import comma_lines


def written(*rows) -> list[list[str]]:
    text = "".join(comma_lines(["甲", "乙"], rows))
    assert text.startswith("\ufeff甲,乙\r\n")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))[1:]


@pytest.mark.parametrize(
    ("value", "field"),
    [
        (0, "0"), (-5, "-5"), (Decimal("-0.50"), "-0.50"), (Decimal("1E+3"), "1000"), (Decimal("0.00000001"), "0.00000001"),
        (10**20, "1" + "0" * 20), (None, ""), ("", ""), ("-5", "'-5"), ("=1+1", "'=1+1"), ("＝1", "'＝1"), ("甲,“乙”\n丙", "甲,“乙”\n丙"),
    ],
)  # fmt: skip
def test_a_field(value, field):
    assert written((value, "end")) == [[field, "end"]]


def test_a_text_that_comes_again_is_made_harmless_again():
    assert written(*[("=A1", "x")] * 3) == [["'=A1", "x"]] * 3

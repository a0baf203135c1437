"""T42 and T43 in tables of the offices' own making: totals are no units, and a name that two units bear is nobody's."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.acceptance.excel import Office

Q = "2026Q2"


@pytest.fixture
def office(story) -> Office:
    story.orgs(
        "C,县,county,,,,,", "TA,甲镇,township,C,,,,", "TB,乙镇,township,C,,,,",
        "A1,新村,village,TA,,,,", "A2,老村,village,TA,,,,", "B1,新村,village,TB,,,,", "B2,河村,village,TB,,,,",
    )  # fmt: skip
    office = Office(story)
    office.indicators("N,走访,人,flow,,,,,0", "S,党员,名,stock,,,,,0")
    story.form("F", "N", "S")
    story.open("F", Q)
    return office


def table(office: Office, *rows: tuple) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    path = office.folder / "汇总.xlsx"
    book.save(path)
    return path


def test_t42_totals_in_a_table_are_left_out_and_never_added(office):
    """Two villages of 5 and 4 with their subtotal and the total: 9, not 18 or 27."""
    rows = (
        ("单位", "走访", "党员"),
        ("甲镇", None, None), ("老村", 5, 30), ("小计", 5, 30), ("乙镇", None, None), ("河村", 4, 20), ("小计", 4, 20), ("合计", 9, 50),
    )  # fmt: skip
    (report,) = office.take_in(table(office, *rows))
    assert {change["org"] for change in report["changes"]} == {"A2", "B2"}
    assert [office.stored(unit, Q) for unit in ("A2", "B2")] == [{"N": 5, "S": 30}, {"N": 4, "S": 20}]
    left_out = {finding["address"].split("!")[1] for finding in report["findings"]}
    assert left_out == {"A4", "A7", "A8"}
    office.story.figures("F", *(f"{Q},{unit},{code},,{value}" for unit, code, value in (
        ("A2", "N", 5), ("A2", "S", 30), ("B2", "N", 4), ("B2", "S", 20),
    )))  # fmt: skip
    assert office.story.ask("N", period=Q).value() == 9


def test_t43_a_name_that_two_villages_bear_is_asked_for(office):
    (report,) = office.take_in(table(office, ("单位", "走访", "党员"), ("新村", 5, 30), ("老村", 4, 20)))
    assert {change["org"] for change in report["changes"]} == {"A2"}
    assert [office.stored(unit, Q) for unit in ("A1", "A2", "B1")] == [{}, {"N": 4, "S": 20}, {}]
    assert any(finding["address"].endswith("A2") and "新村" in finding["said"] for finding in report["findings"])


def test_t43_with_codes_beside_the_names_the_codes_tell(office):
    rows = (("代码", "单位", "走访", "党员"), ("B1", "新村", 8, 31), ("A2", "老村", 4, 20), ("A1", "新村", 5, 30))
    office.take_in(table(office, *rows))
    assert [office.stored(unit, Q) for unit in ("A1", "A2", "B1")] == [{"N": 5, "S": 30}, {"N": 4, "S": 20}, {"N": 8, "S": 31}]

"""What people really send: refused with row, column and sentence, and nothing written; or read as it is meant."""

from datetime import date

import pytest

from audit.models import Event
from orgs.models import Organization, Succession
from orgs.tree.former_names import as_called_on
from tests.acceptance.restructuring.county import HEAD, County

pytestmark = pytest.mark.django_db
FULL = f"{HEAD},name,unit_category,reports"


@pytest.fixture
def county(tmp_path):
    return County(tmp_path, "V1 V2 V3 007", others="W1 W2", later=("D1,局,department,C,,,,",))


@pytest.mark.parametrize(
    ("row", "column", "word"),
    [
        ("allclose,2025-04-01,V1,,,,,,,", "kind", "allclose"),
        (",2025-04-01,V1,,,,,,,", "kind", "empty"),
        ("close,,V1,,,,,,,", "on", "empty"),
        ("close,2025-13-01,V1,,,,,,,", "on", "2025-13-01"),
        ("close,01/04/2025,V1,,,,,,,", "on", "YYYY-MM-DD"),
        ("close,2025-04-01,,,,,,,,", "from_codes", "codes"),
        ("close,2025-04-01,V8,,,,,,,", "from_codes", "V8"),
        ("close,2025-04-01,7,,,,,,,", "from_codes", "007"),
        ("close,2025-04-01,V1,V2;V3,,,,,,", "to_codes", "split"),
        ("close,2025-04-01,T1,,,,,,,", "from_codes", "T1"),
        ("close,2025-04-01,C,,,,,,,", "from_codes", "C"),
        ("close,1999-04-01,V1,,,,,,,", "from_codes", "1999-04-01"),
        ("suspend,2025-04-01,V1,V2,,,,,,", "to_codes", "successor"),
        ("reopen,2025-04-01,V1,,,,,,,", "from_codes", "2025-04-01"),
        ("move,2025-04-01,V1,,,,,,,", "parent_code", "under which"),
        ("move,2025-04-01,V1,,T1,,,,,", "from_codes", "already"),
        ("move,2025-04-01,T1,,V1,,,,,", "from_codes", "below itself"),
        ("move,2025-04-01,V1,,T8,,,,,", "parent_code", "T8"),
        ("rename,2025-04-01,V1,,,,,,,", "name", "name"),
        ("rename,2025-04-01,V1,V2,,,,,,", "to_codes", "merge"),
        ("rename,2025-04-01,V1;V2,,,,,新村,,", "name", "2"),
        ("merge,2025-04-01,V1;V2,V9,,,,,,", "to_codes", "V9"),
        ("merge,2025-04-01,V1;V2,V3;W1,,,,,,", "to_codes", "one organization"),
        ("merge,2025-04-01,V1,V1,,,,,,", "from_codes", "itself"),
        ("merge,2025-04-01,V1;V1,V2,,,,,,", "from_codes", "twice"),
        ("merge,2025-04-01,V1;W2,V9,,,,新村,,", "parent_code", "several"),
        ("merge,2025-04-01,V1;V2,V9,,,,V3村,,", "name", "V3"),
        ("merge,2025-04-01,V1;V2,07,,,,新村,,", "to_codes", "007"),
        ("merge,2025-04-01,V1;V2,V3,,0.5;0.5,,,,", "shares", "1"),
        ("split,2025-04-01,V1,V2,,,,,,", "to_codes", "two"),
        ("split,2025-04-01,V1;V2,V8;V9,,,,甲;乙,,", "from_codes", "one organization"),
        ("split,2025-04-01,V1,V8;V9,,0.6;0.6,,甲;乙,,", "shares", "1.2"),
        ("split,2025-04-01,V1,V8;V9,,一半,,甲;乙,,", "shares", "一半"),
        ("split,2025-04-01,V1,V8;V9,,60;30;10,,甲;乙,,", "shares", "3"),
        ("split,2025-04-01,V1,V8;V9,,-1;2,,甲;乙,,", "shares", "-1;2"),
        ("split,2025-04-01,V1,V8;V9,,,,甲,,", "name", "1"),
        ("open,2025-04-01,,V9,T1,,,,village,", "to_codes", "V9"),
        ("open,2025-04-01,,V9,C,,,新村,,", "unit_category", "category"),
        ("open,2025-04-01,,V9,,,,新村,village,", "parent_code", "under which"),
        ("open,2025-04-01,,V1,T1,,,新村,village,", "to_codes", "already"),
        ("recategorize,2025-04-01,V1,,,,,,,", "unit_category", "category"),
        ("recategorize,2025-04-01,V1,,,,,,village,", "from_codes", "already"),
        ("recategorize,2025-04-01,V1,,,,,,county,", "from_codes", "county"),
        ("move,2025-04-01,V1,,T2,,号,,,exempt", "reports", "ends"),
    ],
)
def test_a_row_that_cannot_be(county, row, column, word):
    events = Event.objects.count()
    with pytest.raises(SystemExit):
        county.restructure("move,2025-03-01,W1,,T1,,,,,", row, head=FULL)
    assert county.error_output.splitlines()[0].startswith(f"{county.folder}/changes.csv:3: {column}: "), county.error_output
    assert word in county.error_output
    assert (Event.objects.count(), Succession.objects.count()) == (events, 0)


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("变动类型,生效日期,原代码,新代码,上级代码,备注,新名称", "合并,2025年4月1日,V1；V2,V9,T1,县组〔2026〕5号,新村"),
        ("类型,日期,原编码,新编码,文号,名称", "撤并,2025/4/1,V1、V2,V9,5号,新村"),
        ("kind,on,from_codes,to_codes,name", "MERGE,2025-04-01,V1; V2,V9,新村"),
    ],
)
def test_words_of_offices(county, head, row):
    county.restructure(row, head=head)
    assert [end.organization.code for end in Succession.objects.get().ends.order_by("pk")] == ["V1", "V2", "V9"]
    assert Organization.objects.get(code="V9").name == "新村"


def test_gb18030(county):
    path = county.folder / "gb.csv"
    path.write_bytes("类型,日期,原编码,新名称\n更名,2025-04-01,V1,新村\n".encode("gb18030"))
    county.run("restructure", str(path))
    assert Organization.objects.get(code="V1").name == "新村"


@pytest.mark.parametrize("row", ["rename,2025-04-01,V1,白沙、石桥,,,号", "更名,2025-04-01,V1,白沙、石桥,,,"])
def test_a_new_name_in_the_place_of_a_code(county, row):
    county.restructure(row)
    village = Organization.objects.get(code="V1")
    assert village.name == "白沙、石桥"
    assert as_called_on(village, date(2025, 3, 31)).name == "V1村"


def test_rows_hold_in_the_order_of_their_days(county):
    county.restructure(
        "move,2025-09-01,V9,,T2,,,,,", "merge,2025-04-01,V1;V2,V9,,,,新村,,", "rename,2025-10-01,V9,,,,,再新村,,", head=FULL
    )
    assert "0" in county.restructure("rename,2025-10-01,V9,,,,,再新村,,", "merge,2025-04-01,V1;V2,V9,,,,新村,,", head=FULL)
    assert Succession.objects.count() == 3


def test_a_predecessor_that_a_list_ended_already(county):
    county.orgs("V1,V1村,village,T1,,,,2025-03-31", "V2,V2村,village,T1,,,,2025-03-31", "V9,新村,village,T1,,,2025-04-01,")
    county.restructure("merge,2025-04-01,V1;V2,V9,,,号")
    assert Succession.objects.get(kind="merge").ends.count() == 3


def test_a_rehearsal_says_what_and_writes_nothing(county):
    county.asks("A flow")
    county.open("F", "2025Q1", "2025Q2")
    county.figures("F", "2025Q1,V1,A,,5", "2025Q1,V2,A,,6")
    events = Event.objects.count()
    said = county.restructure("merge,2025-03-10,V1;V2,V9,,,号,新村,,", head=FULL, options=("--rehearse",))
    assert "新村 (V9)" in said
    assert "11 (estimated) [added up]" in said
    assert "County totals of past periods: none changes." in said
    assert "is asked newly of" in said
    assert (Event.objects.count(), Succession.objects.count()) == (events, 0)
    assert county.restructure("merge,2025-03-10,V1;V2,V9,,,号,新村,,", head=FULL, options=("--dry-run",)) == said

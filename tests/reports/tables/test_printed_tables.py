"""R4 to R8, R10, R11 on an invented county, figure by figure; every number below is worked out by hand."""

import csv
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError

from orgs.accounts.accounts import system_operator
from orgs.models import Organization
from reports.tables.county_layouts import make_layout
from reports.tables.layouts.definition_reader import layout_of
from reports.tables.layouts.ready import ready_layouts
from tests.factories.submissions import AT
from tests.reports.layout_county import exported, numbers, story_with_orgs
from tests.reports.story import CATALOGUE_HEAD, Story

CATALOGUE = Path(settings.BASE_DIR) / "indicators" / "ready" / "catalogue.csv"

COVERAGE = (
    "ORG-001,台账,家,stock,,,", "ORG-002,符合条件,家,stock,,,", "ORG-003,已建,家,stock,,,", "ORG-021,单独组建,家,stock,,,",
    "ORG-022,联合组建,家,stock,,,", "ORG-004,党组织,个,stock,,,", "ORG-005,组建率,%,ratio,ORG-003,ORG-002,",
    "ORG-006,覆盖率,%,ratio,ORG-003,ORG-001,", "ORG-014,指导员,家,stock,,,", "ORG-015,派驻率,%,ratio,ORG-014,ORG-001,",
)  # fmt: skip


@pytest.fixture(scope="module")
def module_county(module_story) -> Story:
    return story_with_orgs(module_story)


@pytest.fixture
def county(module_county, db, tmp_path) -> Story:
    return module_county.in_folder(tmp_path)


def ask(county: Story, form: str, indicators: tuple[str, ...], *periods: str, figures: tuple[str, ...] = ()) -> None:
    county.indicators(*indicators)
    county.form(form, *(row.partition(",")[0] for row in indicators))
    county.open(form, *(periods or ("2026Q3",)))
    county.figures(form, *figures)


def of(org: str, period: str = "2026Q3", **values) -> list[str]:
    """`A_002=3` is figure A-002."""
    return [f"{period},{org},{key.replace('_', '-')},,{value}" for key, value in values.items()]


def test_r5_is_350_of_437(county):
    figures = (
        *of("V1", ORG_001=800, ORG_002=300, ORG_003=240, ORG_021=150, ORG_022=90, ORG_004=180, ORG_014=800),
        *of("V3", ORG_001=532, ORG_002=137, ORG_003=110, ORG_021=80, ORG_022=30, ORG_004=85, ORG_014=500),
    )
    ask(county, "两新季01表", COVERAGE, figures=figures)
    book = exported(county, "R5")
    rows = book.rows()
    assert rows["C"] == numbers("1332", "437", "230", "120", "350", "265", "87", "80.1", "26.3", "1300", "97.6")
    assert rows["T1"] == rows["V1"] == numbers("800", "300", "150", "90", "240", "180", "60", "80.0", "30.0", "800", "100.0")
    assert rows["V2"] == numbers(*[""] * 11)
    assert "已建立党组织" in book.heads()
    assert "5=3+4；5≤2；2≤1" in book.text()
    assert county.ask("ORG-005", period="2026Q3").text() == "80.1"


def test_r5_takes_the_indicator_for_what_is_still_to_be_built_where_there_is_one(county):
    ask(
        county,
        "两新季01表",
        (*COVERAGE, "ORG-008,应建未建,家,stock,,,"),
        figures=tuple(of("V1", ORG_002=9, ORG_003=4, ORG_008=3)),
    )
    assert exported(county, "R5").rows()["C"][6] == 3


def test_r4_puts_units_together_by_category(county):
    ask(
        county,
        "两新季01表",
        COVERAGE[:3],
        figures=(*of("V1", ORG_001=5), *of("V2", ORG_001=4), *of("V3", ORG_001=7, ORG_002=0)),
    )
    rows = exported(county, "R4").rows(code_column=1)
    assert rows["Grand total"] == [16, 0, None]
    assert rows["Village"] == [9, None, None]
    assert rows["Community"] == [7, 0, None]


KINDS = tuple(
    f"PAIR-{number},{name},{unit},stock,,,"
    for number, name, unit in (
        ("101", "领导", "名"), ("102", "书记", "名"), ("401", "党员", "名"), ("402", "群众户", "户"),
    )
)  # fmt: skip
PAIRS = "PAIR-901,对数,对,stock,,,县处级领导-村社区书记;乡镇党员-群众户"


def test_r6_has_every_kind_with_its_units_and_no_sum_of_persons(county):
    ask(county, "结对季01表", (*KINDS, PAIRS), figures=(
        *of("V1", PAIR_101=1, PAIR_102=3, PAIR_401=10, PAIR_402=64, PAIR_901=67),
        *of("V2", PAIR_401=5, PAIR_402=30, PAIR_901=30),
        "2026Q3,V1,PAIR-901,县处级领导-村社区书记,3", "2026Q3,V1,PAIR-901,乡镇党员-群众户,64",
        "2026Q3,V2,PAIR-901,乡镇党员-群众户,30",
    ))  # fmt: skip
    lines = exported(county, "R6").lines()
    leaders = lines.index(["县处级领导—村（社区）党组织书记", 1, 3, 3])
    assert lines[leaders + 2 : leaders + 5] == [["青山镇, subtotal", 1, 3, 3], ["甲村", 1, 3, 3], ["乙村", None, None, None]]
    households = lines.index(["乡镇党员—群众户", 15, 94, 94])
    assert lines[households + 4] == ["乙村", 5, 30, 30]
    assert ["六类结对合计（只计对数）", "—", "—", 97] in lines
    assert all(not isinstance(line[1], int) for line in lines if line[0] == "六类结对合计（只计对数）")


ISSUES = (
    "ISS-201,收集,条,flow,,,", "ISS-202,办结,件,flow,,,", "ISS-203,办结率,%,ratio,ISS-202,ISS-201,", "ISS-204,反馈,条,flow,,,",
)  # fmt: skip


def test_r7_carries_over_what_was_not_settled(county):
    """235 − 156 of the first quarters stay, 40 come, 60 are settled: 59 are left; who has not reported keeps what it owes."""
    ask(county, "民情季01表", ISSUES, "2026Q1", "2026Q2", "2026Q3", figures=(
        *of("V1", "2026Q1", ISS_201=200, ISS_202=150), *of("V1", "2026Q2", ISS_201=35, ISS_202=6),
        *of("V1", ISS_201=40, ISS_202=60, ISS_204=55), *of("V2", "2026Q2", ISS_201=8, ISS_202=3),
    ))  # fmt: skip
    book = exported(county, "R7")
    rows = book.rows()
    assert rows["V1"] == numbers("79", "40", "60", "59", "150.0", "55")
    assert rows["V2"] == numbers("5", "", "", "5", "", "")
    assert rows["V3"] == numbers(*[""] * 6)
    assert rows["C"][:4] == rows["T1"][:4] == numbers("84", "40", "60", "64")
    assert "1+2-3=4" in book.text()


def test_r7_counts_one_problem_by_one_word(county):
    ask(county, "民情季01表", ISSUES, figures=tuple(of("V1", ISS_201=8, ISS_202=3)))
    book = exported(county, "R7")
    assert [head for head in book.heads() if "（" in head] == [
        "上期结转\n（件）", "本期收集\n（件）", "本期办结\n（件）", "期末在办\n（件）", "办结率\n（%）", "反馈数\n（件）",
    ]  # fmt: skip


def test_r7_carries_a_moved_units_problems_to_where_it_stands(county):
    """V1 goes to T2 on 1 July with its 3, V2 is closed with its 4."""
    ask(county, "民情季01表", ISSUES, "2026Q2", "2026Q3", figures=(
        *of("V1", "2026Q2", ISS_201=5, ISS_202=2), *of("V2", "2026Q2", ISS_201=9, ISS_202=5),
        *of("V3", "2026Q2", ISS_201=1, ISS_202=0),
    ))  # fmt: skip
    county.orgs("V1,甲村,village,T1,,,,2026-06-30", "V1,甲村,village,T2,,,2026-07-01,", "V2,乙村,village,T1,,,,2026-07-31")
    county.figures("民情季01表", *of("V3", ISS_201=2, ISS_202=1))
    found = {row[1]: row[3:7] for row in exported(county, "R7").sheets["群众问题办理情况表"] if isinstance(row[1], str)}
    assert found["Grand total"] == numbers("8", "2", "1", "9")
    assert found["白沙街道, subtotal"] == numbers("4", "2", "1", "5")
    assert found["甲村"] == numbers("3", "", "", "3")
    assert found["Closed since, without successor"] == numbers("4", "", "", "4")


def test_the_ready_layouts_ask_only_for_what_the_catalogue_has():
    rows = CATALOGUE.read_text(encoding="utf-8-sig").splitlines()
    items = {row["code"]: re.split("[;|]", row["disaggregation"]) for row in csv.DictReader(rows)}
    for layout in ready_layouts().values():
        for key in (key for part in layout.parts for key in part.keys):
            code, _colon, item = key.partition(":")
            assert code in items, (layout.code, key)
            assert not item or item in items[code], (layout.code, key)


LICENCES = (
    "CERT-001,新增,人,flow,,,", "CERT-002,持证,人,stock,,,初级;中级;高级", "CERT-003,取消,人,flow,,,",
    "CERT-007,课时,课时,flow,,,", "CERT-008,应授,课时,stock,,,", "CERT-009,完成率,%,ratio,CERT-007[ytd],CERT-008,",
)  # fmt: skip


def test_r8_sets_the_hours_of_the_year_beside_those_due(county):
    levels = [f"2026Q3,V1,CERT-002,{level},{n}" for level, n in (("初级", 5), ("中级", 2), ("高级", 1))]
    ask(county, "红领季01表", LICENCES, "2026Q2", "2026Q3", figures=(
        *of("V1", "2026Q2", CERT_007=10), *of("V1", CERT_001=2, CERT_002=8, CERT_003=0, CERT_007=26, CERT_008=48), *levels,
    ))  # fmt: skip
    book = exported(county, "R8")
    assert book.rows()["C"] == numbers("5", "2", "1", "8", "2", "0", "", "", "", "48", "36", "75.0")
    assert "CERT-004: the catalogue has no" not in book.text()
    assert "应参加: the catalogue has no CERT-004; the column stays empty." in book.text()


def test_r8_says_what_was_not_asked_this_period(county):
    ask(county, "红领季01表", LICENCES, figures=tuple(of("V1", CERT_002=8)))
    county.indicators("CERT-004,应参加年检人数,人,stock,,,", *LICENCES)
    assert "CERT-004 应参加年检人数 was not asked in Third quarter of 2026." in exported(county, "R8").text()


POINTS = (
    "PTS-007,参与户,户,stock,,,", "PTS-008,兑换户,户,flow,,,", "PTS-009,积分,分,flow,,,基础项目;激励项目;机动项目;否决项目",
    "PTS-003,金额,元,flow,,,",
)  # fmt: skip


def test_r10_adds_points_by_item_and_names_nobody(county):
    items = [
        f"2026Q3,V1,PTS-009,{item},{n}"
        for item, n in zip(("基础项目", "激励项目", "机动项目", "否决项目"), (900, 300, 40, 5), strict=True)
    ]
    ask(county, "积分季01表", POINTS, figures=(*of("V1", PTS_007=120, PTS_008=30, PTS_009=1245, PTS_003=47), *items))
    book = exported(county, "R10")
    assert book.rows()["T1"] == numbers("120", "900", "300", "40", "5", "1245", "30", "235", "47")
    assert "不列户名、人名" in book.text()


def test_r11_takes_an_area_of_the_catalogue(county):
    county.indicators("FSEC-002,走访群众,户,flow,,,")
    county.run("load_catalogue", county._file("area.csv", CATALOGUE_HEAD, [
        "FSEC-002,走访群众,,,first_secretary,户,flow,,,,village,quarter,", "VET-017,季走访,,,veteran,名,flow,,,,village,quarter,",
    ]))  # fmt: skip
    county.form("第一书记季01表", "FSEC-002")
    county.open("第一书记季01表", "2026Q3")
    county.figures("第一书记季01表", *of("V1", FSEC_002=14))
    book = exported(county, "R11")
    assert book.titles == ["Cover", "驻村第一书记工作情况表", "Definitions of the indicators"]
    assert book.rows()["C"] == [14]


@pytest.mark.parametrize("layout", ["R5", "R6", "R7", "R8", "R10", "R11"])
def test_what_nobody_was_asked_is_a_sentence_and_no_workbook(county, layout):
    ask(county, "F", ("A,受理,件,flow,,,",))
    with pytest.raises(CommandError, match="was asked of 云岭县 for Third quarter of 2026; open a task that asks them"):
        exported(county, layout)
    assert not (county.folder / f"{layout}.xlsx").exists()


def test_one_unit_is_its_own_total(county):
    ask(county, "两新季01表", COVERAGE, figures=tuple(of("V1", ORG_002=437, ORG_003=350)))
    assert exported(county, "R5", org="V1").rows() == {"V1": numbers("", "437", "", "", "350", "", "87", "80.1", "", "", "")}


def test_an_unknown_layout_names_the_known_ones(county):
    with pytest.raises(CommandError, match="“R99” is no layout; choose one of R1, R2"):
        exported(county, "R99")


def own(county: Story, **changes) -> None:
    """A layout of the county's own over A (元) and B."""
    columns = [
        {"key": "A", "head": "经费"},
        {"key": "B", "decimals": 1},
        {"id": "每件", "formula": "{A} / {B}", "head": "每件"},
    ]
    data = {
        "code": "县01",
        "title": "经费表",
        "rows": "units",
        "subject": "columns",
        "parts": [{"columns": columns}],
        **changes,
    }
    make_layout(county=Organization.objects.get(code="C"), layout=layout_of(data), by=system_operator(), at=AT)


@pytest.fixture
def money(county) -> Story:
    ask(county, "F", ("A,经费,元,flow,,,", "B,件数,件,flow,,,"), "2025Q3", "2026Q3", figures=(
        *of("V1", "2025Q3", A=20000, B=4), *of("V1", A=50000, B=8), *of("V3", A=70000, B=2),
    ))  # fmt: skip
    return county


def test_a_layout_has_decimals_and_formulas_of_its_own(money):
    own(money)
    assert exported(money, "县01").rows()["C"] == [120000, 10.0, 12000]


def test_the_same_layout_by_indicators_beside_other_periods(money):
    own(money, rows="compared", displays=[{"unit": "元", "shown": "万元", "per": 10000, "decimals": 2}])
    book = exported(money, "县01")
    rows = {row[0]: row[1:] for row in book.sheets[book.titles[1]]}
    assert rows["A"][:10] == ["经费", "万元", 12, 12, 2, None, None, 1, 3, 150]
    assert rows["B"][:10] == ["件数", "件", 10, 10, 4, None, None, 1, 4, 100]
    assert "Not compared with other periods, so left out: 每件." in book.text()


@pytest.mark.parametrize(
    ("rows", "codes"), [("children", ["C", "I", "T1", "T2"]), ("district", ["C", "I", "T1", "T2"]), ("line", ["C", "I"])]
)
def test_rows_of_other_kinds(money, rows, codes):
    own(money, rows=rows)
    found = exported(money, "县01").rows()
    assert [code for code in codes if code in found] == codes
    assert found["C"][0] == 120000


def test_a_figure_with_a_time_of_its_own_is_not_compared(money):
    assert money.ask("A@ytd", "A@since:2025-01-01", period="2026Q3").value("", 1) == 140000
    with pytest.raises(CommandError, match="A figure with a view of its own is not compared"):
        money.ask("A@ytd", period="2026Q3", compare="prev")

"""Texts of anyone's tables as units: by code, by name in all its dresses; two of one name are listed, neither is chosen."""

import pytest

from orgs.names.name_matching import Candidate, OrgNames, plain_org_name
from orgs.names.name_similarity import Certainty

COUNTY = "云泽县"
QINGSHAN, BAISHA = ("青山镇党委", "青山镇", COUNTY), ("白沙镇党委", "白沙镇", COUNTY)
TOWNSHIP, BRIDGE, HERE, THERE = "990101101", "990101101201", "990101101202", "990101102202"
BIG, BAY, FIRM, COMMUNITY = "990101101203", "990101101204", "990101101601", "990101001001"
CANDIDATES = (
    Candidate(TOWNSHIP, "青山镇党委", "青山镇", (COUNTY,)),
    Candidate(BRIDGE, "石桥村党支部", "石桥村", QINGSHAN),
    Candidate(HERE, "新村党总支", "新村", QINGSHAN),
    Candidate(THERE, "新村党支部", "新村", BAISHA),
    Candidate(BIG, "大石桥村党支部", "大石桥村", QINGSHAN),
    Candidate(BAY, "柳湾村党支部", "柳湾村", QINGSHAN),
    Candidate(FIRM, "青山宏盛机械有限公司党支部", "青山宏盛机械有限公司", QINGSHAN),
    Candidate(COMMUNITY, "和苑社区党委", "和苑社区", ("城关街道党工委", "城关街道", COUNTY)),
)
NAMES = OrgNames(CANDIDATES)

SURE = {
    "石桥村": BRIDGE,
    " 石 桥 村 ": BRIDGE,
    "石桥\n村": BRIDGE,
    "1.石桥村党支部": BRIDGE,
    "（一）石桥村": BRIDGE,
    "③石桥村党总支": BRIDGE,
    "石桥村委会": BRIDGE,
    "石桥村村委会": BRIDGE,
    "石桥村村民委员会": BRIDGE,
    "石桥行政村": BRIDGE,
    "中共石桥村党支部委员会": BRIDGE,
    "青山镇石桥村": BRIDGE,
    "青山镇党委石桥村党支部": BRIDGE,
    "云泽县青山镇石桥村党支部": BRIDGE,
    "990101101201": BRIDGE,
    "９９０１０１１０１２０１": BRIDGE,
    "990101101201 石桥村": BRIDGE,
    "石桥村（990101101201）": BRIDGE,
    "青山镇新村": HERE,
    "白沙镇新村党支部": THERE,
    "990101102202 新村": THERE,
    "青山镇": TOWNSHIP,
    "中共青山镇委员会": TOWNSHIP,
    "宏盛机械有限公司": FIRM,
    "和苑社区居委会": COMMUNITY,
    "和苑社区居民委员会": COMMUNITY,
    "城关街道和苑社区": COMMUNITY,
}


@pytest.mark.parametrize(("text", "code"), SURE.items())
def test_surely(text, code):
    match = NAMES.match(text)
    assert (match.target, match.certainty) == (code, Certainty.SURE)
    assert match.why


@pytest.mark.parametrize(
    ("text", "code"),
    {"石桥": BRIDGE, "石侨村": BRIDGE, "青山石桥村": BRIDGE, "柳湾": BAY, "宏盛机械": FIRM, "和苑": COMMUNITY}.items(),
)
def test_what_is_only_similar_is_proposed(text, code):
    match = NAMES.match(text)
    assert (match.target, match.certainty) == (code, Certainty.LIKELY)


@pytest.mark.parametrize("text", ["新村"])
def test_two_of_one_name_are_listed_and_neither_is_chosen(text):
    match = NAMES.match(text)
    assert (match.target, match.certainty) == ("", Certainty.AMBIGUOUS)
    assert match.choices == (HERE, THERE)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("新村党支部", THERE),
        ("新村党总支", HERE),
        ("中共新村支部委员会", THERE),
        ("中共白沙镇新村支部委员会", THERE),
        ("新村支部", THERE),
    ],
)
def test_the_very_name_of_one_is_never_anothers(text, code):
    match = NAMES.match(text)
    assert (match.target, match.certainty) == (code, Certainty.SURE)


@pytest.mark.parametrize(
    ("near", "code"), [("青山镇", HERE), ("白沙镇党委", THERE), ("白沙", THERE), ("1.白沙镇", THERE), ("黑水镇", "")]
)
def test_the_township_beside_it_decides(near, code):
    assert NAMES.match("新村", near).target == code


@pytest.mark.parametrize(
    "text", ["黑水镇新村", "990101109999", "合计", "党员总数", "序号", "", "  ", "一、", "990101109999新村"]
)
def test_nobody(text):
    assert (NAMES.match(text).target, NAMES.match(text).certainty) == ("", Certainty.NONE)


def test_a_code_beside_another_units_name_is_neither():
    match = NAMES.match("990101101201 大石桥村")
    assert (match.target, match.certainty) == ("", Certainty.AMBIGUOUS)
    assert set(match.choices) == {BRIDGE, BIG}


def test_what_a_person_answered_once():
    names = OrgNames(CANDIDATES, {"桥头": BRIDGE, "没有的": "990101109999"})
    assert (names.match("桥头").target, names.match("桥头").certainty) == (BRIDGE, Certainty.SURE)
    assert names.match("没有的").certainty == Certainty.NONE


@pytest.mark.parametrize(
    ("title", "code", "certainty"),
    [
        ("青山镇石桥村2026年第三季度党建统计表.xlsx", BRIDGE, Certainty.SURE),
        ("石桥村季报", BRIDGE, Certainty.SURE),
        ("（石桥村）党建", BRIDGE, Certainty.SURE),
        ("青山镇大石桥村党支部基层季报", BIG, Certainty.SURE),
        ("青山镇新村", HERE, Certainty.SURE),
        ("青山镇报表", TOWNSHIP, Certainty.SURE),
        ("990101101201-2026Q3", BRIDGE, Certainty.SURE),
        ("小石桥村", BRIDGE, Certainty.LIKELY),
        ("石桥村民小组", BRIDGE, Certainty.LIKELY),
        ("关于石桥村的报告", BRIDGE, Certainty.LIKELY),
        ("新村", "", Certainty.AMBIGUOUS),
        ("石桥村、柳湾村报表", "", Certainty.AMBIGUOUS),
        ("黑水镇新村", "", Certainty.NONE),
        ("党建统计表", "", Certainty.NONE),
    ],
)
def test_a_unit_named_in_a_title(title, code, certainty):
    match = NAMES.inside(title)
    assert (match.target, match.certainty) == (code, certainty)


def test_above_and_below():
    assert NAMES.is_above("青山镇")
    assert NAMES.is_above("城关街道党工委")
    assert not NAMES.is_above("石桥村")
    assert NAMES.is_below(BRIDGE, TOWNSHIP)
    assert not NAMES.is_below(THERE, TOWNSHIP)
    assert NAMES.lowest([TOWNSHIP, BRIDGE, THERE]) == {BRIDGE, THERE}


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("１．中共石桥村党支部", "石桥村"),
        ("石桥村委会", "石桥村"),
        ("和苑居委会", "和苑社区"),
        ("文昌街道办事处", "文昌街道"),
        ("党支部", "党支部"),
    ],
)
def test_plain_names(text, plain):
    assert plain_org_name(text) == plain

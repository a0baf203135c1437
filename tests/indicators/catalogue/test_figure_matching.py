"""Heads of anyone's tables as figures: every name of the catalogue in all its dresses is known, what is only similar is proposed."""

import csv
from pathlib import Path

import pytest

from indicators.catalogue.figure_matching import IndicatorNames, Named, names_of_layout, plain_name
from indicators.values.unit_of_measure_words import agree, only_count_differently, split_measure
from orgs.names.name_similarity import Certainty
from tests.factories.indicators import items_of, layout, line

CATALOGUE = Path(__file__).parents[3] / "indicators/ready/catalogue.csv"


def _catalogue() -> list[Named]:
    named = []
    with CATALOGUE.open(encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            facts = (row["name_zh"], row["unit"], row["name_en"], row["part_of"])
            items = [item for item in row["disaggregation"].replace("|", ";").split(";") if item]
            named += [Named(row["code"], item, *facts) for item in ("", *items)]
    return named


ALL = _catalogue()
NAMES = IndicatorNames(ALL)


@pytest.mark.parametrize(
    "apply_style",
    ["{name}", "1.{name}", "（三）{name}：", "{name}（{unit}）", " {name}\n", "{code} {name}", "{code}", "{name}({code})"],
)
def test_every_name_of_the_catalogue(apply_style):
    wrong = []
    for one in ALL:
        text = apply_style.format(name=one.name, unit=one.unit, code=one.code)
        match = NAMES.match(text)
        if not one.item and (match.target, match.certainty) != (one.key, Certainty.SURE):
            wrong.append((text, match))
    assert wrong == []


def test_every_item_of_the_catalogue_under_its_indicator():
    wrong = []
    for one in (one for one in ALL if one.item):
        beside, below = NAMES.match(f"{one.name}：{one.item}"), NAMES.match(f"其中：{one.item}", within=one.code)
        if {beside.target, below.target} != {one.key} or not (beside.is_sure and below.is_sure):
            wrong.append((one.key, beside, below))
    assert wrong == []


def test_no_name_cut_short_is_sure():
    """Of every name each letter left out in turn: what is left is another name of the catalogue, or it is not sure."""
    known = {plain_name(one.name) for one in ALL}
    wrong = []
    for one in (one for one in ALL if not one.item):
        for place in range(len(one.name)):
            text = one.name[:place] + one.name[place + 1 :]
            match = NAMES.match(text)
            if match.is_sure and match.target != one.key and plain_name(text) not in known:
                wrong.append((text, match))
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "target", "certainty"),
    [
        ("“两新”党组织数", "ORG-004", Certainty.SURE),
        ("两新党组织数", "ORG-004", Certainty.SURE),
        ("Meetings of members", "", Certainty.NONE),
        ("Members living at the village", "", Certainty.NONE),
        ("在村党员", "PM-002", Certainty.LIKELY),
        ("主题党日", "EDU-011", Certainty.LIKELY),
        ("党员数", "", Certainty.AMBIGUOUS),
        ("初级", "", Certainty.AMBIGUOUS),
        ("预备", "PM-001:预备", Certainty.LIKELY),
        ("其中：党员总数", "PM-001", Certainty.LIKELY),
        ("PM-001 在村党员数", "", Certainty.AMBIGUOUS),
        ("PM-001 随便什么", "PM-001", Certainty.LIKELY),
        ("PM-001 正式", "PM-001:正式", Certainty.SURE),
        ("pm-001", "PM-001", Certainty.SURE),
        ("上年同期党员总数", "", Certainty.NONE),
        ("合计", "", Certainty.NONE),
        ("其中：", "", Certainty.NONE),
        ("1", "", Certainty.NONE),
        ("", "", Certainty.NONE),
    ],
)
def test_heads(text, target, certainty):
    match = NAMES.match(text)
    assert (match.target, match.certainty) == (target, certainty), match


@pytest.mark.parametrize(
    ("text", "target", "certainty"),
    [
        ("村集体入股企业金额（万元）", "COOP-001", Certainty.SURE),
        ("村集体入股企业金额（元）", "", Certainty.NONE),
        ("党员总数（人）", "PM-001", Certainty.SURE),
        ("党员总数（户）", "PM-001", Certainty.LIKELY),
        ("义务劳动出工加分(次)", "PTS-004", Certainty.SURE),
        ("清理边沟（千米）", "ENV-013", Certainty.SURE),
        ("清理边沟（米）", "", Certainty.NONE),
    ],
)
def test_the_measure_stated_behind_a_name(text, target, certainty):
    match = NAMES.match(text)
    assert (match.target, match.certainty) == (target, certainty), match


def test_two_lines_of_one_name_are_listed_and_neither_is_chosen():
    names = names_of_layout(layout(line("A", name="人数"), line("B", name="人数")))
    match = names.match("人数")
    assert (match.target, match.certainty, match.choices) == ("", Certainty.AMBIGUOUS, ("A", "B"))
    assert names.match("B 人数").target == "B"


def test_a_short_code_is_not_the_beginning_of_a_word():
    names = names_of_layout(layout(line("A", name="甲"), line("7", name="乙"), line("1234", name="丙")))
    assert names.match("A类党组织").certainty == Certainty.NONE
    assert names.match("A 甲").target == "A"
    assert names.match("7").certainty == Certainty.NONE
    assert names.match("1234").target == "1234"


def test_a_part_of_another_indicator_that_has_the_same_name():
    lines = (*items_of("V", "其他", name="志愿者"), line("P", name="党员数"), line("R", name="应收党费", part_of="V"))
    names = names_of_layout(layout(*lines))
    assert names.match("其中：党员数", within="V").certainty == Certainty.LIKELY
    assert names.match("其中：应收党费", within="V").is_sure
    assert names.match("党员数", within="V").is_sure


def test_what_a_person_answered_once():
    names = IndicatorNames(ALL, {"党员个数": "PM-001", "没有了": "XX-001"})
    assert (names.match("1.党员个数（名）").target, names.match("党员个数").certainty) == ("PM-001", Certainty.SURE)
    assert names.match("党员个数（万元）").certainty == Certainty.NONE
    assert names.match("没有了").certainty == Certainty.NONE


def test_english_names_come_beside():
    names = names_of_layout(layout(line("A", name="党员"))).with_english({"A": "Party members"})
    assert names.match("party members").target == "A"


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("（一）其中：党员总数（名）：", "党员总数"),
        ("１．１　党员总数", "党员总数"),
        ("①党员总数（单位：人）", "党员总数"),
        ("12 党员总数", "党员总数"),
        ("“三公里”就业圈", "三公里就业圈"),
        ("三会一课", "三会一课"),
        ("户(人)季度积分", "户(人)季度积分"),
    ],
)
def test_plain_names(text, plain):
    assert plain_name(text) == plain


def test_measures():
    assert split_measure("金额(万元)") == ("金额", "万元")
    assert split_measure("组建率(应建已建率)") == ("组建率(应建已建率)", "")
    assert agree("人", "名")
    assert not agree("元", "万元")
    assert only_count_differently("家", "个")
    assert not only_count_differently("元", "万元")


def test_a_part_of_what_it_counts_itself():
    """其中：在村党员数 beside 党员总数: both count 党员; of volunteers it would be another figure."""
    names = names_of_layout(layout(line("P", name="党员总数"), line("V", name="在村党员数"), line("W", name="志愿者数")))
    assert names.match("其中：在村党员数", within="P").is_sure
    assert names.match("其中：在村党员数", within="W").certainty == Certainty.LIKELY
    assert names.match("其中：在村党员数").certainty == Certainty.LIKELY
    assert names.match("其中：党员总数", within="P").certainty == Certainty.LIKELY

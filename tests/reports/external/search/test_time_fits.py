"""What heads say of time, held against a running total, a stock, a flow, and against how often they are asked."""

import pytest

from tests.reports.external.filling.test_honest_filling import filled, taken
from tests.reports.external.search.test_search import found_in

SURE, LIKELY = "sure", "likely"
THIS, PREV, YEAR_END, LAST_YEAR = "this", "prev", "year_end", "same_last_year"


@pytest.fixture(scope="module")
def module_village(module_story):
    """2026Q3 of V1: W 350 since January (220 till June), F 40 (10), S 7 (5), N 30 (20), K monthly 9."""
    module_story.orgs("C,云岭县,county,,,,,", "T,青山镇,township,C,,,,", "V1,甲村,village,T,,,,")
    module_story.indicators(
        "W,累计发展党员数,人,cumulative,,,", "F,发展党员数,人,flow,,,", "S,帮扶单位数,个,stock,,,", "N,培训人数,人,cumulative,,,",
        "R,培训率,%,ratio,N,W,", "K,走访次数,次,flow,,,",
    )  # fmt: skip
    module_story.form("Q", "W", "F", "S", "N", "R")
    module_story.form("M", "K", frequency="month")
    module_story.open("Q", "2025Q4", "2026Q2", "2026Q3")
    module_story.open("M", "2026-09")
    for period, *values in (("2026Q2", 220, 10, 5, 20), ("2026Q3", 350, 40, 7, 30), ("2025Q4", 600, 90, 3, 80)):
        module_story.figures("Q", *(f"{period},V1,{code},,{value}" for code, value in zip("WFSN", values, strict=True)))
    module_story.figures("M", "2026-09,V1,K,,9")
    return module_story


@pytest.fixture
def village(module_village, db, tmp_path):
    return module_village.in_folder(tmp_path)


HEADS = {
    "累计发展党员数": (SURE, THIS, "ytd"),
    "本年累计发展党员数": (SURE, THIS, "ytd"),
    "2026年累计发展党员数": (SURE, THIS, "ytd"),
    "期末累计发展党员数": (SURE, THIS, "ytd"),
    "上年同期累计发展党员数": (SURE, LAST_YEAR, "ytd"),
    "上年末累计发展党员数": (SURE, YEAR_END, "ytd"),
    "培训人数": (SURE, THIS, "ytd"),
    "培训率": (SURE, THIS, "ytd"),
    "累计培训人数": (SURE, THIS, "ytd"),
    "本季累计发展党员数": (LIKELY, THIS, "ytd"),
    "累计发展党员数（本期）": (LIKELY, THIS, "ytd"),
    "2026年第三季度累计发展党员数": (LIKELY, THIS, "ytd"),
    "年初累计发展党员数": (LIKELY, YEAR_END, "ytd"),
    "本季培训人数": (LIKELY, THIS, "period"),
    "上季度培训人数": (LIKELY, PREV, "period"),
    "本季累计走访次数": (LIKELY, THIS, "ytd"),
    "本月发展党员数": (LIKELY, THIS, "period"),
    "发展党员数（当月）": (LIKELY, THIS, "period"),
    "上月发展党员数": (LIKELY, PREV, "period"),
    "上年同月发展党员数": (LIKELY, LAST_YEAR, "period"),
    "月末帮扶单位数": (LIKELY, THIS, "period"),
    "年末发展党员数": (LIKELY, THIS, "period"),
    "年末帮扶单位数": (LIKELY, THIS, "period"),
    "年底帮扶单位数": (LIKELY, THIS, "period"),
    "期末帮扶单位数": (SURE, THIS, "period"),
    "期末发展党员数": (LIKELY, THIS, "period"),
    "年初发展党员数": (LIKELY, YEAR_END, "period"),
    "年初帮扶单位数": (SURE, YEAR_END, "period"),
    "期初发展党员数": (LIKELY, PREV, "period"),
    "期初帮扶单位数": (SURE, PREV, "period"),
    "2026年发展党员数": (LIKELY, THIS, "ytd"),
    "今年发展党员数": (LIKELY, THIS, "ytd"),
    "今年以来发展党员数": (SURE, THIS, "ytd"),
    "2026年帮扶单位数": (SURE, THIS, "period"),
    "本季度发展党员数": (SURE, THIS, "period"),
    "本月走访次数": (SURE, THIS, "period"),
    "本季走访次数": (SURE, THIS, "period"),
}


@pytest.mark.parametrize("head", HEADS)
def test_one_head(village, head):
    bindings, _unmatched = found_in(["村名", head], ["甲村", None])
    binding = bindings["B2"]
    assert (binding["certainty"], binding.get("period", THIS), binding.get("view", "period")) == HEADS[head]


def test_the_end_of_the_year_in_a_table_of_the_fourth_quarter(village):
    rows = ["2026年第四季度统计表", None, None], ["村名", "年末帮扶单位数", "年末发展党员数"], ["甲村", None, None]
    bindings, _unmatched = found_in(*rows, merged=("A1:C1",))
    assert (bindings["B3"]["certainty"], bindings["B3"]["length"], bindings["C3"]["certainty"]) == (SURE, "year end", LIKELY)


@pytest.mark.parametrize(
    ("top", "below"), [("发展党员数", "9月"), ("发展党员数", "本月"), ("本季", "累计发展党员数"), ("2026年", "发展党员数")]
)
def test_heads_over_heads(village, top, below):
    bindings, _unmatched = found_in(["村名", top], [None, below], ["甲村", None], merged=("A1:A2",))
    assert bindings["B3"]["certainty"] == LIKELY


def test_a_running_total_is_filled_as_it_was_typed(village, tmp_path):
    taken(
        village,
        tmp_path,
        [["村名", "累计发展党员数", "培训率", "本季发展党员数", "本月走访次数"], ["甲村", None, None, None, None]],
    )
    values = filled(village, tmp_path)
    assert (values["B2"], values["C2"], values["D2"]) == (350, 8.6, 40)  # of 30 in 350; since June it is 10 in 130
    assert "E2" not in values
    assert "E2 stay empty: the head speaks of a time that Third quarter of 2026 is not" in village.printed.replace("表1!", "")


def test_another_length_than_the_heads_stays_empty(village, tmp_path):
    taken(village, tmp_path, [["村名", "发展党员数", "本季发展党员数"], ["甲村", None, None]])
    values = filled(village, tmp_path, "2026")
    assert (values["B2"], "C2" in values) == (50, False)

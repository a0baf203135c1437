"""Heads say 本季 or 本年累计 where a running total is shown or both stand side by side: JSON, table, page, workbook."""

import json

import pytest

from orgs.choices import Role
from tests.reports.people import signed_in, text_of
from tests.reports.story import Story


@pytest.fixture
def county(story) -> Story:
    story.villages("V1", "V2")
    story.indicators(
        "A,受理,件,flow,,,", "S,党员,名,stock,,,", "K,累计,件,cumulative,,,甲", "R,占比,%,ratio,A,S,", "Q,完成率,%,ratio,K,S,"
    )
    story.form("F", "A", "S", "K", "R", "Q")
    story.open("F", "2026Q1", "2026Q2")
    for quarter, total in (("2026Q1", 4), ("2026Q2", 9)):
        rows = [f"{quarter},{unit},{code},,{total}" for unit in ("V1", "V2") for code in ("A", "S", "K")]
        story.figures("F", *rows, *(f"{quarter},{unit},K,甲,{total}" for unit in ("V1", "V2")))
    return story


@pytest.mark.parametrize(
    ("codes", "heads"),
    [
        (("A", "S", "R"), ["受理(件)", "党员(名)", "占比(%)"]),
        (("K",), ["累计 (This quarter)(件)"]),
        (("K:甲",), ["累计:甲 (This quarter)(件)"]),
        (("K@ytd",), ["累计 (year to date)(件)"]),
        (("A", "A@ytd"), ["受理 (This quarter)(件)", "受理 (year to date)(件)"]),
        (("S", "S@ytd"), ["党员(名)", "党员(名)"]),
        (("A@since:2026-01-01",), ["受理 (since 2026-01-01)(件)"]),
        (("A", "R@ytd"), ["受理(件)", "占比 (year to date)(%)"]),
        (("Q",), ["完成率 (year to date)(%)"]),  # made of a running total
        (("Q", "Q@ytd"), ["完成率 (year to date)(%)", "完成率 (year to date)(%)"]),
    ],
)
def test_the_heads_of_a_table(county, codes, heads):
    printed = county.run("figures", *codes, "--period", "2026Q2", "--org", "C").splitlines()[0]
    assert [" ".join(head.split()) for head in printed.strip().split("  ") if head.strip()] == heads


def test_json_keeps_the_name_and_tells_the_view(county):
    columns = county.ask("K", "K@ytd", period="2026Q2").data["columns"]
    assert [(column["name"], column["view"]) for column in columns] == [("累计", "period"), ("累计", "ytd")]
    [column] = county.ask("Q", period="2026Q2").data["columns"]
    assert (column["name"], column["view"]) == ("完成率 (year to date)", "")


def test_the_page_and_its_json(county):
    client = signed_in(Role.LEADER, "C")
    assert "累计 (This quarter)" in text_of(client.get("/figures/?period=2026Q2&codes=K"))
    assert "累计 (year to date)" in text_of(client.get("/figures/?period=2026Q2&codes=K&view=ytd"))
    assert json.loads(client.get("/figures.json?period=2026Q2&codes=K").content)["columns"][0]["name"] == "累计"


def test_comparisons_stand_behind_each_figure_of_the_printed_table(county):
    head, total, *_rest = county.run(
        "figures", "A", "--period", "2026Q2", "--org", "C", "--compare", "prev,same_last_year"
    ).splitlines()
    assert "Against the period before" in head
    assert "Against the same period last year" in head
    assert "18" in total
    assert "▲ +10 (+125.0%)" in total
    assert "nothing to compare" in total

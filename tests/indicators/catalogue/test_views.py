"""The catalogue and one definition: who sees them, what they say, how many queries they take."""

import pytest

from indicators.models import Check, FormLine, Indicator
from tests.factories.indicators import make_form, make_indicator
from tests.indicators.catalogue.conftest import messages_of, page

pytestmark = pytest.mark.django_db


def test_anyone_who_works_may_browse_and_others_may_not(officer, clerk, auditor):
    indicator = make_indicator("A")
    for url in ("/indicators/", f"/indicators/{indicator.pk}/"):
        assert officer.get(url).status_code == 200
        assert clerk.get(url).status_code == 200
        assert auditor.get(url).status_code == 404
        assert officer.post(url).status_code == 405
    assert clerk.get("/indicators/999999/").status_code == 404


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("", ["ORG-1", "EDU-1", "EDU-2"]),
        ("q=org", ["ORG-1"]),
        ("q=站点", ["EDU-1", "EDU-2"]),
        ("q=SITES", ["EDU-1"]),
        ("domain=coverage", ["ORG-1"]),
        ("kind=stock", ["EDU-2"]),
        ("state=off", ["EDU-2"]),
        ("state=on&domain=education", ["EDU-1"]),
        ("domain=moon", ["ORG-1", "EDU-1", "EDU-2"]),
        ("q=nothing", []),
    ],
)
def test_the_list_is_narrowed(clerk, query, codes):
    make_indicator("ORG-1", name="台账", sort_order=1)
    make_indicator("EDU-1", name="远教站点", name_en="Sites", domain="education", sort_order=2)
    make_indicator("EDU-2", name="正常站点", domain="education", kind="stock", is_enabled=False, sort_order=3)
    response = clerk.get(f"/indicators/?{query}")
    assert [record.code for record in response.context["table"].data] == codes
    if not codes:
        assert "No indicator matches" in page(response)


def test_295_rows_come_in_pages(clerk):
    for number in range(60):
        make_indicator(f"X{number:02d}", sort_order=number)
    assert "X49" in page(clerk.get("/indicators/"))
    assert "X59" in page(clerk.get("/indicators/?page=2"))


def test_the_list_takes_the_same_queries_for_one_and_for_three(clerk, django_assert_num_queries):
    make_indicator("A")
    for more in ((), ("B", "C")):
        for code in more:
            make_indicator(code)
        with django_assert_num_queries(7):
            clerk.get("/indicators/")


def test_a_definition_tells_everything(clerk):
    whole = make_indicator("ALL", name="台账总数")
    indicator = make_indicator(
        "P",
        name="指导员",
        unit="名",
        items=("专职", "兼职"),
        part_of=whole,
        definition="期末在岗人数。",
        validation="int>=0",
        source="文件",
    )
    Check.objects.create(indicator=indicator, expression="{P} <= {ALL@prev}", severity="verify")
    make_indicator("RATE", name="派驻率", numerator="{P}", denominator="{ALL}")
    make_indicator("PX", name="无关")
    make_form("季01表", ("ALL", "P"))
    text = page(clerk.get(f"/indicators/{indicator.pk}/"))
    for words in (
        "期末在岗人数。", "专职 · 兼职", "ALL 台账总数", "P 指导员 ≤ ALL 台账总数 (last period)", "Verify", "季01表", "RATE 派驻率",
        "int&gt;=0", "文件", "need not add up",
    ):  # fmt: skip
        assert words in text, words
    assert "无关" not in text
    assert "Switch off" not in text


def test_a_ratio_is_spelled_with_names(clerk):
    make_indicator("N", name="已建")
    make_indicator("D", name="应建")
    ratio = make_indicator("R", numerator="{N@ytd}", denominator="{D}")
    text = page(clerk.get(f"/indicators/{ratio.pk}/"))
    assert "N 已建 (year to date)" in text
    assert "D 应建" in text
    assert "Computed, never typed" in text


def test_a_definition_takes_the_same_queries_with_more_around_it(clerk, django_assert_num_queries):
    indicator = make_indicator("A")
    make_form("S", ("A",))
    Check.objects.create(indicator=indicator, expression="{A} <= 9", severity="hint")
    for round_number in range(2):
        with django_assert_num_queries(11):
            clerk.get(f"/indicators/{indicator.pk}/")
        make_form(f"T{round_number}", ("A", "B"))
        make_indicator(f"R{round_number}", numerator="{A}", denominator="{B}")
        Check.objects.create(indicator=indicator, expression=f"{{A}} <= {{B}} * {round_number}", severity="hint")


def test_an_officer_switches(county, officer, clerk):
    indicator = make_indicator("A", owner=county, is_enabled=False)
    url = f"/indicators/{indicator.pk}/switch/"
    assert "A is switched on." in messages_of(officer, officer.post(url, {"is_enabled": "1"}))
    assert Indicator.objects.get().is_enabled
    FormLine.objects.create(form=make_form("季01表", (), owner=county), indicator=indicator, position=1)
    assert "stands on the form 季01表" in messages_of(officer, officer.post(url, {"is_enabled": "0"}))
    assert Indicator.objects.get().is_enabled
    assert clerk.post(url, {"is_enabled": "0"}).status_code == 404
    assert officer.get(url).status_code == 405

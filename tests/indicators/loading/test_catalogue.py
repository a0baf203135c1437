"""A catalogue is taken whole or not at all, twice the same, with what is wrong named by row and column."""

import json

import pytest

from audit.models import Event
from indicators.choices import OrgRule, PeriodRule
from indicators.loading.catalogue import load_catalogue
from indicators.models import BreakdownItem, Check, Indicator
from orgs.accounts.accounts import system_operator
from spreadsheets.tables import TableProblems
from tests.factories.indicators import AT
from tests.indicators.loading.tables import lines_of, table_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"


def row(code, **given):
    return {"code": code, "name_zh": f"指标{code}", "unit": "家", "kind": "flow", **given}


def load(*rows):
    return load_catalogue(table_of(*rows), by=system_operator(), at=AT)


def refused(*rows):
    with pytest.raises(TableProblems) as problems:
        load(*rows)
    assert Indicator.objects.count() == 0
    return lines_of(problems.value)


def test_a_plain_row_takes_the_defaults_of_its_kind():
    assert load(row("A", kind="stock")).sentence == "Indicators: 1 added, 0 changed, 0 unchanged."
    indicator = Indicator.objects.get()
    assert (indicator.org_rule, indicator.period_rule, indicator.decimals) == (OrgRule.SUM, PeriodRule.LAST, 0)
    assert (indicator.na_allowed, indicator.negative_allowed, indicator.is_enabled) == (True, False, True)


def test_a_ratio():
    load(row("N"), row("D"), row("R", unit="%", kind="ratio", numerator="N[ytd]", denominator="D", validation="0<=x<=100"))
    ratio = Indicator.objects.get(code="R")
    assert (ratio.numerator, ratio.denominator, ratio.decimals, ratio.org_rule) == ("{N@ytd}", "{D}", 1, "ratio")
    assert list(ratio.checks.values_list("expression", "severity")) == [("0 <= {R} <= 100", "mandatory")]


def test_a_share_of_two_flows_of_one_period_may_pass_a_hundred_with_a_word():
    load(row("N"), row("D"), row("R", unit="%", kind="ratio", numerator="N", denominator="D", validation="0<=x<=100"))
    assert list(Check.objects.values_list("severity", flat=True)) == ["verify"]


def test_breakdowns_in_dimensions():
    load(row("A", disaggregation="行业;属地|专职;兼职"), row("B", disaggregation="(等级由县级配置)"))
    items = BreakdownItem.objects.order_by("position").values_list("indicator__code", "dimension", "name")
    assert list(items) == [("A", 0, "行业"), ("A", 0, "属地"), ("A", 1, "专职"), ("A", 1, "兼职")]


def test_kinds_of_organizations():
    load(row("A", org_kinds="county;enterprise;social_org"), row("B", org_kinds="branch"))
    assert Indicator.objects.get(code="A").unit_categories == ("county", "private_enterprise", "social_organization")
    assert "village" in Indicator.objects.get(code="B").unit_categories


def test_optional_columns():
    load(
        row("A"),
        row(
            "B", org_rule="mean", period_rule="last", decimals="2", direction="down", na_allowed="0", part_of="A",
            definition="口径", valid_from="2026-01-01", valid_to="2026-12-31",
        ),
        row("C", org_rule="count_if", formula="{A} >= 4"),
    )  # fmt: skip
    b = Indicator.objects.get(code="B")
    assert (b.org_rule, b.period_rule, b.decimals, b.direction, b.na_allowed) == ("mean", "last", 2, "down", False)
    assert (b.part_of.code, b.definition, str(b.valid_to)) == ("A", "口径", "2026-12-31")
    assert Indicator.objects.get(code="C").formula == "{A} >= 4"


def test_what_is_no_party_work_comes_switched_off_and_its_switch_is_kept():
    assert "no party work: 1" in load(row("A", domain="skills")).sentence
    Indicator.objects.update(is_enabled=True)
    load(row("A", domain="skills", name_zh="改名"))
    assert Indicator.objects.get().is_enabled


@pytest.mark.parametrize(
    ("text", "domain"),
    [("member", "member"), ("党员队伍", "member"), ("Party members", "member"), ("本县特色", "本县特色"), ("", "other")],
)
def test_a_domain_is_known_by_its_name(text, domain):
    load(row("A", domain=text))
    assert Indicator.objects.get().domain == domain


def test_twice_the_same_changes_nothing():
    rows = (row("A", disaggregation="x;y", validation="int>=0;A<=B[E]"), row("B"))
    load(*rows)
    before = Event.objects.count(), list(BreakdownItem.objects.values_list("pk")), list(Check.objects.values_list("pk"))
    assert load(*rows).sentence == "Indicators: 0 added, 0 changed, 2 unchanged."
    assert (
        Event.objects.count(),
        list(BreakdownItem.objects.values_list("pk")),
        list(Check.objects.values_list("pk")),
    ) == before


def test_a_change_is_recorded_old_to_new():
    load(row("A", disaggregation="x;y"), row("B"))
    sentence = load(row("A", name_zh="新名", disaggregation="x;z", validation="A<=B[W]"), row("B")).sentence
    assert sentence.startswith("Indicators: 0 added, 1 changed, 1 unchanged. A 指标A: Indicator name 指标A → 新名. ")
    assert "A 指标A: breakdown items added: z. A 指标A: breakdown items ended: y." in sentence
    data = json.loads(Event.objects.get(kind="catalogue.loaded", sequence=Event.objects.count()).data)
    assert data["A.name"] == ["指标A", "新名"]
    assert data["A.items"] == [["x", "y"], ["x", "z"]]
    assert data["A.checks"] == [[], [["{A}<={B}", "verify"]]]
    assert [item.name for item in BreakdownItem.objects.order_by("position")] == ["x", "z"]


def test_a_column_the_file_does_not_have_says_nothing():
    load(row("A", definition="口径", direction="up"))
    load(row("A"))
    assert Indicator.objects.get().definition == "口径"
    load(row("A", definition=""))
    assert Indicator.objects.get().definition == ""


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        ([row("A B")], "file.csv:2: code: A code has 1 to 40 letters"),
        ([row("A-1"), row("a-1")], "file.csv:3: code: The code a-1 differs from A-1 only by capital or full-width signs"),
        ([row("A-1"), row("Ａ-1")], "file.csv:3: code: The code Ａ-1 differs from A-1 only by capital or full-width signs"),
        ([row("A"), row("A")], "file.csv:3: code: The code A already stands in row 2."),
        ([row("A", name_zh="")], "file.csv:2: name_zh: This cell is empty"),
        ([row("A", unit="")], "file.csv:2: unit: This cell is empty"),
        ([row("A", kind="count")], "file.csv:2: kind: “count” is not one of: Flow (this period) (flow), Stock"),
        ([row("A", kind="")], "file.csv:2: kind: This cell is empty; write one of: Flow (this period) (flow), Stock"),
        ([row("A"), row("R", kind="", numerator="A", denominator="A")], "file.csv:3: kind: This cell is empty; write one of"),
        ([row("A", frequency="daily")], "file.csv:2: frequency: “daily” is not one of"),
        ([row("A", org_kinds="village;moon")], "file.csv:2: org_kinds: “moon” is not one of"),
        ([row("A", decimals="7")], "file.csv:2: decimals: “7” is not a whole number from 0 to 6."),
        ([row("A", na_allowed="maybe")], "file.csv:2: na_allowed: “maybe” is neither 1"),
        ([row("A", valid_from="2026-1")], "file.csv:2: valid_from: “2026-1” is not a date"),
        ([row("A", valid_from="2026-02-01", valid_to="2026-01-01")], "file.csv:2: valid_to: The last day lies"),
        ([row("A", part_of="Z")], "file.csv:2: part_of: No other indicator has the code Z."),
        ([row("A", part_of="A")], "file.csv:2: part_of: No other indicator has the code A."),
        ([row("A", disaggregation="x;x")], "file.csv:2: disaggregation: The item “x” stands here twice."),
        ([row("A", disaggregation="x@y")], "file.csv:2: disaggregation: An item has at most"),
        ([row("A", kind="ratio")], "file.csv:2: kind: The kind “ratio” belongs"),
        ([row("A"), row("R", kind="ratio", numerator="A")], "file.csv:3: denominator: A ratio needs both"),
        ([row("A"), row("R", kind="ratio", numerator="A", denominator="ZZ-1")], "file.csv:3: denominator: No indicator has the code ZZ-1."),
        ([row("A"), row("B", formula="{A} +")], "file.csv:3: formula: Character 6: The formula ends too early."),
        ([row("A"), row("B", formula="{A:x}")], "file.csv:3: formula: A has no item “x”."),
        ([row("A"), row("B", formula="{A} > 1")], "file.csv:3: formula: A number is needed here"),
        ([row("A", org_rule="count_if")], "file.csv:2: org_rule: “count_if” needs the condition"),
        ([row("A", org_rule="ratio")], "file.csv:2: org_rule: “ratio” is the rule of an indicator with"),
        ([row("A", formula="{A}")], "file.csv:2: formula: This leads in a circle: A → A."),
        ([row("A", formula="{B}"), row("B", formula="{A@ytd}")], "file.csv:2: formula: This leads in a circle: A → B → A."),
        ([row("A", part_of="B"), row("B", part_of="A")], "file.csv:2: part_of: This leads in a circle: A → B → A."),
        ([row("A", name_zh="长" * 201)], "file.csv:2: name_zh: The text has more than 200 characters."),
        ([row("A", colour="red")], "file.csv:1: colour: This column is not known"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(rows, line):
    assert refused(*rows)[0].startswith(line)


def test_a_kind_is_asked_for_once_and_never_guessed():
    assert len(refused(row("A"), row("R", kind="", numerator="A", denominator="A"), row("S", kind=""))) == 2


def test_a_kind_that_is_taken_away_is_refused():
    load(row("A", kind="stock"))
    with pytest.raises(TableProblems, match=r"file\.csv:2: kind: This cell is empty"):
        load(row("A", kind=""))
    assert Indicator.objects.get().kind == "stock"


def test_what_stands_among_the_others_for_want_of_a_domain_is_listed_once():
    sentence = "The cell domain is empty of A; they stand among the other indicators until it says one."
    assert load(row("A", domain=""), row("B", domain="coverage")).sentence.endswith(sentence)
    assert load(row("A", domain=""), row("B", domain="coverage")).sentence.endswith("2 unchanged.")
    assert sentence.replace("of A", "of B") in load(row("B", domain="")).sentence
    assert load(row("C")).sentence.endswith("0 unchanged.")  # the file does not speak of domains
    load(row("A", domain="党员队伍"), row("B"))
    assert dict(Indicator.objects.values_list("code", "domain")) == {"A": "member", "B": "other", "C": "other"}


def test_everything_wrong_is_reported_at_once_and_nothing_is_taken():
    assert len(refused(row("A", kind="x", decimals="x"), row("B"), row("C", unit=""))) == 3

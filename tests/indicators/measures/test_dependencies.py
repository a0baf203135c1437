"""On which earlier periods a measure leans, by table."""

import pytest

from indicators.choices import Kind, OrgRule, PeriodRule
from indicators.layout import Layout, Line
from indicators.measures.dependencies import periods_leaned_on
from indicators.measures.document_measures import plan_of
from indicators.periods import read_period


def line(code: str, **given) -> Line:
    empty = dict.fromkeys(("item", "name", "unit", "direction", "section", "part_of", "numerator", "denominator"), "")
    empty |= dict.fromkeys(("formula", "condition", "definition"), "")
    plain = {
        "dimension": 0, "kind": Kind.FLOW, "org_rule": OrgRule.SUM, "period_rule": PeriodRule.SUM, "decimals": 0,
        "na_allowed": True, "negative_allowed": False, "required": False, "breakdown_is_complete": False, "unit_categories": (),
    }  # fmt: skip
    return Line(**{"code": code, **empty, **plain, **given})


LAYOUT = Layout((
    line("A"), line("S", kind=Kind.STOCK, period_rule=PeriodRule.LAST), line("C", kind=Kind.CUMULATIVE),
    line("P", formula="{A} - {A@prev}"), line("L", formula="{A@same_last_year}"), line("Y", formula="{A@ytd}"),
    line("YS", formula="{S@ytd} + {C@ytd}"), line("PP", formula="{P} * 2"), line("PLAIN", formula="{A} + {C}"),
    line("R", kind=Kind.RATIO, numerator="{A}", denominator="{S@prev}"),
    line("N", org_rule=OrgRule.COUNT_IF, condition="{A} > {A@prev}"),
))  # fmt: skip


@pytest.mark.parametrize(("key", "role", "period", "right"), [
    ("A", "value", "2026Q3", []),
    ("C", "total", "2026Q3", []),
    ("C", "part", "2026Q3", ["2026Q2"]),
    ("C", "part", "2026Q1", []),
    ("C", "part", "2026-02", ["2026-01"]),
    ("P", "value", "2026Q1", ["2025Q4"]),
    ("L", "value", "2026Q3", ["2025Q3"]),
    ("L", "value", "2026W53", []),  # 2025 has no week 53
    ("Y", "value", "2026Q3", ["2026Q1", "2026Q2"]),
    ("Y", "value", "2026Q1", []),
    ("YS", "value", "2026Q3", []),
    ("PP", "value", "2026Q3", ["2026Q2"]),
    ("PLAIN", "value", "2026Q3", []),
    ("R", "numerator", "2026Q3", ["2026Q2"]),
    ("R", "denominator", "2026Q3", ["2026Q2"]),
    ("N", "value", "2026Q3", ["2026Q2"]),
])  # fmt: skip
def test_periods_leaned_on(key, role, period, right):
    plan = plan_of(LAYOUT)
    measure = plan.measure(key, role)
    assert sorted(map(str, periods_leaned_on(LAYOUT, measure, read_period(period)))) == right

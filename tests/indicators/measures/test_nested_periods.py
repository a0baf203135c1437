"""Formulas that look back at a figure which itself looks back."""

import pytest

from indicators.choices import Kind, PeriodRule
from indicators.measures.nested_periods import look_back_of, nested_in, total_look_back_of
from tests.factories.indicators import layout, line

LINES = layout(
    line("A"),
    line("S", kind=Kind.STOCK, period_rule=PeriodRule.LAST),
    line("P", formula="{A} - {A@prev}"),
    line("L", formula="{S@same_last_year} + 1"),
    line("Y", formula="{A@ytd}"),
    line("YS", formula="{S@ytd}"),
    line("PP", formula="{A} + {P} * 2"),
    line("PLAIN", formula="{A} + {S} + {X@prev}"),
    line("R", kind=Kind.RATIO, numerator="{A}", denominator="{S@prev}", period_rule=PeriodRule.NONE),
    line("T", kind=Kind.CUMULATIVE, formula="{P} + {S}"),
    line("U", kind=Kind.CUMULATIVE, formula="{A} * 2"),
    line("LOOP", formula="{LOOP} + {LOOPED}"),
    line("LOOPED", formula="{LOOP} + {A} + {L}"),
).by_key


@pytest.mark.parametrize(
    ("code", "reference"),
    [
        ("A", None),
        ("P", "{A@prev}"),
        ("L", "{S@same_last_year}"),
        ("Y", "{A@ytd}"),
        ("YS", None),  # the present value of a stock
        ("PP", "{A@prev}"),
        ("PLAIN", None),  # of what no line of the form is
        ("R", "{S@prev}"),
        ("LOOP", "{S@same_last_year}"),
    ],
)
def test_with_what_a_line_looks_back(code, reference):
    found = look_back_of(LINES[code], LINES)
    assert (str(found) if found else None) == reference


@pytest.mark.parametrize(("code", "reference"), [("P", None), ("U", None), ("T", "{A@prev}")])
def test_with_what_a_computed_running_total_looks_back(code, reference):
    found = total_look_back_of(LINES[code], LINES)
    assert (str(found) if found else None) == reference


@pytest.mark.parametrize(
    ("text", "nested"),
    [
        ("{A@prev}", None),
        ("{P}", None),
        ("{P@prev}", ("{P@prev}", "{A@prev}")),
        ("{A@prev} + {PP@same_last_year}", ("{PP@same_last_year}", "{A@prev}")),
        ("{P@ytd}", ("{P@ytd}", "{A@prev}")),
        ("{YS@prev}", None),
        ("{X@prev} + {L@prev}", ("{L@prev}", "{S@same_last_year}")),
        ("{R@ytd}", None),  # a ratio does not add up over time: its year to date is today's
        ("{R@prev}", ("{R@prev}", "{S@prev}")),
    ],
)
def test_a_period_inside_a_period(text, nested):
    found = nested_in(text, LINES)
    assert (tuple(map(str, found)) if found else None) == nested

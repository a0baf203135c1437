"""Forms of any make for property tests: every kind of line, items, decimals, sections, lines computed and not asked; their figures."""

from dataclasses import dataclass, field
from decimal import Decimal

from hypothesis import strategies as st

from indicators.choices import Kind
from indicators.layout import Line
from indicators.models import Form
from indicators.values.documents import NA, Figure
from submissions.workbooks.stamps import Shape
from tests.factories.indicators import make_form, make_indicator

ITEMS = ("男", "女", "35岁及以下", "其中：少数民族", "A|B", "a:b")


@dataclass(frozen=True)
class Drawn:
    """A form, the sheet it goes out on, and a seed for its figures."""

    indicators: tuple[dict, ...]
    shape: Shape
    sections: tuple[str, ...] = ()
    unasked: tuple[bool, ...] = field(default=())

    def made(self, code: str) -> Form:
        codes = []
        for number, facts in enumerate(self.indicators):
            codes.append(f"{code}-{number:03d}")
            make_indicator(codes[-1], **{name: _named(value, code) for name, value in facts.items()})
        form = make_form(code, tuple(codes))
        for line, section, is_unasked in zip(form.lines.order_by("position"), self.sections, self.unasked, strict=False):
            line.section, line.unit_categories = section, ("school",) if is_unasked else ()
            line.save()
        return form


def _named(value, code: str):
    return value.replace("CODE", code) if isinstance(value, str) else value


TYPED = st.fixed_dictionaries(
    {
        "kind": st.sampled_from([Kind.FLOW, Kind.STOCK, Kind.CUMULATIVE, Kind.SCORE]),
        "unit": st.sampled_from(["人", "家", "%", "万元", "人次"]),
        "decimals": st.integers(0, 3),
        "na_allowed": st.booleans(),
        "negative_allowed": st.booleans(),
        "items": st.lists(st.sampled_from(ITEMS), unique=True, max_size=3).map(tuple),
    }
)
COMPUTED = st.sampled_from(
    [
        {"numerator": "{CODE-000}", "denominator": "{CODE-001}", "unit": "%", "decimals": 1},
        {"kind": Kind.STOCK, "formula": "{CODE-000@prev}"},
        {"kind": Kind.FLOW, "formula": "{CODE-000} + {CODE-001}"},
    ]
)


@st.composite
def forms(draw) -> Drawn:
    typed = draw(st.lists(TYPED, min_size=2, max_size=6))
    computed = draw(st.lists(COMPUTED, max_size=2))
    indicators = tuple(typed + computed)
    size = len(indicators)
    return Drawn(
        indicators,
        draw(st.sampled_from(list(Shape))),
        tuple(draw(st.lists(st.sampled_from(["", "一、基本情况", "二、活动"]), min_size=size, max_size=size))),
        (False, False, *draw(st.lists(st.booleans(), min_size=size - 2, max_size=size - 2))),
    )


def figures(line: Line) -> st.SearchStrategy[Figure]:
    """What may stand in a typed line: whole, with its decimals, not applicable, below zero, as each is allowed."""
    lowest = -(10**8) if line.negative_allowed else 0
    numbers = st.integers(lowest, 10**8) | st.integers(lowest, 50)
    given = numbers.map(lambda minor: plain(Decimal(minor).scaleb(-line.decimals)))
    return given | st.just(NA) if line.na_allowed else given


def plain(value: Decimal) -> Figure:
    """One number, one way to keep it."""
    return int(value) if value == value.to_integral_value() else value.normalize()

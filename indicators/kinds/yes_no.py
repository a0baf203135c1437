"""Whether a unit meets a condition (达标 是/否): typed as a word, kept as 1 or 0, counted over units as met of asked.

A state: over periods it is its last, or the number of periods in which it was met. Only words whose sense is sure are read: 有 and 无,
a ticked or an empty box and a letter x mean one thing here and another there, so they are refused with a sentence (decision 200).
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from indicators.choices import Kind, OrgRule, PeriodRule
from indicators.kinds.kind import DefaultCheck, Defined, IndicatorKind
from indicators.layout import Line
from indicators.values.documents import NA, Figure
from indicators.values.exact_numbers import Exact
from indicators.values.number_parser import Reading, excerpt, format_figure, read_value

MET, UNMET = 1, 0
_YES = frozenset(("是", "√", "✓", "✔", "y", "yes", "true"))
_NO = frozenset(("否", "×", "✕", "✖", "✗", "✘", "n", "no", "false"))
_MEANT = {"是的": "是", "不是": "否", "已达标": "是", "达标": "是", "未达标": "否", "不达标": "否", "对": "是", "错": "否"}
_ENDING = "。．.！!；;，, "


class YesNo(IndicatorKind):
    """Neither computed nor broken down: a condition over figures is counted with the rule count_if."""

    name = Kind.YES_NO
    words = ("是否", "是/否", "是否指标", "达标", "达标指标", "yes/no")
    period_rule = PeriodRule.LAST
    org_rules = frozenset({OrgRule.SUM, OrgRule.NONE})
    period_rules = frozenset({PeriodRule.LAST, PeriodRule.SUM, PeriodRule.NONE})
    is_state = True
    is_word = True
    adds_in_tables = False
    has_growth = False
    has_breakdown = False
    may_be_computed = False

    def read(self, text: str | None, line: Line, number_format: str = "") -> Reading:
        text = text or ""
        plain = text.strip().lower()
        if plain in _YES or plain in _NO:
            return Reading(MET if plain in _YES else UNMET)
        number = read_value(text, line, number_format)
        if number.figure in (None, NA, MET, UNMET) and not number.error and not number.notice:
            return number
        suggestion = _meant(plain)
        sentence = _("“%(text)s” is no answer to a yes-or-no question. Write Yes or No (√, ×, 1 and 0 are read too).")
        sentence %= {"text": excerpt(text)}
        if suggestion:
            sentence += _(" Is it %(suggestion)s?") % {"suggestion": self.text(suggestion == "是", 0)}
        return Reading(error=sentence, suggestion=self.text(suggestion == "是", 0) if suggestion else "")

    def text(self, figure: Figure | None, decimals: int) -> str:
        if figure not in (MET, UNMET):
            return format_figure(figure, decimals)
        return pgettext("answer", "Yes") if figure == MET else pgettext("answer", "No")

    def answers(self) -> tuple[str, ...]:
        return self.text(MET, 0), self.text(UNMET, 0)

    def year_text(self, figure: Figure | None, line: Defined) -> str:
        """The number of periods in which it was met, where periods are counted."""
        return format_figure(figure, 0) if self.adds_over_time(line) else self.text(figure, 0)

    def sum_text(self, value: Exact, decimals: int, asked: int) -> str:
        """Met of asked: 3/5."""
        return f"{format_figure(value, 0)}/{asked}" if asked else format_figure(value, 0)

    def is_shareable(self, line: Defined) -> bool:
        """A split unit's answer has no halves."""
        return False

    def is_nil_zero(self, line: Line) -> bool:
        return False

    def cell_checks(self, line: Line) -> Iterator[DefaultCheck]:
        """What is read is 1 or 0 already."""
        yield from ()

    def decimals(self, unit: str, stated: int | None, *, is_constant: bool) -> int:
        return 0

    def may_be_negative(self, stated: bool | None, *, is_computed: bool) -> bool:
        return False


def _meant(plain: str) -> str:
    """是 or 否 where only one of them can be meant; "" where it is unclear."""
    bare = plain.rstrip(_ENDING)
    if bare != plain and (bare in _YES or bare in _NO):
        return "是" if bare in _YES else "否"
    return _MEANT.get(bare, "")

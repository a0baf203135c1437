"""Points (分值): added over periods, taken off too, with one decimal."""

from indicators.choices import Kind
from indicators.kinds.kind import Defined, IndicatorKind


class Score(IndicatorKind):
    """Neither a count that opens a dashboard nor a column that others add up."""

    name = Kind.SCORE
    words = ("分值", "得分", "积分制")
    is_headline_count = False
    adds_in_tables = False

    def decimals(self, unit: str, stated: int | None, *, is_constant: bool) -> int:
        if stated is not None:
            return stated
        return 0 if is_constant else 1

    def is_shareable(self, line: Defined) -> bool:
        """A split unit's points have no parts: neither heir was given 48 of 80 (T79)."""
        return False

    def may_be_negative(self, stated: bool | None, *, is_computed: bool) -> bool:
        return True if stated is None else stated

"""Flows, what happened in a period (时期数): they add up over periods, and a nil report answers 0."""

from indicators.choices import Kind
from indicators.kinds.kind import IndicatorKind


class Flow(IndicatorKind):
    """The plain number itself."""

    name = Kind.FLOW
    words = ("时期", "时期指标", "流量", "本期数", "本期发生数")
    settles_later = True

"""How heads say for which period their figures are: the asked one, and others that are left out."""

import random
from dataclasses import dataclass

from indicators.periods import Period


@dataclass(frozen=True)
class PeriodWords:
    """Of one asked period: heads of its figures and of other periods' figures."""

    asked: tuple[str | int, ...]
    others: tuple[str | int, ...]


WORDS = {
    "2026Q3": PeriodWords(
        ("本期", "本季度", "2026年三季度", "2026年第三季度", "三季度", "202609", 202609, "2026Q3", "7-9月", "2026年7-9月", "第三季度",
         "本期数", "2026年第3季度", "3季度"),
        ("上期", "上季度", "上年同期", "二季度", "2026年二季度", "2025年三季度", "202606", 202606, "6月", "本年累计", "1-9月", "增减",
         "同比", "2026年6月", "2026Q2", "去年同期", "2025年同期", "4-6月", "上期数", "2025年", "环比增长", "比上年增减", 202509,
         "一季度", "2025年第三季度", "年初数", "计划数"),
    ),
    "2026-09": PeriodWords(
        ("本月", "9月", "2026年9月", "202609", 202609, "9月份", "本期", "2026年09月", "2026-09"),
        ("8月", "上月", "202608", 202608, "2025年9月", "1-9月", "上年同期", "三季度", "2026年8月", "8月份", "去年同月", "本年累计",
         "10月", "6月"),
    ),
    "2026": PeriodWords(
        ("2026年", "本年", "2026年度", "本年度", "本期", 2026, "2026", "今年"),
        ("2025年", "上年", "2025", 2025, "去年", "2025年度", "2024年", "上半年", "2026年三季度", "9月", "上年度", "202506"),
    ),
    "2026H2": PeriodWords(
        ("下半年", "2026年下半年", "本期", "7-12月"), ("上半年", "2026年上半年", "2025年下半年", "上年同期", "三季度", "1-6月")
    ),
}  # fmt: skip


def words_of(period: Period) -> PeriodWords:
    return WORDS[str(period)]


def periods_beside(period: Period, dice: random.Random, most_others: int) -> tuple[str | int, list[str | int]]:
    """The asked period and others beside it; one month alone is no quarter, so a month stands beside the quarter's before."""
    words = words_of(period)
    asked, others = dice.choice(words.asked), dice.sample(words.others, dice.randint(1, most_others))
    if str(asked) == "202609" and str(period) == "2026Q3":
        others[0] = 202606 if isinstance(asked, int) else "202606"
    return asked, list(dict.fromkeys(others))


def with_period(name: str, word: str | int, dice: random.Random) -> str:
    """A line's head with a period before, behind or below it."""
    return dice.choice(
        (f"{word}{name}", f"{name}（{word}）", f"{name}\n{word}", f"{name}-{word}", f"{word}\n{name}", f"{name}({word})")
    )

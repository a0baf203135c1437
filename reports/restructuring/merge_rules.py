"""The rule by which the past figures of organizations come together or are divided when these are merged or split."""

from enum import Enum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from indicators.choices import OrgRule
from indicators.kinds.registry import kind_of
from indicators.layout import Line


class MergeRule(Enum):
    """In words as a rehearsal says them."""

    SUM = gettext_noop("added up")
    RATIO_OF_SUMS = gettext_noop("ratio of sums: numerators and denominators are added")
    COUNT = gettext_noop("number of those who meet it")
    MEAN = gettext_noop("mean of those who reported")
    LEAST = gettext_noop("the least")
    GREATEST = gettext_noop("the greatest")
    NEEDS_ALLOCATION = gettext_noop("needs an allocation: give the split its shares")
    NOT_COMPARABLE = gettext_noop("not comparable: it has no parts and no sum")

    @property
    def text(self) -> str:
        return _(self.value)


_OF_RULES = {
    OrgRule.SUM: MergeRule.SUM,
    OrgRule.RATIO: MergeRule.RATIO_OF_SUMS,
    OrgRule.COUNT_IF: MergeRule.COUNT,
    OrgRule.MEAN: MergeRule.MEAN,
    OrgRule.MIN: MergeRule.LEAST,
    OrgRule.MAX: MergeRule.GREATEST,
    OrgRule.NONE: MergeRule.NOT_COMPARABLE,
}


def merge_rule(line: Line | None, *, is_divided: bool) -> MergeRule:
    """`is_divided`: an organization is split and no shares are recorded."""
    if line is None:
        return MergeRule.NOT_COMPARABLE
    if line.numerator:
        return MergeRule.NEEDS_ALLOCATION if is_divided else MergeRule.RATIO_OF_SUMS
    if is_divided:
        return MergeRule.NEEDS_ALLOCATION if kind_of(line).is_shareable(line) else MergeRule.NOT_COMPARABLE
    return _OF_RULES.get(line.org_rule, MergeRule.NOT_COMPARABLE)

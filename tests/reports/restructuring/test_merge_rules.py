"""The rule by which a figure comes together, in words: of each rule over organizations, and of a split without shares."""

import pytest

from reports.restructuring.merge_rules import MergeRule, merge_rule
from tests.factories.indicators import line


@pytest.mark.parametrize(
    ("facts", "merged", "divided"),
    [
        ({"kind": "flow"}, MergeRule.SUM, MergeRule.NEEDS_ALLOCATION),
        ({"kind": "flow", "org_rule": "mean"}, MergeRule.MEAN, MergeRule.NOT_COMPARABLE),
        ({"kind": "stock", "org_rule": "max"}, MergeRule.GREATEST, MergeRule.NOT_COMPARABLE),
        ({"kind": "score"}, MergeRule.SUM, MergeRule.NOT_COMPARABLE),
        ({"kind": "flow", "org_rule": "none"}, MergeRule.NOT_COMPARABLE, MergeRule.NOT_COMPARABLE),
        (
            {"kind": "ratio", "org_rule": "ratio", "numerator": "{A}", "denominator": "{B}"},
            MergeRule.RATIO_OF_SUMS,
            MergeRule.NEEDS_ALLOCATION,
        ),
    ],
)
def test_rules(facts, merged, divided):
    asked = line("A", **facts)
    assert (merge_rule(asked, is_divided=False), merge_rule(asked, is_divided=True)) == (merged, divided)
    assert all(rule.text for rule in MergeRule)

"""What an indicator of its kind cannot be: computed, broken down, with decimals, added up by any rule."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from indicators.choices import OrgRule, PeriodRule
from indicators.kinds.registry import KINDS
from orgs.loading.cells import RowCells


def refuse_of_kind(cells: RowCells, fields: Mapping[str, object], part_of: str) -> None:
    """A sentence at each cell that the row's kind does not take."""
    kind = KINDS[fields["kind"]]
    named = {"kind": kind.name.label}
    if not kind.may_be_computed:
        for column in ("numerator", "denominator", "formula", "condition"):
            if fields[column]:
                cells.wrong(
                    column,
                    _(
                        "An indicator of the kind “%(kind)s” is typed, not computed; to count who meets a condition over "
                        "figures, use a number with org_rule count_if and the condition."
                    )
                    % named,
                )
    if not kind.has_breakdown:
        _refuse_parts(cells, fields, part_of, named)
    for column, allowed, rules in (("org_rule", kind.org_rules, OrgRule), ("period_rule", kind.period_rules, PeriodRule)):
        # A ratio's own rule is refused where it is read.
        if fields[column] not in allowed and not (column == "org_rule" and fields[column] == OrgRule.RATIO):
            known = ", ".join(str(rule) for rule in rules if rule in allowed)
            sentence = _("The kind “%(kind)s” does not add up so; write one of: %(known)s.")
            cells.wrong(column, sentence % {**named, "known": known})


def _refuse_parts(cells: RowCells, fields: Mapping[str, object], part_of: str, named: Mapping[str, object]) -> None:
    if cells.row["disaggregation"]:
        sentence = _("The kind “%(kind)s” has no breakdown; make each item an indicator of its own.")
        cells.wrong("disaggregation", sentence % named)
    if part_of:
        cells.wrong("part_of", _("The kind “%(kind)s” is part of no other figure; leave this cell empty.") % named)
    if fields["decimals"]:
        cells.wrong("decimals", _("The kind “%(kind)s” has no decimals; write 0 or leave this cell empty.") % named)

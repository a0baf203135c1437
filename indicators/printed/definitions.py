"""指标解释: the last sheet of an export: what each indicator means, how it is computed, what is checked."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from indicators.checks.rules import Rule
from indicators.choices import Kind, Severity
from indicators.formulas import Reference, parse
from indicators.kinds.registry import kind_of
from indicators.layout import Line
from indicators.printed.looks import CODE, HEAD, NAME, SHORT, TITLE
from spreadsheets.write.sheet import Block, BodyRow, Look, Paper, Sheet
from spreadsheets.write.text_metrics import line_count, row_height

_WIDTHS = (13.0, 36.0, 9.5, 18.0, 57.0)
_SMALL = replace(NAME, size=9)
_HEAD_ROWS = 2

PrintedRule = tuple[str, str, str]  # expression, severity, sentence


def printed_rules(rules: Iterable[Rule]) -> list[Rule]:
    """The rules a reader can follow: over several figures, and not one of those that only guard a computation."""
    return [rule for rule in rules if rule.formula and len(rule.keys) > 1 and "coalesce" not in rule.formula.text]


def definitions_sheet(lines: Iterable[Line], rules: Sequence[PrintedRule], made: str) -> Sheet:
    """A row per indicator of the export (items belong to their indicator), then a row per check."""
    lines = list({line.code: line for line in lines if not line.item}.values())
    names = {line.code: line.name for line in lines}
    heads = (_("Code"), _("Indicator"), _("Unit of measure"), _("Kind"), _("Definition and computation"))
    return Sheet(
        title=_("Definitions of the indicators"),
        widths=_WIDTHS,
        head=(
            Block(1, 1, _("Definitions of the indicators"), replace(TITLE, size=18), columns=len(_WIDTHS)),
            *(Block(_HEAD_ROWS, number, name, HEAD) for number, name in enumerate(heads, 1)),
        ),
        heights={1: 34, _HEAD_ROWS: 20},
        looks={
            "line": Look((CODE, NAME, SHORT, SHORT, _SMALL)),
            "rule": Look((SHORT, *(_SMALL,) * 4), merges=((2, 4),)),
            "unsaid": Look((SHORT, *(_SMALL,) * 4), merges=((2, 5),)),  # a rule without a sentence of its own
        },
        body=_rows(lines, rules, names),
        freeze=(_HEAD_ROWS, 2),
        paper=Paper(repeat_rows=(_HEAD_ROWS, _HEAD_ROWS), foot=made),
    )


def _rows(lines: Sequence[Line], rules: Sequence[PrintedRule], names: Mapping[str, str]) -> Iterator[BodyRow]:
    for line in lines:
        explanation = "\n".join(filter(None, (line.definition, computation(line, names))))
        height = max(
            row_height(_lines(explanation, _WIDTHS[4]), 9),
            row_height(line_count(line.name, _WIDTHS[1], NAME.size), NAME.size),
        )
        yield BodyRow("line", (line.code, line.name, line.unit, str(Kind(line.kind).label), explanation or None), height)
    for expression, severity, message in dict.fromkeys(rules):
        text = spelled(expression, names)
        lines_needed = max(_lines(text, sum(_WIDTHS[1 : 4 if message else 5])), _lines(message, _WIDTHS[4]))
        values = (str(Severity(severity).label), text, None, None, message or None)
        yield BodyRow("rule" if message else "unsaid", values, row_height(lines_needed, 9))


def _lines(text: str, width: float) -> int:
    """A longer paragraph breaks early at its signs: one line to spare, or its last is cut off."""
    counts = [line_count(paragraph, width, _SMALL.size) for paragraph in text.split("\n")]
    return sum(count + (count > 2) for count in counts)


def computation(line: Line, names: Mapping[str, str]) -> str:
    """How a computed line comes about, with names for codes; "" for one that is typed."""
    if kind_of(line).is_divided(line):
        parts = {"numerator": spelled(line.numerator, names), "denominator": spelled(line.denominator, names)}
        return _("Computed: (%(numerator)s) ÷ (%(denominator)s)") % parts
    return _("Computed: %(formula)s") % {"formula": spelled(line.formula, names)} if line.formula else ""


def spelled(expression: str, names: Mapping[str, str]) -> str:
    """An expression with names instead of codes: 已建党组织数 ≤ 单位数."""
    return parse(expression).spelled(lambda reference: _name(reference, names))


def _name(reference: Reference, names: Mapping[str, str]) -> str:
    name = names.get(reference.code, reference.code)
    name = f"{name}（{reference.item}）" if reference.item else name
    shifts = {"prev": _("period before"), "ytd": _("year to date"), "same_last_year": _("same period last year")}
    return f"{name}［{shifts[reference.shift]}］" if reference.shift else name

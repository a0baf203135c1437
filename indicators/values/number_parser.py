"""The one reader of one cell's text and the one writer of a figure, for page, paste and file alike.

What it takes is written down here; everything else is refused by a sentence that names what was read and what to write.
Nothing is ever rounded, scaled or guessed: a guess is only offered as `suggestion`.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from functools import lru_cache
from typing import Protocol

from django.utils.translation import gettext as _

from indicators.values.documents import NA, Figure
from indicators.values.odd_texts import ENDING, has_odd_numerals, is_approximate, oddity_of, visible
from indicators.values.unit_of_measure_words import counts_the_same

_EXACT_DIGITS = 15  # that a spreadsheet keeps
LIMIT = Decimal(10) ** _EXACT_DIGITS  # exclusive; indicators.measures.scales gives every sum of such numbers its room
LARGEST = f"{int(LIMIT) - 1:,}"  # as a sentence says it
LONGEST = 60  # characters of a number with its unit
_ROOMY = Context(
    prec=2000
)  # more than a product of figures has; one for all: entering a context of its own took four fifths of the time of a rounding

# Full-width forms of what a number is made of, spaces of every make, and the minus sign typesetters use. Nothing else is
# folded: NFKC on the whole text would make 10² into 102 and ③ into 3.
_FOLDED = str.maketrans("０１２３４５６７８９＋－−，．％／\u00a0\u3000\u202f\u2009", "0123456789+--,.%/    ")
_BLANK = {"", "-", "--", "---", "—", "——", "–", "―"}
_NOT_APPLICABLE = {"/", "//", "不适用", "na", "n/a"}
_NOTHING = {"无", "没有", "暂无", "空", "未报", "零", "〇", "nil", "none", "null"}
_MAGNITUDES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8}

# What things are counted in: 12家 on a line in 人 may be a slip of the unit and is offered; 300多, 85% and 3月 are no slips.
_COUNTING = frozenset("个人名位家户件次场块处套对幅座所批期条篇组节门项份张支")

_PLAIN = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?", re.ASCII)
_DIGITS = re.compile(r"0|[1-9][0-9]*", re.ASCII)
_GROUPED = re.compile(r"-?[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]+)?", re.ASCII)
_WITH_UNIT = re.compile(r"([-+]?[0-9][0-9,.]*)\s*(\D{1,20})", re.ASCII)
_SPREADSHEET_ERROR = re.compile(r"#[A-Za-z0-9/!?_]+", re.ASCII)


class FigureLine(Protocol):
    """What a cell's own line says about the number wanted; a `layouts.Line` is one."""

    unit: str
    decimals: int
    negative_allowed: bool
    na_allowed: bool


@dataclass(frozen=True)
class PlainLine:
    """The same, where there is no line: a target, a column of an imported list."""

    unit: str = ""
    decimals: int = 0
    negative_allowed: bool = False
    na_allowed: bool = True


@dataclass(frozen=True)
class Reading:
    """What a text says. With an `error` there is no figure; `suggestion` is a text that would be taken, never applied."""

    figure: Figure | None = None
    notice: str = ""
    error: str = ""
    suggestion: str = ""


def read_value(text: str | None, line: FigureLine, number_format: str = "") -> Reading:
    """One cell's text -> Reading: int, Decimal, "NA" (不适用) or None for a blank.

    `number_format` is the cell's format in a workbook: 0.85 formatted as `0%` is 85 on a line measured in %.
    """
    if text and len(text) <= _EXACT_DIGITS and "%" not in number_format and (whole := _whole(text)) is not None:
        return whole
    shown = text or ""
    folded = shown.translate(_FOLDED).strip()
    if len(folded) > LONGEST:
        return _refused(shown, _("It is too long for a number."))
    if folded in _BLANK:
        return Reading()
    if folded.lower() in _NOT_APPLICABLE:
        return _not_applicable(shown, line)
    if folded.lower() in _NOTHING:
        return _nothing(shown)
    if _SPREADSHEET_ERROR.fullmatch(folded):
        return _refused(shown, _("It is the error of a formula; correct the formula, save the file, and take it in again."))
    return _number(shown, folded, line, number_format)


@lru_cache(maxsize=4096)
def _whole(text: str) -> Reading | None:
    """A whole number in plain digits, which every line takes: nine of ten cells of a county. None for anything else."""
    return Reading(int(text)) if _DIGITS.fullmatch(text) else None


def round_half_up(value: Decimal, places: int) -> Decimal:
    """2.675 -> 2.68, 0.125 -> 0.13, as ROUND does in a spreadsheet; never binary, never to even."""
    return Decimal(value).quantize(_step(places), rounding=ROUND_HALF_UP, context=_ROOMY)


@lru_cache(maxsize=64)
def _step(places: int) -> Decimal:
    return Decimal(1).scaleb(-places)


def format_figure(figure: Figure | None, decimals: int) -> str:
    """As pages and workbooks print it: "" for not reported, 不适用, else `decimals` places without thousands marks."""
    if figure is None:
        return ""
    if figure == NA:
        return _("N/A")
    if not decimals and type(figure) is int:
        return str(figure)  # nine of ten cells of a county
    rounded = round_half_up(Decimal(figure), decimals)
    return format(abs(rounded) if rounded == 0 else rounded, "f")


def _number(shown: str, folded: str, line: FigureLine, number_format: str) -> Reading:
    if _PLAIN.fullmatch(folded) or _GROUPED.fullmatch(folded):
        return _checked(shown, Decimal(folded.replace(",", "")), line, percent="%" in number_format)
    with_unit = _WITH_UNIT.fullmatch(folded)
    if with_unit and not _is_odd(folded, with_unit.group(2)):
        return _read_with_unit(shown, with_unit.group(1), with_unit.group(2).strip(), line)
    return _odd(shown, folded, line)


def _is_odd(folded: str, unit: str) -> bool:
    """What stands behind the number is no unit of measure: 30多, 40。, a zero-width space, 3月."""
    return is_approximate(folded) or visible(folded) != folded or unit != unit.rstrip(ENDING)


def _read_with_unit(shown: str, number: str, unit: str, line: FigureLine) -> Reading:
    if not (_PLAIN.fullmatch(number) or _GROUPED.fullmatch(number)) or has_odd_numerals(unit.strip("十百千万亿")):
        return _odd(shown, number + unit, line)
    value = Decimal(number.replace(",", ""))
    if unit == "%" and line.unit in ("%", "％"):
        return _checked(shown, value, line)
    if unit == line.unit:
        sentence = _("“%(text)s” was read as %(figure)s: the unit “%(unit)s” already stands on the line.")
        return _checked(shown, value, line, notice=sentence)
    if counts_the_same(unit, line.unit):
        sentence = _("“%(text)s” was read as %(figure)s: the line is counted in “%(unit)s”, which is the same.")
        return _checked(shown, value, line, notice=sentence)
    magnitude = next((name for name in sorted(_MAGNITUDES, key=len, reverse=True) if unit.startswith(name)), "")
    if magnitude:
        why = _("Write the number out in digits, counted in “%(unit)s”.") % {"unit": line.unit}
        return _refused(shown, why, _rescaled(value, magnitude, unit, line))
    why = _("This line is counted in “%(wanted)s”, not in “%(given)s”. Write the number alone.")
    slip = _offer(number, line) if _COUNTING.issuperset(unit) else ""
    return _refused(shown, why % {"wanted": line.unit, "given": unit}, slip)


def _rescaled(value: Decimal, magnitude: str, unit: str, line: FigureLine) -> str:
    """1.2万 on a line in 人 -> "12000"; 1.2万 or 1.2亿元 on a line in 万元 -> "1.2", "12000"."""
    own = next((name for name in ("亿", "万") if line.unit.startswith(name)), "")
    if unit not in (magnitude, magnitude + line.unit.removeprefix(own)):
        return ""
    with localcontext() as context:
        context.prec = 60
        scaled = value * _MAGNITUDES[magnitude] / _MAGNITUDES.get(own, 1)
    return "" if _checked("", scaled, line).error else _plain_text(scaled)


def _checked(shown: str, value: Decimal, line: FigureLine, *, percent: bool = False, notice: str = "") -> Reading:
    """A well-formed number against what the line allows: share formats, size, sign, decimals."""
    if percent:
        if line.unit not in ("%", "％"):
            why = _("The cell is formatted as a percentage, but this line is counted in “%(unit)s”.") % {"unit": line.unit}
            return _refused(shown, why)
        value = value.scaleb(2)
    if abs(value) >= LIMIT:
        why = _("The largest number that is added up is %(largest)s, 15 digits before the point; check the unit of measure.")
        return _refused(shown, why % {"largest": LARGEST})
    if value < 0 and not line.negative_allowed:
        return _refused(shown, _("This line takes no number below 0."))
    if value != round_half_up(value, line.decimals):
        why = _("This line takes at most %(decimals)s decimals; it is not rounded for you.")
        if line.decimals == 0:
            why = _("This line takes whole numbers only; it is not rounded for you.")
        return _refused(shown, why % {"decimals": line.decimals}, _plain_text(round_half_up(value, line.decimals)))
    figure = _figure(value)
    return Reading(figure, notice % {"text": shown.strip(), "figure": figure, "unit": line.unit} if notice else "")


def _odd(shown: str, folded: str, line: FigureLine) -> Reading:
    """The reading of a text that is no number: the reason, and a suggestion where only one number can be meant."""
    oddity = oddity_of(folded)
    return _refused(shown, oddity.why, _hidden(oddity.hidden, line))


def _hidden(text: str, line: FigureLine) -> str:
    """The number that an oddity leaves: 40人。 -> 40; "" where it leaves nothing, or no number either."""
    figure = read_value(text, line).figure
    return _offer(text, line) or (_plain_text(Decimal(figure)) if figure is not None and figure != NA else "")


def _offer(text: str, line: FigureLine) -> str:
    """`text` where it would be taken unchanged, else ""."""
    well_formed = _PLAIN.fullmatch(text) or _GROUPED.fullmatch(text)
    return text if well_formed and not _checked("", Decimal(text.replace(",", "")), line).error else ""


def _not_applicable(shown: str, line: FigureLine) -> Reading:
    if line.na_allowed:
        return Reading(NA)
    return Reading(
        error=_("“%(text)s” means not applicable, which this line does not allow. Write a number; 0 where there is none.")
        % {"text": excerpt(shown)}
    )


def _nothing(shown: str) -> Reading:
    return Reading(
        error=_(
            "“%(text)s” is not a number. Write 0 where there is none, leave the cell empty where it is not known, "
            "or declare a nil report for the whole form."
        )
        % {"text": excerpt(shown)},
        suggestion="0",
    )


def _refused(shown: str, why: str, suggestion: str = "") -> Reading:
    text = excerpt(shown)
    sentence = _("“%(text)s” cannot be taken. %(why)s") % {"text": text, "why": why}
    if suggestion:
        sentence += _(" Is it %(suggestion)s?") % {"suggestion": suggestion}
    return Reading(error=sentence, suggestion=suggestion)


def excerpt(shown: str) -> str:
    """What was read, fit to stand in a sentence: one line, at most 30 characters, invisible ones shown as ␣."""
    visible = "".join(letter if letter.isprintable() else "␣" for letter in shown.strip())
    return visible if len(visible) <= 30 else visible[:29] + "…"


def _figure(value: Decimal) -> Figure:
    """A whole number as int, a fraction as the shortest exact Decimal: one number, one way to keep it."""
    return int(value) if value == value.to_integral_value() else Decimal(_plain_text(value))


def _plain_text(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text

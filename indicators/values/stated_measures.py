"""Units of measure that a table states besides its heads: 单位：万元, a title that ends in （万元）, a format such as 0"万元". Pure."""

import re
from dataclasses import dataclass

from indicators.values.unit_of_measure_words import MEASURES, is_measure, plain_measure, split_magnitude
from orgs.names.name_similarity import folded

_LONGEST = 80  # characters; what is longer is a note
_MEASURE = (
    "(?:人民币)?(?:" + "|".join(sorted(map(re.escape, MEASURES), key=len, reverse=True)) + "|[百千万亿]{0,2}[美欧港日韩澳加]元)"
)
_APART = "[,;/、和及与]"
# Behind it the text ends, or something else begins: 单位：万元 2026年9月30日. 填报单位：个旧市 is no measure.
_STATED = re.compile(
    f"(?P<money>金额)?单位[:为是](?P<words>{_MEASURE}(?:{_APART}{_MEASURE})*)(?=$|[)(0-9]|{_APART}|填|报|制|编|截|统|审)"
)
_IN_BRACKETS = re.compile(r"\((?P<words>[^()]{1,12})\)$")
_LITERAL = re.compile(r'"([^"]*)"|[\\!](.)|([一-鿿]+)')
# A comma behind the last digit, or a point that is only shown, scales what is shown and not what stands in the cell.
_SCALED = re.compile(r"[0#?],+(?![0#?,])|[\\!]\.|\"\.\"")


@dataclass(frozen=True)
class StatedMeasure:
    """A unit of measure that a sheet says it counts in. `is_of_money`: 金额单位, of nothing else."""

    word: str
    is_of_money: bool = False


def stated_in(text: str) -> list[StatedMeasure]:
    """金额单位：万元 -> 万元, of money; 单位：件、万元 -> 件, 万元."""
    plain = folded(text) if len(text) <= _LONGEST else ""
    return [
        StatedMeasure(word.removeprefix("人民币"), bool(match["money"]))
        for match in _STATED.finditer(plain)
        for word in re.split(_APART, match["words"])
    ]


def stated_in_brackets(text: str) -> list[StatedMeasure]:
    """活动经费统计表（万元） and a bare （万元） over a table."""
    found = _IN_BRACKETS.search(folded(text)) if len(text) <= _LONGEST else None
    words = re.split(_APART, found["words"].removeprefix("人民币")) if found else []
    return [StatedMeasure(word) for word in words] if words and all(map(_is_measure, words)) else []


def is_bare_measure(text: str) -> bool:
    """（万元）, （单位：万元）: nothing but a measure in brackets."""
    plain = folded(text)
    is_one = plain.startswith("(") and plain.endswith(")")
    return is_one and bool(stated_in_brackets(plain) or _STATED.fullmatch(plain[1:-1]))


def shown_by_format(code: str) -> str:
    """The measure that a number format writes behind the number; "" for none, and where the format scales what it shows."""
    first = code.partition(";")[0]
    if _SCALED.search(first):
        return ""
    words = folded("".join("".join(parts) for parts in _LITERAL.findall(first)).strip())
    return plain_measure(words) if _is_measure(words) else ""


def _is_measure(word: str) -> bool:
    return is_measure(word) or is_measure(split_magnitude(word)[1])

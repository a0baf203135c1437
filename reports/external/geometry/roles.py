"""Decides from its heads what a column of texts beside a table, or a row of texts over it, contains."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from indicators.values.unit_of_measure_words import is_measure
from orgs.names.name_similarity import folded, without_numbering
from orgs.names.unit_heads import UnitHead, is_tie, unit_head
from submissions.imports.tables.geometry.words import is_aside, is_numbered, is_serial


class ColumnRole(StrEnum):
    """What a column of texts contains.

    UNIT: the names of the rows' own units; PLACE: the organizations above them; CODE: codes of units or of indicators.
    SUPERIOR: the superior organizations, which distinguish units of the same name and are never the row's own. RELATION: names
    of other units, and UNCLEAR perhaps so: neither is ever used. LINE: the names of indicators; MEASURE: units of measure;
    ASIDE: texts that do not matter here. OPEN: the head leaves it open and the texts below may decide.
    """

    UNIT = "unit"
    PLACE = "place"
    SUPERIOR = "superior"
    CODE = "code"
    RELATION = "relation"
    UNCLEAR = "unclear"
    LINE = "line"
    MEASURE = "measure"
    ASIDE = "aside"
    OPEN = "open"


@dataclass(frozen=True)
class ColumnHeadText:
    """One text that heads a cell. `place`: its row and column."""

    text: str
    role: ColumnRole
    place: tuple[int, int]


SPEAK_OF_UNITS = (ColumnRole.UNIT, ColumnRole.PLACE, ColumnRole.SUPERIOR, ColumnRole.RELATION, ColumnRole.UNCLEAR)
_OF_UNIT_HEAD = {
    UnitHead.OWN: ColumnRole.UNIT, UnitHead.ABOVE: ColumnRole.PLACE, UnitHead.SUPERIOR: ColumnRole.SUPERIOR, UnitHead.CODE: ColumnRole.CODE,
    UnitHead.RELATION: ColumnRole.RELATION, UnitHead.UNCLEAR: ColumnRole.UNCLEAR, UnitHead.NONE: ColumnRole.OPEN,
}  # fmt: skip
UNIT_HEADS = {role: kind for kind, role in _OF_UNIT_HEAD.items()}
_LINE = re.compile(
    "(?:统计|填报|调查|考核|评价|工作|主要|具体|报表)?(?:指标|项目|内容|科目|事项|类别|分类)(?:名称|内容|及内容|\\(项目\\))?"
)
_LINE_CODE = re.compile("(?:指标|项目|科目)(?:代码|编码|编号)")
_MEASURE = re.compile("(?:计量|度量|数量|计算|统计)单位|单位|unit(?:ofmeasure)?")
_EITHER = re.compile("名称|name|单位|unit")  # heads that mean units in one table and lines or measures in another


def role_of(heads: Sequence[str]) -> ColumnRole:
    """The role of a column from the heads above it, the nearest first."""
    words = [text for text in heads if not is_numbered(text)]
    word = without_numbering(words[0]).strip(":") if words else ""
    if not word:
        return ColumnRole.OPEN
    if _LINE_CODE.fullmatch(word):
        return ColumnRole.CODE
    if _LINE.fullmatch(word):
        return ColumnRole.LINE
    if _MEASURE.fullmatch(word) and word != "单位" and word != "unit":
        return ColumnRole.MEASURE
    role = _OF_UNIT_HEAD[unit_head(words[0])]
    if role in SPEAK_OF_UNITS and any(map(_ties, words[1:])):
        return ColumnRole.RELATION
    if role == ColumnRole.OPEN and (is_serial(word) or is_aside(word)):
        return ColumnRole.ASIDE
    return role


def is_settled_by_texts(heads: Sequence[str]) -> bool:
    """Whether the other columns and the texts below decide.

    单位 beside 项目 is the unit of measure, 名称 may be an indicator's.
    """
    words = [text for text in heads if not is_numbered(text)]
    return bool(words) and bool(_EITHER.fullmatch(without_numbering(words[0]).strip(":")))


def is_measure_column(heads: Sequence[str], texts: Collection[str], others: Collection[ColumnRole]) -> bool:
    """Whether the column holds units of measure: 单位 beside 项目 or 指标, or above nothing but 件, 元, 户."""
    words = [text for text in heads if not is_numbered(text)]
    if not words or folded(words[0]).strip(":") not in ("单位", "unit"):
        return False
    return ColumnRole.LINE in others or (bool(texts) and all(map(is_measure, texts)))


def _ties(group: str) -> bool:
    """Whether a group of columns is about another unit: 结对情况 over 村名 is; 所属镇 over it only says where the village lies."""
    return is_tie(group) and unit_head(group) not in (UnitHead.ABOVE, UnitHead.SUPERIOR)

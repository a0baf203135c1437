"""The sections of a table: to which sections a line belongs, and whether they agree with the section of an indicator."""

import re
from collections.abc import Collection, Sequence

from indicators.catalogue.figure_matching import is_of_which
from orgs.names.name_similarity import PROPOSED, folded, similarity, without_numbering

# The ways in which lines are numbered, the outermost first.
_LEVELS = tuple(
    re.compile(pattern)
    for pattern in (
        r"第?[一二三四五六七八九十]{1,3}[、.，,：:部]", r"[（(][一二三四五六七八九十]{1,3}[）)]",
        r"[0-9]{1,3}(?:[、.．，,](?![0-9])|\s+(?=\D))",
        r"[（(][0-9]{1,3}[）)]|[0-9]{1,3}[）)]|[①-⑳]|[0-9]{1,3}[.．][0-9]{1,2}(?![.．0-9])", r"[0-9]{1,3}(?:[.．][0-9]{1,2}){2}",
    )
)  # fmt: skip
_PLAIN = len(_LEVELS)  # a line without a number is under the numbered one before it only where it is indented or 其中
_OUTER, _INNER = -1, _PLAIN - 0.5  # a section without a number: of the whole list, or below numbered lines
_TAIL = re.compile("(?:基本)?(?:情况|工作|方面|部分|类|指标|统计|建设|内容|信息|数据|项目)+$")
_TITLE = re.compile(".{4,}(?:表|报表|统计|汇总)(?:\\([^()]*\\))?$")


def is_title(text: str) -> bool:
    """Whether the text is a title, which is no head of the table: 两新组织统计表."""
    return bool(_TITLE.match(folded(text)))


def sections_of(lines: Sequence[tuple[int, str, bool]]) -> dict[int, tuple[str, ...]]:
    """The sections above each line, the nearest first.

    `lines`: number, text, and whether the line has no figure: then it is a section.
    """
    found: dict[int, tuple[str, ...]] = {}
    open_lines: list[tuple[float, str]] = []
    for number, text, is_section in lines:
        level = _level(text)
        if level == _PLAIN and is_section:
            level = _INNER if open_lines and open_lines[0][0] != _OUTER else _OUTER
        open_lines = [one for one in open_lines if one[0] < level]
        found[number] = tuple(name for _level, name in reversed(open_lines))
        if level != _PLAIN:
            open_lines.append((level, text))
    return found


def agree_on_section(stated: str, own: Collection[str], names: Collection[str]) -> bool:
    """Whether 一、党组织情况 agrees with 党组织; a section that is part of the indicator's own name agrees too."""
    core = _core(stated)
    if not core:
        return True
    if any(core in folded(name) for name in names if len(core) >= 2):
        return True
    return any(_is_same(core, _core(section)) for section in own)


def _is_same(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return (len(short) >= 2 and short in long) or similarity(one, other) >= PROPOSED


def _core(text: str) -> str:
    plain = without_numbering(text).strip(":,()")
    return _TAIL.sub("", plain) or plain


def _level(text: str) -> int:
    """The level of a line's number; a line without one, or with 其中, has the lowest."""
    if is_of_which(text):
        return _PLAIN
    plain = text.strip()
    return next((level for level, pattern in enumerate(_LEVELS) if pattern.match(plain)), _PLAIN)

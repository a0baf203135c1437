"""The texts around an upper level's table: its period, who reports, the day, who filled it. Proposes bindings for them."""

import re
from collections.abc import Iterator

from reports.upper.bindings import DATE, ORGANIZATION, PERIOD_LABEL, PERSON, SURE, TEXT, Binding
from spreadsheets.drawn import DrawnSheet
from spreadsheets.reading.workbook import Place

_GAP = r"[\s_＿　]*"
_LABELS = (
    (ORGANIZATION, r"(?:填报|报送|上报|编报|汇总)单位(?:[（(](?:盖章|公章|章)[）)])?|报送机关|填表单位"),
    (DATE, "(?:填报|填表|报送|报出|上报|制表)(?:日期|时间)"),
    (PERSON, "(?:填报|填表|制表|经办)人"),
    (PERIOD_LABEL, "(?:报告|统计|所属|填报)(?:期|期间|时期|周期)|报告期别"),
)
_LABELLED = tuple((what, re.compile(rf"(.*?(?:{label})\s*[:：])({_GAP})(.*)", re.DOTALL)) for what, label in _LABELS)
# A period left open: 2026年第__季度, （    年  季度）, ____年度.
_OPEN_PERIOD = re.compile(
    rf"(?:20[0-9]{{2}}|(?<=[（(\s_＿　])|^){_GAP}年{_GAP}(?:第?{_GAP}季度|(?:[上下]|{_GAP})半年|{_GAP}月(?!{_GAP}[0-9_＿　]*日))"
)


def text_bindings(sheet: DrawnSheet) -> Iterator[tuple[Place, Binding]]:
    """Labels with room behind them, in the same cell or the next one, and periods left open in a title."""
    for place, cell in sheet.cells.items():
        if cell.is_text and not cell.is_formula and not sheet.is_covered(place):
            yield from _labelled(sheet, place, cell.text)
            yield from _open_period(place, cell.text)


def _labelled(sheet: DrawnSheet, place: Place, text: str) -> Iterator[tuple[Place, Binding]]:
    for what, pattern in _LABELLED:
        match = pattern.fullmatch(text)
        if match is None:
            continue
        label, gap, rest = match.groups()
        behind = _next(sheet, place)
        if not rest and not gap.strip(" 　") and _is_free(sheet, behind):
            yield behind, _text(what)
        elif not rest or len(gap) > 1:
            yield place, _text(what, f"{_plain(label)}{{}}{gap.strip('_＿') if rest else ''}{_plain(rest)}")
        return


def _open_period(place: Place, text: str) -> Iterator[tuple[Place, Binding]]:
    match = _OPEN_PERIOD.search(text)
    if match and len(_OPEN_PERIOD.findall(text)) == 1 and not any(pattern.fullmatch(text) for _what, pattern in _LABELLED):
        yield place, _text(PERIOD_LABEL, f"{_plain(text[: match.start()])}{{}}{_plain(text[match.end() :])}")


def _text(what: str, pattern: str = "{}") -> Binding:
    return Binding(TEXT, what=what, pattern=pattern, certainty=SURE, is_proposed=True)


def _plain(text: str) -> str:
    """Without braces, which a pattern could not hold."""
    return text.replace("{", "(").replace("}", ")")


def _next(sheet: DrawnSheet, place: Place) -> Place:
    """The cell to the right, beyond what is merged with this one."""
    area = sheet.covered.get(place)
    return place[0], (area[3] if area else place[1]) + 1


def _is_free(sheet: DrawnSheet, place: Place) -> bool:
    cell = sheet.cell(place)
    return place in sheet.cells and not cell.text and not cell.is_formula and not sheet.is_covered(place)

"""Proposes bindings for the texts around an upper level's table: its period, organization, day and person."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from indicators.choices import Frequency
from reports.external.bindings.bindings import (
    DATE,
    LAST_DAY,
    LIKELY,
    MONTHS,
    ORGANIZATION,
    PERIOD_LABEL,
    PERSON,
    SURE,
    TEXT,
    THIS,
    TO_DATE,
    YEAR,
    Binding,
)
from reports.external.names.printed_periods import (
    GAP,
    NO_BASE,
    BasePeriod,
    Printed,
    first_year,
    open_year,
    printed_days,
    printed_periods,
    to_date_ranges,
)
from spreadsheets.preview.sheet_preview import SheetPreview
from spreadsheets.read.workbook import Place

LONGEST = 120  # characters; a longer text is a note
NOTE = re.compile(r"\s*(?:附?注|说明|备注|填表说明|指标解释|口径)\s*(?:[:：0-9]|$)")
_LABELS = (
    (ORGANIZATION, r"(?:填报|报送|上报|编报|汇总)单位(?:[（(](?:盖章|公章|章)[）)])?|报送机关|填表单位"),
    (DATE, "(?:填报|填表|报送|报出|上报|制表)(?:日期|时间)"),
    (LAST_DAY, "(?:统计|数据)?(?:截止|截至)(?:日期|时间|时点)?|统计时点|数据时点"),
    (PERSON, "(?:填报|填表|制表|经办)人(?:[（(]?签[字名章][）)]?)?"),
    (PERIOD_LABEL, "(?:报告|统计|所属|填报)(?:期|期间|时期|周期)|报告期别"),
)
_LABELLED = tuple((what, re.compile(rf"(?:{label})\s*[:：]")) for what, label in _LABELS)
_ANY_LABEL = re.compile(r"[一-鿿]{2,8}(?:[（(][^（()）]{1,6}[）)])?\s*[:：]")
_UP_TO = re.compile("(?:截止|截至|截止到|截至到)" + GAP + "$")
_BLANK = re.compile(GAP)
_CHOICE = re.compile(r"[县市区旗]?[（(][县市区旗、，,/／ ]{2,}[）)]")  # 县（市、区） after the blanks says which level


@dataclass(frozen=True)
class _Piece:
    """A part of a text that is written anew."""

    start: int
    end: int
    what: str
    period: str = THIS
    rest: str = ""  # text that stays after it: the blanks before the next label
    certainty: str = SURE


def text_bindings(
    sheet: SheetPreview, base: BasePeriod = NO_BASE, heads: Collection[Place] = ()
) -> Iterator[tuple[Place, Binding]]:
    """Proposes bindings for labels followed by blanks, and for periods and days, printed or blank.

    The blanks are in the label's cell or the next one. `base`: the period of the table as it was received; `heads`: the places
    of texts that head figures.
    """
    for place, cell in sheet.cells.items():
        if not cell.is_text or cell.is_formula or sheet.is_covered(place) or not is_short(cell.text):
            continue
        beside = _beside(sheet, place, cell.text)
        if beside is not None:
            yield beside
            continue
        labelled = () if _is_answered(sheet, place, cell.text) else _labelled(cell.text)
        pieces = _apart([*labelled, *_periods(cell.text, base, place in heads)])
        if pieces:
            yield place, _bound(cell.text, pieces)


def is_short(text: str) -> bool:
    """Whether the text is short enough not to be a note under the table."""
    return len(text) <= LONGEST and not NOTE.match(text)


def _beside(sheet: SheetPreview, place: Place, text: str) -> tuple[Place, Binding] | None:
    """The binding of the empty cell to the right of a label alone in its cell."""
    behind = _next(sheet, place)
    for what, pattern in _LABELLED:
        match = pattern.search(text)
        if match and not text[match.end() :].strip(" 　") and len(_ANY_LABEL.findall(text)) == 1 and _is_free(sheet, behind):
            return behind, Binding(TEXT, what=what, certainty=SURE, is_proposed=True)
    return None


def _is_answered(sheet: SheetPreview, place: Place, text: str) -> bool:
    """Whether a label's answer is already in the next cell."""
    return text.rstrip(" 　_＿").endswith((":", "：")) and bool(sheet.cell(_next(sheet, place)).text.strip())


def _labelled(text: str) -> Iterator[_Piece]:
    """The blanks, the day or the period after each known label."""
    labels = sorted(_ANY_LABEL.finditer(text), key=lambda match: match.start())
    for what, pattern in _LABELLED:
        for match in pattern.finditer(text):
            end = next((label.start() for label in labels if label.start() >= match.end()), len(text))
            yield from _behind(text, what, match.end(), end)


def _behind(text: str, what: str, start: int, end: int) -> Iterator[_Piece]:
    spans = {DATE: _day_spans, LAST_DAY: _day_spans, PERIOD_LABEL: _period_spans}.get(what, lambda _text: ())(text)
    inside = next((span for span in spans if start <= span[0] and span[1] <= end), None)
    gap = _BLANK.match(text, start, end)
    is_blank = gap.end() == end
    if what == ORGANIZATION and gap.end() > start and (choice := _CHOICE.match(text, gap.end())):
        yield _Piece(start, choice.end(), what)
        return
    if inside is not None and not text[start : inside[0]].strip(" 　_＿"):
        yield _Piece(start, inside[1], what)
    elif is_blank and (end == len(text) or end - start > 1):
        yield _Piece(start, end, what, rest=gap.group().strip("_＿") if end < len(text) else "")
    elif gap.end() - start > 1 and text[gap.end()] in "年（(":
        return
    elif gap.end() - start > 1:
        yield _Piece(start, gap.end(), what, rest=gap.group().strip("_＿"))


def _day_spans(text: str) -> list[tuple[int, int]]:
    return printed_days(text)


def _period_spans(text: str) -> list[tuple[int, int]]:
    return [(one.start, one.end) for one in printed_periods(text)]


def _periods(text: str, base: BasePeriod, is_head: bool) -> Iterator[_Piece]:
    """Periods, years, ranges since January and days without a label of their own."""
    for one in printed_periods(text):
        shift = THIS if one.period is None else base.shift_to(one.period)
        if shift is not None and one.months:
            years = text.index("年", one.start)
            yield _Piece(one.start, years, YEAR, shift)
            yield _Piece(one.months, one.end, MONTHS, shift)
        elif shift is not None:
            yield _Piece(one.start, one.end, PERIOD_LABEL, shift, certainty=LIKELY if _is_lone_month(text, one) else SURE)
    for start, end, year, last in to_date_ranges(text):
        shift = base.shift_to_year(year)
        if shift is not None and base.last_month in (None, last):
            yield from _to_date(text, start, end, year, shift)
    if (found := first_year(text)) and not (is_head and found[3]) and (shift := base.shift_to_year(found[2])):
        yield _Piece(found[0], found[1], YEAR, shift)
    if (room := open_year(text)) and not printed_periods(text):
        yield _Piece(*room, YEAR)
    yield from _days(text)


def _is_lone_month(text: str, one: Printed) -> bool:
    """Whether a month alone on a cover, such as 2026年9月, may be the month of filling in."""
    return one.frequency == Frequency.MONTH and not (text[: one.start] + text[one.end :]).strip(" 　（）()")


def _to_date(text: str, start: int, end: int, year: int | None, shift: str) -> Iterator[_Piece]:
    if year is not None:
        years = text.index("年", start)
        yield _Piece(start, years, YEAR, shift)
        start = years + (2 if text[years : years + 2] == "年度" else 1)
    yield _Piece(start, end, TO_DATE, shift)


def _days(text: str) -> Iterator[_Piece]:
    """Days: 截至2026年9月30日 is the period's end; a day without any word is the day of filling, sure only where it is blank."""
    for start, end in printed_days(text):
        before = text[:start].rstrip(" 　_＿")
        if _UP_TO.search(before):
            yield _Piece(start, end, LAST_DAY)
        elif not before or before[-1] in ")）章":
            is_open = not re.search("[0-9]{1,2}" + GAP + "日|[0-9]-[0-9]", text[start:end])
            is_alone = not before and end == len(text.rstrip())
            if is_open or is_alone:
                yield _Piece(start, end, DATE, certainty=SURE if is_open else LIKELY)


def _apart(pieces: list[_Piece]) -> list[_Piece]:
    """The parts in the order of the text; of two that overlap the first that was found."""
    kept: list[_Piece] = []
    for piece in pieces:
        if not any(one.start < piece.end and piece.start < one.end for one in kept):
            kept.append(piece)
    return sorted(kept, key=lambda piece: piece.start)


def _bound(text: str, pieces: list[_Piece]) -> Binding:
    first, made, at = pieces[0], "", 0
    for piece in pieces:
        made += _plain(text[at : piece.start]) + (_place(piece) if piece is not first else "{}") + piece.rest
        at = piece.end
    certainty = LIKELY if any(piece.certainty == LIKELY for piece in pieces) else SURE
    pattern = made + _plain(text[at:])
    return Binding(TEXT, what=first.what, period=first.period, pattern=pattern, certainty=certainty, is_proposed=True)


def _place(piece: _Piece) -> str:
    return "{" + piece.what + (f"@{piece.period}" if piece.period != THIS else "") + "}"


def _plain(text: str) -> str:
    """The text without braces, which a pattern could not contain."""
    return text.replace("{", "(").replace("}", ")")


def _next(sheet: SheetPreview, place: Place) -> Place:
    """The next cell to the right, after any merged range."""
    area = sheet.covered.get(place)
    return place[0], (area[3] if area else place[1]) + 1


def _is_free(sheet: SheetPreview, place: Place) -> bool:
    cell = sheet.cell(place)
    return place in sheet.cells and not cell.text and not cell.is_formula and not sheet.is_covered(place)

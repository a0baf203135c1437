"""Reads the visible head of one of our forms: which unit, form and period it names, each with its address. Pure."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.utils import translation

from orgs.names.name_similarity import folded
from spreadsheets.read.workbook import Cell, Content, Place, ReadSheet
from submissions.workbooks import texts as words

_DEEPEST = words.HEAD_ROWS - 1  # rows below the stamp that hold the head if it has lost all its labels
_LONGEST = 80  # characters; the lines on how to fill the form in are longer
_BRACKETS = re.compile(r"\([^()]*\)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_FILLERS = " \u3000_＿—-"  # lines to write on
_ROOM = "\x00"  # where a name stands between the words of a label
# Words before a name if a person typed the label himself.
_UNIT_LABELS = frozenset(
    ("填报单位", "填报单位名称", "报送单位", "填表单位", "单位名称", "单位", "村名", "村名称", "汇总单位", "unit")
)
_NUMBER_LABELS = frozenset(("表号", "formnumber"))


@dataclass(frozen=True)
class HeadText:
    """A text of the head, without its label, and its place."""

    text: str
    address: str


@dataclass(frozen=True)
class FormHead:
    """The texts of the head.

    `units` and `numbers` come after a label for the unit and the form's number; `texts` have no label. `title`: of the sheet.
    """

    title: str = ""
    units: tuple[HeadText, ...] = ()
    numbers: tuple[HeadText, ...] = ()
    texts: tuple[HeadText, ...] = ()

    @property
    def free(self) -> tuple[HeadText, ...]:
        """Texts that may name anything, with the sheet's title."""
        return (*self.texts, HeadText(self.title, self.title))

    @property
    def names(self) -> tuple[HeadText, ...]:
        """Texts that may name a unit."""
        return (*self.units, *self.free)


@dataclass(frozen=True)
class _Labels:
    """Folded label -> pattern of the words that follow the name, in every language a form may have been made in."""

    units: Mapping[str, str]
    numbers: Collection[str]
    others: Collection[str]


def read_form_head(sheet: ReadSheet, top: int, rows: Collection[int]) -> FormHead:
    """Reads the head. `top`: the row of the stamp; `rows`: those with a key."""
    texts = dict(_above(sheet, top, min(rows, default=0)))
    labelled = [place for place, text in texts.items() if _label(text) in _every_label()]
    last = max((row for row, _column in labelled), default=top + _DEEPEST)
    found = _Sorted()
    for place in sorted(place for place in texts if place[0] <= last):
        found.put(place, texts, sheet)
    return FormHead(sheet.title, tuple(found.units), tuple(found.numbers), tuple(found.texts))


def _above(sheet: ReadSheet, top: int, first: int) -> Iterator[tuple[Place, str]]:
    for place, cell in sheet.cells.items():
        if top < place[0] < first and _is_short_text(cell):
            yield place, cell.text.strip()


def _is_short_text(cell: Cell) -> bool:
    return cell.content == Content.TEXT and 0 < len(cell.text.strip()) <= _LONGEST


class _Sorted:
    """Sorts the texts of a head by their content."""

    def __init__(self):
        self.units: list[HeadText] = []
        self.numbers: list[HeadText] = []
        self.texts: list[HeadText] = []
        self._seen: set[Place] = set()

    def put(self, place: Place, texts: Mapping[Place, str], sheet: ReadSheet) -> None:
        if place in self._seen:
            return
        text, label, at = texts[place], _label(texts[place]), sheet.address(*place)
        labels = _labels()
        if label in labels.others:
            return
        if label not in labels.units and label not in labels.numbers:
            self.texts.append(HeadText(text, at))
            return
        value = _value(text)
        if not value and (beside := _beside(place, texts)) is not None:
            self._seen.add(beside)
            value, at = texts[beside], sheet.address(*beside)
        if value and label in labels.units:
            self.units.append(HeadText(_without_tail(value, labels.units[label]), at))
        elif value:
            self.numbers.append(HeadText(value, at))


def _beside(place: Place, texts: Mapping[Place, str]) -> Place | None:
    """The text to the right of a label that ends with its colon, if it has no label itself and is no period."""
    right = sorted(other for other in texts if other[0] == place[0] and other[1] > place[1])
    return next(
        (other for other in right[:1] if _label(texts[other]) not in _every_label() and not is_dated(texts[other])), None
    )


def is_dated(text: str) -> bool:
    """Whether the text has a year; then it is no name, except that a code of digits alone may be one."""
    return bool(_YEAR.search(text)) and not text.isdecimal()


def _label(text: str) -> str:
    """The label of a text: 填报单位（盖章）：甲村 -> 填报单位; "" for a text without a colon."""
    before, colon, _value = text.replace("：", ":").partition(":")
    return _bare(before) if colon else ""


def _bare(label: str) -> str:
    return _BRACKETS.sub("", folded(label))


def _value(text: str) -> str:
    return text.replace("：", ":").partition(":")[2].strip(_FILLERS)


def _without_tail(value: str, tail: str) -> str:
    """The name without the words after it: 青山镇所属填报单位（共30个） -> 青山镇."""
    whole = folded(value)
    found = re.search(f"{tail}$", whole) if tail else None
    return whole[: found.start()] if found else value


@cache
def _labels() -> _Labels:
    units, numbers, others = dict.fromkeys(_UNIT_LABELS, ""), set(_NUMBER_LABELS), set()
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            for label in (words.whose_unit(_ROOM), words.whose_units(_ROOM, 0)):
                before, _room, after = label.partition(_ROOM)
                units[_label(before)] = re.escape(folded(after)).replace("0", "[0-9]+")
            numbers.add(_label(words.form_number("")))
            others |= {
                _label(words.issuing_body("")), _label(words.document_number("")), _label(words.valid_until("")),
                _label(words.to_be_sent("")),
            }  # fmt: skip
    return _Labels(units, frozenset(numbers), frozenset(others - {""}))


@cache
def _every_label() -> frozenset[str]:
    labels = _labels()
    return frozenset((*labels.units, *labels.numbers, *labels.others))

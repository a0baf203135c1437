"""Texts in cells that are no numbers: what is odd about them, in a sentence, and the number without the oddity."""

import re
import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext as _

ENDING = "。．、；;！!？?：:，,."  # marks of a sentence behind a number
_CUT_OFF = "，,.．"  # behind which more digits may have stood: nothing is offered

_ABOUT = re.compile(r"(?:大?约摸?|近|将近|不足|超过?|逾|左右|至少|最多|大概|估计|[≈~～<>≤≥]=?)")
_MORE = re.compile(r"[0-9][0-9,.]*[十百千万亿]*(?:[多余几来]|\+$)|[0-9].*(?:左右|上下|以上|以下|以内)$")
_RANGE = re.compile(r"[0-9][0-9,.]*[^0-9\s,.]{0,3}(?:[-~～—–至到]|--)[0-9][0-9,.]*[^0-9]{0,3}")
_DAY = re.compile(
    r"(?:19|20)[0-9]{2}(?:年|[-/.])(?:1[0-2]|0?[1-9])(?:月|[-/.]?)(?:[0-3]?[0-9]日?)?(?:\s+[0-9:]+)?"
    r"|(?:1[0-2]|0?[1-9])月(?:[0-3]?[0-9][日号]?|份)?"
)
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_COUNTED = re.compile(r"[0-9]+(?:[.,][0-9]+)*\s*[^0-9\s]{0,4}")  # 40人
_QUOTES = "'\"‘’“”`´"


@dataclass(frozen=True)
class Oddity:
    """`hidden`: the text that would be left without the oddity, where a person would read it so; "" where nobody knows."""

    why: str
    hidden: str = ""


def oddity_of(folded: str) -> Oddity:
    """`folded`: half width, without spaces around. The first thing that is odd about it; the general sentence where none is known."""
    for find in (_invisible, _approximate, _day, _ended, _quoted, _signed, _parted, _like_a_code, _commas, _numerals, _several):
        found = find(folded)
        if found is not None:
            return found
    return Oddity(_("Write digits with at most one decimal point, such as 12, 1,200 or 12.5."))


def is_approximate(folded: str) -> bool:
    """30多, 近百, 约12人, 30人左右, 30-40: no exact number, whatever it is counted in."""
    return bool(_ABOUT.match(folded) or _MORE.match(folded) or _RANGE.fullmatch(folded)) and not _DAY.fullmatch(folded)


def visible(text: str) -> str:
    """Without characters that nobody sees: zero-width spaces, marks of direction, byte order marks."""
    return "".join(letter for letter in text if unicodedata.category(letter) != "Cf").strip()


def has_odd_numerals(text: str) -> bool:
    """²③½ and the numerals of other scripts."""
    return any(letter.isnumeric() and not "0" <= letter <= "9" for letter in text)


def _invisible(text: str) -> Oddity | None:
    seen = visible(text)
    return Oddity(_("It holds invisible characters."), seen) if seen != text else None


def _approximate(text: str) -> Oddity | None:
    return Oddity(_("This is no exact number. Count, and write the number itself.")) if is_approximate(text) else None


def _day(text: str) -> Oddity | None:
    return Oddity(_("This is a date, not a number.")) if _DAY.fullmatch(text) else None


def _ended(text: str) -> Oddity | None:
    """40。"""
    bare = text.rstrip(ENDING).rstrip()
    if bare == text or not _COUNTED.fullmatch(bare):
        return None
    mark = text[len(bare) :].strip()
    sentence = _("There is “%(mark)s” behind the number.") % {"mark": mark}
    return Oddity(sentence, "" if set(mark) & set(_CUT_OFF) else bare)


def _quoted(text: str) -> Oddity | None:
    bare = text.strip(_QUOTES)
    return Oddity(_("There are quotation marks around the number."), bare) if bare != text and _NUMBER.fullmatch(bare) else None


def _signed(text: str) -> Oddity | None:
    return Oddity(_("Write it without the sign “+”."), text[1:]) if re.fullmatch(r"\+[0-9.,]+", text, re.ASCII) else None


def _parted(text: str) -> Oddity | None:
    if re.fullmatch(r"[0-9][0-9 ]*[0-9](\.[0-9]+)?", text, re.ASCII) and " " in text:
        return Oddity(_("There is a space between the digits."), text.replace(" ", ""))
    return None


def _like_a_code(text: str) -> Oddity | None:
    if not re.fullmatch(r"-?0[0-9]+(\.[0-9]+)?", text, re.ASCII):
        return None
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
    why = _("It starts with 0 like a code; write a number without leading zeros.")
    return Oddity(why, sign + re.sub(r"^0+(?=[0-9])", "", digits))


def _commas(text: str) -> Oddity | None:
    if re.fullmatch(r"-?[0-9]+(,[0-9]*)+(\.[0-9]*)?", text, re.ASCII):
        return Oddity(_("Its commas do not part groups of three digits."))
    return None


def _numerals(text: str) -> Oddity | None:
    return Oddity(_("It holds numerals other than the digits 0 to 9.")) if has_odd_numerals(text) else None


def _several(text: str) -> Oddity | None:
    """12（其中女5）."""
    numbers = [found.group() for found in _NUMBER.finditer(text)]
    if len(numbers) < 2 or text.isascii():
        return None
    return Oddity(_("It holds several numbers (%(numbers)s). Write one number alone.") % {"numbers": "、".join(numbers[:4])})

"""Recognises codes that a spreadsheet damaged: rounded, or read as a number without their leading zeros."""

import re
from collections.abc import Collection, Iterable

from django.utils.translation import gettext as _

from orgs.models import Organization
from orgs.tree.spans import batched

# What a spreadsheet makes of a long code in a column of numbers: 3.70883E+11, 370883.0.
ROUNDED = re.compile(r"[0-9](?:\.[0-9]+)?[Ee]\+?[0-9]{1,3}")
_FRACTION = re.compile(r"([0-9]+)\.0+")
_KEPT_DIGITS = 15  # of a number in a cell; the rest become zeros


def broken_number(code: str, *, is_number: bool = False) -> str:
    """Why the code cannot be complete, in a sentence that says what to do; "" if it may be.

    `is_number`: it is in a number cell.
    """
    if ROUNDED.fullmatch(code) or (is_number and len(code) > _KEPT_DIGITS):
        sentence = _("“%(code)s” is a rounded number, not a code; format the column as text and type the whole code.")
    elif is_number and not code.isdigit():
        sentence = _(
            "“%(code)s” is a number with decimals or a sign, not a code; format the column as text and type the whole code."
        )
    else:
        return ""
    return sentence % {"code": code}


class SpoiltCodes:
    """Finds codes that are the same number as a doubtful one. Reads the database once, in batches."""

    def __init__(self, doubtful: Collection[str], others: Iterable[str] = ()):
        """`doubtful`: unknown codes, and codes in number cells; `others`: known codes of the same file."""
        numbers = {_bare(code) for code in doubtful} - {""}
        self._names = _stored(numbers) if numbers else {}
        self._codes: dict[str, list[str]] = {}
        for code in dict.fromkeys([*self._names, *others, *doubtful]):
            if bare := _bare(code):
                self._codes.setdefault(bare, []).append(code)

    def of_new(self, code: str, parent_code: str = "") -> str:
        """Why a new code is probably a damaged form of another one, in a sentence; "" if nothing suggests it."""
        meant = self._meant(code) or _with_zeros_of(parent_code, code)
        sentence = _(
            "The code %(code)s is new, but %(meant)s is the same number: a spreadsheet took leading zeros away. "
            "Format the column as text, write the code with all its zeros and load again."
        )
        return sentence % {"code": code, "meant": self._called(meant)} if meant else ""

    def of_unknown(self, code: str) -> str:
        """Why an unknown code is probably a damaged form of a known one, in a sentence; "" if nothing suggests it."""
        if sentence := broken_number(code):
            return sentence
        sentence = _(
            "“%(code)s” is probably %(called)s, read as a number by a spreadsheet; format the column as text and type %(meant)s."
        )
        meant = self._meant(code)
        return sentence % {"code": code, "called": self._called(meant), "meant": meant} if meant else ""

    def of_known_number(self, code: str) -> str:
        """Why a known code in a number cell may also mean another one; "" if it does not."""
        others = [other for other in self._codes.get(_bare(code), ()) if other in self._names and len(other) > len(code)]
        sentence = _(
            "The cell holds the number %(code)s, which may be %(meant)s too; format the column as text and write the code that is meant."
        )
        return sentence % {"code": code, "meant": self._called(min(others, key=len))} if others else ""

    def _meant(self, code: str) -> str:
        """A known code of the same number, the shortest first, or a longer one of the file."""
        same = [other for other in self._codes.get(_bare(code), ()) if other != code]
        known = [other for other in same if other in self._names]
        return min(known, key=len, default="") or next((other for other in same if len(other) > len(code)), "")

    def _called(self, code: str) -> str:
        return f"{code} ({self._names[code]})" if code in self._names else code


def _bare(code: str) -> str:
    """The digits without leading zeros; "" if the text is no number."""
    fraction = _FRACTION.fullmatch(code)
    digits = fraction.group(1) if fraction else code
    return digits.lstrip("0") or "0" if digits.isascii() and digits.isdigit() else ""


def _with_zeros_of(parent_code: str, code: str) -> str:
    """The code with the zeros of its parent's: 371001 under 0371 -> 0371001, because codes begin like those above them."""
    zeros = len(parent_code) - len(parent_code.lstrip("0"))
    meant = "0" * zeros + code
    begins = code.isascii() and code.isdigit() and not code.startswith(parent_code) and meant.startswith(parent_code)
    return meant if zeros and begins and len(parent_code) > zeros else ""


def _stored(numbers: Collection[str]) -> dict[str, str]:
    """Code -> name of every organization whose code is one of the numbers, with or without leading zeros."""
    named = Organization.objects.values_list("code", "name")
    found = {code: name for code, name in named.filter(code__startswith="0") if _bare(code) in numbers}
    for some in batched(sorted(numbers)):
        found |= dict(named.filter(code__in=some))
    return found

"""Codes that a spreadsheet spoilt: read as numbers, they lost their leading zeros or were rounded. Writes nothing."""

import re
from collections.abc import Collection, Iterable

from django.utils.translation import gettext as _

from orgs.models import Organization
from orgs.spans import batched

# What a spreadsheet makes of a long code in a column of numbers: 3.70883E+11, 370883.0.
ROUNDED = re.compile(r"[0-9](?:\.[0-9]+)?[Ee]\+?[0-9]{1,3}")
_FRACTION = re.compile(r"([0-9]+)\.0+")


class SameNumbers:
    """The known codes that are the same number as a code nobody knows. Reads the database once, in batches."""

    def __init__(self, unknown: Collection[str], others: Iterable[str] = ()):
        """`others`: codes of the same file that are known."""
        self._names: dict[str, str] = {}
        numbers = {_bare(code) for code in unknown} - {""}
        if numbers:
            self._names = _stored(numbers)
        self._codes: dict[str, list[str]] = {}
        for code in dict.fromkeys([*self._names, *others, *unknown]):
            if bare := _bare(code):
                self._codes.setdefault(bare, []).append(code)

    def said(self, code: str, parent_code: str = "") -> str:
        """Why the code is what a spreadsheet made of another, with the cure; "" where nothing speaks for it."""
        if ROUNDED.fullmatch(code):
            said = _("“%(code)s” is a rounded number, not a code; format the column as text and type the whole code.")
            return said % {"code": code}
        meant = self._meant(code) or _with_zeros_of(parent_code, code)
        if not meant:
            return ""
        name = self._names.get(meant, "")
        said = _(
            "The code %(code)s is new, but %(meant)s is the same number: a spreadsheet took leading zeros away. "
            "Format the column as text, write the code with all its zeros and load again."
        )
        return said % {"code": code, "meant": f"{meant} ({name})" if name else meant}

    def _meant(self, code: str) -> str:
        """A longer code of the same number, or a known one."""
        same = [other for other in self._codes.get(_bare(code), ()) if other != code]
        known = [other for other in same if other in self._names]
        return next(iter(known), "") or next((other for other in same if len(other) > len(code)), "")


def _bare(code: str) -> str:
    """The digits without leading zeros; "" for what is no number."""
    fraction = _FRACTION.fullmatch(code)
    digits = fraction.group(1) if fraction else code
    return digits.lstrip("0") or "0" if digits.isascii() and digits.isdigit() else ""


def _with_zeros_of(parent_code: str, code: str) -> str:
    """0371001 under 0371 -> what 371001 was: codes begin like those above them."""
    zeros = len(parent_code) - len(parent_code.lstrip("0"))
    meant = "0" * zeros + code
    begins = code.isascii() and code.isdigit() and not code.startswith(parent_code) and meant.startswith(parent_code)
    return meant if zeros and begins and len(parent_code) > zeros else ""


def _stored(numbers: Collection[str]) -> dict[str, str]:
    """Code -> name of every organization whose code is one of the numbers, with zeros before it or without."""
    named = Organization.objects.values_list("code", "name")
    found = {code: name for code, name in named.filter(code__startswith="0") if _bare(code) in numbers}
    for some in batched(sorted(numbers)):
        found |= dict(named.filter(code__in=some))
    return found

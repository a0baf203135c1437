"""Finds the organizations that codes in a file mean, and says why one means none. Writes nothing."""

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

from orgs.models import Organization
from orgs.spans import batched

# What a spreadsheet makes of a long code in a column that is not text: 3.70883E+11.
_ROUNDED = re.compile(r"[0-9](?:\.[0-9]+)?[Ee]\+?[0-9]{1,2}")
_NUMBER = re.compile(r"([0-9]+)(?:\.0+)?")


def organizations_with_codes(codes: Iterable[str]) -> dict[str, list[Organization]]:
    """Code -> its organizations; several only where counties share a code."""
    found: dict[str, list[Organization]] = {}
    for some in batched(sorted(set(codes) - {""})):
        for org in Organization.objects.filter(code__in=some).select_related("county").order_by("pk"):
            found.setdefault(org.code, []).append(org)
    return found


def spoiled_code(code: str, known: Iterable[str] = ()) -> str:
    """Why a code is what a spreadsheet made of another one, as a sentence with the cure; "" where nothing speaks for it.

    `known`: codes besides those of the database, such as those of the same file.
    """
    if _ROUNDED.fullmatch(code):
        said = _("“%(code)s” is a rounded number, not a code; format the column as text and type the whole code.")
        return said % {"code": code}
    match = _NUMBER.fullmatch(code)
    meant = _same_number(match.group(1), known) if match else ""
    if not meant or meant == code:
        return ""
    said = _(
        "“%(code)s” is probably %(meant)s, read as a number by a spreadsheet; format the column as text and type %(meant)s."
    )
    return said % {"code": code, "meant": meant}


def unknown_code(code: str, known: Iterable[str] = ()) -> str:
    """Why no organization is found by the code, as a sentence with the cure."""
    return spoiled_code(code, known) or _("No organization has the code %(code)s.") % {"code": code[:40]}


def _same_number(digits: str, known: Iterable[str]) -> str:
    """The known code that is the same number; "" where there is none. An exact one comes first."""
    bare = digits.lstrip("0")
    stored = Organization.objects.filter(code__endswith=bare or "0").values_list("code", flat=True)
    same = {code for code in (*stored, *known) if code.isascii() and code.isdigit() and code.lstrip("0") == bare}
    return digits if digits in same else min(same, key=len, default="")

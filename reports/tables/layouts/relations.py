"""Check formulas in their form under a table, by column number or by code: 4=2+3；4≤1."""

import re
from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext as _

from indicators.formulas import Reference, parse

MOST = 40  # more would fill the page; the rest are on the sheet of definitions
_SUM = re.compile(r"(?<![×÷\w-])sum\(([^()]+)\)(?![×÷])")
_SPACES = re.compile(r"\s*([-+=≤≥≠<>×÷,])\s*")


def relations(expressions: Iterable[str], names: Mapping[str, str]) -> tuple[str, ...]:
    """The expressions that use only figures in `names` (key -> column number), as people read them, at most MOST."""
    return at_most(tuple(spelled_relations(expressions, names)))


def spelled_relations(expressions: Iterable[str], names: Mapping[str, str]) -> dict[str, str]:
    """Relation as people read it -> its expression, each once."""
    found: dict[str, str] = {}
    for expression in expressions:
        formula = parse(expression)
        if formula.references and all(reference.key in names for reference in formula.references):
            spelled = _SPACES.sub(r"\1", formula.spelled(lambda reference: _name(reference, names)))
            found.setdefault(_SUM.sub(_added, spelled), expression)
    return found


def at_most(shown: Sequence[str]) -> tuple[str, ...]:
    if len(shown) > MOST:
        return (*shown[:MOST], _("and %(count)d more on the sheet of definitions") % {"count": len(shown) - MOST})
    return tuple(shown)


def _added(found: re.Match) -> str:
    """A sum written with signs: sum(1,2,-3) -> 1+2-3."""
    return found[1].replace(",", "+").replace("+-", "-")


def _name(reference: Reference, names: Mapping[str, str]) -> str:
    name = names[reference.key]
    if reference.shift == "prev":
        return _("last period's [%(name)s]") % {"name": name}
    if reference.shift == "ytd":
        return _("year to date's [%(name)s]") % {"name": name}
    if reference.shift == "same_last_year":
        return _("last year's [%(name)s]") % {"name": name}
    return name

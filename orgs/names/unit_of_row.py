"""Decides the unit of a row from its code and its name: if both name a unit it must be the same one."""

from dataclasses import replace

from django.utils.translation import gettext as _

from orgs.names.name_matching import plain_org_name
from orgs.names.name_similarity import Certainty, Match, similarity

_HARDLY = 0.3  # similarity of two names that may be the same unit's, if its code says so


def unit_of_row(name: Match, code: Match, *, text: str, own_name: str) -> Match:
    """The unit of a row.

    `code`: the match of the text in the column of codes; `text`: the name as written; `own_name`: of the unit of the code. Sure
    only if neither contradicts the other; AMBIGUOUS, with both as choices, if they name different units.
    """
    if not code.is_sure:
        return proposed(name, code.why or _("the code beside the name is not known"))
    if code.target in name.choices:
        return code  # the code decides between units of one name, and confirms a name that is only similar
    if name.choices:
        why = _("the code and the name beside it name different units")
        return Match("", Certainty.AMBIGUOUS, why, (code.target, name.target or name.choices[0]))
    is_name = not text or similarity(plain_org_name(text), plain_org_name(own_name)) >= _HARDLY
    return code if is_name else proposed(code, _("the code is known, but the name beside it is another"))


def proposed(match: Match, why: str) -> Match:
    """The match with lower certainty."""
    return replace(match, certainty=Certainty.LIKELY, why=why) if match.is_sure else match

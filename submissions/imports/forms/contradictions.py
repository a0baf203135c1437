"""Compares the visible head of one of our forms with its stamp: does it name another unit, form or period?

If it does, nobody can know whose figures they are: a clerk may have copied a neighbour's form and typed his own name over the
head.
"""

from functools import cache

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from indicators.models import Form
from indicators.periods import BadPeriod, Period, read_period
from orgs.models import Organization
from orgs.names.name_matching import Candidate, OrgNames, plain_org_name
from orgs.names.name_similarity import Certainty, folded
from submissions.imports.forms.heads import FormHead, HeadText
from submissions.imports.forms.names import NamesInHeads, pieces_of
from submissions.imports.tables.geometry.stated_periods import contradicts, stated_periods
from submissions.workbooks.stamps import Stamp

_KINDS = ("村", "社区", "街道", "镇", "乡")
_YEARS = 3  # one day before and after, from which a period is known by its printed name


def contradiction(head: FormHead, stamp: Stamp, organization: Organization, form: Form, names: NamesInHeads) -> str:
    """A sentence with the text of the head, its place, and the unit, form or period of the stamp; "" if they agree.

    `organization` and `form`: those of the stamp.
    """
    return _of_unit(head, organization, form, names) or _of_form(head, stamp, form, names) or _of_period(head, stamp, form)


def _of_unit(head: FormHead, organization: Organization, form: Form, names: NamesInHeads) -> str:
    own = names.candidate(organization)
    others = [one for one in names.others_of(organization) if one.name not in own.above and one.short_name not in own.above]
    wrong = next((entry for entry in head.units if not _names(entry.text, own, others)), None)
    wrong = wrong or next(
        (entry for entry in head.free if _names_one_of(entry.text.replace(form.title, " "), own, others)), None
    )
    if wrong is None:
        return ""
    sentence = _(
        "The head of the form says “%(said)s” (%(address)s), but the form was made for %(name)s (%(code)s): nobody can tell whose "
        "the figures are, so nothing was taken in. Fill in the form of the unit that the figures belong to."
    )
    return sentence % {"said": wrong.text, "address": wrong.address, "name": organization.name, "code": organization.code}


def _names(text: str, own: Candidate, others: list[Candidate]) -> bool:
    """Whether the text is the unit's own name in any form: with the places above it, its party branch, its code, a seal."""
    if folded(text) in _names_of(own):
        return True
    if _names_one_of(text, own, others):
        return False
    known = OrgNames((own, *others))
    whole, inside = known.match(text), known.inside(text)
    if whole.is_sure:
        return whole.target == own.code
    if whole.certainty == Certainty.AMBIGUOUS and not whole.is_alike:
        return own.code in whole.choices  # namesakes: the head says no more
    return (inside.is_sure and inside.target == own.code) or _is_shortened(text, own)


def _names_one_of(text: str, own: Candidate, others: list[Candidate]) -> bool:
    """Whether a part of the text is exactly the name or code of another unit, and none is that of the own unit."""
    named = {name for one in others for name in _names_of(one)} - _names_of(own)
    return any(folded(piece) in named for piece in pieces_of(text, ()))


def _names_of(one: Candidate) -> set[str]:
    return {folded(name) for name in (one.name, one.short_name, one.code) if name}


def _is_shortened(text: str, own: Candidate) -> bool:
    """Whether the text is a short form, 石桥 for 石桥村."""
    plain = plain_org_name(text)
    return any(plain + kind == plain_org_name(name) for name in (own.name, own.short_name) if name for kind in _KINDS)


def _of_form(head: FormHead, stamp: Stamp, form: Form, names: NamesInHeads) -> str:
    foreign = {folded(title) for title in names.titles} - {folded(form.title), folded(form.code)}
    wrong = [entry for entry in head.numbers if folded(entry.text) != folded(stamp.form)]
    wrong += [entry for entry in head.texts if folded(entry.text) in foreign]
    if not wrong:
        return ""
    sentence = _(
        "The head of the form says “%(said)s” (%(address)s), but this is form %(form)s (%(title)s); nothing was taken in. Fill in "
        "the form that the figures belong to."
    )
    return sentence % {"said": wrong[0].text, "address": wrong[0].address, "form": form.code, "title": form.title}


def _of_period(head: FormHead, stamp: Stamp, form: Form) -> str:
    period = _period(stamp)
    if period is None:
        return ""
    own = {folded(form.title), folded(form.code)}
    wrong = next(
        (entry for entry in head.free if folded(entry.text) not in own and _is_other_period(entry, period, form)), None
    )
    if wrong is None:
        return ""
    sentence = _(
        "The head of the form says “%(said)s” (%(address)s), but the form was made for %(period)s; nothing was taken in. Fill in "
        "the form of the period that the figures belong to."
    )
    return sentence % {"said": wrong.text, "address": wrong.address, "period": period.label}


def _period(stamp: Stamp) -> Period | None:
    try:
        return read_period(stamp.period)
    except BadPeriod:
        return None


def _is_other_period(entry: HeadText, period: Period, form: Form) -> bool:
    text = folded(entry.text).replace(folded(form.title), "")
    printed = {name: same for name, same in _printed_near(period).items() if name in text}
    if printed:
        return not any(printed.values())
    return bool(contradicts(text, period)) or _lies_beside(text, period)


def _lies_beside(text: str, period: Period) -> bool:
    """Whether the text is a part or a whole of the period: 上半年 on the form of a third quarter.

    A single month may be that of filling in.
    """
    begin, end = period.first_day.month, period.last_day.month
    stated = [one for one in stated_periods(text) if one.first < one.last]
    return bool(stated) and all(one.last < begin or one.first > end for one in stated)


@cache
def _printed_near(period: Period) -> dict[str, bool]:
    """How periods of the kind are printed in every language, and whether each is this one."""
    found = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            for one in _near(period):
                found[folded(one.label)] = one == period
    return found


def _near(period: Period) -> list[Period]:
    found, before, after = [period], period, period
    while after.year <= period.year + _YEARS:
        before, after = before.previous(), after.next()
        found += [before, after]
    return found

"""Permissions on definitions: an officer changes those of the own county; common ones are changed by loaders only (decision 206)."""

from datetime import date
from typing import TypeVar

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from indicators.definitions import checks_of, forms_of, indicators_of, readable_forms
from indicators.models import Check, Form, Indicator
from orgs.accounts.access import COUNTY, SEEING, ReadOnly, Refused, posts_on, require_role
from orgs.models import Organization, User

Definition = TypeVar("Definition", Form, Indicator, Check)


def counties_to_browse(user: User, day: date) -> tuple[int, ...]:
    """The ids of the counties in which the person works; Refused for who works in none."""
    return tuple(dict.fromkeys(post.county_id for post in require_role(user, SEEING, day)))


def counties_to_lay_out(user: User, day: date) -> tuple[Organization, ...]:
    """The counties of whose organization departments the person is an officer; Refused without any."""
    posts = {post.county_id: post for post in require_role(user, COUNTY, day)}
    return tuple(post.organization if post.organization_id == id_ else post.organization.county for id_, post in posts.items())


def own_counties(user: User, day: date) -> frozenset[int]:
    """The ids of those counties, none for others. Only for showing buttons; the functions below decide."""
    return frozenset(post.county_id for post in posts_on(user, day) if post.role in COUNTY)


def county_meant(user: User, county_id: str, day: date) -> Organization:
    """The officer's county; of several the one with the id `county_id`. Refused for another county, and where the id is missing."""
    counties = counties_to_lay_out(user, day)
    meant = [county for county in counties if str(county.pk) == county_id] if county_id else counties
    if len(meant) != 1:
        raise Refused(_("Say for which county: %(known)s.") % {"known": "、".join(county.name for county in counties)})
    return meant[0]


def form_to_see(user: User, form_id: int, day: date) -> Form:
    return _one(readable_forms(*counties_to_browse(user, day)).select_related("owner", "adopted_from"), form_id)


def indicator_to_see(user: User, indicator_id: int, day: date) -> Indicator:
    return _one(indicators_of(*counties_to_browse(user, day)).select_related("owner", "part_of"), indicator_id)


def form_to_change(user: User, form_id: int, day: date) -> Form:
    """A form of the officer's county. Refused for another's, ReadOnly for a common one."""
    found = _one(readable_forms(*_ids(user, day)).select_related("owner", "adopted_from"), form_id)
    refusal = _(
        "%(form)s is a common form: it is the same for every county and cannot be changed here. Adopt it on its page as your"
        " county's own edition, then change that one."
    )
    return _own(found, refusal % {"form": found.code})


def form_to_rule(user: User, form_id: int, day: date) -> tuple[Form, tuple[Organization, ...]]:
    """A form and the counties whose rules may be added to it: a rule of a county may stand on a common form too.

    A common form in whose place the county's own edition stands takes no more: ReadOnly.
    """
    counties = counties_to_lay_out(user, day)
    found = _one(readable_forms(*_ids(user, day)).select_related("owner", "adopted_from"), form_id)
    if found.owner_id is not None:
        return found, tuple(county for county in counties if county.pk == found.owner_id)
    open_to = tuple(county for county in counties if forms_of(county.pk).filter(pk=form_id).exists())
    if not open_to:
        raise ReadOnly(_("Your county has its own edition of %(form)s; add the rule to that one.") % {"form": found.code})
    return found, open_to


def indicator_to_change(user: User, indicator_id: int, day: date) -> Indicator:
    found = _one(indicators_of(*_ids(user, day)).select_related("owner"), indicator_id)
    refusal = _(
        "%(indicator)s is a common indicator: it is the same for every county and cannot be changed here. To leave it out, adopt"
        " the form it stands on as your county's own edition and take its line off. To count something else, add an indicator of"
        " your county with a code of its own, and put that one on your forms."
    )
    return _own(found, refusal % {"indicator": found.code})


def check_to_change(user: User, check_id: int, day: date) -> Check:
    found = _one(checks_of(*_ids(user, day)).filter(form__isnull=False).select_related("form", "owner"), check_id)
    refusal = _(
        "This rule is a common one: it is the same for every county and cannot be changed here. Adopt the form %(form)s as your"
        " county's own edition, then change the rule there."
    )
    return _own(found, refusal % {"form": found.form.code})


def _own(found: Definition, refusal: str) -> Definition:
    """A common definition is only read: ReadOnly with the sentence that says what to do instead."""
    if found.owner_id is None:
        raise ReadOnly(refusal)
    return found


def _ids(user: User, day: date) -> tuple[int, ...]:
    return tuple(county.pk for county in counties_to_lay_out(user, day))


def _one(rows: QuerySet[Definition], wanted: int) -> Definition:
    """A definition of another county is answered like one that does not exist."""
    found = rows.filter(pk=wanted).first()
    if found is None:
        raise Refused(_("Definition %(id)s does not exist, or is another county's.") % {"id": wanted})
    return found

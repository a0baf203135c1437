"""The queries by which everybody reads definitions: the common ones and a county's own (docs/decisions/206)."""

from copy import copy
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from indicators.models import Check, DefinedFacts, Form, FormLine, FormRetirement, Indicator

# The fields that say what an indicator means; they change from a day (docs/decisions/226).
FACTS = tuple(field.name for field in DefinedFacts._meta.get_fields())


def indicators_of(*counties: int | None) -> QuerySet[Indicator]:
    """The common indicators and those of the counties (by id; None is no county). Of one county no code stands twice."""
    return Indicator.objects.filter(_seen_by(counties))


def indicators_in_use(*counties: int | None) -> QuerySet[Indicator]:
    """Those that are switched on. A common one that is off is on for a county whose own form asks it."""
    asked = FormLine.objects.filter(indicator=OuterRef("pk"), form__owner_id__in=_ids(counties))
    return indicators_of(*counties).filter(Q(is_enabled=True) | Exists(asked))


def indicator_on(indicator: Indicator, day: date) -> Indicator:
    """The indicator with what it meant on the day; read its `former_definitions` along with it."""
    held = [former for former in indicator.former_definitions.all() if former.until >= day]
    if not held:
        return indicator
    then = min(held, key=lambda former: former.until)
    found = copy(indicator)
    for name in FACTS:
        setattr(found, name, getattr(then, name))
    return found


def forms_of(*counties: int | None) -> QuerySet[Form]:
    """The forms that the counties have: an edition takes the place of the common form it was adopted from.

    Of several counties the common form stays beside the editions as long as one of them has none.
    """
    ids = _ids(counties)
    editions = Form.objects.filter(owner_id__in=ids, adopted_from__isnull=False).values("adopted_from_id")
    replaced = editions.annotate(owners=Count("owner_id", distinct=True)).filter(owners=len(ids))
    return readable_forms(*counties).exclude(pk__in=replaced.values("adopted_from_id"))


def forms_in_use(*counties: int | None) -> QuerySet[Form]:
    """Those of them of which tasks are opened: without the common forms that none of the counties uses any more.

    Of several counties each has its own edition of the form, has retired it, or uses it.
    """
    ids = _ids(counties)
    if not ids:
        return forms_of(*counties)
    elsewhere = Count("editions", filter=Q(editions__owner_id__in=ids), distinct=True)
    retired = Count("retirements", filter=Q(retirements__county_id__in=ids), distinct=True)
    unused = Form.objects.filter(owner__isnull=True).annotate(away=elsewhere + retired).filter(away__gte=len(ids))
    return forms_of(*counties).exclude(pk__in=unused.values("pk"))


def retirements_of(*counties: int | None) -> QuerySet[FormRetirement]:
    """Which of the counties retired which common form, and when."""
    return FormRetirement.objects.filter(county_id__in=_ids(counties))


def readable_forms(*counties: int | None) -> QuerySet[Form]:
    """Also the common forms in whose place an edition stands: they may be looked at, not opened."""
    return Form.objects.filter(_seen_by(counties))


def checks_of(*counties: int | None) -> QuerySet[Check]:
    """The common rules and those of the counties."""
    return Check.objects.filter(_seen_by(counties))


def lines_of_forms(*counties: int | None) -> QuerySet[FormLine]:
    """The lines of all forms that the counties may look at."""
    return FormLine.objects.filter(_seen_by(counties, "form__"))


def own_indicators() -> QuerySet[Indicator]:
    """Those of every county, for what must be true of all of them: that no common code is taken."""
    return Indicator.objects.filter(owner__isnull=False)


def owners_of_codes(indicators: QuerySet[Indicator]) -> dict[str, str]:
    """Code -> the names of the counties that have it, in one text; `indicators`: own ones."""
    found: dict[str, list[str]] = {}
    for code, county in indicators.order_by("owner__code").values_list("code", "owner__name"):
        found.setdefault(code, []).append(county)
    return {code: "、".join(counties) for code, counties in found.items()}


def codes_of_two_meanings(*counties: int | None) -> set[str]:
    """The codes that several of the counties have given to things of their own."""
    owners = own_indicators().filter(owner_id__in=_ids(counties)).values("code").annotate(owners=Count("pk"))
    return set(owners.filter(owners__gt=1).values_list("code", flat=True))


def own_forms() -> QuerySet[Form]:
    """The forms and editions of every county."""
    return Form.objects.filter(owner__isnull=False)


def own_checks() -> QuerySet[Check]:
    return Check.objects.filter(owner__isnull=False)


def _seen_by(counties: tuple[int | None, ...], prefix: str = "") -> Q:
    common = Q(**{f"{prefix}owner__isnull": True})
    ids = _ids(counties)
    return common | Q(**{f"{prefix}owner_id__in": ids}) if ids else common


def _ids(counties: tuple[int | None, ...]) -> set[int]:
    return {county for county in counties if county is not None}

"""Reads releases: by their number, of a series, of the organizations that a person sees."""

import re

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from orgs.models import Organization
from reports.models import Release

_NUMBER = re.compile(r"([0-9]{4})[-－—–]([0-9]{1,9})", re.ASCII)
_HEAVY = ("workbook", "tables", "sources", "definition")


class UnknownRelease(ValueError):
    """No release has this number; the message is a sentence."""


def light(releases: QuerySet[Release]) -> QuerySet[Release]:
    """Without the workbook and what is frozen beside it, for lists and for the facts alone."""
    return releases.defer(*_HEAVY).select_related("organization", "previous", "issued_by")


def release_numbered(text: str, county: Organization | None = None) -> Release:
    """The release with this number, in a county where several have it. Raises UnknownRelease."""
    found = _NUMBER.fullmatch(text.strip())
    if found is None:
        raise UnknownRelease(_("“%(text)s” is no number of a release; write it as 2026-0007.") % {"text": text[:40]})
    rows = Release.objects.filter(year=int(found[1]), serial=int(found[2])).select_related("county", "organization")
    rows = list((rows.filter(county=county) if county else rows).defer("workbook"))
    if not rows:
        raise UnknownRelease(_("There is no release %(number)s.") % {"number": text.strip()[:40]})
    if len(rows) > 1:
        counties = "、".join(f"{row.county.code} {row.county.name}" for row in rows)
        sentence = _("Release %(number)s exists in several counties (%(counties)s); say which by --county.")
        raise UnknownRelease(sentence % {"number": text.strip()[:40], "counties": counties})
    return rows[0]


def editions_of(release: Release) -> list[Release]:
    """Every edition of the same table, the first one first."""
    return list(light(_series(release)).order_by("edition"))


def newest_edition(org: Organization, layout: str, form: str, period, basis: str, tree: str) -> Release | None:
    """The edition in force of a table; None if it was never issued."""
    rows = Release.objects.filter(
        county_id=org.county_id, period=period, layout=layout, organization=org, form=form, basis=basis, tree=tree
    )
    return rows.order_by("-edition").first()


def _series(release: Release) -> QuerySet[Release]:
    return Release.objects.filter(
        county_id=release.county_id, period=release.period, layout=release.layout, organization_id=release.organization_id,
        form=release.form, basis=release.basis, tree=release.tree,
    )  # fmt: skip

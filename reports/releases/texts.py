"""The sentences about releases that pages and commands share."""

from django.utils.translation import gettext as _

from orgs.lists.cells import moment
from reports.models import Release
from reports.releases.authenticity import Authenticity, Verdict


def authenticity_sentence(answer: Authenticity) -> str:
    """What a file is, in one sentence."""
    words = {"sha256": answer.sha256}
    if answer.release is None:
        return _("This file is no release; its SHA-256 is %(sha256)s.") % words
    words |= _words_of(answer.release)
    if answer.verdict == Verdict.SAME:
        return _("This file is release %(number)s, byte for byte: “%(title)s”, %(organization)s, issued on %(at)s.") % words
    return _(
        "This file calls itself release %(number)s (“%(title)s”) but was changed since: issued with SHA-256 %(issued)s, it now"
        " has %(sha256)s."
    ) % (words | {"issued": answer.release.sha256})


def _words_of(release: Release) -> dict[str, str]:
    return {
        "number": release.number, "title": release.title, "organization": release.organization.name,
        "at": moment(release.issued_at),
    }  # fmt: skip

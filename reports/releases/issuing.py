"""Issues a table: reads it in one moment, numbers it, writes its workbook, keeps both and records it. Nothing is issued twice."""

from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from audit.recorder import record
from orgs.models import Organization, User
from reports.models import Release, number_of
from reports.releases.draft import ReleaseDraft, draft_of
from reports.releases.open_reports import names_of
from reports.releases.orders import ReleaseOrder, options_data
from reports.releases.packages import package_digest
from reports.releases.queries import newest_edition
from reports.releases.revision_sheets import revision_sheets
from reports.releases.stamp import Stamp, properties_with_stamp, sheets_with_stamp
from reports.tables.export import details_of
from reports.tables.layouts.definition_reader import data_of
from spreadsheets.safe_text import clean
from spreadsheets.write.workbook_writer import workbook_bytes

LONGEST_TITLE = Release._meta.get_field("title").max_length
LONGEST_NOTE = Release._meta.get_field("note").max_length


class NotIssued(Exception):
    """The table is not issued; `sentence` says why and what to do."""

    def __init__(self, sentence: str):
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class Issue:
    """The release, and whether it was issued just now: an order that changes nothing gets the release that is in force."""

    release: Release
    is_new: bool


def issue(order: ReleaseOrder, *, by: User, at: datetime) -> Issue:
    """Issues the table, or its next edition where it was issued before.

    Raises NotIssued (no title, open reports, another edition than the person saw), NothingToExport, BadQuestion.
    """
    order = replace(order, title=_one_line(order.title), note=_one_line(order.note))
    _refuse_texts(order)
    draft = draft_of(order, by=by, at=at)
    if draft.previous and draft.repeats(draft.previous):
        return Issue(draft.previous, is_new=False)
    _refuse_open(draft)
    _refuse_unseen(order.seen, draft.previous)
    return _write(draft, by=by, at=at)


@transaction.atomic
def _write(draft: ReleaseDraft, *, by: User, at: datetime) -> Issue:
    county_id, org = draft.order.org.county_id, draft.order.org
    # The lock of the numbers: two issues of a county follow one another.
    Organization.objects.select_for_update(no_key=True).get(county_id=county_id, pk=county_id)
    newest = newest_edition(
        org, draft.order.layout.code, draft.order.form, draft.order.period, draft.occasion.basis, draft.occasion.tree
    )
    if newest != draft.previous:
        if draft.repeats(newest):
            return Issue(newest, is_new=False)
        raise NotIssued(_another_edition(newest))
    year = timezone.localdate(at).year
    last = Release.objects.filter(county_id=county_id, year=year).aggregate(last=Max("serial"))["last"] or 0
    release = _release(draft, year, last + 1, by, at)
    release.save(force_insert=True)
    details = details_of(draft.workbook, draft.occasion) | {
        "number": release.number, "title": release.title, "edition": release.edition, "sha256": release.sha256,
        "package": release.package_sha256, "open_reports": release.open_reports,
        "previous": draft.previous.number if draft.previous else None,
    }  # fmt: skip
    record(
        "release.issued", by=by, at=at, county_id=county_id, subject=f"release:{release.pk}", organization_id=org.id,
        data={key: [None, value] for key, value in details.items()},
    )  # fmt: skip
    return Issue(release, is_new=True)


def _release(draft: ReleaseDraft, year: int, serial: int, by: User, at: datetime) -> Release:
    order, occasion = draft.order, draft.occasion
    stamp = _stamp(draft, number_of(year, serial))
    content = _content(draft, stamp)
    release = Release(
        county_id=order.org.county_id, organization=order.org, year=year, serial=serial, title=order.title,
        layout=order.layout.code, definition=data_of(order.layout), form=order.form, period=order.period,
        basis=occasion.basis, tree=occasion.tree, options=options_data(order.options), language=get_language(),
        edition=draft.edition, previous=draft.previous, note=order.note, open_reports=len(draft.open_reports),
        file_name=f"{stamp.number} {draft.workbook.name}"[-255:], workbook=content, sha256=sha256(content).hexdigest(),
        check_code=draft.workbook.digest, tables=draft.snapshot.tables_text, sources=draft.snapshot.sources_text,
        issued_at=at, issued_by=by,
    )  # fmt: skip
    release.package_sha256 = package_digest(release)
    return release


def _content(draft: ReleaseDraft, stamp: Stamp) -> bytes:
    sheets = list(draft.workbook.sheets)
    if draft.previous and draft.revision is not None:
        sheets[1:1] = revision_sheets(draft.revision, draft.previous, draft.occasion, draft.workbook.digest[:16])
    return workbook_bytes(sheets_with_stamp(sheets, stamp), properties_with_stamp(draft.workbook.properties, stamp))


def _stamp(draft: ReleaseDraft, number: str) -> Stamp:
    occasion = draft.occasion
    return Stamp(
        number, draft.order.title, draft.edition, draft.previous.number if draft.previous else "", occasion.by.name,
        occasion.day.isoformat(), _open_sentence(draft), draft.order.note,
    )  # fmt: skip


def _open_sentence(draft: ReleaseDraft) -> str:
    if not draft.open_reports:
        return ""
    sentence = _("Issued before all reports were approved; not approved (reports: %(n)d): %(names)s.")
    return sentence % {"n": len(draft.open_reports), "names": names_of(draft.open_reports)}


# --- refusals -------------------------------------------------------------------------------------------------------


def _one_line(text: str) -> str:
    """The text as it is printed: without line ends and what no workbook can contain."""
    return " ".join(clean(text).split())


def _refuse_texts(order: ReleaseOrder) -> None:
    if not order.title:
        raise NotIssued(_("A release needs a title, as it is to be printed on it; give it one (--title)."))
    for name, text, longest in ((_("title"), order.title, LONGEST_TITLE), (_("note"), order.note, LONGEST_NOTE)):
        if len(text) > longest:
            sentence = _("The %(name)s has %(n)d characters; at most %(most)d are printed. Shorten it.")
            raise NotIssued(sentence % {"name": name, "n": len(text), "most": longest})


def _refuse_open(draft: ReleaseDraft) -> None:
    if draft.open_reports and not draft.order.accepts_open:
        sentence = _(
            "%(n)d expected reports are not approved: %(names)s. Wait until they are, or issue the table nevertheless"
            " (--incomplete); then this is printed on it."
        )
        raise NotIssued(sentence % {"n": len(draft.open_reports), "names": names_of(draft.open_reports)})


def _refuse_unseen(seen: str | None, previous: Release | None) -> None:
    """The person saw another edition in force than there is: what the page said of the effect no longer holds."""
    if seen is not None and seen != (previous.number if previous else ""):
        raise NotIssued(_another_edition(previous))


def _another_edition(newest: Release) -> str:
    return _(
        "Release %(number)s of this table was issued meanwhile, by %(name)s; look at it, then issue the next edition if it is"
        " still needed."
    ) % {"number": newest.number, "name": newest.issued_by.name}

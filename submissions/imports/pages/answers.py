"""The JSON answers for the script of the upload page, and the texts that the script shows."""

from django.urls import reverse
from django.utils.translation import gettext as _

from submissions.imports.pages.subjects import subject_of
from submissions.imports.pages.upload_list import pill_of, upload_row
from submissions.imports.pages.upload_texts import counts_of, name_of
from submissions.imports.report.import_report import FileResult, FileVerdict
from submissions.models import Upload

MOST_SAID = 8  # units named in messages after importing a file


def file_answer(upload: Upload, result: FileResult) -> dict:
    """One file as a row of the page: {"id", "file", "verdict", "kind", "said", "units", "ready", "changes", "errors", "url" …}."""
    counts, row = counts_of(result), upload_row(upload)
    return {
        "id": upload.pk, "file": upload.name, "verdict": result.verdict, "kind": upload.kind, "said": upload.said,
        "subject": subject_of(result),
        "units": counts.units, "ready": counts.ready if row.is_open else 0, "changes": counts.changes, "errors": counts.errors,
        "url": reverse("submissions:upload", args=[upload.pk]), "accept": reverse("submissions:upload_accept", args=[upload.pk]),
        "sha256": upload.sha256, "pill": row.pill, "colour": row.colour, "act": row.act,
        "problem": upload.verdict == FileVerdict.REFUSED or bool(counts.errors),
    }  # fmt: skip


def refused_answer(name: str, kind: str, sentence: str) -> dict:
    """A zip that could not be opened; nothing of it was stored."""
    pill, colour = pill_of(Upload(verdict=FileVerdict.REFUSED))
    return {
        "id": None, "file": name, "verdict": FileVerdict.REFUSED, "kind": kind, "said": sentence, "units": 0, "ready": 0, "changes": 0,
        "errors": 0, "url": "", "pill": pill, "colour": colour, "problem": True,
    }  # fmt: skip


def pack_answer(name: str, files: list[dict]) -> dict:
    """A zip with the answers about the files inside it."""
    sentence = _("A zip of %(n)s files; each has its own row below.") % {"n": len(files)}
    return {
        "id": None, "file": name, "verdict": "", "kind": "zip", "said": sentence, "units": 0, "ready": 0, "changes": 0, "errors": 0,
        "url": "", "pill": _("Unpacked"), "colour": "is-grey", "problem": False, "files": files,
    }  # fmt: skip


def script_words() -> dict[str, str]:
    """The texts that the page's script shows; the script fills in %(name)s."""
    return {
        "waiting": _("Waiting"),
        "sending": _("Being read"),
        "failed": _("Not uploaded"),
        "again": _("Try again"),
        "retrying": _("Trying again"),
        "notTaken": _("Not taken in"),
        "progress": _("%(done)s of %(all)s done"),
        "tooLarge": _("The file has %(size)s MB; at most %(limit)s MB are taken. Send it as a zip, or split it."),
        "empty": _("The file is empty (0 bytes); save it again in Excel or WPS, then put it in."),
        "unreachable": _("No answer from the server; the network may be interrupted."),
        "refused": _("The server refused the file; reload the page and try again."),
        "conflict": _("Somebody else saved a report of this file meanwhile; look at it and decide again."),
        "signed-out": _("You have been signed out; sign in again, then put in the files that are left."),
        "stale-page": _("This page is out of date; reload it, then put in the files that are left."),
        "signIn": _("Sign in again"),
        "reload": _("Reload the page"),
        "acceptAll": _("Take in all ready units (%(units)s)"),
        "summary": _("%(files)s files: %(units)s units ready to be taken in, %(problems)s files with problems"),
    }


def taken_words(result: FileResult) -> str:
    """The message after accepting: how many figures were written."""
    changes, units = sum(len(unit.changes) for unit in result.units), sum(bool(unit.changes) for unit in result.units)
    sentence = _("Written into the drafts of %(units)s units: %(changes)s figures.")
    return sentence % {"units": units, "changes": changes}


def not_taken_words(result: FileResult) -> list[str]:
    """Sentences for the first units that were not written, with the reason, and one for how many more there are."""
    left = [unit for unit in result.units if unit.refused]
    sentences = [
        _("%(name)s was not written: %(why)s") % {"name": name_of(unit), "why": unit.refused} for unit in left[:MOST_SAID]
    ]
    if len(left) > MOST_SAID:
        sentences.append(_("and %(n)s more units were not written.") % {"n": len(left) - MOST_SAID})
    return sentences

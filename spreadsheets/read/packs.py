"""Unpacks a zip of returned files within limits, without parsing them."""

from spreadsheets import limits
from spreadsheets.messages import gettext_noop, say
from spreadsheets.ooxml.container import Bounds, Container, Entry, is_document_like
from spreadsheets.ooxml.refusals import UNPACKS_TOO_LARGE, Refusal
from spreadsheets.read.file_kinds import ZIP_MAGIC, of_zip
from spreadsheets.read.workbook import Unreadable

_ENTRIES = 2 * limits.PACK_FILES  # folders and files that systems add are entries too
_BOUNDS = Bounds(limits.PACK_TOTAL_BYTES, limits.PACK_TOTAL_BYTES, _ENTRIES)
_LEFT_BEHIND = ("thumbs.db", "desktop.ini", ".ds_store")


def is_pack(content: bytes) -> bool:
    """Whether the content is a zip of files and not a workbook or document, which are zips too.

    A zip that is not opened at all is recognised by its names.
    """
    if not content.startswith(ZIP_MAGIC):
        return False
    try:
        return of_zip(Container(content, _BOUNDS)) == "zip"
    except Refusal as refusal:
        return refusal.kind == "strange" and not is_document_like(content)


def unpacked(content: bytes, name: str) -> list[tuple[str, bytes]]:
    """(name with its folders, bytes) of every file inside, in its order. Raises Unreadable: the zip is taken whole or not at all.

    A file too large to be read is cut just beyond the limit, so that reading refuses it alone; a zip inside is not opened.
    """
    try:
        if len(content) > limits.PACK_BYTES:
            raise Refusal("zip", TOO_LARGE, limit=limits.PACK_BYTES // limits.MEBIBYTE)
        container = Container(content, _BOUNDS)
        files = [(entry.meant_name, entry) for entry in container.entries if not _is_left_behind(entry.meant_name)]
        if not files:
            raise Refusal("zip", NOTHING_INSIDE)
        if len(files) > limits.PACK_FILES:
            raise Refusal("zip", TOO_MANY, limit=limits.PACK_FILES)
        return [(called, _content(container, entry)) for called, entry in files]
    except Refusal as refusal:
        raise Unreadable("zip" if refusal.kind == "strange" else refusal.kind, f"{name}: {_sentence(refusal)}") from refusal


def _sentence(refusal: Refusal) -> str:
    """The refusal in words: for a zip how many files to send, for a workbook what to save."""
    return say(UNPACKS, **refusal.values) if refusal.message == UNPACKS_TOO_LARGE else refusal.sentence()


def _is_left_behind(name: str) -> bool:
    """Whether systems and programs added the entry: folders, previews, settings, locks of open workbooks."""
    *folders, file = name.split("/")
    return not file or "__MACOSX" in folders or file.lower() in _LEFT_BEHIND or file.startswith(("~$", ".~", "._"))


def _content(container: Container, entry: Entry) -> bytes:
    if entry.size > limits.UPLOAD_BYTES:
        return container.start(entry, limits.UPLOAD_BYTES + 1)
    return container.unpacked(entry)


TOO_LARGE = gettext_noop("The zip is larger than %(limit)d MB; send the files in several zips.")
TOO_MANY = gettext_noop("The zip holds more than %(limit)d files; send them in several zips.")
UNPACKS = gettext_noop("The zip unpacks to more than %(limit)d MB; send the files in several zips.")
NOTHING_INSIDE = gettext_noop("There is no file in the zip.")

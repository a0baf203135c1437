"""A zip of files that came back: its files, each for itself. Parses none of them, keeps limits, knows no workbook."""

from spreadsheets import limits
from spreadsheets.containers import Bounds, Container, Entry
from spreadsheets.reading.recognising import ZIP_MAGIC, of_zip
from spreadsheets.reading.refusals import Refusal
from spreadsheets.reading.workbook import Unreadable
from spreadsheets.words import gettext_noop

_ENTRIES = 2 * limits.PACK_FILES  # folders and what systems leave behind are entries too
_BOUNDS = Bounds(limits.PACK_TOTAL_BYTES, limits.PACK_TOTAL_BYTES, _ENTRIES)
_LEFT_BEHIND = ("thumbs.db", "desktop.ini", ".ds_store")
_THREE_BYTES = "\u0800"  # from here on UTF-8 writes three bytes, which GBK hardly ever looks like by chance


def is_pack(content: bytes) -> bool:
    """A zip of files, and no workbook or document, which are zips as well."""
    try:
        return content.startswith(ZIP_MAGIC) and of_zip(Container(content, _BOUNDS)) == "zip"
    except Refusal:
        return False


def unpacked(content: bytes, name: str) -> list[tuple[str, bytes]]:
    """(name with its folders, bytes) of every file inside, in its order. Raises Unreadable: the zip is taken whole or not at all.

    A file too large to be read is cut just beyond the limit, so that reading refuses it alone; a zip inside is not opened.
    """
    try:
        if len(content) > limits.PACK_BYTES:
            raise Refusal("zip", TOO_LARGE, limit=limits.PACK_BYTES // limits.MEBIBYTE)
        container = Container(content, _BOUNDS)
        files = [(called, entry) for called, entry in _named(container) if not _is_left_behind(called)]
        if not files:
            raise Refusal("zip", NOTHING_INSIDE)
        if len(files) > limits.PACK_FILES:
            raise Refusal("zip", TOO_MANY, limit=limits.PACK_FILES)
        return [(called, _content(container, entry)) for called, entry in files]
    except Refusal as refusal:
        raise Unreadable("zip" if refusal.kind == "strange" else refusal.kind, f"{name}: {refusal.said()}") from refusal


def _named(container: Container) -> list[tuple[str, Entry]]:
    return [(_name(entry), entry) for entry in container.entries]


def _name(entry: Entry) -> str:
    """The name as its writer meant it: without the flag for UTF-8 a Chinese Windows wrote GBK, a Mac UTF-8 all the same."""
    if entry.is_utf8 or entry.raw_name.isascii():
        return entry.name.replace("\\", "/")
    for codec in ("utf-8", "gb18030"):
        try:
            name = entry.raw_name.decode(codec)
        except UnicodeDecodeError:
            continue
        if codec != "utf-8" or max(name) >= _THREE_BYTES:
            return name.replace("\\", "/")
    return entry.name


def _is_left_behind(name: str) -> bool:
    """Folders, and what systems and programs leave beside files: previews, settings, locks of open workbooks."""
    *folders, file = name.split("/")
    return not file or "__MACOSX" in folders or file.lower() in _LEFT_BEHIND or file.startswith(("~$", ".~", "._"))


def _content(container: Container, entry: Entry) -> bytes:
    if entry.size > limits.UPLOAD_BYTES:
        return container.start(entry, limits.UPLOAD_BYTES + 1)
    return container.unpacked(entry)


TOO_LARGE = gettext_noop("The zip is larger than %(limit)d MB; send the files in several zips.")
TOO_MANY = gettext_noop("The zip holds more than %(limit)d files; send them in several zips.")
NOTHING_INSIDE = gettext_noop("There is no file in the zip.")

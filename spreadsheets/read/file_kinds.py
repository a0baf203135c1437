"""Recognises the real kind of a file from its bytes, whatever its name, without parsing its content.

Kinds that are read: xlsx (its own parts say xlsm), csv, and through the second reader OTHERS. Every other kind has its sentence
in refusals.KINDS.
"""

import re

from spreadsheets.ooxml.container import Container
from spreadsheets.read.compound_files import MAGIC, stream_names
from spreadsheets.read.wide_texts import wide_of

OTHERS = ("old .xls", ".et", ".xlsb", ".ods")
DAMAGED = "damaged"
ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_MAGICS = (
    (b"%PDF-", "PDF"), (b"\x89PNG\r\n\x1a\n", "picture"), (b"\xff\xd8\xff", "picture"), (b"GIF8", "picture"), (b"BM", "picture"),
    (b"II*\0", "picture"), (b"MM\0*", "picture"), (b"Rar!\x1a\x07", "rar"), (b"7z\xbc\xaf\x27\x1c", "7z"), (b"\x1f\x8b", "gzip"),
    (b"{\\rtf", "RTF"),
)  # fmt: skip
_BARE_BIFF = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08")  # workbooks of before 1995
_MARKUP = re.compile(
    rb"\s*(?:<\?xml[^>]*\?>\s*|<!--.*?-->\s*)*<(!doctype\s+html|html|head|body|table|meta|style|div|script)", re.I | re.S
)
_XML = re.compile(rb"\s*<(?:\?xml|[A-Za-z_])")
_XML_SPREADSHEET = b"urn:schemas-microsoft-com:office:spreadsheet"
_WEB_ARCHIVE = re.compile(rb"\s*(?:MIME-Version|From|Content-Type):", re.I)
_START = 4096
_END_BYTES = 22 + 0xFFFF  # of a zip: its end record with the longest remark


def recognised(content: bytes) -> str:
    """The kind by magic bytes: "zip" and "compound" need a look inside, "csv" may still turn out to be a "text"."""
    if not content.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        return "empty"
    if content.startswith(ZIP_MAGIC):
        return "zip"
    if content.startswith(MAGIC):
        return "compound"
    kind = next((kind for magic, kind in _MAGICS if content.startswith(magic)), "")
    if kind == "picture" and content.startswith(b"BM") and b"\0" not in content[:64]:
        return "csv"  # a head that happens to begin with BM
    return kind or _by_text(content)


def _by_text(content: bytes) -> str:
    start = content[:_START].removeprefix(b"\xef\xbb\xbf")
    wide = wide_of(content)
    if wide is not None:
        start = content[wide.mark : wide.mark + _START].decode(wide.codec, "ignore").encode()
    if start.startswith(b"RIFF") and start[8:12] == b"WEBP":
        return "picture"
    if start.startswith(_BARE_BIFF):
        return "old .xls"
    if _MARKUP.match(start) or _WEB_ARCHIVE.match(start):
        return "HTML"
    if _XML.match(start):
        return "XML spreadsheet" if _XML_SPREADSHEET in start else "XML"
    if b"\0" in start:
        return "zip" if _ends_as_zip(content) else "unknown"
    return "csv"


def _ends_as_zip(content: bytes) -> bool:
    """Whether the file ends as a zip, which is found from its end even with other bytes before it."""
    return b"PK\x05\x06" in content[-_END_BYTES:] and b"PK\x01\x02" in content


def of_zip(container: Container) -> str:
    """The kind of a zip: xlsx, .xlsb, .ods …, or "zip" for a zip of files."""
    names = {entry.name.lower() for entry in container.entries}
    if "mimetype" in names:
        mimetype = container.read("mimetype")[:100]
        if mimetype.startswith(b"application/vnd.oasis.opendocument"):
            return ".ods" if b"spreadsheet" in mimetype else "OpenDocument"
    if "xl/workbook.bin" in names:
        return ".xlsb"
    if "[content_types].xml" in names or "_rels/.rels" in names:
        return _of_office(names)
    if any(part.endswith(".iwa") for part in names) or "index.zip" in names:
        return "Numbers"
    return "xlsx" if "xl/workbook.xml" in names else "zip"


def _of_office(names: set[str]) -> str:
    for folder, kind in (("xl/", "xlsx"), ("word/", "Word document"), ("ppt/", "PowerPoint")):
        if any(part.startswith(folder) for part in names):
            return kind
    return "xlsx"  # its own parts say where its workbook is


def of_compound(content: bytes, name: str) -> str:
    """The kind of a compound file: old .xls, .et, encrypted, Word document …"""
    streams = stream_names(content)
    if "EncryptedPackage" in streams or "EncryptionInfo" in streams:
        return "encrypted"
    if "Workbook" in streams or "Book" in streams or "WORKBOOK" in streams:
        return ".et" if name.lower().endswith(".et") else "old .xls"
    for stream, kind in (("WordDocument", "Word document"), ("PowerPoint Document", "PowerPoint")):
        if stream in streams:
            return kind
    return "OLE document" if streams else DAMAGED

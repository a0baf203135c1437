"""Looks into a zip container before anything in it is unpacked: sizes, ratios, paths, document types. Knows no workbook."""

import io
import zipfile

from spreadsheets import limits
from spreadsheets.problems import refuse
from spreadsheets.words import gettext_noop, say

_DOCTYPES = (b"<!DOCTYPE", b"<!ENTITY")
_KNOWN_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def open_container(content: bytes, name: str) -> zipfile.ZipFile:
    """The zip, once its directory and its XML are found harmless. Raises TableProblems."""
    try:
        container = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise refuse(name, say(DAMAGED)) from error
    parts = container.infolist()
    names = [part.filename for part in parts]
    if len(parts) > limits.ZIP_ENTRIES or len(set(names)) != len(names):
        raise refuse(name, say(STRANGE))
    if sum(part.file_size for part in parts) > limits.ZIP_TOTAL_BYTES or any(map(_is_suspicious, parts)):
        raise refuse(name, say(STRANGE))
    _refuse_document_types(container, name)
    return container


def _is_suspicious(part: zipfile.ZipInfo) -> bool:
    packed = max(part.compress_size, 1)
    return (
        part.compress_type not in _KNOWN_PACKINGS
        or bool(part.flag_bits & 0x1)  # encrypted
        or part.file_size > limits.ZIP_PART_BYTES
        or (part.file_size > limits.ZIP_RATIO_FROM and part.file_size / packed > limits.ZIP_RATIO)
        or ".." in part.filename.split("/")
        or part.filename.startswith("/")
    )


def _refuse_document_types(container: zipfile.ZipFile, name: str) -> None:
    """No workbook program writes a DTD; entities are how a small file becomes large or reads other files."""
    for part in container.namelist():
        if part.endswith((".xml", ".rels")):
            try:
                with container.open(part) as file:
                    start = file.read(4096)
            except (zipfile.BadZipFile, OSError, ValueError) as error:
                raise refuse(name, say(DAMAGED)) from error
            # A DTD can only stand before the root element; UTF-16 is seen through by leaving out the null bytes.
            if any(mark in start.replace(b"\0", b"") for mark in _DOCTYPES):
                raise refuse(name, say(STRANGE))


DAMAGED = gettext_noop("The workbook is damaged; open it in Excel or WPS and save it again as .xlsx.")
STRANGE = gettext_noop("The workbook is not built as Excel or WPS build one; open it there and save it again as .xlsx.")

"""Old Office files written sector by sector: a compound file, and the records of an old workbook."""

import struct

_SECTOR, _FREE, _END, _TABLE = 512, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SMALLEST = 4096  # streams below this would lie elsewhere


def compound(streams):
    """{name: bytes} -> an OLE compound file."""
    table, body = [_TABLE], b""
    entries = _entry("Root Entry", 5, _END, 0, child=1 if streams else _FREE)
    for number, (name, content) in enumerate(streams.items(), 1):
        content = content.ljust(_SMALLEST, b"\0")
        content += bytes(-len(content) % _SECTOR)
        first, count = len(table), len(content) // _SECTOR
        table += [*range(first + 1, first + count), _END]
        body += content
        follows = number + 1 if number < len(streams) else _FREE
        entries += _entry(name, 2, first, len(content), right=follows)
    entries += bytes(-len(entries) % _SECTOR)
    directory, count = len(table), len(entries) // _SECTOR
    table += [*range(directory + 1, directory + count), _END]
    assert len(table) <= _SECTOR // 4
    table += [_FREE] * (_SECTOR // 4 - len(table))
    head = struct.pack(
        "<8s16x5H6x9L",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        0x3E,
        3,
        0xFFFE,
        9,
        6,
        0,
        1,
        directory,
        0,
        _SMALLEST,
        _END,
        0,
        _END,
        0,
    )
    chains = struct.pack("<109L", 0, *[_FREE] * 108)
    return head + chains + struct.pack(f"<{len(table)}L", *table) + body + entries


def _entry(name, kind, first, size, child=_FREE, right=_FREE):
    raw = (name + "\0").encode("utf-16-le")
    return raw.ljust(64, b"\0") + struct.pack("<HBB3L16x4x16xLQ", len(raw), kind, 1, _FREE, right, child, first, size)


def old_workbook(*cells, sheets=None, formats=("General", "0%"), locked=False, before=b""):
    """An old .xls with one sheet 表1 of these records, or of several: {title: (state, records)}. Style n has format n."""
    sheets = sheets or {"表1": (0, cells)}
    return compound({"Workbook": _book(sheets, formats, locked, before)})


def _book(sheets, formats, locked, before):
    begin = record(0x809, struct.pack("<4H2L", 0x600, 5, 0, 0, 0, 0))
    lock = record(0x2F, struct.pack("<3H", 0, 1, 1) + bytes(48)) if locked else b""
    codes = b"".join(record(0x41E, struct.pack("<H", 164 + n) + wide(code)) for n, code in enumerate(formats))
    styles = b"".join(record(0xE0, struct.pack("<2H16x", 0, 164 + n)) for n in range(len(formats)))
    inner = begin + before + lock + codes + styles
    titles = {title: struct.pack("<BB", len(title), 1) + title.encode("utf-16-le") for title in sheets}
    at = len(inner) + sum(10 + len(title) for title in titles.values()) + 4
    bodies = []
    for title, (state, records) in sheets.items():
        inner += record(0x85, struct.pack("<LBB", at, state, 0) + titles[title])
        body = record(0x809, struct.pack("<4H2L", 0x600, 0x10, 0, 0, 0, 0)) + b"".join(records) + record(0x0A)
        bodies.append(body)
        at += len(body)
    return inner + record(0x0A) + b"".join(bodies)


def record(kind, data=b""):
    return struct.pack("<2H", kind, len(data)) + data


def wide(text):
    return struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")


def number(row, column, value, style=0):
    return record(0x203, struct.pack("<3Hd", row, column, style, value))


def label(row, column, text):
    return record(0x204, struct.pack("<3H", row, column, 0) + wide(text))


def error(row, column, code):
    return record(0x205, struct.pack("<3HBB", row, column, 0, code, 1))


def failed_formula(row, column, code):
    return record(
        0x06, struct.pack("<3H", row, column, 0) + struct.pack("<BxBxxxH", 2, code, 0xFFFF) + struct.pack("<HLH", 0, 0, 0)
    )


def hidden_row(row):
    return record(0x208, struct.pack("<8H", row, 0, 1, 255, 0, 0, 0x20, 0))


def hidden_columns(first, last):
    return record(0x7D, struct.pack("<6H", first, last, 2048, 0, 1, 0))


def text_formula(row, column, text):
    """A formula whose stored result is a text: it stands in the record that follows."""
    result = struct.pack("<BxBxxxH", 0, 0, 0xFFFF) + struct.pack("<HLH", 0, 0, 0)
    return record(0x06, struct.pack("<3H", row, column, 0) + result) + record(0x207, wide(text))


def merged(first_row, last_row, first_column, last_column):
    return record(0xE5, struct.pack("<5H", 1, first_row, last_row, first_column, last_column))

"""Files that were made to hurt, each by a few lines. Small here, large where they are opened."""

import io
import random
import struct
import zipfile
import zlib

from tests.spreadsheets.read.xlsx_parts import MAIN, SHEET, packed, parts, relations, sheet_xml, strings_xml, workbook

MEBIBYTE = 1 << 20
DOCUMENT_TYPE = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def zeros_of(size):
    """A part of zeros: a thousand times smaller packed."""
    return packed({**parts(), "xl/media/zeros.bin": bytes(size)})


def many_entries(count):
    return packed([*parts().items(), *((f"xl/media/{number}.bin", b"") for number in range(count))])


def overlapping():
    """Two names for one and the same packed bytes."""
    inner = packed(parts())
    with zipfile.ZipFile(io.BytesIO(inner)) as archive:
        lines = archive.infolist()
    start = inner.rindex(b"PK\x05\x06")
    first = inner.index(b"PK\x01\x02")
    sheet = next(line for line in lines if line.filename == SHEET)
    copy = struct.pack(
        "<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, sheet.CRC, sheet.compress_size, sheet.file_size,
        len(SHEET), 0, 0, 0, 0, 0, sheet.header_offset,
    ) + SHEET.replace("1", "2").encode()  # fmt: skip
    directory = inner[first:start] + copy
    count = len(lines) + 1
    return inner[:first] + directory + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(directory), first, 0)


def twice_named():
    inner = bytearray(packed([*parts().items(), ("xl/worksheets/sheet2.xml", "<a/>")]))
    return bytes(inner.replace(b"xl/worksheets/sheet2.xml", SHEET.encode()))


def packed_otherwise():
    return packed(parts(), zipfile.ZIP_BZIP2)


def locked_entries():
    """Every entry says that it is locked with a password."""
    inner = bytearray(packed(parts()))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = inner.find(mark)
        while at >= 0:
            inner[at + offset] |= 1
            at = inner.find(mark, at + 4)
    return bytes(inner)


def with_entities(part=SHEET, encoding="utf-8"):
    root = parts().get(part, f'<x xmlns="{MAIN}"/>')
    body = root.partition("?>\n")[2] or root
    return packed({**parts(), part: f"{DOCUMENT_TYPE}{body}".encode(encoding)})


def hidden_entities():
    """The document type stands behind a comment that looks like the root and fills the first bytes."""
    comment = f"<!-- <worksheet> {'x' * 9000} -->"
    return packed({**parts(), "docProps/app.xml": f"{comment}{DOCUMENT_TYPE}<a>&b;</a>"})


def styled_rows(count):
    """Rows from the second on with one cell each, and nothing in any of them."""
    return "".join(f'<row r="{number}" s="1" customFormat="1"><c r="A{number}" s="1"/></row>' for number in range(2, count + 2))


def empty_styled_rows(count):
    return workbook(sheet_xml(f'<row r="1"><c r="A1"><v>12</v></c></row>{styled_rows(count)}'))


def shared_text_bomb(cells):
    """One long text that every cell shows."""
    row = "".join('<c t="s"><v>0</v></c>' for _ in range(cells))
    return workbook(sheet_xml(f'<row r="1">{row}</row>'), strings=strings_xml(f"<t>{'长' * 32_000}</t>"))


def many_shared_texts(size):
    return workbook(strings=strings_xml(*(f"<t>{'ab' * 500}{number}</t>" for number in range(size // 1000))))


def style_bomb(count):
    inner = "".join(f'<xf numFmtId="{number}"/>' for number in range(count))
    return workbook(styles=f'<styleSheet xmlns="{MAIN}"><cellXfs>{inner}</cellXfs></styleSheet>')


def deep_nesting(depth):
    return workbook(sheet_xml(after=f"{'<a>' * depth}{'</a>' * depth}"))


def deep_row(depth):
    return workbook(sheet_xml(f'<row r="1"><c r="A1"><is>{"<r>" * depth}{"</r>" * depth}</is></c></row>'))


def one_merge_over_all():
    return workbook(sheet_xml('<row r="1"><c r="A1"><v>12</v></c></row>', after=f"{_merges('A1:XFD1048576')}"))


def _merges(*ranges):
    inner = "".join(f'<mergeCell ref="{found}"/>' for found in ranges)
    return f"<mergeCells>{inner}</mergeCells>"


def many_merges(count):
    return workbook(sheet_xml(after=_merges(*(f"A{number}:B{number}" for number in range(1, count + 1)))))


def one_link_over_all():
    link = '<hyperlinks><hyperlink ref="A1:XFD1048576" location="a"/></hyperlinks>'
    return workbook(sheet_xml('<row r="1"><c r="A1"><v>12</v></c></row>', after=link))


def far_cell(address, row):
    return workbook(sheet_xml(f'<row r="{row}"><c r="{address}"><v>7</v></c></row>'))


def lying_dimension():
    return workbook(sheet_xml('<row r="1"><c r="A1"><v>1</v></c><c r="D1"><v>4</v></c></row>', before='<dimension ref="A1"/>'))


def many_cells(count):
    row = "<c><v>1</v></c>" * 1000
    return workbook(sheet_xml(f"<row>{row}</row>" * (count // 1000)))


def endless_text(size):
    return workbook(sheet_xml(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"x" * size}</t></is></c></row>'))


def with_links():
    link = relations(("rId1", "externalLinkPath", "/etc/hostname"))
    lines = relations(
        ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "externalLink", "externalLinks/externalLink1.xml")
    )
    return packed({
        **parts(),
        "xl/_rels/workbook.xml.rels": lines,
        "xl/externalLinks/externalLink1.xml": f'<externalLink xmlns="{MAIN}"/>',
        "xl/externalLinks/_rels/externalLink1.xml.rels": link,
    })  # fmt: skip


def truncated():
    whole = workbook(sheet_xml("".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 500))))
    return whole[: len(whole) // 2]


def bent(seed):
    """A workbook with one byte changed somewhere."""
    content, dice = bytearray(workbook()), random.Random(seed)
    content[dice.randrange(len(content))] ^= 1 << dice.randrange(8)
    return bytes(content)


def wrong_sum():
    """The sheet's bytes are not those that the directory counted."""
    content = workbook()
    checksum = struct.pack("<L", zlib.crc32(parts()[SHEET].encode()))
    return content.replace(checksum, b"\0\0\0\0")


def scattered_cells(count):
    """Cells whose figures differ, so that the file does not pack too well to be opened."""
    return workbook(sheet_xml("".join(f"<row><c><v>{n}</v></c><c><v>{n * 7919}</v></c></row>" for n in range(count // 2 + 1))))


def many_sheets(count):
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    lines = "".join(f'<sheet name="{number}" sheetId="{number}" r:id="rId1"/>' for number in range(1, count + 1))
    book = f'<workbook xmlns="{MAIN}" xmlns:r="{kind}"><sheets>{lines}</sheets></workbook>'
    return packed({**parts(), "xl/workbook.xml": book})

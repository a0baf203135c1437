"""Workbooks with something wrong that readers get over, each by a change to the parts of a good one: 12, 东关村, 85 %, 30 in D2."""

import io
import re
import zipfile

from tests.spreadsheets.read.xlsx_parts import MAIN, SHEET, packed, parts, relations, sheet_xml, strings_xml, styles_xml

ROWS = (
    '<row r="1"><c r="A1"><v>12</v></c><c r="B1" t="s"><v>0</v></c><c r="C1" s="1"><v>0.85</v></c></row>'
    '<row r="2"><c r="D2"><f>A1+18</f><v>30</v></c></row>'
)
FIGURES = {"A1": "12", "B1": "东关村", "C1": "0.85", "D2": "30"}
STYLES, STRINGS, BOOK, RELATIONS = "xl/styles.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
TYPES = "[Content_Types].xml"
_DAYS = (
    '<row r="1"><c r="A1"><v>12</v></c><c r="B1" t="s"><v>0</v></c><c r="C1" s="2"><v>-5</v></c>'
    '<c r="D1" s="2"><v>99999999</v></c></row>'
)

_ONE = '<row r="1"><c r="A1"><v>12</v></c></row>'
_NAMES = (
    "<definedNames><definedName name='a'>#REF!</definedName><definedName/><definedName name=''>((</definedName></definedNames>"
)


def good(**more):
    return parts(sheet_xml(ROWS), strings=strings_xml("<t>东关村</t>"), styles=styles_xml("0%", "yyyy-mm-dd"), **more)


def changed(part, old, new, count=1):
    """A good workbook in which some text of one part was replaced."""
    book_parts = good()
    assert re.search(old, book_parts[part]), (part, old)
    return packed({**book_parts, part: re.sub(old, new, book_parts[part], count=count)})


def after_rows(xml):
    return changed(SHEET, "</sheetData>", f"</sheetData>{xml}")


def with_relation(xml):
    return changed(RELATIONS, "</Relationships>", f"{xml}</Relationships>")


def without(*names):
    return packed({name: content for name, content in good().items() if name not in names})


def with_part(name, content):
    return packed({**good(), name: content})


def renamed(**names):
    """Parts under other names, as `old=new` with `/` and `.` as they are."""
    return packed({names.get(name, name): content for name, content in good().items()})


def in_folder():
    """The sheet lies beside the workbook in a folder of its own."""
    book_parts = good()
    book_parts["xl/sheets/deep/first.xml"] = book_parts.pop(SHEET)
    book_parts[RELATIONS] = book_parts[RELATIONS].replace("worksheets/sheet1.xml", "sheets/deep/first.xml")
    return packed(book_parts)


def everything_elsewhere():
    """The workbook and all its parts lie in another folder than xl."""
    book_parts = {name.replace("xl/", "book/"): content for name, content in good().items()}
    book_parts["_rels/.rels"] = relations(("rId1", "officeDocument", "book/workbook.xml"))
    return packed(book_parts)


def with_prefix():
    """Every element of the sheet has a prefix."""
    sheet = re.sub(r"<(/?)(\w)", r"<\1x:\2", sheet_xml(ROWS).partition("\n")[2]).replace("xmlns=", "xmlns:x=")
    return with_part(SHEET, sheet)


def with_odd_prefixes():
    """Prefixes in the workbook, its relations and texts too."""
    book_parts = good()
    for part in (BOOK, RELATIONS, STRINGS, STYLES):
        body = book_parts[part].removeprefix('<?xml version="1.0"?>')
        book_parts[part] = re.sub(r"<(/?)(\w)", r"<\1ns0:\2", body).replace(" xmlns=", " xmlns:ns0=")
    return packed(book_parts)


class _OneWay(io.RawIOBase):
    """A file in which nothing can be sought, as a server writes one."""

    def __init__(self):
        self.content = bytearray()

    def writable(self):
        return True

    def write(self, piece):
        self.content += piece
        return len(piece)


def streamed(is_large):
    """As programs stream a workbook: large sizes in local headers, or none and the sizes behind."""
    file = io.BytesIO() if is_large else _OneWay()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in good().items():
            with archive.open(name, "w", force_zip64=is_large) as part:
                part.write(content.encode())
    return file.getvalue() if is_large else bytes(file.content)


def remarked(remark):
    file = io.BytesIO(packed(good()))
    with zipfile.ZipFile(file, "a") as archive:
        archive.comment = remark
    return file.getvalue()


# Read with the figures of a good one.
READ = {
    "styles with a fill that nobody knows": changed(STYLES, "<cellXfs", '<fills><fill><odd x="1"/></fill></fills><cellXfs'),
    "styles with a number that is none": changed(STYLES, 'numFmtId="164"', 'numFmtId="abc"'),
    "styles with one attribute twice": changed(STYLES, 'numFmtId="164"', 'numFmtId="164" numFmtId="165"'),
    "a style that is not there": changed(SHEET, 's="1"', 's="99"'),
    "no styles, though the workbook names them": without(STYLES),
    "wrong types of content": changed(TYPES, 'ContentType="[^"]*"', 'ContentType="text/plain"'),
    "no types of content": without(TYPES),
    "types of content that are no XML": with_part(TYPES, b"<Types"),
    "no relations of the package": without("_rels/.rels"),
    "relations of the package to what is not there": with_part("_rels/.rels", relations(("rId1", "officeDocument", "xl/book.xml"))),
    "targets from the root": changed(RELATIONS, 'Target="', 'Target="/xl/', 9),
    "targets from the root without a slash": changed(RELATIONS, 'Target="', 'Target="xl/', 9),
    "targets with backslashes": changed(RELATIONS, "worksheets/sheet1", r"worksheets\\sheet1"),
    "targets with a dot before": changed(RELATIONS, 'Target="', 'Target="./', 9),
    "targets in another case": changed(RELATIONS, "worksheets/sheet1", "Worksheets/Sheet1"),
    "a sheet in a part of another case": renamed(**{SHEET: "xl/Worksheets/Sheet1.XML"}),
    "texts in a part of another case": renamed(**{STRINGS: "xl/SharedStrings.xml"}),
    "parts with backslashes": packed({name.replace("/", "\\"): content for name, content in good().items()}),
    "a sheet in a folder of its own": in_folder(),
    "all in another folder": everything_elsewhere(),
    "prefixes in the sheet": with_prefix(),
    "prefixes everywhere": with_odd_prefixes(),
    "a namespace that nobody knows": changed(SHEET, MAIN, "http://example.com/own"),
    "no namespace at all": changed(SHEET, f' xmlns="{MAIN}"', ""),
    "a name that points nowhere": changed(BOOK, "</sheets>", f"</sheets>{_NAMES}"),
    "a view without sense": changed(
        BOOK, "<sheets>", '<bookViews><workbookView activeTab="99" firstSheet="-3" xWindow="abc"/></bookViews><sheets>'
    ),
    "an unknown state of a sheet": changed(BOOK, 'sheetId="1"', 'sheetId="1" state="odd"'),
    "a sheet without a number": changed(BOOK, ' sheetId="1"', ""),
    "properties with signs that XML has not": with_part("docProps/core.xml", b"<cp:coreProperties><dc:title>\x01\x02</dc:title>"),
    "properties that are no XML": with_part("docProps/app.xml", b"\xff\xfe\0\0oops"),
    "a theme that is no XML": with_part("xl/theme/theme1.xml", b"<a:theme"),
    "a drawing that is no XML": with_part("xl/drawings/drawing1.xml", b"<xdr:wsDr"),
    "a dimension that lies": changed(SHEET, "<sheetData>", '<dimension ref="Z9:A1"/><sheetData>'),
    "a dimension that is none": changed(SHEET, "<sheetData>", '<dimension ref="oops"/><sheetData>'),
    "columns without sense": changed(SHEET, "<sheetData>", '<cols><col min="x" max="-1" width="wide"/></cols><sheetData>'),
    "a sheet that breaks off after its rows": changed(SHEET, "</worksheet>", ""),
    "a condition without sense": after_rows(
        '<conditionalFormatting sqref="odd"><cfRule type="odd" priority="x"/></conditionalFormatting>'
    ),
    "a sheet with one attribute twice": changed(SHEET, '<c r="A1">', '<c r="A1" s="0" s="1">'),
    "an entity that nobody knows": after_rows("<oddFooter>&nbsp;</oddFooter>"),
    "a text with a sign that XML has not": changed(STRINGS, "东关村", "东关\x02村"),
    "texts with a wrong count": changed(STRINGS, "<sst ", '<sst count="99" uniqueCount="x" '),
    "a text numbered with a sign XML has not": changed(STRINGS, "东关村", "东关村&#2;"),
    "blank lines before the declaration": packed({name: f"\n{content}" for name, content in good().items()}),
    "a mark of UTF-8 before every part": packed({name: f"\ufeff{content}".encode() for name, content in good().items()}),
    "parts in UTF-16": packed({name: re.sub(r"^<\?xml[^>]*>\s*", "", content).encode("utf-16") for name, content in good().items()}),
    "an encoding stated wrongly": changed(SHEET, 'encoding="UTF-8"', 'encoding="gb2312"'),
    "numbers with spaces": changed(SHEET, "<v>12</v>", "<v> 12 </v>"),
    "a picture that is not there": with_relation('<Relationship Id="rIdP" Type="odd/image" Target="media/1.png"/>'),
    "a relation to a page outside": with_relation(
        '<Relationship Id="rIdL" Type="odd/hyperlink" Target="http://a b/?&amp;" TargetMode="External"/>'
    ),
    "bytes behind the zip": packed(good()) + b"\0" * 40,
    "bytes before the zip": b"#!odd\n" + packed(good()),
    "cells that are out of their order": changed(SHEET, '(<c r="A1">.*?</c>)(<c r="B1".*?</c>)', r"\2\1"),
    "rows that are out of their order": changed(SHEET, '(<row r="1">.*?</row>)(<row r="2">.*?</row>)', r"\2\1"),
    "small letters in addresses": changed(SHEET, 'r="A1"', 'r="a1"'),
    "a remark between rows": changed(SHEET, '<row r="2">', '<!-- <row r="2"> --><row r="2">'),
    "an element that nobody knows between rows": changed(SHEET, '<row r="2">', '<odd xmlns="urn:odd"/><row r="2">'),
    "a value marked as text of XML": changed(SHEET, "<v>12</v>", "<v><![CDATA[12]]></v>"),
    "a declaration of XML that is none": changed(SHEET, 'standalone="yes"', 'standalone="true"'),
    "an encoding that nobody knows": changed(SHEET, 'encoding="UTF-8"', 'encoding="x-odd"'),
    "elements that end out of turn after the rows": after_rows("<a><b></a></b>"),
    "an attribute without quotation marks": after_rows("<pageMargins left=1 />"),
    "rubbish behind the root": changed(SHEET, "</worksheet>", "</worksheet>oops\0\0"),
    "a prefix that was not declared": changed(SHEET, '<c r="A1">', '<c r="A1" x14ac:dyDescent="1">'),
    "a chain of calculation that is no XML": with_part("xl/calcChain.xml", '<calcChain><c r="zz"'),
    "no relation to the texts": changed(RELATIONS, '<Relationship Id="rIdsharedStrings"[^>]*>', ""),
    "no relation to the styles": changed(RELATIONS, '<Relationship Id="rIdstyles"[^>]*>', ""),
    "relations without their types": changed(RELATIONS, ' Type="[^"]*"', "", 9),
    "targets with spaces written as in addresses": packed({
        **{name: content for name, content in good().items() if name != SHEET}, "xl/worksheets/sheet 1.xml": good()[SHEET],
        RELATIONS: good()[RELATIONS].replace("sheet1.xml", "sheet%201.xml"),
    }),
    "a target with a place in it": changed(RELATIONS, "sheet1.xml", "sheet1.xml#A1"),
    "sizes of large zips in local headers": streamed(is_large=True),
    "sizes behind the parts": streamed(is_large=False),
    "a remark of the zip that looks like its end": remarked(b"made by PK\x05\x06 me, long enough to be an end record"),
    "folders as parts": packed({"xl/": "", "_rels/": "", **good()}),
}  # fmt: skip

# Read with other figures: what stands in the file, and what is to be read.
OTHERWISE = {
    "texts that are not there, none shown": (
        packed({**{name: content for name, content in good().items() if name != STRINGS}, SHEET: sheet_xml(_ONE)}), {"A1": "12"},
    ),
    "rows without numbers": (
        changed(SHEET, ' r="[A-D]?[12]"', "", 9), {"A1": "12", "B1": "东关村", "C1": "0.85", "A2": "30"},
    ),
    "days out of range": (with_part(SHEET, sheet_xml(_DAYS)), {"A1": "12", "B1": "东关村", "C1": "-5", "D1": "99999999"}),
}  # fmt: skip

# No reader reads these.
DAMAGED = {
    "styles that are no XML": with_part(STYLES, b"<styleSheet><oops"),
    "styles that break off": with_part(STYLES, good()[STYLES][:-30]),
    "styles that are empty": with_part(STYLES, b""),
    "relations of the package that are no XML": with_part("_rels/.rels", b"<Relationships"),
    "a merged range without sense": after_rows('<mergeCells><mergeCell ref="A1:oops"/><mergeCell/></mergeCells>'),
    "a naked ampersand after the rows": after_rows("<headerFooter><oddFooter>&P & &N</oddFooter></headerFooter>"),
    "a text with a naked ampersand": changed(STRINGS, "东关村", "东关村&"),
    "texts that break off": changed(STRINGS, "</sst>", ""),
    "an unknown kind of cell": changed(SHEET, '<c r="A1">', '<c r="A1" t="odd">'),
    "a relation twice": with_relation('<Relationship Id="rId1" Type="odd/theme" Target="theme1.xml"/>'),
    "a second sheet without a part": changed(BOOK, "</sheets>", '<sheet name="空" sheetId="2" r:id="rId77"/></sheets>'),
    "no relations that say where sheets are": without(RELATIONS),
    "a workbook part that breaks off": changed(BOOK, "</workbook>", ""),
    "a naked ampersand in the workbook part": changed(BOOK, "</sheets>", "</sheets><odd>A & B</odd>"),
    "letters that are no UTF-8": with_part(SHEET, sheet_xml(ROWS, after="<a>甲</a>").encode().replace("甲".encode(), b"\xbc\xd7")),
}  # fmt: skip

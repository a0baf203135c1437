"""Workbooks written part by part, so that a test says exactly what stands in the file."""

import io
import zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
SHEET = "xl/worksheets/sheet1.xml"


def packed(parts, method=zipfile.ZIP_DEFLATED):
    """{name: bytes or text} or pairs of them -> a zip."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in parts.items() if isinstance(parts, dict) else parts:
            archive.writestr(name, content)
    return buffer.getvalue()


def sheet_xml(rows="", before="", after="", space=MAIN):
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{space}">{before}'
        f"<sheetData>{rows}</sheetData>{after}</worksheet>"
    )


def relations(*lines):
    """(id, last word of the type, target) -> a .rels part."""
    inner = "".join(f'<Relationship Id="{name}" Type="{_KIND}/{kind}" Target="{target}"/>' for name, kind, target in lines)
    return f'<?xml version="1.0"?><Relationships xmlns="{_RELATIONS}">{inner}</Relationships>'


def styles_xml(*codes, space=MAIN):
    """Style 0 is General, 1 … the codes given."""
    formats = "".join(f'<numFmt numFmtId="{164 + n}" formatCode="{code}"/>' for n, code in enumerate(codes))
    chosen = "".join(f'<xf numFmtId="{164 + n}" xfId="0"/>' for n in range(len(codes)))
    return (
        f'<styleSheet xmlns="{space}"><numFmts count="{len(codes)}">{formats}</numFmts>'
        f'<cellXfs count="{len(codes) + 1}"><xf numFmtId="0" xfId="0"/>{chosen}</cellXfs></styleSheet>'
    )


def strings_xml(*items):
    return f'<sst xmlns="{MAIN}">{"".join(f"<si>{item}</si>" for item in items)}</sst>'


def parts(sheet=None, *, strings=None, styles=None, settings="", macros=False, **more):
    """The parts of a workbook with one sheet named 表1."""
    kind = "application/vnd.ms-excel.sheet.macroEnabled.main+xml" if macros else f"{_SPREADSHEET}.sheet.main+xml"
    lines = [("rId1", "worksheet", "worksheets/sheet1.xml")]
    found = {
        "[Content_Types].xml": f'<Types xmlns="{_TYPES}"><Override PartName="/xl/workbook.xml" ContentType="{kind}"/></Types>',
        "_rels/.rels": relations(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{_KIND}">{settings}'
        '<sheets><sheet name="表1" sheetId="1" r:id="rId1"/></sheets></workbook>',
        SHEET: sheet_xml(_ONE_ROW) if sheet is None else sheet,
    }
    for part, content in (("sharedStrings", strings), ("styles", styles)):
        if content is not None:
            found[f"xl/{part}.xml"] = content
            lines.append((f"rId{part}", part, f"{part}.xml"))
    if macros:
        found["xl/vbaProject.bin"] = b"Attribute VB_Name"
        lines.append(("rIdMacros", "vbaProject", "vbaProject.bin"))
    return {**found, "xl/_rels/workbook.xml.rels": relations(*lines), **more}


_ONE_ROW = '<row r="1"><c r="A1"><v>12</v></c></row>'


def workbook(sheet=None, **more):
    return packed(parts(sheet, **more))


def of_cells(*cells, **more):
    """A workbook whose first row holds these <c> elements, without address: A1, B1 …"""
    return workbook(sheet_xml(f'<row r="1">{"".join(cells)}</row>'), **more)

"""Pictures and attachments made by code: small, valid, and the same bytes every time."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Sequence
from functools import cache
from html import escape

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

PICTURE_WIDTH_PX = 480
PICTURE_HEIGHT_PX = 300


@cache
def png(name: str) -> bytes:
    """Paint a picture, a hill under a sky, in colours that depend on `name`."""
    seed = zlib.crc32(name.encode())
    sky = bytes((150 + seed % 80, 170 + (seed >> 8) % 60, 225))
    hill = bytes((40 + (seed >> 16) % 60, 110 + (seed >> 4) % 60, 70))
    peak = 120 + (seed >> 12) % 240
    rows = bytearray()
    for y in range(PICTURE_HEIGHT_PX):
        half = max(0, y - 80)
        left, right = max(0, peak - half), min(PICTURE_WIDTH_PX, peak + half)
        rows += b"\0" + sky * left + hill * (right - left) + sky * (PICTURE_WIDTH_PX - right)
    header = struct.pack(">IIBBBBB", PICTURE_WIDTH_PX, PICTURE_HEIGHT_PX, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(kind, content)
        for kind, content in (
            (b"IHDR", header),
            (b"IDAT", zlib.compress(bytes(rows), 9)),
            (b"IEND", b""),
        )
    )


def _chunk(kind: bytes, content: bytes) -> bytes:
    check = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)


def pdf(line: str) -> bytes:
    """Write a document of one page with one line, which must be ASCII."""
    text = line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)").encode("ascii")
    drawing = b"BT /F1 14 Tf 72 760 Td (" + text + b") Tj ET"
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawing), drawing),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    document = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(document))
        document += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(document)
    document += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    document += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    document += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        table,
    )
    return bytes(document)


def xlsx(rows: Sequence[Sequence[str]]) -> bytes:
    """Write a workbook of one sheet that holds `rows` as texts."""
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (*_PARTS, ("xl/worksheets/sheet1.xml", _sheet(rows))):
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), _XML + content)
    return package.getvalue()


def _sheet(rows: Sequence[Sequence[str]]) -> str:
    cells = (
        "".join(f'<c t="inlineStr"><is><t>{escape(cell)}</t></is></c>' for cell in row)
        for row in rows
    )
    lines = "".join(f"<row>{row}</row>" for row in cells)
    return f'<worksheet xmlns="{_SHEETS}"><sheetData>{lines}</sheetData></worksheet>'


_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_OPEN = "http://schemas.openxmlformats.org"
_SHEETS = f"{_OPEN}/spreadsheetml/2006/main"
_RELATED = f"{_OPEN}/officeDocument/2006/relationships"
_OFFICE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = (
    (
        "[Content_Types].xml",
        f'<Types xmlns="{_OPEN}/package/2006/content-types">'
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_OFFICE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_OFFICE}.worksheet+xml"/>'
        "</Types>",
    ),
    (
        "_rels/.rels",
        f'<Relationships xmlns="{_OPEN}/package/2006/relationships"><Relationship Id="rId1"'
        f' Type="{_RELATED}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    ),
    (
        "xl/workbook.xml",
        f'<workbook xmlns="{_SHEETS}" xmlns:r="{_RELATED}"><sheets>'
        '<sheet name="Trang 1" sheetId="1" r:id="rId1"/></sheets></workbook>',
    ),
    (
        "xl/_rels/workbook.xml.rels",
        f'<Relationships xmlns="{_OPEN}/package/2006/relationships"><Relationship Id="rId1"'
        f' Type="{_RELATED}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    ),
)

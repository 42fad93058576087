from __future__ import annotations

import io
import struct
import zipfile
import zlib

from lxml import etree

from crawler.demo.files import pdf, png, xlsx


def test_a_picture_is_a_png_of_the_size_it_names() -> None:
    picture = png("nui-doi.png")
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", picture[16:24]) == (480, 300)
    start = picture.index(b"IDAT")
    length = struct.unpack(">I", picture[start - 4 : start])[0]
    rows = zlib.decompress(picture[start + 4 : start + 4 + length])
    assert len(rows) == 300 * (1 + 480 * 3)


def test_pictures_of_two_names_differ() -> None:
    assert png("mot.png") != png("hai.png")


def test_a_document_has_a_table_of_its_objects() -> None:
    document = pdf("ke-hoach (ban 2).pdf")
    start = int(document.rsplit(b"startxref\n", 1)[1].split()[0])
    assert document.startswith(b"%PDF-1.4\n")
    assert document[start : start + 4] == b"xref"
    offsets = [int(line[:10]) for line in document[start:].splitlines()[3:8]]
    assert [document[at : at + 7] for at in offsets] == [b"%d 0 obj" % n for n in range(1, 6)]


def test_a_workbook_holds_its_rows_as_texts() -> None:
    with zipfile.ZipFile(io.BytesIO(xlsx((("Xã", "Điểm"), ("A & B", "88,0"))))) as package:
        assert package.testzip() is None
        parts = {name: etree.fromstring(package.read(name)) for name in package.namelist()}
    texts = [node.text for node in parts["xl/worksheets/sheet1.xml"].iter("{*}t")]
    assert texts == ["Xã", "Điểm", "A & B", "88,0"]

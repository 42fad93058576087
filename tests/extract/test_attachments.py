"""Files: found by address, named by what the page calls them, with type and size."""

from __future__ import annotations

import time

import pytest

from crawler.extract.beside.attachments import files_linked, read_size, unique_files
from store.model import Attachment
from tests.pages import page

BASE = "http://so.example.vn"
UUID = "0b1f4a7c-93de-4f1c-8b52-6a0d1f3c2e11"


def files(markup: str, *, all_links: bool = False) -> tuple[Attachment, ...]:
    root = page(f"<html><body>{markup}</body></html>").root
    return unique_files(files_linked([root], f"{BASE}/tin/", all_links=all_links))


def only(markup: str, *, all_links: bool = False) -> Attachment:
    (found,) = files(markup, all_links=all_links)
    return found


@pytest.mark.parametrize(
    ("target", "url", "name", "ending"),
    [
        ("/f/ke-hoach.pdf", "/f/ke-hoach.pdf", "ke-hoach.pdf", "pdf"),
        ("/f/B%E1%BA%A3ng.XLSX", "/f/B%E1%BA%A3ng.XLSX", "Bảng.XLSX", "sheet"),
        ("/f/anh.rar?v=2", "/f/anh.rar?v=2", "anh.rar", "rar"),
        (
            f"/documents/20182/31/Ke+hoach+12.pdf/{UUID}",
            f"/documents/20182/31/Ke+hoach+12.pdf/{UUID}",
            "Ke hoach 12.pdf",
            "pdf",
        ),
        (
            f"/documents/1/2/a.docx/{UUID}?t=17",
            f"/documents/1/2/a.docx/{UUID}?t=17",
            "a.docx",
            "document",
        ),
        ("/tai-ve?file=quyet-dinh.doc", "/tai-ve?file=quyet-dinh.doc", "quyet-dinh.doc", "msword"),
        (
            "/noidung/Lists/TinTuc/Attachments/21/bao-cao.doc",
            "/noidung/Lists/TinTuc/Attachments/21/bao-cao.doc",
            "bao-cao.doc",
            "msword",
        ),
        (
            "https://docs.google.com/gview?url=http://so.example.vn/a.pdf&embedded=true",
            "/a.pdf",
            "a.pdf",
            "pdf",
        ),
        (
            "//docs.google.com/viewer?url=http%3A%2F%2Fso.example.vn%2Fb.doc",
            "/b.doc",
            "b.doc",
            "msword",
        ),
        (
            "https://view.officeapps.live.com/op/embed.aspx?src=http%3A%2F%2Fso.example.vn%2Fc.xls",
            "/c.xls",
            "c.xls",
            "excel",
        ),
        ("/lib/pdfjs/web/viewer.html?file=/uploads/d.pdf#page=1", "/uploads/d.pdf", "d.pdf", "pdf"),
        (
            "/_layouts/15/WopiFrame.aspx?sourcedoc=/sites/e.docx&action=view",
            "/sites/e.docx",
            "e.docx",
            "document",
        ),
        ("/download.aspx?file=f.pdf", "/download.aspx?file=f.pdf", "f.pdf", "pdf"),
        ("/lib/viewer.html?file=g.pdf", "/lib/g.pdf", "g.pdf", "pdf"),
        (r"\u\h.pdf", "/u/h.pdf", "h.pdf", "pdf"),
    ],
)
@pytest.mark.parametrize("tag", ["<a href='{}'>Tải về</a>", "<iframe src='{}'></iframe>"])
def test_file_is_known_by_its_address(
    tag: str, target: str, url: str, name: str, ending: str
) -> None:
    found = only(f"<p>{tag.format(target)}</p>")
    assert (found.url, found.title) == (BASE + url, name)
    assert found.media_type is not None
    assert found.media_type.endswith(ending)


@pytest.mark.parametrize(
    ("markup", "title", "size"),
    [
        ("<a href=/a.pdf>Kế hoạch số 12 (1,2 MB)</a>", "Kế hoạch số 12", 1258291),
        ("<a href=/a.pdf>ke-hoach.pdf</a> (345 KB)", "ke-hoach.pdf", 353280),
        ("<li><a href=/a.pdf>Kế hoạch</a> - <span>12.5Mb</span></li>", "Kế hoạch", 13107200),
        ("<p>Kế hoạch số 12: <a href=/a.pdf>Tải về</a></p>", "Kế hoạch số 12", None),
        (
            "<table><tr><td>1</td><td>Kế hoạch số 12</td><td>20/11/2026</td><td>2 MB</td>"
            "<td><a href=/a.pdf>Tải xuống</a></td></tr></table>",
            "Kế hoạch số 12",
            2097152,
        ),
        ("<a href=/a.pdf title='Kế hoạch số 12'><img src=/pdf.png></a>", "Kế hoạch số 12", None),
        ("<a href=/a.pdf download='Kế hoạch.pdf'>Tại đây</a>", "Kế hoạch.pdf", None),
        ("<p>Xem chi tiết <a href=/a.pdf>tại đây</a></p>", "a.pdf", None),
        ("<p>Tệp đính kèm: <a href=/a.pdf>Tải về</a></p>", "a.pdf", None),
        ("<a href=/a.pdf>Kế hoạch (Tải về)</a>", "Kế hoạch", None),
        ("<a href=/a.pdf>Tập tin 1: <strong>ke-hoach.pdf</strong></a>", "ke-hoach.pdf", None),
    ],
)
def test_file_has_the_name_and_size_that_the_page_gives(
    markup: str, title: str, size: int | None
) -> None:
    found = only(markup)
    assert (found.title, found.size_bytes) == (title, size)


@pytest.mark.parametrize(
    "address",
    [
        "/index.php?option=com_docman&task=doc_download&gid=12",
        "/tai-lieu/download/12-cv",
        "/GetFile.ashx?id=12",
        "/LinkClick.aspx?fileticket=abc&tabid=5",
    ],
)
def test_script_that_sends_a_file_is_known_by_its_address(address: str) -> None:
    assert only(f"<a href='{address}'>Công văn</a>").url == BASE + address


@pytest.mark.parametrize(
    "link",
    [
        "<a href='javascript:void(0)' data-href=/a.pdf>Tải về</a>",
        "<a href='#' onclick=\"window.open('/a.pdf')\">Tải về</a>",
        "<a href=\"javascript:window.open('/a.pdf','_blank')\">Tải về</a>",
    ],
)
def test_file_that_a_script_opens_is_found(link: str) -> None:
    assert only(link).url == f"{BASE}/a.pdf"


def test_link_without_words_has_not_the_title_of_the_page_for_a_name() -> None:
    found = only("<div><h1>Tập huấn</h1><p>20/11/2026</p><div><a href=/a.pdf><img></a></div></div>")
    assert found.title == "a.pdf"


def test_several_files_in_one_row_keep_their_own_names() -> None:
    found = files("<p>Tài liệu: <a href=/a.pdf>Tờ trình</a>, <a href=/b.doc>Dự thảo</a></p>")
    assert [file.title for file in found] == ["Tờ trình", "Dự thảo"]


def test_file_shown_in_a_frame_and_linked_below_is_one() -> None:
    found = only(
        "<iframe src='/x/viewer.html?file=/a.pdf'></iframe><a href=/a.pdf>Kế hoạch (2 KB)</a>"
    )
    assert (found.title, found.size_bytes) == ("Kế hoạch", 2048)


@pytest.mark.parametrize(
    "markup",
    [
        "<a href=/tin/bai-viet-12.html>Kế hoạch.</a>",
        "<a href='#a.pdf'>x</a>",
        "<a href='javascript:tai(1)'>a.pdf</a>",
        "<iframe src='https://www.youtube.com/embed/abc'></iframe>",
        "<a href=/anh.jpg>Ảnh</a>",
    ],
)
def test_other_links_are_no_files(markup: str) -> None:
    assert files(markup) == ()


def test_each_link_of_a_list_of_files_is_one() -> None:
    found = only("<a href='/tai/?download=1&id=3'>ke-hoach.docx</a>", all_links=True)
    assert found.media_type is not None
    assert found.media_type.endswith("document")
    assert (
        only("<a href=/scan.jpg>Trang 1 của công văn</a>", all_links=True).media_type
        == "image/jpeg"
    )


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("(1,2 MB)", 1258291),
        ("345 KB", 353280),
        ("12.5Mb", 13107200),
        ("[0.8 mb]", 838861),
        ("Dung lượng: 1.234 KB", 1263616),
        ("1,234,567 bytes", 1234567),
        ("2 GB", 2147483648),
        ("Kế hoạch 12/KH-UBND", None),
        ("Năm 2020 bắt đầu", None),
        ("khóa 5 giờ", None),
        ("", None),
    ],
)
def test_size_is_read_as_pages_write_it(text: str, size: int | None) -> None:
    assert read_size(text) == size


@pytest.mark.parametrize(
    "markup",
    [
        "<p>" + "<a href=/a.pdf>x</a>" * 5_000,
        "<div>" * 300 + "<a href=/a.pdf>" + "1," * 30_000 + "</a>",
        "<a href='/viewer?" + "file=&" * 20_000 + "'>x</a>",
        "".join(f"<tr><td>{n}<td><a href=/{n}.pdf>Tải về</a>" for n in range(3_000)),
    ],
    ids=["many", "deep", "query", "rows"],
)
def test_hostile_links_are_read_in_time(markup: str) -> None:
    started = time.process_time()
    files(markup)
    assert time.process_time() - started < 2

"""Pictures: the address that a reader's browser would load, and none that is no picture."""

from __future__ import annotations

import time

import pytest

from crawler.extract.beside.media import source_of
from tests.pages import page

BASE = "http://so.example.vn"


def source(markup: str) -> str | None:
    (image,) = page(f"<html><body>{markup}</body></html>").root.iter("img")
    found = source_of(image, f"{BASE}/tin/")
    return found.removeprefix(BASE) if found else None


@pytest.mark.parametrize(
    ("markup", "address"),
    [
        ("<img src=/a.jpg>", "/a.jpg"),
        ("<img src='data:image/gif;base64,R0' data-src=/a.jpg>", "/a.jpg"),
        ("<img src=/lazy.gif data-original=/a.jpg>", "/a.jpg"),
        ("<img src=/img/loading-spinner.gif data-lazy-src=/a.jpg>", "/a.jpg"),
        ("<img srcset='/a-300.jpg 300w,/a-900.jpg 900w'>", "/a-900.jpg"),
        ("<img srcset='/a.jpg 1x, /a2.jpg 2x'>", "/a2.jpg"),
        ("<img src=/a.jpg srcset='/a.jpg, /a2.jpg 2x'>", "/a2.jpg"),
        ("<img src=/a-300.jpg srcset='/a-300.jpg 300w, /a.jpg 2000w'>", "/a.jpg"),
        ("<img src=/a.jpg srcset='/a-300.jpg 300w, /a.jpg 900w'>", "/a.jpg"),
        ("<img src=/a.jpg srcset='/b.jpg'>", "/a.jpg"),
        ("<img src=/a.jpg data-srcset='data:image/gif;base64,R0 900w'>", "/a.jpg"),
        ("<img src='ảnh hội nghị.jpg'>", "/tin/%E1%BA%A3nh%20h%E1%BB%99i%20ngh%E1%BB%8B.jpg"),
        ("<img src=/spacer.gif data-srcset='/a-300.jpg 300w, /a,b-900.jpg 900w'>", "/a,b-900.jpg"),
        ("<picture><source srcset='/a.webp 900w'><img src=/blank.png></picture>", "/a.webp"),
        ("<picture><source srcset='/a.webp'><img src=/a.jpg></picture>", "/a.jpg"),
        (
            "<img src='/sites/default/files/styles/large/public/2024-05/hop%20bao.jpg?itok=Ab1'>",
            "/sites/default/files/2024-05/hop%20bao.jpg",
        ),
        (
            "<img src='/sites/default/files/styles/wide/public/2024/a.png.webp?itok=x'>",
            "/sites/default/files/2024/a.png",
        ),
        ("<img src=/w/hop-300x200.jpg>", "/w/hop-300x200.jpg"),
        ("<a href=/w/hop.jpg><img src=/w/hop-300x200.jpg></a>", "/w/hop.jpg"),
        ("<a href=/w/khac.jpg><img src=/w/hop-300x200.jpg></a>", "/w/hop-300x200.jpg"),
        ("<a href=/w/hop.html><img src=/w/hop-300x200.jpg></a>", "/w/hop-300x200.jpg"),
        ("<a href=/u/hop.jpg><img src=/u/thumb_hop.jpg></a>", "/u/hop.jpg"),
        ("<img src=/tin/facebook-hop-bao.png>", "/tin/facebook-hop-bao.png"),
    ],
)
def test_picture_has_its_real_address(markup: str, address: str) -> None:
    assert source(markup) == address


@pytest.mark.parametrize(
    "markup",
    [
        "<img>",
        "<img src='data:image/png;base64,AA'>",
        "<img src=/a.gif width=1 height=1>",
        "<img src=/a.gif style='border:0; width:1px'>",
        "<img src=/images/spacer.gif>",
        "<img src='Ảnh chụp tại hội nghị hôm nay'>",
        "<img src='https://www.facebook.com/tr?id=1&ev=PageView'>",
        "<img class=emoji src=/e/1f600.png>",
        "<img src='https://s.w.org/images/core/emoji/14/72x72/1f600.png'>",
        "<img src=/includes/smilies/cuoi.gif>",
        "<img src=/themes/x/icon-facebook.png>",
        "<img src=/images/zalo_share.svg>",
        "<img src=/images/printButton.png>",
        "<img src=/icons/pdf.png>",
        "<img src=/images/icon_new.gif>",
        "<img src='https://secure.gravatar.com/avatar/0a?s=96'>",
        "<img src='javascript:void(0)'>",
    ],
)
def test_what_is_no_picture_of_the_article_is_left_out(markup: str) -> None:
    assert source(markup) is None


@pytest.mark.parametrize(
    "address",
    ["/" * 100_000, "/styles/" * 20_000, "-1x" * 40_000, "/icon-" * 20_000, "a 1w," * 8_000],
)
def test_hostile_address_is_read_in_time(address: str) -> None:
    started = time.process_time()
    source(f"<a href='{address}.jpg'><img src='{address}' srcset='{address}'></a>")
    assert time.process_time() - started < 1

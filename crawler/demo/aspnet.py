"""An old portal on ASP.NET Web Forms: its addresses, and pages that are tables within tables."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import ClassVar

from crawler.demo import aspnet_pages as pages
from crawler.demo.piece import Photo, Piece
from crawler.demo.portal import Answer, Portal, Request, text_answer

_PAGE = re.compile("[1-9][0-9]{0,8}")
_PLAIN_HTML = "text/html"
"""The header names no charset: the page does, and late."""


class AspNetDemo(Portal):
    """Hậu Giang's demo portal."""

    source_id = "hau-giang/demo"
    name = "Sở Thông tin và Truyền thông tỉnh Hậu Giang (cổng mẫu)"
    engine = "aspnet"
    first_number = 2051
    sections: ClassVar[Mapping[str, str]] = {
        "tin-nganh": "Tin trong ngành",
        "chuyen-doi-so": "Chuyển đổi số",
        "an-toan-thong-tin": "An toàn thông tin",
        "thong-bao": "Thông báo",
    }
    listings = tuple(f"/TinTuc/DanhSach.aspx?cat={number}" for number in range(1, 5))
    robots = "User-agent: *\nDisallow: /QuanTri/\n"
    rules = r"""family = "generic"
listings = {listings}
article = '/TinTuc/ChiTiet\.aspx\?id=(?P<key>\d+)'
[select]
entry = "table[id$=_tblTin]"
entry_link = "a[id$=_lnkTieuDe]"
entry_date = "span[id$=_lblNgay]"
entry_summary = "span[id$=_lblTomTat]"
next = "a[id$=_lnkTrangSau]"
title = "span[id$=_lblTieuDe]"
date = "span[id$=_lblNgayDang]"
body = "[id$=_pnlNoiDung]"
section = "span[id$=_lblChuyenMuc]"
attachments = "[id$=_pnlTapTin] a"
"""
    lead_apart = False

    def path_of(self, piece: Piece) -> str:
        """Shape: `/TinTuc/ChiTiet.aspx?id=<number>`."""
        return f"/TinTuc/ChiTiet.aspx?id={piece.number}"

    def photo_path(self, piece: Piece, photo: Photo) -> str:
        """Shape: `/Upload/HinhAnh/<file>`."""
        return f"/Upload/HinhAnh/{photo.file}"

    def attached_path(self, piece: Piece, index: int) -> str:
        """Shape: `/Upload/TapTin/<file>`."""
        return f"/Upload/TapTin/{piece.attached[index].file}"

    def page(self, request: Request) -> Answer:
        """Answer as IIS does: the case of a path does not matter."""
        match request.path.lower():
            case "/" | "/default.aspx":
                return _found(pages.home(self, request))
            case "/tintuc/danhsach.aspx":
                return self._list(request)
            case "/tintuc/chitiet.aspx":
                return self._article(request)
        return self._missing(request)

    def _article(self, request: Request) -> Answer:
        number = request.query.get("id", "")
        for piece in request.pieces:
            if str(piece.number) == number:
                return _found(pages.article(self, request, piece))
        return self._missing(request)

    def _list(self, request: Request) -> Answer:
        """Show a page of a list; beyond its end stands an empty one."""
        numbers = {str(number): name for number, name in enumerate(self.sections, start=1)}
        number, page = request.query.get("cat", ""), request.query.get("page", "1")
        if number not in numbers or not _PAGE.fullmatch(page):
            return self._missing(request)
        pieces = [piece for piece in request.pieces if piece.category == numbers[number]]
        return _found(
            pages.listing(
                self,
                request,
                title=self.sections[numbers[number]],
                number=int(number),
                pieces=pieces,
                page=int(page),
            )
        )

    def _missing(self, request: Request) -> Answer:
        return text_answer(pages.missing(self, request), status=404, content_type=_PLAIN_HTML)


def _found(text: str) -> Answer:
    return text_answer(text, content_type=_PLAIN_HTML)

"""A portal in the shape of NukeViet 4.5: its addresses, redirects and lists."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import ClassVar

from crawler.demo import nukeviet_pages as pages
from crawler.demo.piece import Photo, Piece
from crawler.demo.portal import Answer, Portal, Request, moved, text_answer

HOME = "/vi/"

_ARTICLE = re.compile(r"/vi/news/[^/]+/[^/]*-(?P<number>[0-9]{1,9})\.html")
_LIST = re.compile(r"/vi/news/(?:(?P<category>[a-z][a-z-]*)/)?(?:page-(?P<page>[0-9]{1,9})/)?")


class NukeVietDemo(Portal):
    """Lai Châu's demo portal."""

    source_id = "lai-chau/demo"
    name = "Sở Thông tin và Truyền thông tỉnh Lai Châu (cổng mẫu)"
    engine = "nukeviet"
    first_number = 4107
    sections: ClassVar[Mapping[str, str]] = {
        "tin-tuc-su-kien": "Tin tức – Sự kiện",
        "chuyen-doi-so": "Chuyển đổi số",
        "buu-chinh-vien-thong": "Bưu chính – Viễn thông",
    }
    listings = tuple(f"{pages.MODULE}{category}/" for category in sections)
    robots = (
        "User-agent: *\nDisallow: /admin/\nDisallow: /data/\nDisallow: /includes/\n"
        "Disallow: /install/\nDisallow: /modules/\nDisallow: /users/\nDisallow: /statistics/\n"
    )
    rules = 'family = "nukeviet"\nlistings = {listings}\n'

    def path_of(self, piece: Piece) -> str:
        """Shape: `/vi/news/<category>/<slug>-<number>.html`."""
        return f"{pages.MODULE}{piece.category}/{piece.slug}-{piece.number}.html"

    def photo_path(self, piece: Piece, photo: Photo) -> str:
        """Shape: `/uploads/news/<year>_<month>/<file>`."""
        return f"/uploads/news/{piece.published:%Y_%m}/{photo.file}"

    def attached_path(self, piece: Piece, index: int) -> str:
        """Shape: the address of the article with `?download=1&id=<index>`."""
        return f"{self.path_of(piece)}?download=1&id={index}"

    def page(self, request: Request) -> Answer:
        """Answer as the rewriting of NukeViet 4.5 does."""
        path = request.path
        if path == "/":
            return moved(HOME)
        if path == HOME:
            return text_answer(pages.home(self, request))
        if path.startswith("/assets/news/"):
            return self.answer(path.replace("/assets/", "/uploads/", 1), now=request.now, edition=1)
        if found := _ARTICLE.fullmatch(path):
            return self._article(request, int(found["number"]))
        if found := _LIST.fullmatch(path):
            return self._list(request, found["category"], found["page"])
        return text_answer(pages.missing(self, request), status=404)

    def _article(self, request: Request, number: int) -> Answer:
        """Show it at its own address; any other slug or category is sent there."""
        piece = next((piece for piece in request.pieces if piece.number == number), None)
        if piece is None:
            return text_answer(pages.missing(self, request), status=404)
        if self.path_of(piece) != request.path:
            return moved(self.path_of(piece))
        return text_answer(pages.article(self, request, piece))

    def _list(self, request: Request, category: str | None, page: str | None) -> Answer:
        """Show a page of a list; what is beyond its end is sent to its first page."""
        if category is not None and category not in self.sections:
            return moved(pages.MODULE)
        pieces = [piece for piece in request.pieces if category in (None, piece.category)]
        start = f"{pages.MODULE}{category}/" if category else pages.MODULE
        last = -(-len(pieces) // pages.PER_PAGE)
        if page is not None and not 1 < int(page) <= last:
            return moved(start)
        return text_answer(
            pages.listing(
                self,
                request,
                title=self.sections[category] if category else "Tin tức",
                start=start,
                pieces=pieces,
                page=int(page or 1),
                last=last,
            )
        )

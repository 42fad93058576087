"""A portal in the shape of WordPress: its addresses and lists."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import ClassVar

from crawler.demo import wordpress_pages as pages
from crawler.demo.piece import Photo, Piece
from crawler.demo.portal import Answer, Portal, Request, moved, text_answer

_LIST = re.compile(r"/chuyen-muc/(?P<category>[a-z-]+)/(?:page/(?P<page>[0-9]{1,9})/)?")


class WordPressDemo(Portal):
    """Quảng Ngãi's demo portal."""

    source_id = "quang-ngai/demo"
    name = "Sở Thông tin và Truyền thông tỉnh Quảng Ngãi (cổng mẫu)"
    engine = "wordpress"
    first_number = 812
    sections: ClassVar[Mapping[str, str]] = {
        "bao-chi-truyen-thong": "Báo chí – Truyền thông",
        "chuyen-doi-so": "Chuyển đổi số",
        "an-toan-thong-tin": "An toàn thông tin",
    }
    listings = tuple(f"/chuyen-muc/{category}/" for category in sections)
    robots = "User-agent: *\nDisallow: /wp-admin/\nAllow: /wp-admin/admin-ajax.php\n"
    rules = 'family = "wordpress"\nlistings = {listings}\n'
    lead_apart = False

    def path_of(self, piece: Piece) -> str:
        """Shape: `/<category>/<slug>.html`."""
        return f"/{piece.category}/{piece.slug}.html"

    def photo_path(self, piece: Piece, photo: Photo) -> str:
        """Shape: `/wp-content/uploads/<year>/<month>/<file>`."""
        return f"/wp-content/uploads/{piece.published:%Y/%m}/{photo.file}"

    def attached_path(self, piece: Piece, index: int) -> str:
        """Shape: as pictures."""
        return f"/wp-content/uploads/{piece.published:%Y/%m}/{piece.attached[index].file}"

    def page(self, request: Request) -> Answer:
        """Answer as WordPress with pretty permalinks does."""
        if request.path == "/":
            return text_answer(pages.home(self, request))
        if found := _LIST.fullmatch(request.path):
            return self._list(request, found["category"], found["page"])
        for piece in request.pieces:
            if self.path_of(piece) == request.path:
                return text_answer(pages.article(self, request, piece))
        return self._missing(request)

    def _list(self, request: Request, category: str, page: str | None) -> Answer:
        """Show a page of a list; beyond its end there is nothing."""
        if page == "1":
            return moved(f"{request.base}/chuyen-muc/{category}/")
        pieces = [piece for piece in request.pieces if piece.category == category]
        number = int(page or 1)
        if not 1 <= number <= -(-len(pieces) // pages.PER_PAGE):
            return self._missing(request)
        return text_answer(
            pages.listing(self, request, category=category, pieces=pieces, page=number)
        )

    def _missing(self, request: Request) -> Answer:
        return text_answer(pages.missing(self, request), status=404)

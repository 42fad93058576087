"""Pages that say with status 200 that there is no such page."""

from __future__ import annotations

import re

from store.text import words

_MOST_CHARS = 400
"""Of text: a notice is short, and a news item about one is not."""
_MISSING = re.compile(
    r"^(?:(?:error|loi) )?404(?: (?:error|(?:page )?not found|khong tim thay.*))?$"
    r"|\b(?:(?:page|file) (?:was )?not found"
    r"|khong tim thay (?:trang|noi dung|bai viet|duong dan|lien ket)(?: nay| (?:ban )?yeu cau)?$"
    r"|(?:trang|noi dung|bai viet|tin|duong dan|lien ket|dia chi)"
    r"(?: (?:web|nay|bai|ban|quy khach|yeu cau|truy cap|tim|kiem|dang|can|vua|muon|xem|hien|tai))"
    r"{0,6}"
    r" (?:khong (?:con )?ton tai|khong con tren (?:he thong|trang)|khong co san|da bi (?:xoa|go)"
    r"|khong co hoac chua|chua duoc xuat ban|da duoc go|khong duoc tim thay))\b"
    r"|^(?:da )?co loi xay ra$|\bhe thong dang ban (?:quy khach |ban )?(?:xin )?vui long thu lai\b"
)


def says_missing(title: str, text: str) -> bool:
    """Tell whether title or a short text is the notice that a page is not there.

    Source: wordings of NukeViet, WordPress, Liferay, SharePoint and ASP.NET portals, 2026-11.
    """
    if len(text) > _MOST_CHARS:
        return False
    return any(_MISSING.search(" ".join(words(said))) for said in (title, text))

"""The platform of VCCorp: the Government's portal, its papers, and newspapers at large.

Source: saved pages of five of its sites, 2026-11. Its date spans write day/month in their text and
month/day in their `title`, so only the text is read. Boxes in the body are text where their type
is `content`; those of related news are not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import ClassVar

from crawler.extract.dates import Order
from crawler.extract.rules import Rules
from crawler.families.base import PROOF, STRONG, WEAK, Family, Trace


class VCCorp(Family):
    """VCCorp's CMS."""

    name: ClassVar[str] = "vccorp"
    signs_in_body: ClassVar[bool] = True
    traces: ClassVar[tuple[Trace, ...]] = (
        Trace("markup", "VCSortableInPreviewMode", PROOF),
        Trace("markup", 'data-role="sapo"', STRONG),
        Trace("markup", 'data-role="publishdate"', STRONG),
        Trace("markup", "box-category-item", STRONG),
        Trace("markup", "box-stream-item", STRONG),
        Trace("markup", "mediacdn.vn", STRONG),
        Trace("markup", "adminplayer.sohatv.vn", WEAK),
        Trace("markup", 'data-role="content"', WEAK),
        Trace("address", r"-\d{17,20}\.(?:htm|chn)$", WEAK),
    )
    article_address: ClassVar[re.Pattern[str]] = re.compile(
        r"^https?://[^/]+/(?:[^?#]+/)?[^/?#]*-(?P<key>\d{15,20})\.(?:html?|chn)(?:$|[?#])"
        r"|^https?://[^/]+/[^/?#]*-197(?P<key_2>\d{6})\.htm$"
    )
    # `title="3/5/2026 3:34:00 PM"` beside the text `05/03/2026 15:34`.
    date_orders: ClassVar[Mapping[str, Order]] = {"::attr(title)": "mdy"}
    rules: ClassVar[Rules] = Rules(
        entry=(
            ".box-category-item, .box-stream-item, .box-category-item-sub, .box-category-item-main",
            ".list__listing-main .item, .timeline .item",
            ".list-news .box-item",
        ),
        entry_link=(
            "a[data-type=title][href]",
            ".box-category-link-title[href]",
            ".box-category-title-text a[href]",
            "h3 a[href]",
            "h2 a[href]",
            "h4 a[href]",
        ),
        entry_title=(
            "a[data-type=title]",
            ".box-category-link-title",
            "h3 a",
            "h2 a",
            "h4 a",
        ),
        entry_date=(
            ".time-ago",
            ".time-ago::attr(title)",
            ".box-category-time",
            "span.time",
            ".item-time",
            ".box-time",
        ),
        entry_summary=(".box-category-sapo", "[data-type=sapo]", ".sapo"),
        next=("link[rel=next]",),
        title=("[data-role=title]", "h1.detail-title", "h1.article-title", "h1.title-detail"),
        date=(
            "[data-role=publishdate]",
            ".detail-time [data-role=publishdate]",
            ".detail-time",
            'meta[property="article:published_time"]::attr(content)',
            "[data-role=publishdate]::attr(title)",
        ),
        summary=("[data-role=sapo]", "h2.detail-sapo", ".detail-sapo"),
        body=(
            ".detail-content[data-role=content]",
            "[data-role=content]",
            ".detail-content",
            ".detail-cmain",
        ),
        byline=("[data-role=author]", ".detail-author"),
        source_credit=("[data-role=source]", ".detail-source", ".link-source-name"),
        section=(
            "[data-role=cate-name]",
            ".detail-cate a",
            'meta[property="article:section"]::attr(content)',
        ),
        image=(".detail-avatar img", "[data-role=avatar] img"),
        drop=(
            "div.VCSortableInPreviewMode[type=RelatedOneNews]",
            "div.VCSortableInPreviewMode[type=RelatedNewsBox]",
            "div.VCSortableInPreviewMode[type=RelatedNews]",
            "[type=RelatedOneNews]",
            "[type=RelatedNewsBox]",
            "[type=link-content-footer]",
            ".link-content-footer",
            ".detail-related",
            ".box-related",
        ),
    )

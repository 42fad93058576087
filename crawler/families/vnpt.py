"""The portals of VNPT that are not plain Liferay: rules, traces and addresses.

Known by their addresses (`/<site>/<page>/<category>/<article>/…`) and by the words that their
skins print ("image banner"). Source: addresses and texts of ten departments, 2026-11; the vendor's
name is from memory, and no page's markup was seen.
"""

from __future__ import annotations

import re
from typing import ClassVar

from crawler.extract.rules import Rules
from crawler.families.base import STRONG, WEAK, Family, Trace


class VNPT(Family):
    """VNPT's portal."""

    name: ClassVar[str] = "vnpt"
    signs_in_body: ClassVar[bool] = True
    traces: ClassVar[tuple[Trace, ...]] = (
        Trace("generator", "vnpt", STRONG),
        Trace("markup", "sname=vPortal", STRONG),
        Trace("markup", "vportal", STRONG),
        Trace("markup", "vnptportal", STRONG),
        Trace("markup", "vnpt-portal", STRONG),
        Trace("markup", 'alt="image banner"', STRONG),
        Trace("markup", "image advertisement", STRONG),
        Trace("markup", "slideshowIpQCS", STRONG),
        Trace("markup", "Đang online", WEAK),
        Trace("address", r"^https?://[^/]+/(?:[a-z]+/)?\d+/\d+/\d+/\d+/", STRONG),
        Trace("address", r"[?&]sname=\w+&sid=\d+&pageid=\d+", STRONG),
    )
    article_address: ClassVar[re.Pattern[str]] = re.compile(
        r"(?i)^(?!.*[?&](?:page|trang)=\d)https?://[^/]+/(?:"
        r"(?:[a-z0-9-]+/)?\d+/\d+/\d+/(?P<key>\d+)(?:/|$)"
        r"|[^#]*[?&]pageid=\d+&(?:[^#]*&)?catid=\d+&(?:[^#]*&)?id=(?P<key_2>\d+)"
        r"|[^/?#]+/[^/?#]*[^/?#-]--?(?P<key_3>\d{3,})/?$)"
    )
    rules: ClassVar[Rules] = Rules(
        entry=(
            ".news-list .item, .list-news .item, .ListNews .item",
            ".list-news li, .news-list li, .ListNews li",
            ".article-item, .news-item, .item-news",
        ),
        entry_link=("h3 a[href]", "h2 a[href]", "h4 a[href]", ".title a[href]", "a.title[href]"),
        entry_title=("h3 a", "h2 a", "h4 a", ".title a", "a.title"),
        entry_date=("[class*=date]", "[class*=time]", "[class*=ngay]", "span", "em", "i", "small"),
        entry_summary=("[class*=summary]", "[class*=sapo]", "[class*=desc]", "[class*=mota]"),
        next=(
            "a.next[href]",
            ".pagination .active + li a[href]",
            ".paging .current + a[href]",
            ".paging a[title='Trang sau'][href]",
        ),
        title=(
            ".title-detail",
            ".news-title-detail",
            ".ArticleTitle",
            ".article-title",
            ".detail-title",
            ".article-detail .title:not(a)",
            ".news-detail .title:not(a)",
            ".detail-news .title:not(a)",
            "h1.title",
        ),
        date=(
            ".PostDate",
            ".date-detail",
            ".detail-date",
            ".time-detail",
            ".article-date",
            ".ngaydang",
            ".article-detail > .date, .article-detail :not(li) > .date",
            ".news-detail > .date, .news-detail :not(li) > .date",
            ".detail-news > .date, .detail-news :not(li) > .date",
        ),
        summary=(
            ".ArticleSummary",
            ".article-detail .summary",
            ".news-detail .sapo",
            ".detail-news .sapo",
            ".article-summary",
            ".sapo",
        ),
        body=(
            ".ArticleContent",
            ".article-detail .content",
            ".news-detail .content",
            ".detail-news .content",
            ".article-content",
            ".content-detail",
            ".detail-content",
            ".noi-dung-trang",
        ),
        byline=(".article-detail .author", ".tac-gia", ".tacgia", ".author"),
        source_credit=(".article-detail .source", ".nguon-tin", ".nguontin"),
        attachments=(".file-dinh-kem a[href]", ".attach-file a[href]", ".attachments a[href]"),
        drop=(
            "[class*=related]",
            "[class*=tinkhac]",
            "[class*=tin-khac]",
            ".rating",
            ".share",
            ".tool",
            "img[alt='image banner']",
        ),
    )

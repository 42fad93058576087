"""SharePoint as Vietnamese state sites run it: three kinds, one table.

The portals of a local vendor (`/portal/Pages/…`), the portals of ministries, and plain publishing
sites. Source: addresses and class names of public crawlers and saved articles of the ministry's
portal (2008 to 2024), 2026-11. SharePoint ignores the case of addresses.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import ClassVar

from crawler.extract.dates import Order
from crawler.extract.rules import Rules
from crawler.families.base import PROOF, STRONG, WEAK, Family, Trace


class SharePoint(Family):
    """SharePoint's publishing pages and the modules that vendors put into them."""

    name: ClassVar[str] = "sharepoint"
    signs_in_body: ClassVar[bool] = True
    traces: ClassVar[tuple[Trace, ...]] = (
        Trace("generator", "microsoft sharepoint", PROOF),
        Trace("header", "microsoftsharepointteamservices: ", PROOF),
        Trace("header", "sprequestguid: ", PROOF),
        Trace("markup", "_spPageContextInfo", PROOF),
        Trace("markup", "_spBodyOnLoad", STRONG),
        Trace("markup", "/_layouts/", STRONG),
        Trace("markup", "ms-rtestate", STRONG),
        Trace("markup", "ExternalClass", STRONG),
        Trace("markup", "s4-workspace", STRONG),
        Trace("markup", "MSOZoneCell_", STRONG),
        Trace("markup", "tandan-", STRONG),
        Trace("markup", "Skip Ribbon Commands", STRONG),
        Trace("markup", "/PublishingImages/", WEAK),
        Trace("address", r"/(?:mic_2020/)?Pages/(?:TinTuc|ChuyenMuc)/", STRONG),
        Trace("address", r"/portal/pages/", STRONG),
        Trace("address", r"/(?:Pages|Trang|Lists)/[^?#]+\.aspx", WEAK),
    )
    # Of the ministry one number stands under three forms; the newest puts 197 before it.
    article_address: ClassVar[re.Pattern[str]] = re.compile(
        r"(?i)^(?!.*(?:/_layouts/|/(?:phantrang|chuyenmuc|login|search|print)\b|printpage"
        r"|allitems\.aspx|default\.aspx$|home\.aspx$|[?&](?:page|pageindex)=))"
        r"https?://[^/]+/[^#]*?(?:"
        r"/?pages/tintuc/(?:tinchitiet\.aspx\?(?:[^#]*&)?tintucid=)?(?P<key>\d+)"
        r"|-197(?P<key_2>\d{6})\.htm$"
        r"|portal/pages/\d{4}-\d\d?-\d\d?/[^/?#]+\.aspx"
        r"|\.aspx\?(?:[^#]*&)?(?:itemid|nid|newsid|tintucid|articleid|idtin|id)=(?P<key_3>\d+)"
        r"|/pages/[^/?#]+-(?P<key_4>[0-9a-f]{16})\.aspx"
        r"|/(?:pages|trang)/(?:[^/?#]+/)*(?:[^/?#-]+-){3,}[^/?#]*\.aspx)"
    )
    # The print page of the ministry's portal: `10/23/2008 8:32:34 AM` (mic.gov.vn, 3 articles).
    date_orders: ClassVar[Mapping[str, Order]] = {"print": "mdy"}
    rules: ClassVar[Rules] = Rules(
        entry=(
            ".channel-news-item, .tandan-list-news li, .tandan-div-news-item",
            "[id$=_ctl00_pnListNews] li, [id$=_pnListNews] .item",
            "#list_news li, #list_news .item, .list_news li",
            ".dfwp-list .dfwp-item, .cbq-layout-main li, .slm-layout-main .item",
            ".news-list .item, ul.listnews li",
        ),
        entry_link=(
            ".channel-news-title a[href]",
            ".tandan-title a[href]",
            "h3 a[href]",
            "h2 a[href]",
            "h4 a[href]",
            ".item.link-item a[href]",
        ),
        entry_title=(".channel-news-title a", ".tandan-title a", "h3 a", "h2 a", "h4 a"),
        entry_date=(
            ".tandan-span-date-publish",
            ".tandan-date-view",
            "[class*=date]",
            "[class*=ngay]",
            "[class*=time]",
        ),
        entry_summary=(".tandan-p-article-news-summary", "[class*=summary]", ".description"),
        next=(
            "a[rel=next][href]",
            ".pagination .active + li a[href]",
            "a[title='Trang sau'][href]",
            ".PageNext a[href]",
        ),
        title=(
            "#news_content h1",
            ".tandan-p-article-news-title",
            ".tandan-title-view",
            "#divArticleDescription3 h1",
            "#divArticleTitle",
            "h1[data-role=title]",
            "[id$=_lblTieuDe]",
            "[id$=_lblTitle]",
            ".title-news",
            ".news-title",
            "h1.title",
            ".article-title",
        ),
        date=(
            ".tandan-span-date-publish",
            ".tandan-date-view",
            "[data-role=publishdate]",
            "[id$=_pnHide] span",
            "#news_content .date",
            "#news_content .ngaydang",
            "[id$=_lblNgayDang]",
            "[id$=_lblDate]",
            ".news-date",
            ".article-date",
            ".date-publish",
        ),
        summary=(
            "#divArticleDescription",
            "#divArticleDescription1",
            ".tandan-p-article-news-summary",
            "[data-role=sapo]",
            "[id$=_lblTomTat]",
            ".article-summary",
        ),
        body=(
            "#divArticleContent",
            "#divArticleDescription2",
            ".tandan-p-article-main",
            ".tandan-p-article-news-content",
            "[data-role=content]",
            "[id$=_lblNoiDung]",
            "[id$=_lblContent]",
            "#show_content",
            "#contenttin",
            "[id*=PlaceHolderMain] .ms-rtestate-field",
            ".ms-rtestate-field",
            "[class^=ExternalClass]",
        ),
        byline=("[data-role=author]", ".tacgia", ".tandan-author"),
        source_credit=("[id$=_pnNguontin]", ".nguontin", ".tandan-source"),
        attachments=(".ms-formbody a[href*=Attachments]", ".file-attach a[href]"),
        drop=(
            ".tandan-div-article-other",
            ".td-tags",
            "[class*=related]",
            ".danhgia",
            ".rating",
            ".social",
            "[id*=pnTinKhac]",
            "div.VCSortableInPreviewMode[type=RelatedOneNews]",
            "div.VCSortableInPreviewMode[type=RelatedNewsBox]",
        ),
    )

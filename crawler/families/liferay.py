"""Liferay 6.2 to 7 and the portals built on it: rules, traces and addresses.

Source: saved pages of a department's 6.2 (2022-08) and of a city's portal (2017-09), the templates
of asset publisher and journal content, and selectors of public crawlers, 2026-11.
"""

from __future__ import annotations

import re
from typing import ClassVar

from crawler.extract.rules import Rules
from crawler.families.base import PROOF, STRONG, WEAK, Family, Trace


class Liferay(Family):
    """Liferay's asset publisher, journal content, and the portlets of Vietnamese vendors."""

    name: ClassVar[str] = "liferay"
    signs_in_body: ClassVar[bool] = True
    traces: ClassVar[tuple[Trace, ...]] = (
        Trace("generator", "liferay", PROOF),
        Trace("header", "liferay-portal: ", PROOF),
        Trace("markup", "Liferay.ThemeDisplay", PROOF),
        Trace("markup", "Liferay.currentURL", PROOF),
        Trace("markup", "journal-content-article", STRONG),
        Trace("markup", "asset-full-content", STRONG),
        Trace("markup", "portlet-asset-publisher", STRONG),
        Trace("markup", "p_p_id=", STRONG),
        Trace("markup", "/html/js/liferay/", STRONG),
        Trace("markup", "/combo?", WEAK),
        Trace("cookie", "guest_language_id", STRONG),
        Trace("address", r"/-/(?:asset_publisher|view_content|view-article|details)/", STRONG),
        Trace("address", r"[?&]p_p_id=", STRONG),
    )
    article_address: ClassVar[re.Pattern[str]] = re.compile(
        r"(?i)^(?!.*(?:/(?:login|dang-nhap|tim-kiem|search|sitemap)(?:[/?#]|$)"
        r"|[?&]\w*_(?:cur|delta)=|/rss(?:[/?#]|$)))https?://[^/]+[^#]*?(?:"
        r"/-/view[_-]content/(?:content/)?(?P<key>\d+)"
        r"|/-/details/(?P<key_2>\d+)"
        r"|/-/view-article/\d+/\d+/(?P<key_3>\d+)"
        r"|/-/asset_publisher/[^/?#]+/content/(?:id/(?P<key_4>\d+)|[^/?#]{4,})"
        r"|/nid/(?P<key_5>\d+)"
        r"|[?&](?:dinhdanh|\w*_articleid|articleid)=(?P<key_6>\d+)"
        r"|chi-tiet(?:-[a-z-]*)?\?(?:[^#]*&)?id=(?P<key_7>\d+)"
        r"|/-/(?!asset_publisher/|[a-z_]+$)[^/?#]{12,}(?:[?#]|$))"
    )
    rules: ClassVar[Rules] = Rules(
        entry=(
            ".asset-abstract",
            ".table-data tr:has(td.table-cell a)",
            ".portlet-asset-publisher .list-group-item, .portlet-asset-publisher li:has(a)",
        ),
        entry_link=(
            ".asset-title a[href]",
            "td.table-cell a[href]",
            "a.news-title[href]",
            "a.text-tletin[href]",
            "h3 a[href]",
            "h4 a[href]",
        ),
        entry_title=(".asset-title a", "td.table-cell a", "a.news-title", "h3 a", "h4 a"),
        entry_date=(
            ".assetPublishDate",
            ".date_content_asset",
            ".metadata-publish-date",
            ".asset-metadata .metadata-entry",
            "[class*=publish-date]",
            "[class*=date]",
            "[class*=time]",
        ),
        entry_summary=(".asset-summary", ".item-desc", ".asset-description"),
        next=(
            ".taglib-page-iterator a.next[href]",
            ".pagination .active + li a[href]",
            "ul.pagination li.next a[href]",
        ),
        title=(
            ".asset-full-content-title",
            ".asset-full-content .asset-title",
            ".asset-content .asset-title",
            ".chi-tiet-title",
            ".component-title",
            ".title-detail",
            ".news-title-detail",
            ".header-title span",
            ".asset-full-content h1",
            ".journal-content-article h1",
            ".contentDetail h1",
        ),
        date=(
            ".asset-full-content .assetPublishDate",
            ".assetPublishDate",
            ".asset-full-content .metadata-publish-date",
            ".metadata-publish-date",
            ".chi-tiet-publish-date",
            ".meta-data-date",
            "p.date_post",
            ".time_detail_news",
            ".asset-full-content .asset-metadata .metadata-entry",
            ".date-post",
            ".publish-date",
            ".contentDetail [class*=date]",
        ),
        summary=(
            ".sapo-wrapper .sapo",
            ".chi-tiet-sub-content",
            ".summary_detail_news",
            ".article-summary",
            ".contentDetail .sapo",
            ".asset-full-content .asset-description",
        ),
        body=(
            ".asset-full-content .journal-content-article",
            ".asset-content .journal-content-article",
            ".chi-tiet-main-content",
            ".article_summary_detail",
            ".content-detail",
            ".journal-content-article",
            ".asset-full-content .asset-content",
            ".asset-content",
        ),
        byline=(".tac-gia", ".author-name", ".article-author"),
        source_credit=(".nguon-tin", ".source-news"),
        attachments=(
            ".asset-full-content a[href*='/documents/']",
            ".file-dinh-kem a[href]",
            ".attachments a[href]",
        ),
        drop=(
            ".view-content-author",
            ".related_asset_list",
            ".asset-related-assets",
            ".asset-ratings",
            ".taglib-ratings",
            ".taglib-social-bookmarks",
            ".asset-metadata",
            ".asset-more",
            ".asset-tags",
            ".print-action",
            ".asset-full-content-title",
            ".assetPublishDate",
            ".portlet-options",
        ),
    )

"""IBM WebSphere Portal: rules, traces and addresses.

The long part of its addresses (`/!ut/p/…`) is a state and changes with each visit: it names no
article. Source: addresses of four departments, and what Web Content Manager writes, 2026-11; no
page was seen.
"""

from __future__ import annotations

import re
from typing import ClassVar

from crawler.extract.rules import Rules
from crawler.families.base import PROOF, STRONG, WEAK, Family, Trace


class WebSphere(Family):
    """WebSphere Portal and its Web Content Manager."""

    name: ClassVar[str] = "websphere"
    signs_in_body: ClassVar[bool] = True
    traces: ClassVar[tuple[Trace, ...]] = (
        Trace("generator", "websphere portal", PROOF),
        Trace("generator", "ibm websphere", PROOF),
        Trace("header", "ibm-web2-location: ", PROOF),
        Trace("markup", "/wps/contenthandler", PROOF),
        Trace("markup", "/wps/portal/", STRONG),
        Trace("markup", "/wps/wcm/", STRONG),
        Trace("markup", "ibmPortalConfig", PROOF),
        Trace("markup", "wpthemeMain", STRONG),
        Trace("markup", "wpsPortlet", STRONG),
        Trace("markup", "wpthemeControl", WEAK),
        Trace("address", r"/wps/(?:my)?portal/", STRONG),
    )
    article_address: ClassVar[re.Pattern[str]] = re.compile(
        r"(?i)^https?://[^/]+/(?:"
        r"wps/(?:my)?portal/[^?#!]*/(?P<key>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22})(?:/|\?|$)"
        r"|wps/[^#]*(?:WCM_GLOBAL_CONTEXT|urile|uri)=(?:wcm(?::|%3a)path(?::|%3a))?"
        r"(?P<key_2>/?[^&#]{12,}?)(?:&|$)"
        r"|wps/(?:my)?portal/[^?#!]*/(?:detail|chi-tiet|tin-chi-tiet|chi-tiet-tin)/"
        r"(?P<key_3>[^?#!]+?)/?(?:/!ut/[^#]*)?$)"
    )
    rules: ClassVar[Rules] = Rules(
        entry=(
            ".wpthemeMain .news-item, .wpthemeMain .list-item, .news-list li",
            ".wpthemeMain li:has(a[href*='/wps/'])",
            ".wpsPortletBody tr:has(a[href*='/wps/'])",
        ),
        entry_link=("h3 a[href]", "h4 a[href]", "a.title[href]", "a.news-title[href]"),
        entry_title=("h3 a", "h4 a", "a.title", "a.news-title"),
        entry_date=("[class*=date]", "[class*=time]", "[class*=ngay]", "span", "em"),
        entry_summary=("[class*=summary]", "[class*=sapo]", "[class*=desc]"),
        next=("a.next[href]", "a[title*='Next'][href]", "a[title*='sau'][href]"),
        title=(
            ".wpthemeMain .title-detail",
            ".wpthemeMain .news-title",
            ".wpthemeMain .tieude",
            ".detail-title",
            ".wpthemeMain h1:not(.wpthemeAltText)",
            ".wpsPortletBody h1",
            ".wpsPortletBody h2",
        ),
        date=(
            ".wpthemeMain > .news-date, .wpthemeMain :not(li) > .news-date",
            ".wpthemeMain .ngaydang",
            ".detail-date",
            ".wpthemeMain > [class*=publish], .wpthemeMain :not(li) > [class*=publish]",
            ".wpthemeMain > .date, .wpthemeMain :not(li) > .date",
            ".wpsPortletBody > .date, .wpsPortletBody :not(li) > .date",
            ".wpsPortletBody > [class*=date], .wpsPortletBody :not(li) > [class*=date]",
        ),
        summary=(".wpthemeMain .sapo", ".wpthemeMain .summary", ".wpsPortletBody .summary"),
        body=(
            ".wpthemeMain .detail-content",
            ".wpthemeMain .news-content",
            ".wpthemeMain .noidung",
            ".wpthemeMain .content-detail",
            ".wpsPortletBody .detail-content",
            ".wpsPortletBody .content",
            ".wpsPortletBody .noidung",
        ),
        byline=(".wpthemeMain .author", ".wpthemeMain .tacgia"),
        source_credit=(".wpthemeMain .nguontin", ".wpthemeMain .source"),
        drop=(".wpthemeAltText", "[class*=related]", "[class*=other]", ".tinkhac"),
    )

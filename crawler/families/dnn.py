"""DNN (DotNetNuke): Ventrian, EasyDNNnews, and the modules of Vietnamese firms.

Source: templates of the first two, selectors of public crawlers for the others, 2026-11. Own
modules have names of their own; the ends of their ids are the steadiest hold, but DNN itself uses
some of them: for a module's heading, for its HTML module, for today in the skin.
"""

from __future__ import annotations

import re
from typing import ClassVar

from crawler.extract.rules import Rules
from crawler.families.base import PROOF, STRONG, WEAK, Family, Trace


class DNN(Family):
    """DNN's news modules."""

    name: ClassVar[str] = "dnn"
    signs_in_body: ClassVar[bool] = True
    traces: ClassVar[tuple[Trace, ...]] = (
        Trace("generator", "dotnetnuke", PROOF),
        Trace("generator", "dnn", PROOF),
        Trace("header", "set-cookie: dnn_ismobile", PROOF),
        Trace("header", "x-powered-by: dnn", PROOF),
        Trace("cookie", ".aspxanonymous", WEAK),
        Trace("markup", "__dnnVariable", PROOF),
        Trace("markup", "dnn_ContentPane", STRONG),
        Trace("markup", "DnnModule", STRONG),
        Trace("markup", "/DesktopModules/", STRONG),
        Trace("markup", "/Portals/_default/", STRONG),
        Trace("markup", 'id="dnn_ctr', STRONG),
        Trace("markup", "/Portals/0/", WEAK),
        Trace("address", r"/tabid/\d+/", STRONG),
    )
    article_address: ClassVar[re.Pattern[str]] = re.compile(
        r"(?i)^(?!.*(?:/(?:login|register|search-results|rss\.aspx)\b|ctl=(?:login|register|privacy)"
        r"|[/?&](?:currentpage|pageindex|page)[=/]\d))https?://[^/]+/[^#]*?(?:"
        r"articleid[=/](?P<key>\d+)"
        r"|[?&](?:itemid|newsid|id|nid)=(?P<key_2>\d+)"
        r"|/(?:itemid|newsid|id)/(?P<key_3>\d+)(?:/|$)"
        r"|/(?:[^/?#-]+-){2,}(?P<key_4>\d{2,})(?:\.aspx|\.html?)?/?$"
        r"|/(?:[^/?#-]+-){3,}[^/?#]*(?:\.aspx)?$)"
    )
    rules: ClassVar[Rules] = Rules(
        entry=(
            ".edn_articleList .edn_article",
            ".edn_article",
            ".listcategory__content:has(a[id*=lnkTitle])",
            ".articleListItem, .ArticleList .article",
            "tr:has(a[id*=lnkTitle]), li:has(a[id*=lnkTitle]), div:has(> a[id*=lnkTitle])",
            "tr:has(a[id*=hplTitle]), li:has(a[id*=hplTitle]), div:has(> a[id*=hplTitle])",
            ".subNewsCat",
        ),
        entry_link=(
            ".edn_articleTitle a[href]",
            "a[id*=lnkTitle][href]",
            "a[id*=hplTitle][href]",
            ".news_link_bold[href]",
            ".linkSmallColor a[href]",
            "h2 a[href]",
            "h3 a[href]",
        ),
        entry_title=(
            ".edn_articleTitle a",
            "a[id*=lnkTitle]",
            "a[id*=hplTitle]",
            ".news_link_bold",
            "h2 a",
            "h3 a",
        ),
        entry_date=(
            ".edn_publishDate",
            ".edn_metaDetails time::attr(datetime)",
            ".edn_metaDetails",
            "[id*=lblNewsDate]",
            "[id*=lblNgay]",
            "[id*=lblDate]",
            "[id*=DateTime]",
            "[class*=date]",
            "[class*=Date]",
            ".articleInfo",
            ".article .normal",
        ),
        entry_summary=(".edn_articleSummary", ".news_summary", "[id*=lblTomTat]"),
        next=(
            ".article_pager a.next[href]",
            ".article_pager .active + a[href]",
            "a[id$=lnkNext][href]",
            ".PagingTable a[title=Next][href]",
            ".PagingTable a:contains('Next')[href]",
            ".PagingTable a:contains('sau')[href]",
        ),
        title=(
            "h1.edn_articleTitle",
            ".edn_articleTitle",
            ".articleHeadline",
            ".article .head",
            ".TT_TinChiTiet_TieuDe",
            "[id$=_lblTieuDe]",
            "[id$=_lblHeadlines]",
            "[id$=_lblTitle]:not([id*=dnnTITLE])",
            "[id$=_newsTitle]",
            "[id$=lblTitle]:not([id*=dnnTITLE])",
            ".de-newstitle",
            "#dnn_ContentPane h1",
            "#dnn_ContentPane span.Head",
        ),
        date=(
            ".edn_publishDate",
            ".edn_metaDetails time::attr(datetime)",
            ".edn_metaDetails",
            ".articleDate",
            ".TT_TinChiTiet_NgayCapNhat",
            "[id$=_lblNgayDang]",
            "[id$=_lblNewsDate]",
            "[id*=lblNewsDateCM]",
            ".de-newsCent span[id*=DateTime]",
            "[id$=_lblDate]:not([id*=CURRENTDATE])",
            "[id$=_lblNgay]",
            "[id$=_lblCreatedDate]",
            "[id$=_lblPublishDate]",
        ),
        summary=(
            ".edn_articleSubTitle",
            ".articleSummary",
            "[id$=_lblTomTat]",
            "[id$=_lblTrichYeu]",
            "[id$=_lblSummary]",
            "[id$=_lblDescription]",
            ".de-sumcontent",
        ),
        body=(
            ".edn_articleText",
            ".articleEntry",
            ".article .normal",
            ".TT_TinChiTiet_DocTin",
            "[id$=_lblNoiDung]",
            "[id$=_newsContent]",
            "[id$=_lblContent]:not([id*=HtmlModule])",
            "[id$=_lblBody]",
            "[id$=_divContent]",
            ".de-newscont",
            "#dnn_ContentPane .contentmain span.Normal",
            "#dnn_ContentPane .Normal",
        ),
        byline=(
            ".edn_authorName",
            "[id$=_lblTacGia]",
            "[id$=_lblAuthor]",
        ),
        source_credit=("[id$=_lblNguon]", "[id$=_lblNguonTin]", "[id$=_lblSource]"),
        section=(".edn_categoryName", "[id$=_lblChuyenMuc]"),
        image=(".edn_mainImage img",),
        attachments=(
            ".edn_downloads a[href]",
            "[id$=_pnFile] a[href]",
            "[id*=lnkDownload][href]",
            ".article a[href*='LinkClick.aspx'][href*=fileticket]",
        ),
        drop=(
            ".edn_socialButtons",
            ".edn_relatedArticles",
            "[id^=divPhanTrang]",
            "[id*=pnTinKhac]",
            "[id*=TinLienQuan]",
            "[class*=related]",
            ".articleRelated",
        ),
    )

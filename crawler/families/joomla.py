"""Joomla 1.5 to 5 and its extension K2: rules, traces and addresses.

Source: the templates of `com_content` (1.5 `rhuk_milkyway`, 2.5 `beez`, 3.x `protostar`, 4 and 5
`cassiopeia`) and of K2 2.x, and a running 3.x, 2026-11.
"""

from __future__ import annotations

import re
from typing import ClassVar

from crawler.extract.rules import Rules
from crawler.families.base import PROOF, STRONG, WEAK, Family, Trace


class Joomla(Family):
    """Joomla's articles, and K2's items."""

    name: ClassVar[str] = "joomla"
    signs_in_body: ClassVar[bool] = True  # `createdby` is the account of whoever typed it in
    traces: ClassVar[tuple[Trace, ...]] = (
        Trace("generator", "joomla", PROOF),
        Trace("markup", "joomla-script-options", PROOF),
        Trace("markup", "com-content-article", STRONG),
        Trace("markup", "/components/com_", STRONG),
        Trace("markup", "/media/jui/", STRONG),
        Trace("markup", "/media/system/js/", STRONG),
        Trace("markup", 'id="k2Container"', STRONG),
        Trace("markup", "option=com_content", STRONG),
        Trace("markup", "/media/vendor/joomla", STRONG),
        Trace("markup", "contentpaneopen", WEAK),
        Trace("address", r"[?&]option=com_\w+", STRONG),
    )
    # A category has an article's form of address (`/tin-tuc/12-su-kien`), so a number alone is
    # believed only before a long slug, behind a category's number, or before `.html`.
    article_address: ClassVar[re.Pattern[str]] = re.compile(
        r"^(?!.*(?:[?&](?:view=(?:category|categories|featured|itemlist|form|login)|format=feed"
        r"|task=|print=|start=|limitstart=)|/(?:itemlist|component/(?:mailto|search|users|tags))/))"
        r"https?://[^/]+/(?:[^#]*[?&]view=(?:article|item)&(?:[^#]*&)?id="
        r"|[^?#]*/item/|[^?#]*?/\d+-[^/?#]+/|(?:[^?#]*/)?(?=\d+-(?:[^/?#-]+-){3,}|\d+-[^/?#]+\.html))"
        r"(?P<key>\d+)(?:[-:%][^/?#&]*)?(?:\.html)?(?:[?&#]|$)"
    )
    rules: ClassVar[Rules] = Rules(
        entry=(
            "[itemprop=blogPost]",
            ".com-content-category-blog__item, .blog-item, .blog-featured .item-content",
            ".blog .item, .blog [class*=leading-], .items-row .item, .blog-featured .item",
            ".itemList .itemContainer",
            "table.category tr:has(.list-title)",
            "tr[class*=cat-list-row]",
            "tr.sectiontableentry1, tr.sectiontableentry2",
            "table.blog table.contentpaneopen:has(.contentheading)",
        ),
        entry_link=(
            ".page-header h2 a[href]",
            ".catItemTitle a[href]",
            ".list-title a[href]",
            "h2 a[href]",
            "h3 a[href]",
            ".contentheading a[href]",
            "a.contentpagetitle[href]",
        ),
        entry_title=(
            ".page-header h2 a",
            ".catItemTitle a",
            ".list-title a",
            "h2 a",
            "h3 a",
            ".contentheading",
        ),
        entry_date=(
            ".published time::attr(datetime)",
            "time[itemprop=datePublished]::attr(datetime)",
            ".create time::attr(datetime)",
            ".catItemDateCreated",
            ".list-date",
            ".published",
            ".create",
            ".createdate",
        ),
        entry_summary=(".catItemIntroText", "p:not(.readmore):not(:has(> a.btn))"),
        next=(
            ".pagination-next a[href]",
            ".pagination a[title='Next']",
            ".pagination a[title='Tiếp theo']",
            "a[title='Trang sau']",
            ".pagination a[aria-label*='next']",
            ".pagination li:has(.icon-next) a[href]",
            ".pagination a:has(.icon-angle-right)[href]",
            "link[rel=next]",
        ),
        title=(
            ".item-page [itemprop=headline]",
            ".itemView .itemTitle",
            ".com-content-article .page-header h1",
            ".com-content-article .page-header h2",
            ".item-page .page-header h2",
            ".item-page > h2",
            ".item-page .page-header h1",
            "td.contentheading",
            ".contentheading",
            "h2.contentheading",
            ".article-header h1",
        ),
        date=(
            ".published time::attr(datetime)",
            ".item-page time[itemprop=datePublished]::attr(datetime)",
            ".itemView .itemDateCreated",
            ".create time::attr(datetime)",
            "time[itemprop=dateCreated]::attr(datetime)",
            ".article-info .published",
            ".article-info .create",
            ".createdate",
        ),
        summary=(".itemView .itemBody:has(.itemFullText) .itemIntroText",),
        body=(
            "[itemprop=articleBody]",
            ".com-content-article__body",
            ".itemView .itemFullText",
            ".itemView .itemIntroText",
            ".article-content",
            "table.contentpaneopen td[valign=top][colspan]",
            ".item-page",
            "table.contentpaneopen",
        ),
        byline=(
            ".createdby [itemprop=name]",
            ".article-info .createdby",
            ".itemView .itemAuthor a",
            ".itemView .itemAuthor",
        ),
        section=(
            ".category-name a",
            ".article-info .category-name",
            ".itemView .itemCategory a",
        ),
        image=(".item-page .item-image img", ".itemView .itemImage img"),
        attachments=(".itemAttachments a[href]", ".attachmentsList a[href]"),
        drop=(
            ".item-page > h1",
            ".item-page > h2:first-of-type",
            ".item-page > .page-header",
            ".article-info",
            ".item-image",
            ".icons",
            "ul.actions",
            "ul.pagenav",
            ".pager",
            ".com-content-article__navigation",
            "nav.pagenavigation",
            "ul.tags",
            ".tags",
            ".content_rating",
            "form[action*=vote]",
            "#jc",
            ".jcomments-links",
            ".buttonheading",
            ".createdate",
            ".modifydate",
            ".itemImageBlock",
            ".itemExtraFields",
            ".article-tools",
            "p.readmore",
            ".contentheading",
        ),
    )

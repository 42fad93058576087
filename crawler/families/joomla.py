"""Joomla 1.5 to 5 with its own templates, those built on T3 and Helix, and the extension K2.

Source: `com_content/views/article` and `category` of 1.5.26, 2.5.28, 3.10 and 4.4/5.1, the
layouts `joomla.content.*`, K2's templates of 2.6 to 2.11; a running 3.x, 2026-11.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from crawler.clean.text import one_line
from crawler.extract.beside.media import source_of
from crawler.extract.draft import Draft
from crawler.extract.page import Page
from crawler.extract.rules import Rules
from crawler.extract.select import text_of
from crawler.families.base import PROOF, STRONG, WEAK, Family, FeedTime, Trace

_SECTION_LABEL = re.compile(r"^(?:chuyên mục|danh mục|thể loại|mục|category)\s*:\s*", re.IGNORECASE)
_IMAGE_NOTE = re.compile(r"#joomlaImage:.*$")
"""4 and 5 note where a picture lies in the media folder, and its size, behind its address."""


class Joomla(Family):
    """Joomla's `com_content` and K2, whose articles are counted apart."""

    name: ClassVar[str] = "joomla"
    traces: ClassVar[tuple[Trace, ...]] = (
        Trace("generator", "joomla", PROOF),
        Trace("header", "x-content-powered-by: k2", PROOF),
        Trace("markup", "joomla-script-options", PROOF),
        Trace("markup", "/media/jui/", STRONG),
        Trace("markup", "/media/com_", STRONG),
        Trace("markup", '"/components/com_', STRONG),
        Trace("markup", "/media/system/js/", STRONG),
        Trace("markup", "/media/templates/site/", STRONG),
        Trace("markup", "/media/k2/", STRONG),
        Trace("markup", 'id="k2Container"', STRONG),
        Trace("markup", 'class="com-content-', STRONG),
        Trace("address", r"[?&]option=com_[a-z]", STRONG),
        Trace("markup", "index.php?option=com_", WEAK),
        Trace("markup", "/components/com_", WEAK),
        Trace("markup", "/modules/mod_", WEAK),
        Trace("markup", "/media/vendor/", WEAK),
        Trace("markup", 'class="item-page', WEAK),
        Trace("markup", "contentpaneopen", WEAK),
    )
    # A blog of a category has the form of an article, `/menu/8-category`, and no rule tells it:
    # lists are read by what they hold. Right below the root, where categories without a menu item
    # are, and where a site shows no numbers (4 and 5), a name must be as long as a title.
    article_address: ClassVar[re.Pattern[str]] = re.compile(
        r"^(?!.*(?:/component/(?:mailto|users|search|finder|tags|banners|contact)\b"
        r"|/(?:itemlist|category|tags?|search|author|archive|download|print|login|feed)(?:[/?#.]|$)"
        r"|[?&](?:tmpl|print|start|limitstart|limit|format|type|task)=[^&]"
        r"|[?&]option=com_(?!content\b|k2\b)|\.(?:pdf|feed|rss|xml|zip|docx?|xlsx?|jpe?g|png)$))"
        r"(?:(?=[^#]*[/=](?P<scope>item)(?:[/&]|$))|)"
        r"https?://[^/]+/(?:index\.php/)?+(?:"
        r"(?:[^?#]*\?(?=[^#]*\bview=(?:article|item)(?:&|$))(?:[^#]*&)?id="
        r"|(?:[^?#]*/|(?=\d+(?:-[^/?#-]{1,40}){4}))(?=\d+-[^/?#]+/?(?:[?#]|$)))"
        r"(?P<key>\d+)(?=[-:&#]|$)"
        r"|(?:vi/|en/)?+(?!component/)(?:[^/?#]+/)+(?=[^/?#-]+(?:-[^/?#-]+){4})[^/?#]+/?$)"
    )
    # Its feeds are 7 hours early where PHP's zone is not UTC (checked on 3.x).
    feed_time: ClassVar[FeedTime] = "utc-as-local"
    rules: ClassVar[Rules] = Rules(
        entry=(
            # the links below a blog are of its page, not of the next one: they count in its limit
            ".blog [itemprop=blogPost], .blog .items-more li",
            ".blog-featured [itemprop=blogPost], .blog-featured .items-more li",
            ".blog .blog-item, .blog .items-more li, .blog-featured .blog-item",
            ".itemList .catItemView",
            ".genericItemView, .userItemView, .tagItemView, .latestItemView",
            ".blog .item, .blog [class^=leading-], .blog .items-more li",
            ".blog-featured .item, .blog-featured [class^=leading-]",
            "table.category tbody tr",
            ".category-list table tbody tr",
            "tr[class^=sectiontableentry]",
            "table.blog table.contentpaneopen:has(.contentheading), table.blog .blog_more li",
            "table.contentpaneopen:has(.contentheading)",
            ".blog article, .item-list article",
        ),
        entry_link=(
            ".page-header a[href]",
            "[class$=ItemTitle] a[href]",
            "h2 a[href]",
            "h3 a[href]",
            ".list-title a[href]",
            ".contentheading a[href]",
            "a.contentpagetitle[href]",
            ".readmore a[href]",
            "a.readon[href]",
        ),
        entry_title=(
            ".page-header h2",
            "[class$=ItemTitle] a",
            "h2",
            "h3",
            ".list-title a",
            ".contentheading",
        ),
        entry_date=(
            ".published time::attr(datetime)",
            "time[itemprop=datePublished]::attr(datetime)",
            "[class$=ItemDateCreated] time::attr(datetime)",
            ".create time::attr(datetime)",
            "dd.published",
            ".published",
            "dd.create",
            ".create",
            "[class$=ItemDateCreated]",
            ".createdate",
            "table.contentpaneopen:has(.contentheading) + table.contentpaneopen .createdate",
            ".list-date",
            "tr[class^=sectiontableentry] > td",
        ),
        entry_summary=(
            "[class$=ItemIntroText]",
            "p:not(.readmore):not(:has(a)):not(:has(img))",
            "table.contentpaneopen:has(.contentheading) + table.contentpaneopen p",
        ),
        next=(
            "li.pagination-next > a[href]",
            "ul.pagination-list a[href]:has(> .icon-next)",
            ".pagination a[href]:has(> .icon-angle-right)",
            ".pagination a[href]:has(> .icon-next)",
            "a.pagenav[title=Next]",
            "a.pagenav[title='Tiếp theo']",
            "a.pagenav[title='Kế tiếp']",
            "a.pagenav[title=Tiếp]",
            "a.pagenav[title=Sau]",
            "ul.pagination-list li.active + li > a[href]",
        ),
        title=(
            ".item-page [itemprop=headline]",
            ".item-page .page-header h2",
            ".item-page .page-header [itemprop=name]",
            ".com-content-article .page-header h1",
            ".itemView .itemTitle",
            "h1.article-title",
            ".article-header h1",
            ".item-page h2[itemprop=name]",
            ".item-page > h2",
            ".item-page > h1",
            ".item-page .page-header h1",
            ".contentheading",
            "h1[itemprop=headline]",
        ),
        date=(
            ".published time::attr(datetime)",
            "time[itemprop=datePublished]::attr(datetime)",
            "meta[itemprop=datePublished]::attr(content)",
            ".itemDateCreated time::attr(datetime)",
            ".create time::attr(datetime)",
            "dd.published",
            ".article-info .published",
            ".itemDateCreated",
            "dd.create",
            ".article-info .create",
            "td.createdate",
            ".createdate",
        ),
        body=(
            ".item-page [itemprop=articleBody]",
            ".com-content-article__body",
            ".itemView .itemBody",
            "[itemprop=articleBody]",
            ".article-content",
            ".item-page",
            "table.contentpaneopen td[colspan='2']:not(.createdate):not(.modifydate)",
            "#ja-content .contentpaneopen",
        ),
        byline=(
            ".createdby [itemprop=name]",
            ".itemHeader .itemAuthor a",
            ".itemHeader .itemAuthor",
            ".itemView > .itemAuthor",
            "dd.createdby a",
            ".createdby",
            ".article-info .createby",
            "table.contentpaneopen span.small",
            "span.createby",
        ),
        section=(
            ".category-name a",
            ".category-name [itemprop=genre]",
            ".category-name",
            ".itemLinks .itemCategory a",
            ".itemHeader .itemCategory a",
            ".breadcrumb li:nth-child(n+3):last-child a",
            ".breadcrumb li:nth-child(n+3):nth-last-child(2) a",
            "table.contentpaneopen td > span + span a",
        ),
        image=(
            ".itemImage a[href*='/media/k2/items/']::attr(href)",
            ".itemImage img",
            ".item-page .item-image img",
            ".article-full-image img, .entry-image.full-image img",
            "[class^=img-fulltext] img",
        ),
        attachments=(
            ".attachmentsList a.at_url",
            ".itemAttachments a",
            ".content-links a[href*='.']",
        ),
        drop=(
            # 2.5 has no element for the text alone
            ".item-page > h1:first-child",
            ".item-page > h2:first-child",
            ".item-page > h1:first-child + h2",
            ".item-page > .page-header",
            "ul.actions",
            "dl.article-info",
            ".icons",
            ".article-index",
            ".pagenavcounter",
            "ul.pagenav",
            ".pagenav",
            ".tags",
            ".content_rating",
            ".content_vote",
            ".content-links",
            ".attachmentsContainer",
            ".item-image",
            "[class^=img-fulltext]",
            # what K2 puts between its texts
            ".itemImageBlock",
            ".itemExtraFields",
            ".itemContentFooter",
            ".itemRatingBlock",
            ".itemToolbar",
            # what other templates put within the body that K2's own puts behind it
            ".itemHeader",
            ".itemSocialSharing",
            ".itemLinks",
            ".itemTagsBlock",
            ".itemAuthorBlock",
            ".itemAuthorLatest",
            ".itemRelated",
            ".itemNavigation",
            ".itemBackToTop",
            ".itemComments",
            # what plugins add to a text
            ".addthis_toolbox",
            "[class^=jllikepro]",
            ".itp-share",
            ".fb-like",
            ".jcomments-links",
            "#jc",
            ".relateditems",
            # stands for an address that a script writes
            "span[id^=cloak]",
            "joomla-hidden-mail",
        ),
    )

    def after_reading(self, page: Page, draft: Draft) -> Draft:
        """Read the captions that a script would show; take labels off the rubric."""
        captions = dict(_scripted_captions(page))
        images = [replace(image, url=_IMAGE_NOTE.sub("", image.url)) for image in draft.images]
        images = [replace(i, caption=i.caption or captions.get(i.url)) for i in images]
        if images and not images[0].caption:
            images[0] = replace(images[0], caption=_k2_caption(page))
        section = draft.section
        if section:
            section = replace(section, value=_SECTION_LABEL.sub("", section.value))
        return replace(draft, images=tuple(images), section=section)


def _scripted_captions(page: Page) -> Iterator[tuple[str, str]]:
    """Yield address and caption of pictures whose `title` `caption.js` writes below (1.5 to 3)."""
    for image in page.select("img.caption"):
        if isinstance(image, str):
            continue
        url, caption = source_of(image, page.base_url), one_line(image.get("title") or "")
        if url and caption:
            yield url, caption


def _k2_caption(page: Page) -> str | None:
    for found in page.select(".itemImageCaption"):
        return one_line(text_of(found)) or None
    return None

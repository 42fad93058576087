"""WordPress: rules for its own themes and those much used in Vietnam (Flatsome, Newspaper).

Source: a running 6.1 (Twenty Twenty-One), and the markup of the other themes and of block themes,
2026-11.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import ClassVar
from urllib.parse import urlsplit

from crawler.clean.text import one_line
from crawler.extract.draft import Draft, Found
from crawler.extract.page import Page
from crawler.extract.rules import Rules
from crawler.extract.select import text_of
from crawler.families.base import PROOF, STRONG, WEAK, Family, Trace

_RUBRICS = (
    ".cat-links a",
    ".entry-category a",
    "a[rel~=category]",
    ".td-category a",
    ".tdb-entry-category",
    ".taxonomy-category a",
)


class WordPress(Family):
    """WordPress, whose permalinks have many forms: what is no article is told instead."""

    name: ClassVar[str] = "wordpress"
    traces: ClassVar[tuple[Trace, ...]] = (
        Trace("generator", "wordpress", PROOF),
        Trace("header", "link: api.w.org", PROOF),
        Trace("markup", "https://api.w.org/", PROOF),
        Trace("markup", "/wp-content/", STRONG),
        Trace("markup", "/wp-includes/", STRONG),
        Trace("markup", "/wp-json", WEAK),
    )
    article_address: ClassVar[re.Pattern[str]] = re.compile(
        r"^(?!.*/(?:category|chuyen-muc|danh-muc|tag|the|author|tac-gia|page|trang|feed|comments|"
        r"search|tim-kiem|wp-[a-z]+(?:\.php)?|xmlrpc\.php)(?:[/?#]|$))"
        r"https?://[^/]+/(?:(?:[^?#]*/)?(?:[^/?#]+\.html?|[^/?#]+-[^/?#.]+/?)$"
        r"|(?:[^?#]*)\?(?:[^#]*&)?p=(?P<key>\d+))"
    )
    list_places: ClassVar[tuple[str, ...]] = (
        "/category/tin-tuc/",
        "/chuyen-muc/tin-tuc/",
        "/tin-tuc/",
    )
    rules: ClassVar[Rules] = Rules(
        entry=(
            "main article.post",
            "main article.hentry",
            "#content article",
            "article.post",
            "article.hentry",
            ".post-item",
            ".td-module-container",
            ".td_module_wrap",
            ".blog-posts .post",
            "main li.wp-block-post",
        ),
        entry_link=(".entry-title a[href]", ".post-title a[href]", "h2 a[href]", "h3 a[href]"),
        entry_title=(".entry-title a", ".post-title a", ".post-title", "h2 a", "h3 a"),
        entry_date=(
            "time.published::attr(datetime)",
            "time.entry-date::attr(datetime)",
            "time::attr(datetime)",
            ".posted-on",
            ".post-date",
            ".td-post-date",
        ),
        entry_summary=(
            ".entry-summary p:not(:has(.more-link))",
            ".entry-content p:not(:has(.more-link))",
            ".td-excerpt",
            ".from_the_blog_excerpt",
        ),
        next=(
            "a.next.page-numbers",
            ".nav-previous a",
            "link[rel=next]",
            ".page-nav a[aria-label=next-page]",
        ),
        title=(
            "h1.entry-title",
            "h1.tdb-title-text",
            "h1.wp-block-post-title",
            "h1.post-title",
            "article h1",
            ".elementor-widget-theme-post-title h1",
        ),
        date=(
            "article time.published::attr(datetime)",
            "time.entry-date.published::attr(datetime)",
            "time.entry-date::attr(datetime)",
            "time.published::attr(datetime)",
            ".wp-block-post-date time::attr(datetime)",
            ".posted-on",
            'meta[property="article:published_time"]::attr(content)',
        ),
        body=(
            "article .entry-content",
            ".td-post-content",
            ".tdb_single_content .tdb-block-inner",
            ".elementor-widget-theme-post-content",
            ".wp-block-post-content",
            ".entry-content",
            ".post-content",
        ),
        byline=(
            ".byline .author a",
            "a[rel=author]",
            ".byline .author",
            ".byline .vcard",
            ".tdb-author-name",
            ".td-post-author-name a",
            ".wp-block-post-author-name",
            ".wp-block-post-author__name",
        ),
        image=(
            ".post-thumbnail img",
            ".entry-image img",
            ".td-post-featured-image img",
            ".tdb_single_featured_image img",
            ".wp-block-post-featured-image img",
        ),
        # The block editor's file block is no sentence: the name, and a button of the same address.
        attachments=(".entry-content .wp-block-file a:not(.wp-block-file__button)",),
        drop=(
            ".wp-block-file",
            ".sharedaddy",
            ".jp-relatedposts",
            ".yarpp-related",
            ".post-tags",
            ".wp-block-post-comments",
            ".td-a-rec",
            ".ez-toc-container",
            "#ez-toc-container",
            "#toc_container",
            ".social-icons",
        ),
    )

    def after_reading(self, page: Page, draft: Draft) -> Draft:
        """Name the rubric whose slug stands in the article's path, else the first one."""
        if draft.section:
            return draft
        path = set(urlsplit(draft.url).path.split("/"))
        for css in _RUBRICS:
            links = [link for link in page.select(css) if not isinstance(link, str)]
            slug_in_path = [link for link in links if _slug(link.get("href") or "") in path]
            for link in slug_in_path or links:
                if name := one_line(text_of(link)):
                    return replace(draft, section=Found(name, f"css:{css}"))
        return draft


def _slug(href: str) -> str:
    return urlsplit(href).path.rstrip("/").rpartition("/")[2]

"""Drupal 7 to 11 with the themes Bartik, Olivero and Claro, and lists made by Views.

Source: `node.tpl.php` and `theme_file_formatter_table` of 7.98, `node.html.twig` of Bartik (8, 9)
and Olivero (9.5 to 11), Views' templates of both; a running 7, 2026-11.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from crawler.clean.urls import absolute
from crawler.extract.draft import Draft
from crawler.extract.page import Page
from crawler.extract.rules import Rules
from crawler.families.base import PROOF, STRONG, WEAK, Family, Trace

_LENGTH = re.compile(r"^(?P<type>[\w.+-]{1,40}/[\w.+-]{1,80});\s*length=(?P<length>\d{1,12})$")


def _labelled(*labels: str) -> tuple[str, ...]:
    """Write selectors of the fields that show one of these labels: 7, then 8 and later."""
    return tuple(
        f".field:has(> .field{dash}label:contains('{label}')) .field{dash}item"
        for label in labels
        for dash in ("-", "__")
    )


def _named(*names: str) -> tuple[str, ...]:
    """Write selectors of the fields whose machine name begins so: 7, then 8 and later."""
    return tuple(
        css
        for name in names
        for css in (
            f"[class*=field-name-field-{name}] .field-item",
            f".field__item[class*=field--name-field-{name}]",
            f"[class*=field--name-field-{name}] .field__item",
        )
    )


def _rubrics(labels: tuple[str, ...], names: tuple[str, ...]) -> tuple[str, ...]:
    """Write selectors of fields that refer to a term: Bartik of 7 has its own list for them."""
    return (
        *(f".field-type-taxonomy-term-reference:has(:contains('{label}')) a" for label in labels),
        *_labelled(*labels),
        *(f"[class*=field-name-field-{name}] a" for name in names),
        *_named(*names),
        ".node-full .field-type-taxonomy-term-reference:not([class*=tag]):not([class*=khoa]) a",
    )


class Drupal(Family):
    """Drupal's nodes; a site's own fields are known by label and by usual names."""

    name: ClassVar[str] = "drupal"
    signs_in_body: ClassVar[bool] = True
    traces: ClassVar[tuple[Trace, ...]] = (
        Trace("generator", "drupal", PROOF),
        Trace("header", "x-generator: drupal", PROOF),
        Trace("header", "x-drupal-cache: ", PROOF),
        Trace("header", "x-drupal-dynamic-cache: ", PROOF),
        Trace("markup", "Drupal.settings", PROOF),
        Trace("markup", "drupal-settings-json", PROOF),
        Trace("markup", "data-drupal-", STRONG),
        Trace("markup", "data-history-node-id", STRONG),
        Trace("markup", '"/sites/default/files/', STRONG),
        Trace("markup", "/sites/all/", STRONG),
        Trace("markup", "/misc/drupal.js", STRONG),
        Trace("markup", "/core/misc/drupal", STRONG),
        Trace("address", r"[?&]q=node/\d", STRONG),
        # a link to a file of another site has it too
        Trace("markup", "/sites/default/files/", WEAK),
        Trace("markup", "field-name-body", WEAK),
        Trace("markup", "field--name-body", WEAK),
    )
    # An alias is made of the title by a site's own pattern, and has no number. A page's own name
    # right below the root may be a list's: there it must be as long as a title.
    article_address: ClassVar[re.Pattern[str]] = re.compile(
        r"^(?!.*(?:/(?:taxonomy|users?|search|admin|comment|print|printmail|printpdf|filter|sites"
        r"|tags?|category|chuyen-muc|danh-muc|the-loai|node/add|system|media|themes|modules|core"
        r"|feed|rss\.xml|calendar|archive)(?:[/?#]|$)"
        r"|[?&]page=|\.(?:pdf|docx?|xlsx?|zip|rar|jpe?g|png|gif|xml)(?:\?|$)))"
        r"https?://[^/]+/(?:[a-z]{2}/)?+(?:"
        r"(?:(?:index\.php)?\?(?:[^#]*&)?q=(?:[a-z]{2}/)?+|index\.php/)?node/(?P<key>\d+)(?=[?&#]|$)"
        r"|content/[^/?#]+$"
        r"|(?!node/)(?:[^/?#]+/)+(?=[^/?#-]+(?:-[^/?#-]+){2})[^/?#]+$"
        r"|(?=[^/?#-]+(?:-[^/?#-]+){4})[^/?#]+$)"
    )
    rules: ClassVar[Rules] = Rules(
        entry=(
            "#block-system-main .view-content .views-row",
            ".block-system-main-block .view-content .views-row",
            "#block-system-main .view-content .views-table tbody tr",
            ".block-system-main-block .view-content table tbody tr",
            "#block-system-main .view-content .views-view-grid td",
            ".block-system-main-block .view-content li:has(.views-field-title)",
            "#block-system-main .node-teaser",
            ".block-system-main-block .node--view-mode-teaser",
            ".region-content .view-content .views-row",
            ".view-content .views-row",
            ".views-table tbody tr",
            ".node-teaser",
            ".node--view-mode-teaser",
        ),
        entry_link=(
            ".views-field-title a[href]",
            ".node__title a[href]",
            "[class*=views-field-title] a[href]",
            "h2 a[href]",
            "h3 a[href]",
            "h4 a[href]",
            ".field-name-title a[href]",
            ".field--name-title a[href]",
            "a[rel=bookmark]",
        ),
        entry_title=(
            ".views-field-title .field-content",
            ".views-field-title",
            ".node__title",
            "[class*=views-field-title] a",
            "h2",
            "h3",
            "h4",
        ),
        entry_date=(
            "[property~='dc:created']::attr(content)",
            ".views-field-created time::attr(datetime)",
            ".node__meta time::attr(datetime)",
            ".field--name-created time::attr(datetime)",
            "[property~='schema:dateCreated']::attr(content)",
            ".views-field-created",
            "[class*=views-field-field-ngay] [content]::attr(content)",
            "[class*=views-field-field-date] [content]::attr(content)",
            "[class*=views-field-field-ngay]",
            "[class*=views-field-field-date]",
            ".views-field-published-at",
            ".submitted",
            ".node__submitted",
            ".node__meta",
            ".date-display-single",
            "time::attr(datetime)",
        ),
        entry_summary=(
            ".views-field-body .field-content",
            ".views-field-body",
            ".field-name-body .field-item",
            ".field--name-body",
        ),
        next=(
            "#block-system-main li.pager-next a[href]",
            "li.pager-next a[href]",
            ".pager__item--next a[href]",
            "nav.pager a[rel=next]",
        ),
        title=(
            "h1#page-title",
            "#page-title",
            "h1.page-title",
            ".block-page-title-block h1",
            "h1.title",
            ".node > header h1",
            ".node-full > h1",
            ".pane-node-title h2",
            ".pane-page-title h1",
            "h1.node__title",
            ".node > h1",
            "h2.title",
        ),
        date=(
            # an editor's own date is told apart from when somebody typed the node
            "[class*=field-name-field-ngay] .date-display-single::attr(content)",
            "[class*=field--name-field-ngay] time::attr(datetime)",
            *_labelled("Ngày đăng", "Ngày xuất bản"),
            *_named("ngay-dang", "ngay-xuat-ban"),
            ".node > .submitted [property~='dc:created']::attr(content)",
            ".node > header [property~='dc:created']::attr(content)",
            ".node > .meta [property~='dc:created']::attr(content)",
            ".node > header .node__meta time::attr(datetime)",
            ".node--view-mode-full > header time::attr(datetime)",
            ".node > footer time::attr(datetime)",
            ".node > header [property~='schema:dateCreated']::attr(content)",
            ".node > header .field--name-created",
            ".node > [property~='schema:dateCreated']::attr(content)",
            ".field-name-post-date .field-item",
            ".node > .submitted",
            ".node > .meta .submitted",
            ".node > header .submitted",
            ".node > header .node__meta",
            ".node > .node__meta",
            ".node > footer .submitted",
            ".pane-node-created",
            ".block-field-blocknodearticlecreated time::attr(datetime)",
            'meta[property="article:published_time"]::attr(content)',
        ),
        summary=(
            *_named("tom-tat", "sapo", "lead", "loi-dan", "trich-dan"),
            *_labelled("Tóm tắt"),
        ),
        body=(
            ".node-full > .content > .field-name-body > .field-items > .field-item",
            ".node--view-mode-full > .node__content > .field--name-body",
            "#block-system-main .field-name-body > .field-items > .field-item",
            ".block-system-main-block .field--name-body",
            ".node .field-name-body > .field-items > .field-item",
            ".node--view-mode-full .field--name-body",
            ".field-name-body .field-item",
            "main .field--name-body",
            ".field--name-body",
            *_named("noi-dung", "content"),
            ".pane-node-body .pane-content",
            ".node > .content",
            ".node > .node__content",
        ),
        byline=(
            *_labelled("Tác giả", "Người viết"),
            *_named("tac-gia", "tacgia", "author"),
        ),
        source_credit=(*_labelled("Nguồn"), *_named("nguon", "source")),
        section=(
            *_rubrics(
                ("Chuyên mục", "Danh mục", "Thể loại", "Loại tin", "Lĩnh vực"),
                ("chuyen-muc", "chuyenmuc", "danh-muc", "category", "the-loai", "loai-tin"),
            ),
            'meta[property="article:section"]::attr(content)',
            ".breadcrumb a ~ a:last-of-type",
            ".breadcrumb li + li:last-child a:not([href$='/node'])",
            ".breadcrumb li + li:nth-last-child(2) a:not([href$='/node'])",
        ),
        image=(
            ".node-full > .content > .field-type-image img",
            ".node__content > .field--type-image img",
            ".node__content > .field--name-field-image img",
            ".node__content > [class*=field--name-field-media] img",
            "#block-system-main .field-type-image img",
            ".block-system-main-block .field--name-field-image img",
            ".node > .content > .field-type-image img",
        ),
        attachments=(
            ".node .field-type-file a[href]",
            "#block-system-main .field-type-file a[href]",
            ".node__content .field--type-file a[href]",
            ".block-system-main-block .field--type-file a[href]",
            ".node__content .file a[href]",
            "table#attachments a[href]",
        ),
        drop=(
            ".field-label",
            ".field__label",
            ".element-invisible",
            ".visually-hidden",
            ".field-type-taxonomy-term-reference",
            ".field-type-file",
            ".field--type-file",
            "ul.links",
            ".node__links",
            "#comments",
            ".comment-wrapper",
            ".book-navigation",
            ".contextual-links-wrapper",
            ".print-link",
            ".service-links",
            ".sharethis-wrapper",
            ".addtoany_list",
            ".a2a_kit",
            ".easy_social_box",
            ".fivestar-default",
            ".rate-widget",
        ),
    )

    def after_reading(self, page: Page, draft: Draft) -> Draft:
        """Take type and size of files from their links: `type="application/pdf; length=12345"`."""
        if not draft.attachments:
            return draft
        told = dict(_told_files(page))
        files = [
            replace(file, media_type=file.media_type or told[file.url][0], size_bytes=size)
            if file.url in told and (size := told[file.url][1])
            else file
            for file in draft.attachments
        ]
        return replace(draft, attachments=tuple(files))


def _told_files(page: Page) -> Iterator[tuple[str, tuple[str, int]]]:
    """Yield address, media type and size of files (`theme_file_link` of 7, `file_link` of 8)."""
    for link in page.select("a[type*='length=']"):
        found = None if isinstance(link, str) else _LENGTH.match(link.get("type") or "")
        if found is None or isinstance(link, str):
            continue
        try:
            yield (
                absolute(link.get("href") or "", page.base_url),
                (found["type"], int(found["length"])),
            )
        except ValueError:
            continue

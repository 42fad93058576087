"""Drupal 7 to 11: rules, traces and addresses.

Source: the templates of core (7 `bartik` with RDF, 8 to 11 `classy`, `bartik`, `olivero`) and a
running 7, 2026-11. Who is shown as having submitted a page is an account, never its author.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import ClassVar

from crawler.extract.draft import Draft
from crawler.extract.page import Page
from crawler.extract.rules import Rules
from crawler.families.base import PROOF, STRONG, WEAK, Family, Trace

_STYLED = re.compile(r"/styles/[^/]+/(?:public|private)/(?P<path>[^?#]+?)(?:\.webp)?(?:\?.*)?$")


class Drupal(Family):
    """Drupal's nodes."""

    name: ClassVar[str] = "drupal"
    signs_in_body: ClassVar[bool] = True
    traces: ClassVar[tuple[Trace, ...]] = (
        Trace("generator", "drupal", PROOF),
        Trace("header", "x-generator: drupal", PROOF),
        Trace("header", "x-drupal-cache: ", PROOF),
        Trace("markup", "Drupal.settings", PROOF),
        Trace("markup", "data-drupal-selector", PROOF),
        Trace("markup", "drupal-settings-json", PROOF),
        Trace("markup", "/sites/default/files/", STRONG),
        Trace("markup", "/misc/drupal.js", STRONG),
        Trace("markup", "/core/misc/", STRONG),
        Trace("markup", "field-name-body", STRONG),
        Trace("markup", "field--name-body", STRONG),
        Trace("markup", 'class="views-row', WEAK),
        Trace("address", r"/node/\d+(?:$|[?#])", WEAK),
    )
    # Aliases have no form of their own: a long slug is believed.
    article_address: ClassVar[re.Pattern[str]] = re.compile(
        r"^(?!.*(?:/(?:taxonomy|user|users|search|admin|comment|print|printmail|printpdf|rss|feed"
        r"|tags?)(?:[/?#.]|$)|[?&]page=|/node(?:[?#]|$)|\.(?:xml|pdf|docx?)$|/sites/))"
        r"https?://[^/]+/(?:[a-z]{2}/)?(?:index\.php/)?(?:\?q=)?"
        r"(?:node/(?P<key>\d+)(?:/?$|[?#])|(?:[^?#]*/)?(?:[^/?#-]+-){3,}[^/?#]*/?$"
        r"|(?:content|article|tin-tuc|bai-viet|news)/[^/?#]+/?$)"
    )
    rules: ClassVar[Rules] = Rules(
        entry=(
            ".view-content .views-row",
            ".node-teaser, .node--view-mode-teaser, .node--view-mode-card",
            ".view-content tbody tr",
            ".view-content li",
        ),
        entry_link=(
            ".views-field-title a[href]",
            ".node__title a[href]",
            "h2 a[href]",
            "h3 a[href]",
            "h4 a[href]",
        ),
        entry_title=(".views-field-title a", ".node__title a", "h2 a", "h3 a", "h4 a"),
        entry_date=(
            "[property~='dc:created']::attr(content)",
            "[property~='schema:dateCreated']::attr(content)",
            "time::attr(datetime)",
            ".date-display-single::attr(content)",
            ".views-field-created",
            ".date-display-single",
            ".submitted",
            ".node__submitted",
            ".node__meta",
            "[class*=views-field-field-ngay]",
            "[class*=views-field-changed]",
        ),
        entry_summary=(
            ".views-field-body .field-content",
            ".field-name-body .field-item",
            ".field--name-body",
        ),
        next=(
            "li.pager-next a[href]",
            "li.pager__item--next a[href]",
            "a[rel=next]",
            "li.next a[href]",
        ),
        title=(
            "#page-title",
            "h1.page-title",
            "h1.node__title",
            "h1.title",
            ".block-page-title-block h1",
            "[property='dc:title']::attr(content)",
            "[property='schema:name']::attr(content)",
        ),
        date=(
            ".node [property~='dc:created']::attr(content)",
            "[property~='dc:created']::attr(content)",
            "[property~='schema:dateCreated']::attr(content)",
            ".node__meta time::attr(datetime)",
            ".node__submitted time::attr(datetime)",
            ".field--name-created time::attr(datetime)",
            ".submitted",
            ".node__submitted",
            ".node__meta",
            "article time::attr(datetime)",
            ".field-name-post-date .field-item",
            ".date-display-single",
        ),
        summary=(".field-name-field-tom-tat .field-item", ".field--name-field-tom-tat"),
        body=(
            ".node .field-name-body .field-item",
            ".field-name-body .field-item",
            ".field-name-body",
            ".field--name-body",
            ".node__content .text-formatted",
            ".field--name-field-noi-dung",
            ".field-name-field-noi-dung",
            "[property='content:encoded']",
            ".node-full .content",
            ".node .content",
            ".node__content",
        ),
        byline=(
            ".field-name-field-tac-gia .field-item",
            ".field--name-field-tac-gia",
            ".field-name-field-author .field-item",
        ),
        source_credit=(
            ".field-name-field-nguon .field-item",
            ".field-name-field-nguon-tin .field-item",
            ".field--name-field-nguon",
            ".field--name-field-nguon-tin",
        ),
        section=(
            ".field-type-taxonomy-term-reference:not([class*=tags]) a",
            "[class*=field--name-field-chuyen-muc] a",
            "[class*=field--name-field-category] a",
        ),
        image=(
            ".node .field-type-image img",
            ".field--type-image img",
            ".field-name-field-image img",
        ),
        attachments=(
            ".field-type-file a[href]",
            ".field--type-file a[href]",
            "table.sticky-enabled .file a[href]",
        ),
        drop=(
            ".field-label",
            ".field__label",
            ".links.inline",
            ".node__links",
            "ul.links",
            ".comment-wrapper",
            "#comments",
            ".field-type-taxonomy-term-reference",
            ".field-type-image",
            ".field--type-image",
            ".submitted",
            ".node__submitted",
            ".node__meta",
            ".sharethis-wrapper",
            ".addtoany_list",
            ".easy_social_box",
            ".fivestar-static-form-item",
            ".rate-widget",
        ),
    )

    def after_reading(self, page: Page, draft: Draft) -> Draft:
        """Take the picture as it was uploaded for its styled copy."""
        images = tuple(
            replace(image, url=_STYLED.sub(r"/\g<path>", image.url)) for image in draft.images
        )
        return replace(draft, images=images)

"""NukeViet 3 to 5 and its edition for public bodies (eGovernment): rules and addresses.

Source: the templates `modules/news` of the tags 3.0.05 to 4.5.05 and of nukeviet/eGovernment, and
two running sites (4.5.05 `default`, 4.4.02 `egov`), 2026-11.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import ClassVar

from crawler.clean.text import one_line
from crawler.extract.draft import Draft
from crawler.extract.page import Page
from crawler.extract.rules import Rules
from crawler.extract.select import text_of
from crawler.families.base import PROOF, STRONG, WEAK, Family, FeedTime, Trace

_THUMBNAIL = re.compile(r"/assets/(?=(?:[^/]+/)+\d{4}_\d\d/)")


class NukeViet(Family):
    """NukeViet's module `news`, under whatever name a site runs it."""

    name: ClassVar[str] = "nukeviet"
    traces: ClassVar[tuple[Trace, ...]] = (
        Trace("generator", "nukeviet", PROOF),
        Trace("markup", 'id="news-bodyhtml"', STRONG),
        Trace("markup", "nv_open_browse", STRONG),
        Trace("markup", "nv_is_user", STRONG),
        Trace("markup", "/assets/js/language/", WEAK),
        Trace("markup", "/themes/egov/", WEAK),
        Trace("markup", "/assets/js/jquery/", WEAK),
        Trace("markup", "/uploads/news/20", WEAK),
        Trace("cookie", "nv4_", STRONG),
        Trace("cookie", "_statistic_vi", STRONG),
    )
    article_address: ClassVar[re.Pattern[str]] = re.compile(
        r"^(?!.*[/=](?:print|savefile|sendmail|tag|topic|author|rss|search|users|admin|content)/)"
        r"(?=[^?#]*\.html$|https?://[^/]+/[a-z]{2}(?:/[^/?#]+){3}/?$|[^#]*[?&]nv=)"
        # Each module has a table of its own, and each language; `news` of `vi` goes without a name,
        # since it does so in the addresses of a site with one language.
        r"(?=https?://[^/]+/(?:(?:vi/)?+|index\.php\?(?:language=vi&)?nv=)(?!news[/&])"
        r"(?P<scope>(?:[a-z]{2}/)?+[^/?#&]+)(?:(?:/[^/?#]+){2}/?$|&op=)|)"
        r"https?://[^/]+/[^#]*[^/#]/(?!page-\d+/?$)[^/?#&]*-(?P<key>\d+)(?:\.html$|/?$|(?=&))"
    )
    # Publish and edit are written to one name of the microdata (checked on 4.5.05).
    false_dates: ClassVar[frozenset[str]] = frozenset({"microdata"})
    feed_time: ClassVar[FeedTime] = "month-in-minutes"
    lastmod_is_publication: ClassVar[bool] = True
    print_address: ClassVar[tuple[re.Pattern[str], str]] = (
        re.compile(
            r"^(https?://[^/?#]+/(?:[^?#]*/|[^#]*[?&]op=)??)([^/?#&=]+/[^/?#&]+-\d+(?:\.html|/)?)$"
        ),
        r"\1print/\2",
    )
    list_places: ClassVar[tuple[str, ...]] = ("/vi/news/", "/news/")
    rules: ClassVar[Rules] = Rules(
        entry=(
            ".news_column .panel > .panel-body:has(h2 > a, h3 > a)",
            ".news_column .list-group > a.show",
            ".news_column .thumbnail",
            ".news_column .list-group > .list-group-item",
            ".news_column .panel-body",
            ".news_column",
            ".box-border.content-box",
        ),
        entry_link=("h2 > a[href]", "h3 > a[href]", "h4 > a[href]", "a.show[href]"),
        entry_title=("h2 > a", "h3 > a", "h4.list-group-item-heading", "h4 > a"),
        entry_date=(
            "li:has(> .fa-clock-o)",
            ".text-muted li:first-child",
            ".text-muted",
            ".time",
            ".small",
        ),
        entry_summary=(".panel-body::text", ".hometext", "p:not(:has(a))"),
        next=(
            "ul.pagination li.active ~ li > a[rel=next]",
            "ul.pagination li.active ~ li > a[href]",
            ".generate_page strong + a[href]",
            ".generate_page strong ~ a[href]",
        ),
        title=(
            "h1.title",
            ".news_column h1[itemprop=headline]",
            "#news_detail h1",
            ".header-details .title h1",
            ".news_column h1",
            "#print #content h1",
        ),
        date=(
            ".newsdetailmetatop .h5",
            "span.h5",
            "em.time",
            "#news_detail .time",
            ".header-details .title .small",
            "#print #content ul.list-inline > li",
            'meta[property="article:published_time"]::attr(content)',
        ),
        summary=(
            ".hometext",
            "#hometext:has(> #imghome)::text",
            "#hometext [itemprop=description]",
            "#hometext h2",
            "#hometext.short-desc",
            "#hometext",
        ),
        body=("#news-bodyhtml", "#bodytext", ".bodytext"),
        byline=(
            "p.text-right:has(> strong:contains('Tác giả'))",
            "p[align=right]:has(> strong:contains('Tác giả'))",
            "p[style*=right]:has(> strong:contains('Tác giả'))",
            ".aright.source:contains('Tác giả')",
            "#print #author p:has(> strong:contains('Tác giả'))",
        ),
        source_credit=(
            "p.text-right:has(> strong:contains('Nguồn tin'))",
            "p[align=right]:has(> strong:contains('Nguồn tin'))",
            "p[style*=right]:has(> strong:contains('Nguồn tin'))",
            ".aright.source:contains('Nguồn tin')",
            "#print #author p:has(> strong:contains('Nguồn tin'))",
        ),
        section=(
            'meta[property="article:section"]::attr(content)',
            ".temp-breadcrumbs > li:last-child [itemprop=name]",
            ".temp-breadcrumbs > li:last-child a",
            "h3.breakcolumn a:last-of-type",
        ),
        image=(
            "#imgpreview img",
            "#imagepreview",
            "figure.article img",
            "#imghome img",
            "img#imghome",
        ),
        attachments=('.news-download-file a[href*="download=1"]',),
        drop=(".news-detail-player", "#navigation", ".alert.alert-info"),
    )

    def after_reading(self, page: Page, draft: Draft) -> Draft:
        """Take the full picture for its thumbnail, and the words under the lead's picture."""
        images = [
            replace(image, url=_THUMBNAIL.sub("/uploads/", image.url)) for image in draft.images
        ]
        if images and not images[0].caption:
            images[0] = replace(images[0], caption=_lead_caption(page))
        return replace(draft, images=tuple(images))


def _lead_caption(page: Page) -> str | None:
    """Read the caption of the picture in the lead's box: 3.x, and the themes for phones."""
    for css in ("#imghome em", ".imghome em.show"):
        for found in page.select(css):
            return one_line(text_of(found)) or None
    return None

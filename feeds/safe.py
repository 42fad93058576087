"""Stored words on their way to a reader: cleaned once more, in this one place.

What the store holds was sanitised when it was kept; an import, an older version or a hand in the
database may have put something else there, and one bad article must not take a feed with it.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote, urlsplit

import nh3
from markupsafe import Markup

_NOT_XML = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_BLANKS = re.compile(r"\s+")

_TAGS = {
    *("p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "code"),
    *("ul", "ol", "li", "dl", "dt", "dd", "figure", "figcaption", "img", "a"),
    *("strong", "b", "em", "i", "u", "s", "sub", "sup", "small", "abbr"),
    *("ins", "del"),
    *("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "div", "span"),
}
_ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "ol": {"start"},
    "abbr": {"title"},
}
_FOR_FEEDS = nh3.Cleaner(
    tags=_TAGS,
    attributes=_ATTRIBUTES,
    url_schemes={"http", "https", "mailto", "tel"},
    url_relative="deny",
    link_rel=None,
)
_FOR_PAGES = nh3.Cleaner(
    tags=_TAGS,
    attributes=_ATTRIBUTES,
    set_tag_attribute_values={"img": {"loading": "lazy", "referrerpolicy": "no-referrer"}},
    url_schemes={"http", "https", "mailto", "tel"},
    url_relative="deny",
    link_rel="noopener noreferrer nofollow",
)


def clean_text(text: str) -> str:
    """Make text NFC, without the characters that XML 1.0 (section 2.2) does not allow or advise."""
    return unicodedata.normalize("NFC", _NOT_XML.sub("", text))


def one_line(text: str) -> str:
    """Clean text that stands in one line, such as a title."""
    return _BLANKS.sub(" ", clean_text(text)).strip()


def web_address(url: str) -> str | None:
    """Return an http(s) address in ASCII, as feeds want it; None for anything else."""
    url = one_line(url)
    try:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            return None
    except ValueError:  # such as an unclosed bracket in the host
        return None
    return quote(url, safe="%/:?#[]@!$&'()*+,;=~")


def feed_html(html: str) -> str:
    """Clean a fragment for a feed."""
    return _cleaned(html, _FOR_FEEDS)


def page_html(html: str) -> Markup:
    """Clean a fragment for a page; pictures load late and tell their host nothing of the reader."""
    return Markup(_cleaned(html, _FOR_PAGES))


def _cleaned(html: str, cleaner: nh3.Cleaner) -> str:
    """Clean text and markup; the sanitiser is last, always.

    `&#11;` is a control character only once it was parsed, and dropping one may make a
    `javascript:` of what was none: what needed dropping is sanitised again, or is not shown.
    """
    for _ in range(3):
        html = cleaner.clean(clean_text(html))
        if clean_text(html) == html:
            return html
    return ""

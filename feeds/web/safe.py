"""Stored HTML on its way to a browser: cleaned once more, in this one place.

What the store holds was sanitised when it was kept; an import, an older version or a hand in the
database may have put something else there.
"""

from __future__ import annotations

import nh3
from markupsafe import Markup

_TAGS = {
    *("p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "code"),
    *("ul", "ol", "li", "dl", "dt", "dd", "figure", "figcaption", "img", "a"),
    *("strong", "b", "em", "i", "u", "s", "sub", "sup", "small", "abbr"),
    *("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "div", "span"),
}
_ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "width", "height", "loading", "referrerpolicy"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "ol": {"start"},
    "abbr": {"title"},
}


def safe_html(html: str) -> Markup:
    """Clean a fragment for a page; pictures load late and tell their host nothing of the reader."""
    return Markup(
        nh3.clean(
            html,
            tags=_TAGS,
            attributes=_ATTRIBUTES,
            set_tag_attribute_values={
                "img": {"loading": "lazy", "referrerpolicy": "no-referrer"},
            },
            url_schemes={"http", "https", "mailto", "tel"},
            link_rel="noopener noreferrer nofollow",
        )
    )

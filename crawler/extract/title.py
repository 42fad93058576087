"""The title of an article: by rule, or by agreement of all that a page says it to be.

A heading alone may be the section's (sotttt.hanoi.gov.vn) or a slogan, the `title` element
another office's (the same), the meta an earlier wording (nld.com.vn): what several of them and
the address say is the title, in the words that the page shows.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

from crawler.clean.text import one_line, plain
from crawler.extract.draft import Found
from crawler.extract.page import Page
from crawler.extract.rules import Candidates
from crawler.extract.select import Element, text_of
from crawler.extract.text.body import Body
from crawler.extract.text.captions import in_caption
from crawler.extract.titles.credit import is_band
from crawler.extract.titles.line import OPENS, above_body, above_dates, heads_other
from crawler.extract.titles.names import is_no_title, is_office, key_of, names_host, parts_of
from crawler.extract.titles.place import (
    SLUG_WORDS,
    frames_page,
    named_by_address,
    place_weight,
    slug_words,
)
from crawler.extract.titles.pool import ABOVE_DATE, Pool
from crawler.extract.titles.text import is_tidy, pieces_apart, tidy_title

_HEADINGS = {"h1": 1.5, "h2": 0.6, "h3": 0.4, "h4": 0.2}
_BY_RULE = 1.0
_BY_CLASS = 0.7
_METAS = (
    ("headline", 2.0),
    ("og:title", 2.0),
    ("twitter:title", 0.5),
    ("dc.title", 0.5),
    ("title", 0.5),
)
_TITLE_RULE = "css:title"
_TITLE_ELEMENT = 1.5
_LEAST = 0.6
"""Weight of a heading that may be taken for want of any other."""
_TITLE_CLASS = re.compile(r"title|tieu[-_]?de|headline|heading|tenbai|ten-bai", re.IGNORECASE)
_LEAST_WORDS = 3
_ALIKE = 0.55
"""Share of their words that two wordings of one title have in common."""
_MOST = 300
_MOST_CHARS = 1600


def read_title(page: Page, candidates: Candidates) -> Found[str] | None:
    """Read the title by rule, cut of what skins glue to it.

    None too where the rules find nothing but the name of the site or of a section.
    """
    for css in candidates:
        matches = page.select(css)
        if css.endswith("::text"):
            matches = ["".join(str(match) for match in matches)]
        for match in matches:
            text = _tidied(match, page)
            if text and not is_no_title(text, page.site_name):
                return Found(text, f"css:{css}")
    return None


def general_title(page: Page, candidates: Candidates = ()) -> Found[str] | None:
    """Find the title of a page that no rule knows; `candidates` are places worth a look."""
    told = _told(page)
    found = _agreed(page, candidates, told) or _weighed(page, candidates, told)
    return _with_marks(page, found) if found else None


def _weighed(
    page: Page, candidates: Candidates, told: Sequence[tuple[str, str, float]]
) -> Found[str] | None:
    pool = Pool(page, site=page.site_name)
    for name, text, weight in told:
        pool.tell(name, text, weight)
    for css in candidates:
        for match in page.select(css)[:1]:
            pool.show(_tidied(match, page), f"css:{css}", _BY_RULE)
    for node, rule, weight in _headings(page):
        pool.show(_tidied(node, page), rule, weight + place_weight(node, page))
    for node in named_by_address(page):
        if is_band(node) or in_caption(node):
            continue
        pool.show(_tidied(node.text or "", page), f"css:{node.tag!s}", _BY_RULE)
    pool.look_in_text()
    if not pool.is_sure():
        for text in above_dates(page):
            pool.show_above_date(text)
    return pool.best() or _last_resort(page, told)


def _with_marks(page: Page, title: Found[str]) -> Found[str]:
    """Take the line of the page that writes a title with its marks, where that has none.

    Old editors name a page "Ket qua xo so" and set the title itself in large letters.
    """
    if not title.value.isascii() or title.value.count(" ") + 1 < _LEAST_WORDS:
        return title
    key = key_of(title.value)
    lines = (block.text for block in page.blocks if len(block.text) <= 2 * len(title.value))
    shown = (line for line in lines if not line.isascii() and key_of(line) == key)
    return next((Found(line, "text:marked") for line in shown), title)


def title_beside(page: Page, title: Found[str] | None, body: Body) -> Found[str] | None:
    """Find a better title than `title` at the text: where that names no more than a section, or is
    another's heading.

    None where `title` can be believed, or nothing at the text reads as one.
    """
    if title is None or _is_doubtful(page, title):
        return above_body(page, body)
    if not is_lone(page, title):
        return None
    found = above_body(page, body)
    if found is None or found.rule == OPENS or found.value == title.value:
        return None
    return found if heads_other(page, title.value, body) else None


def is_lone(page: Page, title: Found[str]) -> bool:
    """Tell a title that nothing but its place speaks for: neither the meta nor the address say it.

    It may be the heading of a portlet or of a box beside the text.
    """
    if title.rule == ABOVE_DATE:
        return True
    if title.rule.removeprefix("css:") not in _HEADINGS:
        return False
    own = frozenset(key_of(title.value).split())
    slug = slug_words(page.url)
    if len(slug) >= SLUG_WORDS and 2 * len(slug & own) >= len(slug):
        return False
    told = (
        frozenset(key_of(part).split()) for _, text, _ in _told(page) for part in parts_of(text)
    )
    return not any(len(own & said) >= _ALIKE * len(own | said) for said in told)


def _is_doubtful(page: Page, title: Found[str]) -> bool:
    """Tell whether a title is none, or one that the `title` element alone says."""
    if is_no_title(title.value, page.site_name):
        return True
    if title.rule != _TITLE_RULE or names_host(title.value, page.url):
        return title.rule == _TITLE_RULE
    wanted = key_of(title.value)
    return not any(key_of(block.text).startswith(wanted) for block in page.blocks)


def _agreed(
    page: Page, candidates: Candidates, told: Sequence[tuple[str, str, float]]
) -> Found[str] | None:
    """Take the candidate that the page's meta repeat to the letter: no more need be asked."""
    keys = {key_of(part) for _, text, _ in told for part in parts_of(text)}
    for css in candidates:
        for match in page.select(css)[:1]:
            text = _tidied(match, page)
            key = key_of(text)
            if " " in key and key in keys and not is_no_title(text, page.site_name):
                return Found(text, f"css:{css}")
    return None


def _told(page: Page) -> list[tuple[str, str, float]]:
    """List what the page's meta call the title: the place, the wording, its weight.

    Not the site's name, which some say of all their pages.
    """
    said = [one for one in _wordings(page) if not frames_page(one[1], page)]
    return [
        (name, tidy_title(text, [other for where, other, _ in said if where != name]), weight)
        for name, text, weight in said
    ]


def _wordings(page: Page) -> Iterator[tuple[str, str, float]]:
    for item in page.json_ld:
        headline = item.get("headline")
        if isinstance(headline, str):
            yield "json-ld:headline", one_line(plain(headline[:_MOST_CHARS])), 2.0
            break
    for name, weight in _METAS:
        if text := page.meta.get(name):
            yield f"meta:{name}", one_line(html.unescape(text[:_MOST_CHARS])), weight
    yield _TITLE_RULE, _title_element(page), _TITLE_ELEMENT


def _headings(page: Page) -> Iterator[tuple[Element, str, float]]:
    """Yield the elements that look like headings, with what the look alone is worth."""
    count = 0
    for node in page.root.iter():
        tag = node.tag
        if not isinstance(tag, str) or tag in {"title", "meta", "script", "style", "html", "body"}:
            continue
        weight = _HEADINGS.get(tag, 0.0)
        if "headline" in (node.get("itemprop") or ""):
            weight += 2.0
        names = f"{node.get('class') or ''} {node.get('id') or ''}"
        if names != " " and _TITLE_CLASS.search(names):
            weight = max(weight, _BY_CLASS) + 0.2 * (tag in _HEADINGS)
        if weight and len(node) <= 8 and not is_band(node) and not in_caption(node):
            count += 1
            yield node, f"css:{tag}", weight
        if count >= _MOST:
            return


def _tidied(match: Element | str, page: Page) -> str:
    """Read a title that the page shows, but for what its meta prove to be no part of it."""
    line = one_line(text_of(match)[:_MOST_CHARS])
    if is_tidy(line):
        return line
    said = [text for _, text, _ in _wordings(page) if text]
    return tidy_title(line, said, pieces_apart(match))


def _title_element(page: Page) -> str:
    node = page.root.find("head/title")
    if node is None:
        node = page.root.find(".//title")
    return one_line(text_of(node)[:_MOST_CHARS]) if node is not None else ""


def _last_resort(page: Page, told: Sequence[tuple[str, str, float]]) -> Found[str] | None:
    """Take a wording that is no title elsewhere ("Thông báo"), but no site's or office's name."""
    site = page.site_name
    shown = [
        (weight + place_weight(node, page), rule, tidy_title(one_line(text_of(node))))
        for node, rule, weight in _headings(page)
    ]
    likely = [one for one in shown if one[0] > _LEAST and one[2] and not is_office(one[2], site)]
    best = max(likely, key=lambda one: one[0], default=None)
    if best is not None:
        return Found(best[2], best[1])
    return next((Found(text, name) for name, text, _ in told if text), None)

"""The title of an article: by rule, or by agreement of all that a page says it to be.

A heading alone may be the section's (sotttt.hanoi.gov.vn) or a slogan, the `title` element
another office's (the same), the meta an earlier wording (nld.com.vn): what several of them and
the address say is the title, in the words that the page shows.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from crawler.clean.text import one_line, plain
from crawler.extract.draft import Found
from crawler.extract.page import Page
from crawler.extract.rules import Candidates
from crawler.extract.select import Element, text_of
from crawler.extract.title_place import (
    MAX_CHARS,
    MIN_CHARS,
    SLUG_WORDS,
    above_dates,
    links_elsewhere,
    named_by_address,
    place_weight,
    slug_words,
)
from crawler.extract.title_text import is_no_title, is_office, key_of, parts_of, tidy_title

_HEADINGS = {"h1": 1.5, "h2": 0.6, "h3": 0.4, "h4": 0.2}
_BY_RULE = 1.0
_BY_CLASS = 0.7
_SHOWN = 0.6
_ABOVE_DATE = 1.6
_SURE = 2.5
_METAS = (
    ("headline", 2.0),
    ("og:title", 2.0),
    ("twitter:title", 0.5),
    ("dc.title", 0.5),
    ("title", 0.5),
)
_TITLE_ELEMENT = 1.5
_SLUG = 2.0
_TITLE_CLASS = re.compile(r"title|tieu[-_]?de|headline|heading|tenbai|ten-bai", re.IGNORECASE)
_REWORDED = 0.4
"""Share of its words that an edited title keeps."""
_MOST = 300


@dataclass(slots=True)
class _Candidate:
    text: str
    rule: str
    weight: float = 0.0
    heading: bool = False
    shown: bool = False
    """Whether the page shows it, as a heading or in any element."""
    keys: frozenset[str] = field(default_factory=frozenset)


def read_title(page: Page, candidates: Candidates) -> Found[str] | None:
    """Read the title by rule, cut of what skins glue to it.

    None too where the rules find nothing but the name of the site or of a section.
    """
    for css in candidates:
        matches = page.select(css)
        if css.endswith("::text"):
            matches = ["".join(str(match) for match in matches)]
        for match in matches:
            text = _tidied(text_of(match), page)
            if text and not is_no_title(text, page.site_name):
                return Found(text, f"css:{css}")
    return None


def general_title(page: Page, candidates: Candidates = ()) -> Found[str] | None:
    """Find the title of a page that no rule knows; `candidates` are places worth a look."""
    agreed = _agreed(page, candidates)
    if agreed:
        return agreed
    pool = _Pool(page)
    for name, text, weight in _told(page):
        pool.tell(name, text, weight)
    for css in candidates:
        for match in page.select(css)[:1]:
            pool.show(text_of(match), f"css:{css}", _BY_RULE)
    for node, rule, weight in _headings(page):
        pool.show(text_of(node), rule, weight + place_weight(node, page))
    for node in named_by_address(page):
        pool.show(node.text or "", f"css:{node.tag!s}", _BY_RULE)
    pool.look_in_text()
    if not pool.is_sure():
        for text in above_dates(page):
            pool.show(text, "above the date", _ABOVE_DATE)
    return pool.best() or _last_resort(page)


def _agreed(page: Page, candidates: Candidates) -> Found[str] | None:
    """Take the candidate that the page's meta repeat to the letter: no more need be asked."""
    told = {key_of(part) for _, text, _ in _told(page) for part in parts_of(tidy_title(text))}
    for css in candidates:
        for match in page.select(css)[:1]:
            text = _tidied(text_of(match), page)
            key = key_of(text)
            if " " in key and key in told and not is_no_title(text, page.site_name):
                return Found(text, f"css:{css}")
    return None


class _Pool:
    """What may be the title, each with the weight of all that speaks for it."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._site = page.site_name
        self._said = _said(page)
        self._slug = slug_words(page.url)
        self._links = links_elsewhere(page)
        self._found: dict[str, _Candidate] = {}

    def tell(self, name: str, text: str, weight: float) -> None:
        """Add what the page's meta calls the title, and each part that it may be made of."""
        whole = tidy_title(text)
        parts = parts_of(whole)
        with_site = any(map(self._is_site, parts))
        for part in parts:
            share = 0.9 if whole.startswith(part) else 0.8
            if part == whole:
                share = 0.5 if with_site else 0.8 if len(parts) > 1 else 1.0
            self._add(part, name, weight * share)

    def show(self, text: str, rule: str, weight: float) -> None:
        """Add what the page shows as a heading."""
        text = text[: 4 * MAX_CHARS]
        self._add(tidy_title(one_line(text), self._said), rule, weight, heading=True)

    def look_in_text(self) -> None:
        """Let what the meta says count for more where the page shows it in any element."""
        wanted = {one.text: one for one in self._found.values() if not one.heading}
        if not wanted:
            return
        for node in self._page.root.iter("div", "p", "span", "td", "b", "strong", "font", "a"):
            text = node.text
            if text and len(text) >= MIN_CHARS and (one := wanted.pop(one_line(text), None)):
                one.weight += _SHOWN
                one.shown = True

    def best(self) -> Found[str] | None:
        """Return the candidate that most speaks for; None where there is hardly any."""
        score, winner = self._winner()
        if winner is None or score <= 0:
            return None
        winner = winner if winner.shown else self._later(winner) or winner
        return Found(winner.text, winner.rule)

    def _later(self, told: _Candidate) -> _Candidate | None:
        """Find the heading that the page shows in place of what its meta still say."""
        shown = [one for one in self._found.values() if one.rule == "css:h1" and one.weight > 0]
        likely = [one for one in shown if len(one.keys & told.keys) >= _REWORDED * len(one.keys)]
        return max(likely, key=lambda one: one.weight, default=None)

    def is_sure(self) -> bool:
        """Tell whether more than the look of one element speaks for the best candidate."""
        return self._winner()[0] >= _SURE

    def _winner(self) -> tuple[float, _Candidate | None]:
        scored = [
            (self._score(one, self._links), one) for one in self._found.values() if one.weight > 0
        ]
        return max(scored, key=lambda pair: pair[0], default=(0.0, None))

    def _add(self, text: str, rule: str, weight: float, *, heading: bool = False) -> None:
        key = key_of(text)
        if not MIN_CHARS <= len(text) <= MAX_CHARS or " " not in key or self._is_site(text):
            return
        known = self._found.setdefault(key, _Candidate(text, rule, keys=frozenset(key.split())))
        known.weight += weight
        if heading and not known.heading:
            known.text, known.rule, known.heading, known.shown = text, rule, True, True

    def _is_site(self, text: str) -> bool:
        return is_no_title(text, self._site)

    def _score(self, one: _Candidate, links: frozenset[str]) -> float:
        score = one.weight + min(len(one.keys), 8) * 0.06
        others = (other for other in self._found.values() if other.heading != one.heading)
        nearest = max((_likeness(one, other) * other.weight for other in others), default=0.0)
        score += nearest * (0.9 if one.heading else 0.4)
        if len(self._slug) >= SLUG_WORDS:
            shared = len(self._slug & one.keys)
            score += _SLUG * shared / len(self._slug) * (1 if 2 * shared > len(one.keys) else 0.5)
        score -= 1.0 * one.text.endswith(("...", "…"))
        return score - 2.5 * (key_of(one.text) in links)


def _told(page: Page) -> Iterator[tuple[str, str, float]]:
    for item in page.json_ld:
        headline = item.get("headline")
        if isinstance(headline, str):
            yield "json-ld:headline", plain(headline), 2.0
            break
    for name, weight in _METAS:
        if text := page.meta.get(name):
            yield f"meta:{name}", text, weight
    yield "css:title", _title_element(page), _TITLE_ELEMENT


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
        if weight and len(node) <= 8:
            count += 1
            yield node, f"css:{tag}", weight
        if count >= _MOST:
            return


def _likeness(one: _Candidate, other: _Candidate) -> float:
    """Say how much of the words two candidates share, if it is most; else 0."""
    if min(len(one.keys), len(other.keys)) > 3 and _begins(one.text, other.text):
        return 0.9
    both = len(one.keys & other.keys)
    either = len(one.keys | other.keys)
    share = both / either if either else 0.0
    return share if share >= 0.55 else 0.0


def _begins(one: str, other: str) -> bool:
    """Tell whether one of two wordings is the other, cut short with dots."""
    short, long = sorted((one, other), key=len)
    return short.endswith(("...", "…")) and long.startswith(short.rstrip(".… "))


def _said(page: Page) -> tuple[str, ...]:
    """Return what the page's meta say of the title: what they repeat is part of it."""
    told = (page.meta.get("og:title", ""), _title_element(page))
    return tuple(one_line(html.unescape(text)) for text in told if text)


def _tidied(text: str, page: Page) -> str:
    line = one_line(text[: 4 * MAX_CHARS])
    title = tidy_title(line)
    return title if title == line else tidy_title(line, _said(page))


def _title_element(page: Page) -> str:
    node = page.root.find("head/title")
    if node is None:
        node = page.root.find(".//title")
    return one_line(text_of(node)) if node is not None else ""


def _last_resort(page: Page) -> Found[str] | None:
    """Take a wording that is no title elsewhere ("Thông báo"), but no site's or office's name."""
    for node in page.root.iter("h1"):
        text = tidy_title(one_line(text_of(node)))
        if text and not is_office(text, page.site_name):
            return Found(text, "css:h1")
    for name, text, _ in _told(page):
        told = tidy_title(text)
        if told:
            return Found(told, name)
    return None

"""What may be the title of a page: each wording with the weight of all that speaks for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from crawler.clean.text import one_line
from crawler.extract.draft import Found
from crawler.extract.page import Page
from crawler.extract.titles.names import is_long_enough, is_no_title, key_of, names_host, parts_of
from crawler.extract.titles.place import (
    MAX_CHARS,
    MIN_CHARS,
    SHORT_CHARS,
    SLUG_WORDS,
    links_elsewhere,
    slug_words,
)

_SHOWN = 0.6
_SURE = 2.5
_SLUG = 2.0
_REWORDED = 0.4
"""Share of its words that an edited title keeps."""
ABOVE_DATE = "above the date"
"""The rule of a title that is no more than the line above a date."""
_ABOVE_DATE = 1.6
_NOWHERE = 0.5
"""What is left of a wording that the page does not show, where it shows another above a date."""
_AGAIN = 0.25
_MOST_AGAIN = 0.5


@dataclass(slots=True)
class _Candidate:
    text: str
    rule: str
    weight: float = 0.0
    """What speaks for it: of the places where one rule finds it the best, and a little of others.

    A slider repeats a heading fourteen times (cnn.com, 2013).
    """
    heading: bool = False
    shown: bool = False
    """Whether the page shows it, as a heading or in any element."""
    keys: frozenset[str] = frozenset()
    told: dict[str, list[float]] = field(default_factory=dict)

    def add(self, rule: str, weight: float) -> None:
        """Let one more place speak for it, or against it."""
        self.told.setdefault(rule, []).append(weight)
        self.weight = sum(map(_together, self.told.values()))


class Pool:
    """What may be the title, each with the weight of all that speaks for it."""

    def __init__(self, page: Page, *, site: str) -> None:
        self._page = page
        self._site = site
        self._slug = slug_words(page.url)
        self._links = links_elsewhere(page)
        self._above_date = False
        self._found: dict[str, _Candidate] = {}

    def tell(self, name: str, text: str, weight: float) -> None:
        """Add what the page's meta calls the title, and each part that it may be made of."""
        parts = parts_of(text)
        with_site = any(map(self._is_site, parts))
        for part in parts:
            share = 0.9 if text.startswith(part) else 0.8
            if part == text:
                share = 0.5 if with_site else 0.8 if len(parts) > 1 else 1.0
            least = SHORT_CHARS if text.startswith(part) else MIN_CHARS
            self._add(part, name, weight * share, least=least)

    def show(self, text: str, rule: str, weight: float) -> None:
        """Add what the page shows as a heading."""
        least = SHORT_CHARS if key_of(text) in self._found else MIN_CHARS
        self._add(text, rule, weight, heading=True, least=least)

    def look_in_text(self) -> None:
        """Let what the meta says count for more where the page shows it in any element."""
        wanted = {one.text: one for one in self._found.values() if not one.heading}
        if not wanted:
            return
        for node in self._page.root.iter("div", "p", "span", "td", "b", "strong", "font", "a"):
            text = node.text
            if text and len(text) >= SHORT_CHARS and (one := wanted.pop(one_line(text), None)):
                one.add("shown", _SHOWN)
                one.shown = True

    def show_above_date(self, text: str) -> None:
        """Add the line above a date: it stands where a title does, what is only told nowhere."""
        self.show(text, ABOVE_DATE, _ABOVE_DATE)
        self._above_date = True

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
        """Tell whether the page shows the best one, and more than its look speaks for it."""
        score, winner = self._winner()
        return winner is not None and winner.shown and score >= _SURE

    def _winner(self) -> tuple[float, _Candidate | None]:
        scored = [
            (self._score(one, self._links), one) for one in self._found.values() if one.weight > 0
        ]
        return max(scored, key=lambda pair: pair[0], default=(0.0, None))

    def _add(
        self, text: str, rule: str, weight: float, *, least: int, heading: bool = False
    ) -> None:
        key = key_of(text)
        if not is_long_enough(text, least) or len(text) > MAX_CHARS:
            return
        if " " not in key or self._is_site(text):
            return
        known = self._found.setdefault(key, _Candidate(text, rule, keys=frozenset(key.split())))
        known.add(rule, weight)
        if heading and not known.heading:
            known.text, known.rule, known.heading, known.shown = text, rule, True, True

    def _is_site(self, text: str) -> bool:
        return is_no_title(text, self._site) or names_host(text, self._page.url)

    def _score(self, one: _Candidate, links: frozenset[str]) -> float:
        weight = one.weight * (_NOWHERE if self._above_date and not one.shown else 1.0)
        score = weight + min(len(one.keys), 8) * 0.06
        others = (other for other in self._found.values() if other.heading != one.heading)
        nearest = max((_likeness(one, other) * other.weight for other in others), default=0.0)
        score += nearest * (0.9 if one.heading else 0.4)
        if len(self._slug) >= SLUG_WORDS:
            shared = len(self._slug & one.keys)
            score += _SLUG * shared / len(self._slug) * (1 if 2 * shared > len(one.keys) else 0.5)
        score -= 1.0 * one.text.endswith(("...", "…"))
        return score - 2.5 * (key_of(one.text) in links)


def _together(weights: Sequence[float]) -> float:
    best = max(weights)
    again = _AGAIN * (sum(weights) - best)
    return best + max(-_MOST_AGAIN, min(_MOST_AGAIN, again))


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

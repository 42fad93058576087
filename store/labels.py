"""What an article is found by, the same in both backends: labels, and folded words.

A label is one condition of a Selection, such as `topic:chuyen-doi-so`; every article has the label
`all`. What an article was once found by is remembered too, since a selection changes also when an
article leaves it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass

from store.base import Selection
from store.model import Article
from store.text import words

ALL = "all"

_INLINE = re.compile(r"</?(?:a|abbr|b|em|font|i|mark|s|small|span|strong|sub|sup|u)\b[^<>]*>", re.I)
_TAG = re.compile(r"<[^<>]*>")

Names = frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where an article stands, and where it stood before."""

    labels: Names
    words: Names
    left_labels: Names = frozenset()
    left_words: Names = frozenset()


def places(article: Article, before: Places | None) -> Places:
    """Tell where `article` stands now; what it had `before` and has no more, it left."""
    labels, here = labels_of(article), words_of(article)
    if before is None:
        return Places(labels=labels, words=here)
    return Places(
        labels=labels,
        words=here,
        left_labels=(before.labels | before.left_labels) - labels,
        left_words=(before.words | before.left_words) - here,
    )


def labels_of(article: Article) -> Names:
    """Label an article, live or not."""
    return frozenset(
        _labels(article.source, article.topics, article.province, article.province_now)
    ) | {ALL}


def labels_for(which: Selection) -> tuple[str, ...]:
    """Return the labels that an article of the selection has, all of them; never empty."""
    topics = (which.topic,) if which.topic is not None else ()
    return tuple(_labels(which.source, topics, which.province, which.province_now)) or (ALL,)


def words_for(which: Selection) -> tuple[str, ...]:
    """Return the words that stand in an article of the selection, all of them.

    What is no word at all stays, and is found nowhere.
    """
    return _split(which.words)


def words_against(which: Selection) -> tuple[str, ...]:
    """Return the words that stand in no article of the selection."""
    return _split(which.without)


def words_of(article: Article) -> Names:
    """Return the folded words of title, summary and body, with its tables."""
    body = html.unescape(_TAG.sub(" ", _INLINE.sub("", article.body_html)))
    text = f"{article.title} {article.summary or ''} {body}"
    return frozenset(words(" ".join(set(text.split()))))  # folding is slow: each word once


def _split(given: Iterable[str]) -> tuple[str, ...]:
    return tuple(word for text in given for word in words(text) or [text])


def _labels(
    source: str | None, topics: Iterable[str], province: str | None, province_now: str | None
) -> Iterable[str]:
    """Yield the labels, those that fewest articles have first."""
    if source is not None:
        yield f"source:{source}"
    for topic in topics:
        yield f"topic:{topic}"
    if province is not None:
        yield f"province:{province}"
    if province_now is not None:
        yield f"province-now:{province_now}"

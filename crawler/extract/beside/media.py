"""Pictures of an article with their real addresses and captions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from urllib.parse import urlsplit

from crawler.clean.text import one_line
from crawler.clean.urls import absolute, absolute_or_none
from crawler.extract.select import Element, elements, text_of
from crawler.extract.text.blocks import Block
from store.model import Image

_LAZY = (
    "data-src",
    "data-original",
    "data-lazy-src",
    "data-lazy",
    "data-url",
    "data-image",
    "data-original-src",
    "data-lazyload",
    "data-echo",
    "data-cfsrc",
    "lazy-src",
)
_LAZY_SETS = ("data-srcset", "data-lazy-srcset", "srcset")
_BESIDE_SRC = frozenset({*_LAZY, *_LAZY_SETS})
_NEXT_IN_SET = re.compile(r",\s+|(?<=[wx]),(?=\S)")
_PLACEHOLDER = re.compile(
    r"^(?:data|about|javascript):|/(?:blank|spacer|placeholder|lazy|loading|transparent|pixel|clear"
    r"|grey|1x1|no[-_]?(?:image|photo|img))[^/]{0,40}$",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?!.*\.\w{3,4}\s*$)[^/\\]*[^/\\\s]\s+[^/\\\s][^/\\]*$", re.DOTALL)
"""Words that somebody wrote where the address belongs: no folder, no ending."""
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|bmp|avif)$", re.IGNORECASE)
_DRUPAL = re.compile(r"/styles/[^/]+/(?:public|private)/")
_DRUPAL_AS_WEBP = re.compile(r"(\.(?:jpe?g|png|gif))\.webp$", re.IGNORECASE)
_COPY = re.compile(r"-\d{2,4}x\d{2,4}(?=\.\w+$)|[-_]thumb(?:nail)?(?=\.\w+$)|(?<=/)thumb[-_]", re.I)
_DECORATION = re.compile(
    r"//s\.w\.org/images/core/emoji/|/(?:smil(?:ey|ie)s?|emo(?:ji|ticon)s?)/"
    r"|//(?:[\w.]+\.)?(?:gravatar\.com|google-analytics\.com|doubleclick\.net|histats\.com)/"
    r"|//(?:www\.)?facebook\.com/tr\b"
    r"|/(?:ico(?:n|ns)?[-_]?)?(?:facebook|fb|zalo|twitter|youtube|google-?plus|linkedin|pinterest|rss"
    r"|print(?:er|button)?|e?-?mail(?:button)?|pdf(?:_button)?|docx?|word|excel|xlsx?|zip|rar|download"
    r"|share|like|tweet|new|hot|update)(?:[-_]?(?:ico(?:n)?|btn|button|share|logo|new|\d{1,3}))?"
    r"\.(?:png|gif|svg|ico)$",
    re.IGNORECASE,
)
_DECORATION_CLASS = re.compile(r"(?:^|\s)(?:emoji|wp-smiley|icon|avatar)(?:\s|$)", re.IGNORECASE)
_TINY = re.compile(r"(?:^|[;\s])(?:width|height)\s*:\s*[01]px", re.IGNORECASE)


def source_of(image: Element, base_url: str) -> str | None:
    """Return the absolute address of a picture, wherever a script would take it from.

    The original where the page links to it, or its address tells it (Drupal's image styles). None
    for pictures written into the page (`data:`), of one pixel, for emoji and icons, and for what
    is no address.
    """
    if any(image.get(side) in {"0", "1"} for side in ("width", "height")):
        return None
    if _TINY.search(image.get("style") or "") or _DECORATION_CLASS.search(image.get("class") or ""):
        return None
    for url in _candidates(image):
        if url and not _PLACEHOLDER.search(url.strip()[:400]) and not _SENTENCE.match(url[:400]):
            try:
                found = _original(absolute(url, base_url))
            except ValueError:
                continue
            return None if _DECORATION.search(found[-400:]) else _linked(image, found, base_url)
    return None


def _candidates(image: Element) -> Iterator[str | None]:
    told = _BESIDE_SRC.intersection(image.keys())
    sets = [image.get(name) or "" for name in _LAZY_SETS if name in told]
    for srcset in sets:
        yield _larger(srcset, image.get("src") or "")
    for name in _LAZY if told else ():
        yield image.get(name)
    yield image.get("src")
    for srcset in sets:
        yield _largest(srcset)
    around = image.getparent()  # the parser puts the picture into the last `source`
    while around is not None and around.tag == "source":
        around = around.getparent()
    if around is not None and around.tag == "picture":
        for source in around.iter("source"):
            for name in _LAZY_SETS:
                yield _largest(source.get(name) or "")


def _original(url: str) -> str:
    """Return the file that a copy of Drupal's was made of (7 to 11: `/styles/<style>/public/`)."""
    if "/styles/" not in url or not _DRUPAL.search(url):
        return url
    return _DRUPAL_AS_WEBP.sub(r"\1", _DRUPAL.sub("/", url).partition("?")[0])


def _linked(image: Element, url: str, base_url: str) -> str:
    """Return the full picture that a smaller copy is linked to; else the copy itself."""
    link = image.getparent()
    if link is None or link.tag != "a":
        return url
    try:
        full = absolute(link.get("href") or "", base_url)
    except ValueError:
        return url
    mine, other = urlsplit(url).path, urlsplit(full).path
    if not _PICTURE.search(other):
        return url
    same = _COPY.sub("", mine).rpartition("/")[2] == _COPY.sub("", other).rpartition("/")[2]
    return full if same else url


def images_of(blocks: list[Block], base_url: str) -> Iterator[Image]:
    """Yield the pictures of a body, each with the caption that stands under it."""
    for pictures, captions in _runs(blocks):
        addresses = [source_of(picture, base_url) for picture in pictures]
        under: list[str | None] = [None] * len(pictures)
        if len(captions) == len(pictures):
            under = list(captions)
        elif captions:
            under[-1] = " ".join(captions)
        for url, caption in zip(addresses, under, strict=True):
            if url:
                yield Image(url=url, caption=caption)


def outer_images(found: Iterable[Element | str], base_url: str) -> Iterator[Image]:
    """Yield the pictures outside the body, with the caption of the figure around each."""
    for node in found:
        if isinstance(node, str):
            if told := absolute_or_none(node, base_url):
                yield Image(url=told)
        elif url := source_of(node, base_url):
            yield Image(url=url, caption=_figure_caption(node))


def unique_images(outside: Iterable[Image], inside: Iterable[Image]) -> tuple[Image, ...]:
    """Keep each address once, in order; of its captions the first one in the body counts."""
    within = list(inside)
    captions = {image.url: image.caption for image in reversed(within) if image.caption}
    kept: dict[str, Image] = {}
    for image in (*outside, *within):
        kept.setdefault(image.url, replace(image, caption=captions.get(image.url, image.caption)))
    return tuple(kept.values())


def _largest(srcset: str) -> str:
    return max(_sizes(srcset), key=lambda told: told[1], default=("", 0.0))[0]


def _larger(srcset: str, shown: str) -> str | None:
    """Return the largest picture of a set that says how large it is: `shown` is a smaller one."""
    sizes = _sizes(srcset)
    best, width = max(sizes, key=lambda told: told[1], default=("", 0.0))
    return best if width > dict(sizes).get(shown.strip(), 1.0) else None


def _sizes(srcset: str) -> list[tuple[str, float]]:
    """List the addresses of a set, each with its width or density; 0 where none is told."""
    told: list[tuple[str, float]] = []
    for candidate in _NEXT_IN_SET.split(srcset):
        parts = candidate.split()
        size = re.fullmatch(r"([\d.]+)[wx]", parts[1]) if len(parts) > 1 else None
        wide = float(size[1]) if size and size[1].count(".") < 2 and size[1] != "." else 0.0
        if parts:
            told.append((parts[0].rstrip(","), wide))
    return told


def _figure_caption(image: Element) -> str | None:
    node = image.getparent()
    for _ in range(4):
        if node is None or (node.tag != "figure" and _holds_several(node)):
            return None
        for caption in elements(node, "figcaption"):
            return one_line(text_of(caption)) or None
        node = node.getparent() if node.tag != "figure" else None
    return None


def _holds_several(node: Element) -> bool:
    """Tell whether other pictures stand beside this one: a caption may be theirs."""
    return next(islice(node.iter("img"), 1, None), None) is not None


def _runs(blocks: list[Block]) -> Iterator[tuple[list[Element], list[str]]]:
    """Group pictures that stand together with the captions that follow them."""
    pictures: list[Element] = []
    captions: list[str] = []
    for block in blocks:
        if block.kind == "image" and block.image is not None:
            if captions:
                yield pictures, captions
                pictures, captions = [], []
            pictures.append(block.image)
        elif block.kind == "caption" and pictures:
            captions.append(block.text)
        elif pictures:
            yield pictures, captions
            pictures, captions = [], []
    if pictures:
        yield pictures, captions

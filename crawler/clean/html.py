"""The sanitiser: the last step for any HTML, always. What leaves it is safe to serve anywhere."""

from __future__ import annotations

import html
import re
import unicodedata

import nh3
from lxml import etree

from crawler.clean.urls import absolute
from crawler.extract.beside.media import source_of
from crawler.extract.select import Element
from crawler.extract.text.style import is_hidden
from crawler.extract.tree import remove

_TAGS = frozenset(
    {"a", "abbr", "b", "blockquote", "br", "caption", "cite", "code", "dd", "del", "div", "dl"}
    | {"dt", "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img"}
    | {"ins", "li", "ol", "p", "pre", "q", "s", "small", "strong", "sub", "sup", "table", "tbody"}
    | {"td", "tfoot", "th", "thead", "tr", "u", "ul"}
)
_WITH_CONTENT = frozenset(
    {"script", "style", "iframe", "noscript", "template", "object", "embed", "applet", "form"}
    | {"select", "option", "textarea", "button", "svg", "math", "canvas", "audio", "video"}
    | {"title", "head"}
)
_GONE_BEFORE = _WITH_CONTENT - {"form"} | {"input", "link", "meta", "base", "map", "area"}
_ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title", "width", "height"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "ol": {"start"},
}
_NUMBERS = ("width", "height", "colspan", "rowspan", "start")
_SIZED = frozenset({"img", "td", "th", "ol"})
_KEPT_EMPTY = frozenset({"br", "hr", "img", "td", "th", "tr"})
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]"
)
_CLEANER = nh3.Cleaner(
    tags=set(_TAGS),
    clean_content_tags=set(_WITH_CONTENT),
    attributes=_ATTRIBUTES,
    url_schemes={"http", "https"},
    url_relative="deny",
    link_rel="noopener noreferrer nofollow",
    strip_comments=True,
)


def sanitise(source: str, base_url: str) -> str:
    """Make an untrusted fragment safe and self-contained.

    Shape: HTML fragment, NFC, absolute http(s) addresses, no wrapper, nothing empty; no script,
    frame, form, style, class or id. Empty when nothing of the source is left.
    """
    if not source.strip():
        return ""
    root = parse(source)
    _drop_unwanted(root)
    for node in list(root.iter("img", "a")):
        resolve = _resolve_image if node.tag == "img" else _resolve_link
        resolve(node, base_url)
    _drop_empty(root)
    fragment = write(_unwrap(root))
    clean = _CLEANER.clean(unicodedata.normalize("NFC", _UNSEEN.sub("", fragment)))
    return clean.strip()


def write(root: Element) -> str:
    """Write what an element holds as HTML."""
    return html.escape(root.text or "", quote=False) + "".join(
        [etree.tostring(child, encoding="unicode", method="html") for child in root]
    )


def parse(source: str) -> Element:
    """Parse a fragment of any quality into a `div`."""
    parser = etree.HTMLParser(recover=True, encoding="utf-8", huge_tree=True)
    page = f"<html><body>{source}</body></html>".encode("utf-8", "replace")
    try:
        root = etree.fromstring(page, parser).find("body")
    except (etree.LxmlError, ValueError, AttributeError):
        root = None
    if root is None:
        root = etree.Element("div")
        root.text = re.sub(r"<[^>]*>?", " ", _UNSEEN.sub("", source))
    root.tag = "div"
    return root


def _drop_unwanted(root: Element) -> None:
    for node in list(root.iter()):
        if node is root:
            continue
        if not isinstance(node.tag, str) or node.tag in _GONE_BEFORE or is_hidden(node):
            _remove(node)
        else:
            if node.tag == "form":  # ASP.NET puts whole pages into one
                node.tag = "div"
            elif node.tag in _SIZED:
                for name in _NUMBERS:
                    number = node.get(name)
                    if number is not None and not number.isdecimal():
                        del node.attrib[name]


def _resolve_image(node: Element, base_url: str) -> None:
    url = source_of(node, base_url)
    if url is None:
        _remove(node)
    else:
        node.set("src", url)


def _resolve_link(node: Element, base_url: str) -> None:
    href = (node.get("href") or "").strip()
    try:
        if not href or href.startswith("#"):
            raise ValueError("a link within the page")
        node.set("href", absolute(href, base_url))
    except ValueError:
        node.tag = "span"  # which the cleaner opens


def _drop_empty(root: Element) -> None:
    """Drop elements that hold neither words nor pictures, from the innermost out."""
    for node in reversed([*root.iterdescendants()]):
        if node.tag not in _KEPT_EMPTY and not _holds(node):
            _remove(node)


def _holds(node: Element) -> bool:
    """Tell whether an element whose empty children are gone already holds anything."""
    text = node.text
    if text and not text.isspace():
        return True
    return any((child.tail or "").strip() or not _is_blank(child) for child in node)


def _is_blank(node: Element) -> bool:
    if node.tag in {"td", "th", "tr"}:
        return node.find(".//img") is None and not "".join(map(str, node.itertext())).strip()
    return node.tag == "br"


def _unwrap(root: Element) -> Element:
    while len(root) == 1 and root[0].tag in {"div", "span", "section", "article", "font"}:
        only = root[0]
        if (root.text or "").strip() or (only.tail or "").strip():
            break
        root = only
    return root


def _remove(node: Element) -> None:
    """Take an element out; the text behind it stays, and a blank that was all it held."""
    held = node.text if isinstance(node.tag, str) and not len(node) else None
    remove(node, blank=" " if held and held.isspace() else "")

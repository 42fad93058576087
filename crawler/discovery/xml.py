"""The XML that sites send for feeds and sitemaps, read as far as it can be: bytes → elements.

Safe with hostile bytes: no entity is resolved but the characters that HTML names, nothing is
fetched, packed bytes are unpacked up to a bound, and what was read is dropped as the reading goes.
"""

from __future__ import annotations

import html.entities
import io
import re
import zlib
from collections.abc import Collection, Iterator

from lxml import etree

from crawler.extract.charset import decode
from crawler.extract.select import Element

_JUNK_CHARS = 65_536
"""Blank lines, byte order marks and warnings of PHP may stand before the root."""

_ROOT = re.compile(r"<(?:\w+:)?(rss|feed|rdf|urlset|sitemapindex)(?=[\s>/])", re.IGNORECASE)
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE)
_REFERENCE = re.compile(
    r"(?P<kept><!\[CDATA\[.*?(?:\]\]>|\Z))|&(?:(?P<number>#\d{1,7}|#[xX][0-9a-fA-F]{1,6});"
    r"|(?P<name>\w{1,32});)?",
    re.DOTALL,
)
_OF_XML = {"amp", "lt", "gt", "quot", "apos"}
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def items_of(
    body: bytes,
    roots: Collection[str],
    names: Collection[str],
    *,
    content_type: str,
    most_bytes: int,
) -> tuple[str, Iterator[Element]] | None:
    """Find the root of a document, and walk through its elements of those names.

    Names are told without namespace and in lower case. An element is whole when it is yielded, and
    emptied after it. What stands behind `most_bytes`, unpacked, is not read. None where no root of
    those names stands near the beginning, as on a page that says that something went wrong.
    """
    text = _text(body, content_type, most_bytes)
    root = _ROOT.search(text, 0, _JUNK_CHARS)
    if root is None or root[1].lower() not in roots:
        return None
    return root[1].lower(), _walk(_mended(text[root.start() :]), names)


def name_of(node: Element) -> str:
    """Name an element without namespace or prefix, in lower case; empty for a comment."""
    tag = node.tag if isinstance(node.tag, str) else ""
    return tag.rpartition("}")[2].rpartition(":")[2].lower()


def text_in(node: Element) -> str:
    """Join the text of an element and of all within it."""
    return "".join(part for part in node.itertext(with_tail=False) if isinstance(part, str))


def _walk(text: str, names: Collection[str]) -> Iterator[Element]:
    events = etree.iterparse(
        io.BytesIO(text.encode("utf-8", "replace")),
        events=("end",),
        recover=True,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        encoding="utf-8",
    )
    try:
        for _, node in events:
            if name_of(node) in names:
                yield node
                node.clear()
    except (etree.XMLSyntaxError, ValueError):
        return  # what stood before the fault was read


def _text(body: bytes, content_type: str, most_bytes: int) -> str:
    body = _unpacked(body, most_bytes)[:most_bytes]
    declared = _DECLARED.search(body[:1024])
    if declared and "charset" not in content_type.lower():
        content_type = f"charset={declared[1].decode('ascii')}"
    return decode(body, content_type)


def _unpacked(body: bytes, most_bytes: int) -> bytes:
    """Unpack gzip, also where it is cut off; nothing of what is no gzip after its first bytes."""
    if not body.startswith(b"\x1f\x8b"):
        return body
    try:
        return zlib.decompressobj(wbits=31).decompress(body, most_bytes)
    except zlib.error:
        return b""


def _mended(text: str) -> str:
    """Write what HTML names but XML does not as the character, and a bare `&` as one."""
    return _REFERENCE.sub(_reference, _NO_XML.sub("", text))


def _reference(found: re.Match[str]) -> str:
    name = found["name"]
    if found["kept"] or found["number"] or name in _OF_XML:
        return found[0]
    if name is None:
        return "&amp;"
    char = html.entities.html5.get(f"{name};")
    if char is None:
        return f"&amp;{name};"
    return char.replace("&", "&amp;").replace("<", "&lt;")

"""The files of an article in a feed: a feedgen extension.

RSS takes one `enclosure`; further files go by Media RSS. In Atom each is a link with
`rel="enclosure"`, which feedgen 1.0.0 itself cannot write: it drops `rel`, `type` and `length` from
the links of entries.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from feedgen.ext.base import BaseEntryExtension, BaseExtension
from lxml import etree

from feeds.safe import web_address
from store.model import Attachment

UNKNOWN_TYPE = "application/octet-stream"

_MEDIA_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+", re.ASCII)
_MEDIA = "http://search.yahoo.com/mrss/"


class FilesExtension(BaseExtension):  # type: ignore[misc]
    """What the extension adds to the feed: the namespace of Media RSS."""

    def extend_ns(self) -> dict[str, str]:
        """Name the namespaces."""
        return {"media": _MEDIA}


class EntryFiles(BaseEntryExtension):  # type: ignore[misc]
    """The files of one entry."""

    def __init__(self) -> None:
        self._files: Sequence[Attachment] = ()

    def add(self, files: Sequence[Attachment]) -> None:
        """Give the entry its files, in order; those that no address leads to are left out."""
        found = ((web_address(file.url), file) for file in files)
        self._files = [replace(file, url=url) for url, file in found if url]

    def extend_rss(self, entry: Any) -> Any:
        """Write one enclosure, and the rest as media:content."""
        for file in self._files[:1]:
            length = str(file.size_bytes or 0)  # RSS wants a number; 0 is taken for unknown
            etree.SubElement(entry, "enclosure", url=file.url, length=length, type=_type(file))
        for file in self._files[1:]:
            content = etree.SubElement(entry, f"{{{_MEDIA}}}content", url=file.url)
            content.set("medium", "document")
            content.set("type", _type(file))
            if file.size_bytes is not None:
                content.set("fileSize", str(file.size_bytes))
        return entry

    def extend_atom(self, entry: Any) -> Any:
        """Write a link for each."""
        for file in self._files:
            # Without a namespace, as feedgen writes all of Atom: it declares it as an attribute.
            link = etree.SubElement(entry, "link", rel="enclosure", href=file.url)
            link.set("type", _type(file))
            if file.size_bytes is not None:
                link.set("length", str(file.size_bytes))
        return entry


def _type(file: Attachment) -> str:
    known = file.media_type and _MEDIA_TYPE.fullmatch(file.media_type)
    return known[0] if known else UNKNOWN_TYPE

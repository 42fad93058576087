"""What feedgen 1.0.0 itself cannot write: a feedgen extension.

The files of an article: RSS takes one `enclosure`, further files go by Media RSS; in Atom each is a
link with `rel="enclosure"` (feedgen drops `rel`, `type` and `length` from the links of entries).
The source of an article (`source`). Links of the channel in RSS beside the one to itself, and the
mark of an archive (RFC 5005).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from feedgen.ext.base import BaseEntryExtension, BaseExtension
from lxml import etree

from feeds.entry import File

_MEDIA = "http://search.yahoo.com/mrss/"
_HISTORY = "http://purl.org/syndication/history/1.0"
_ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The feed that an entry comes from (RFC 4287, 4.2.11)."""

    id: str
    url: str
    title: str
    updated: str


class ChannelExtras(BaseExtension):  # type: ignore[misc]
    """What the extension adds to the channel."""

    def __init__(self) -> None:
        self._links: Sequence[tuple[str, str]] = ()
        self._is_archive = False

    def add(self, links: Sequence[tuple[str, str]], *, is_archive: bool) -> None:
        """Give the channel links (`rel`, address), and say whether it is an archive."""
        self._links = links
        self._is_archive = is_archive

    def extend_ns(self) -> dict[str, str]:
        """Name the namespaces."""
        history = {"fh": _HISTORY} if self._is_archive else {}
        return {"media": _MEDIA, **history}

    def extend_rss(self, rss: Any) -> None:
        """Write the links that feedgen writes in Atom only."""
        channel = rss.find("channel")
        for rel, href in self._links:
            etree.SubElement(channel, f"{{{_ATOM}}}link", rel=rel, href=href)
        self._mark(channel)

    def extend_atom(self, feed: Any) -> None:
        """Mark an archive."""
        self._mark(feed)

    def _mark(self, parent: Any) -> None:
        if self._is_archive:
            etree.SubElement(parent, f"{{{_HISTORY}}}archive")


class EntryExtras(BaseEntryExtension):  # type: ignore[misc]
    """What the extension adds to one entry."""

    def __init__(self) -> None:
        self._files: Sequence[File] = ()
        self._source: Origin | None = None

    def add(self, files: Sequence[File], source: Origin | None) -> None:
        """Give the entry its files, in order, and what it comes from."""
        self._files = files
        self._source = source

    def extend_rss(self, entry: Any) -> Any:
        """Write one enclosure, the rest as media:content, and the source."""
        for file in self._files[:1]:
            length = str(file.size_bytes or 0)  # RSS wants a number; 0 is taken for unknown
            etree.SubElement(entry, "enclosure", url=file.url, length=length, type=file.media_type)
        for file in self._files[1:]:
            content = etree.SubElement(entry, f"{{{_MEDIA}}}content", url=file.url)
            content.set("medium", file.medium)
            content.set("type", file.media_type)
            if file.size_bytes is not None:
                content.set("fileSize", str(file.size_bytes))
        if self._source is not None:
            etree.SubElement(entry, "source", url=self._source.url).text = self._source.title
        return entry

    def extend_atom(self, entry: Any) -> Any:
        """Write a link for each file, and the source."""
        # Without a namespace, as feedgen writes all of Atom: it declares it as an attribute.
        for file in self._files:
            link = etree.SubElement(entry, "link", rel="enclosure", href=file.url)
            link.set("type", file.media_type)
            if file.title:
                link.set("title", file.title)
            if file.size_bytes is not None:
                link.set("length", str(file.size_bytes))
        if self._source is not None:
            source = etree.SubElement(entry, "source")
            etree.SubElement(source, "id").text = self._source.id
            etree.SubElement(source, "title").text = self._source.title
            etree.SubElement(source, "updated").text = self._source.updated
            link = etree.SubElement(source, "link", rel="self", href=self._source.url)
            link.set("type", "application/atom+xml")
        return entry

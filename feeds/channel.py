"""A channel: a set of articles under one title, as feed and as page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from store.base import Selection
from store.model import SourceCard
from store.provinces import province_name, provinces, provinces_now
from store.text import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """What a reader subscribes to."""

    path: str
    """Of its page, such as `/provinces/dien-bien`; a format's ending makes it a feed's."""
    title: str
    description: str
    which: Selection


ALL = Channel(
    path="/all",
    title="tinso – tin các sở",
    description="Tin mới của các sở Thông tin và Truyền thông, sở Khoa học và Công nghệ cả nước",
    which=Selection(),
)


def channel_at(path: str, sources: Sequence[SourceCard]) -> Channel | None:
    """Return the channel whose page stands at `path`; None where there is none."""
    for prefix, make in _KINDS:
        if path.startswith(prefix):
            return make(path.removeprefix(prefix), sources)
    return ALL if path == ALL.path else None


def source_channel(card: SourceCard) -> Channel:
    """Make the channel of a source."""
    return Channel(
        path=f"/sources/{card.id}",
        title=card.name,
        description=f"Tin mới của {card.name}",
        which=Selection(source=card.id),
    )


def province_channel(slug: str) -> Channel | None:
    """Make the channel of a province: of the 34 by today's borders, else of the 63.

    A name that both know means today's: the new Tuyên Quang holds what the old Hà Giang published,
    and Hà Giang's own address goes on.
    """
    name = province_name(slug)
    if name is None:
        return None
    today = slug in provinces_now()
    now = None if today else province_name(provinces()[slug].now)
    return Channel(
        path=f"/provinces/{slug}",
        title=f"Tin tức {name}",
        description=f"Tin mới của các sở ở {name}" + ("" if today else f", nay thuộc {now}"),
        which=Selection(province_now=slug) if today else Selection(province=slug),
    )


def province_channels() -> list[Channel]:
    """List the channels of all provinces, of today and of the 63, by name as people sort it."""
    found = (province_channel(slug) for slug in {**provinces(), **provinces_now()})
    return sorted((one for one in found if one), key=lambda one: (fold(one.title), one.path))


def channels(sources: Iterable[SourceCard]) -> list[Channel]:
    """List the channels that the sources may have articles in: all, provinces, sources."""
    cards = sorted(sources, key=lambda card: card.id)
    known = provinces()
    slugs = {slug for card in cards if card.province for slug in (card.province,)}
    slugs |= {known[slug].now for slug in slugs}
    by_province = (province_channel(slug) for slug in sorted(slugs))
    return [ALL, *(found for found in by_province if found), *map(source_channel, cards)]


def _source_at(source_id: str, sources: Sequence[SourceCard]) -> Channel | None:
    return next((source_channel(card) for card in sources if card.id == source_id), None)


def _province_at(slug: str, _: Sequence[SourceCard]) -> Channel | None:
    return province_channel(slug)


_KINDS: tuple[tuple[str, Callable[[str, Sequence[SourceCard]], Channel | None]], ...] = (
    ("/provinces/", _province_at),
    ("/sources/", _source_at),
)
"""Prefix of the path → how the rest of it becomes a channel."""

"""A channel: a set of articles under one title, as feed and as page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache

from store.base import Selection
from store.model import SourceCard
from store.provinces import REGIONS, province_name, provinces, provinces_now, spellings
from store.text import fold, words
from store.topics import TOPICS


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """What a reader subscribes to."""

    path: str
    """Of its page, such as `/provinces/dien-bien`; a format's ending makes it a feed's."""
    title: str
    description: str
    parts: tuple[Selection, ...]
    """What it holds: no article is in two of them."""
    phrases: tuple[str, ...] = ()
    """Folded; all of them stand in an article, word for word."""
    query: str = ""
    """What follows the `?` of its addresses: the one canonical way to ask for a search."""
    shared: bool = True
    """Holds the news of many sources, so that no one of them may flood it (`feeds.shelf`)."""

    def address(self, ending: str = "") -> str:
        """Return where its page stands, or its feed in the format of this ending."""
        path = f"{self.path}.{ending}" if ending else self.path
        return f"{path}?{self.query}" if self.query else path

    def within(self, since: datetime | None, until: datetime) -> Channel:
        """Return the part of the channel that was published from `since` until before `until`."""

        def later(part: Selection) -> datetime | None:
            return max(filter(None, (part.since, since)), default=None)

        parts = (replace(part, since=later(part), until=until) for part in self.parts)
        return replace(self, parts=tuple(parts))


ALL = Channel(
    path="/all",
    title="tinso – tin các sở",
    description="Tin mới của các sở Thông tin và Truyền thông, sở Khoa học và Công nghệ cả nước",
    parts=(Selection(),),
)


CORRECTIONS = Channel(
    path="/corrections",
    title="tinso – tin đã sửa",
    description="Những bài mà nơi đăng đã sửa sau khi đăng, và chỗ đã sửa",
    parts=(),
    shared=False,
)
"""Its articles are made of edits (`feeds.corrections`)."""

STATUS = Channel(
    path="/status",
    title="tinso – tình trạng các nguồn",
    description="Nguồn nào gặp sự cố, nguồn nào đã hoạt động lại",
    parts=(),
    shared=False,
)
"""Its articles are made of runs (`feeds.incidents`)."""


def channel_at(path: str, sources: Sequence[SourceCard]) -> Channel | None:
    """Return the channel whose page stands at `path`; None where there is none."""
    for prefix, make in _KINDS:
        if path.startswith(prefix):
            return make(path.removeprefix(prefix), sources)
    return next((one for one in (ALL, CORRECTIONS, STATUS) if one.path == path), None)


def moved(path: str) -> str | None:
    """Return the address that another spelling of a province's name leads to; None for others."""
    prefix, _, name = path.rpartition("/")
    name, dot, ending = name.partition(".")
    slug = _slugs().get(name) if prefix == "/provinces" else None
    return f"{prefix}/{slug}{dot}{ending}" if slug else None


@cache
def _slugs() -> dict[str, str]:
    """Return every spelling of a province's name, as an address would write it → its slug."""
    known = {**provinces(), **provinces_now()}
    found = {"-".join(words(name)): slug for name, slug in spellings().items()}
    return {name: slug for name, slug in found.items() if name not in known}


def source_channel(card: SourceCard) -> Channel:
    """Make the channel of a source."""
    return Channel(
        path=f"/sources/{card.id}",
        title=card.name,
        description=f"Tin mới của {card.name}",
        parts=(Selection(source=card.id),),
        shared=False,
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
        parts=(Selection(province_now=slug) if today else Selection(province=slug),),
    )


def region_channel(slug: str) -> Channel | None:
    """Make the channel of one of the six regions, by the provinces of the 63 that lie in it."""
    name = REGIONS.get(slug)
    inside = [province.slug for province in provinces().values() if province.region == slug]
    if name is None:
        return None
    return Channel(
        path=f"/regions/{slug}",
        title=f"Tin tức {name}",
        description=f"Tin mới của các sở ở {name}",
        parts=tuple(Selection(province=province) for province in inside),
    )


def topic_channel(slug: str) -> Channel | None:
    """Make the channel of one of our topics."""
    name = TOPICS.get(slug)
    if name is None:
        return None
    return Channel(
        path=f"/topics/{slug}",
        title=f"Tin về {name}",
        description=f"Tin mới của các sở cả nước về chủ đề {name}",
        parts=(Selection(topic=slug),),
    )


def province_channels() -> list[Channel]:
    """List the channels of all provinces, of today and of the 63, by name as people sort it."""
    found = channels_of(province_channel, {**provinces(), **provinces_now()})
    return sorted(found, key=lambda one: (fold(one.title), one.path))


def region_channels() -> list[Channel]:
    """List the channels of the six regions, north to south."""
    return channels_of(region_channel, REGIONS)


def topic_channels() -> list[Channel]:
    """List the channels of our topics, by name."""
    return channels_of(topic_channel, TOPICS)


def channels(sources: Iterable[SourceCard]) -> list[Channel]:
    """List the channels that the sources may have articles in, the widest first."""
    cards = sorted(sources, key=lambda card: card.id)
    known = provinces()
    slugs = {slug for card in cards if card.province for slug in (card.province,)}
    regions = {known[slug].region for slug in slugs}
    slugs |= {known[slug].now for slug in slugs}
    return [
        ALL,
        *channels_of(region_channel, (slug for slug in REGIONS if slug in regions)),
        *channels_of(province_channel, sorted(slugs)),
        *((*topic_channels(), CORRECTIONS, STATUS) if cards else ()),
        *map(source_channel, cards),
    ]


def channels_of(make: Callable[[str], Channel | None], slugs: Iterable[str]) -> list[Channel]:
    """List the channels that `make` makes of these slugs, without those that are none."""
    return [channel for channel in map(make, slugs) if channel is not None]


def _source_at(source_id: str, sources: Sequence[SourceCard]) -> Channel | None:
    return next((source_channel(card) for card in sources if card.id == source_id), None)


_KINDS: tuple[tuple[str, Callable[[str, Sequence[SourceCard]], Channel | None]], ...] = (
    ("/provinces/", lambda slug, _: province_channel(slug)),
    ("/regions/", lambda slug, _: region_channel(slug)),
    ("/sources/", _source_at),
    ("/topics/", lambda slug, _: topic_channel(slug)),
)
"""Prefix of the path → how the rest of it becomes a channel."""

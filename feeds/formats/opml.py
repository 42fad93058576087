"""OPML 2.0 (opml.org/spec2.opml): lists of feeds to subscribe to at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from feeds.channel import (
    ALL,
    Channel,
    channels,
    channels_of,
    province_channel,
    source_channel,
    topic_channel,
)
from feeds.formats import FORMATS, Format
from feeds.safe import one_line
from feeds.search import BadQuery, Query, read_query, search_channel
from store.model import SourceCard
from store.provinces import province_name, provinces

MEDIA_TYPE = "text/x-opml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Feeds under one heading."""

    title: str
    channels: Sequence[Channel]


_KINDS = (("/regions/", "Vùng"), ("/topics/", "Chủ đề"), ("/provinces/", "Tỉnh, thành"))


def whole(cards: Sequence[SourceCard]) -> list[Group]:
    """Group all channels that the sources may have articles in."""
    found = channels(cards)
    groups = [
        Group(title="Tất cả", channels=[one for one in found if one.path.count("/") == 1]),
        *(
            Group(title=title, channels=[one for one in found if one.path.startswith(prefix)])
            for prefix, title in _KINDS
        ),
        *_by_province(cards),
    ]
    return [group for group in groups if group.channels]


def chosen(
    cards: Sequence[SourceCard], wanted: Sequence[str], topics: Sequence[str]
) -> list[Group]:
    """Group what was chosen: provinces with their sources, topics; of both, each topic in each."""
    if wanted and topics:
        queries = (Query(province=slug, topic=topic) for slug in wanted for topic in topics)
        return [Group(title="Chủ đề theo tỉnh, thành", channels=[*map(search_channel, queries)])]
    inside = [card for card in cards if _lies_in(card, wanted)]
    groups = [
        Group(title="Tỉnh, thành", channels=channels_of(province_channel, wanted)),
        *_by_province(inside),
        Group(title="Chủ đề", channels=channels_of(topic_channel, topics)),
    ]
    return [group for group in groups if group.channels]


def subscriptions(
    cards: Sequence[SourceCard],
    wanted: Sequence[str],
    topics: Sequence[str],
    ending: str,
    base_url: str,
) -> bytes:
    """Write all channels, or those of the chosen provinces and topics; raises BadQuery."""
    form = FORMATS.get(ending or "atom")
    if form is None:
        raise BadQuery(
            vi=f"Chọn một dạng: format={', '.join(FORMATS)}.",
            en=f"Choose a format: {', '.join(FORMATS)}.",
        )
    for slug in wanted:
        read_query({"province": slug})
    for slug in topics:
        read_query({"topic": slug})
    is_chosen = any(wanted) or any(topics)
    groups = chosen(cards, wanted, topics) if is_chosen else whole(cards)
    return render_opml(ALL.title, groups, form, base_url)


def render_opml(title: str, groups: Sequence[Group], form: Format, base_url: str) -> bytes:
    """Write the groups as OPML whose subscriptions are feeds of one format."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = one_line(title)
    body = etree.SubElement(root, "body")
    for group in groups:
        heading = one_line(group.title)
        folder = etree.SubElement(body, "outline", text=heading, title=heading)
        for channel in group.channels:
            name = one_line(channel.title)
            etree.SubElement(
                folder,
                "outline",
                type="rss",
                text=name,
                title=name,
                xmlUrl=base_url + channel.address(form.ending),
                htmlUrl=base_url + channel.address(),
            )
    written: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _by_province(cards: Sequence[SourceCard]) -> list[Group]:
    found: dict[str, list[Channel]] = {}
    for card in sorted(cards, key=lambda card: card.id):
        name = province_name(card.province) if card.province else None
        found.setdefault(name or "Trung ương", []).append(source_channel(card))
    return [Group(title=f"Nguồn: {name}", channels=found[name]) for name in found]


def _lies_in(card: SourceCard, wanted: Sequence[str]) -> bool:
    province = provinces().get(card.province or "")
    return province is not None and not {province.slug, province.now}.isdisjoint(wanted)

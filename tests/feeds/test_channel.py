from __future__ import annotations

import pytest

from feeds.channel import ALL, channel_at, channels, moved
from store.base import Selection
from store.provinces import provinces
from store.topics import TOPICS
from tests.feeds.conftest import CARD


@pytest.mark.parametrize(
    ("path", "which"),
    [
        ("/all", Selection()),
        ("/provinces/dien-bien", Selection(province_now="dien-bien")),
        ("/provinces/tuyen-quang", Selection(province_now="tuyen-quang")),
        ("/provinces/ha-giang", Selection(province="ha-giang")),
        ("/provinces/hue", Selection(province_now="hue")),
        ("/provinces/thua-thien-hue", Selection(province="thua-thien-hue")),
        ("/topics/chuyen-doi-so", Selection(topic="chuyen-doi-so")),
        ("/sources/dien-bien/tttt", Selection(source="dien-bien/tttt")),
    ],
)
def test_a_channels_address_tells_its_articles(path: str, which: Selection) -> None:
    channel = channel_at(path, [CARD])
    assert channel is not None
    assert (channel.path, channel.parts) == (path, (which,))


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/al",
        "/all/",
        "/provinces/atlantis",
        "/provinces/",
        "/sources/ha-noi/tttt",
        "/topics/x",
        "/regions/x",
    ],
)
def test_no_channel_stands_anywhere_else(path: str) -> None:
    assert channel_at(path, [CARD]) is None


def test_the_directory_names_a_merged_province_by_both_names() -> None:
    card = CARD.__class__(
        id="hau-giang/demo",
        name="Sở",
        site="http://127.0.0.1:1",
        province="hau-giang",
        family="generic",
        checked=False,
    )
    assert [channel.path for channel in channels([card])] == [
        ALL.path,
        "/regions/dong-bang-song-cuu-long",
        "/provinces/can-tho",
        "/provinces/hau-giang",
        *(f"/topics/{slug}" for slug in TOPICS),
        "/corrections",
        "/status",
        "/sources/hau-giang/demo",
    ]


def test_an_old_name_says_what_it_belongs_to_today() -> None:
    old, today = (channel_at(f"/provinces/{slug}", []) for slug in ("ha-giang", "tuyen-quang"))
    assert old is not None
    assert today is not None
    assert (old.title, old.description) == (
        "Tin tức Hà Giang",
        "Tin mới của các sở ở Hà Giang, nay thuộc Tuyên Quang",
    )
    assert today.description == "Tin mới của các sở ở Tuyên Quang"


def test_a_region_holds_its_provinces_each_once() -> None:
    region = channel_at("/regions/tay-nguyen", [])
    assert region is not None
    found = {part.province for part in region.parts}
    assert found == {one.slug for one in provinces().values() if one.region == "tay-nguyen"}
    assert len(found) == len(region.parts)


@pytest.mark.parametrize(
    ("path", "new"),
    [
        ("/provinces/bac-can.rss", "/provinces/bac-kan.rss"),
        ("/provinces/dac-lac", "/provinces/dak-lak"),
        ("/provinces/dien-bien", None),
        ("/provinces/atlantis", None),
        ("/topics/bac-can", None),
    ],
)
def test_another_spelling_of_a_province_leads_to_its_address(path: str, new: str | None) -> None:
    assert moved(path) == new

"""What of a channel its feed shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from feeds.channel import ALL, Channel, channel_at
from feeds.shelf import MOST_LATE, newest, shelf, version
from store.base import Cursor, Store
from tests.feeds.conftest import CARD
from tests.store.making import MORNING, sighting


def channel(path: str) -> Channel:
    found = channel_at(path, [CARD])
    assert found is not None
    return found


def a_first_crawl(store: Store, count: int = 60) -> None:
    """Keep old articles of Điện Biên that came all at once, and two that came when they should."""
    store.keep(
        [
            *(
                sighting(n, published=MORNING - timedelta(days=n), first_seen=MORNING)
                for n in range(10, 10 + count)
            ),
            *(
                sighting(
                    n,
                    source="ha-noi/tttt",
                    province="ha-noi",
                    province_now="ha-noi",
                    published=MORNING - timedelta(days=n),
                    first_seen=MORNING - timedelta(days=n),
                )
                for n in (15, 500)
            ),
        ]
    )


def test_a_new_sources_first_crawl_does_not_flood_shared_feeds(store: Store) -> None:
    a_first_crawl(store)
    shown = shelf(store, ALL, limit=50)
    mine = [one for one in shown.articles if one.source == CARD.id]
    assert len(mine) == MOST_LATE
    assert mine == newest(store, channel("/sources/dien-bien/tttt"), limit=MOST_LATE)
    assert len(shown.articles) == MOST_LATE + 2, "the others of the channel are all there"
    assert shown.behind is not None


def test_its_own_feed_and_all_pages_show_it_whole(store: Store) -> None:
    a_first_crawl(store)
    assert len(shelf(store, channel("/sources/dien-bien/tttt"), limit=50).articles) == 50
    assert len(newest(store, ALL, limit=100)) == 62


def test_what_a_feed_shows_depends_on_the_articles_alone(store: Store) -> None:
    a_first_crawl(store)
    before = shelf(store, ALL, limit=50).articles
    late = sighting(
        300, published=MORNING - timedelta(days=300), first_seen=MORNING + timedelta(days=1)
    )
    store.keep([late])
    after = shelf(store, ALL, limit=50).articles
    assert [one for one in after if one.id != late.article.id] == list(before)
    assert late.article.id in {one.id for one in after}, "another day, another ten"


def test_a_region_is_read_in_one_order_and_paged_without_a_gap(store: Store) -> None:
    other = {"source": "lai-chau/tttt", "province": "lai-chau", "province_now": "lai-chau"}
    store.keep([sighting(n, **({} if n % 2 else other)) for n in range(20)])
    region = channel("/regions/trung-du-mien-nui-phia-bac")
    whole = newest(store, region, limit=50)
    assert [one.published for one in whole] == sorted(
        (one.published for one in whole), reverse=True
    )
    found, after = list(whole[:0]), None
    while page := newest(store, region, limit=3, after=after):
        found += page
        after = Cursor(published=page[-1].published, id=page[-1].id)
    assert found == whole
    assert len(whole) == version(store, region).count == 20
    assert version(store, replace(region, parts=())).changed is None

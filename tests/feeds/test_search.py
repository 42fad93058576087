"""What people may ask a search for."""

from __future__ import annotations

from datetime import datetime

import pytest

from feeds.search import BadQuery, Query, read_query, search_channel
from feeds.shelf import newest
from store.base import Selection, Store
from store.model import VIETNAM
from tests.store.making import sighting


@pytest.mark.parametrize(
    ("asked", "canonical"),
    [
        ({"q": "Hội  nghị CHUYỂN đổi số"}, "q=hoi+nghi+chuyen+doi+so"),
        ({"q": "Đà Nẵng đà"}, "q=da+nang"),
        ({"q": '"Chuyển đổi" số -hội -Nghị'}, "q=so+%22chuyen+doi%22+-hoi+-nghi"),
        ({"q": "“chuyển đổi”"}, "q=%22chuyen+doi%22"),
        ({"q": '"số"'}, "q=so"),
        ({"q": '"mở mà không đóng'}, "q=mo+ma+khong+dong"),
        ({"topic": "buu-chinh", "q": "x", "province": "hue"}, "q=x&province=hue&topic=buu-chinh"),
        ({"since": "2026-01-31", "_": "1", "utm_source": "x"}, "since=2026-01-31"),
        ({"q": "!!! - \"\" ''"}, ""),
        ({}, ""),
    ],
)
def test_all_ways_to_ask_for_the_same_have_one_form(asked: dict[str, str], canonical: str) -> None:
    query = read_query(asked)
    assert query.canonical == canonical
    assert query.is_empty is (canonical == "")


@pytest.mark.parametrize(
    "asked",
    [
        {"province": "atlantis"},
        {"topic": "bong-da"},
        {"since": "hom qua"},
        {"since": "2026-02-30"},
        {"q": " ".join(f"tu{n}" for n in range(13))},
    ],
)
def test_a_value_that_means_nothing_is_refused_with_a_sentence(asked: dict[str, str]) -> None:
    with pytest.raises(BadQuery) as told:
        read_query(asked)
    assert told.value.vi.endswith(".")
    assert told.value.en.endswith(".")


def test_a_search_selects_by_everything_it_says() -> None:
    query = read_query(
        {
            "q": '"chuyển đổi số" -thuế',
            "province": "ha-giang",
            "topic": "buu-chinh",
            "since": "2026-01-31",
        }
    )
    channel = search_channel(query)
    assert channel.parts == (
        Selection(
            words=("chuyen", "doi", "so"),
            without=("thue",),
            province="ha-giang",
            topic="buu-chinh",
            since=datetime(2026, 1, 31, tzinfo=VIETNAM),
        ),
    )
    assert channel.address("atom").startswith("/search.atom?q=")
    assert search_channel(Query(province="tuyen-quang")).parts[0].province_now == "tuyen-quang"


def test_a_phrase_is_found_word_for_word_over_every_page_of_candidates(store: Store) -> None:
    apart = [sighting(n, title="Đổi mới và chuyển số") for n in range(2, 30)]
    whole = sighting(1, title="Về CHUYỂN ĐỔI SỐ", body_text="Nội dung.")
    store.keep([*apart, whole, sighting(40, title="Chuyển đổi sốt")])
    found = newest(store, search_channel(read_query({"q": '"chuyen doi so"'})), limit=5)
    assert [one.title for one in found] == ["Về CHUYỂN ĐỔI SỐ"]

"""What `store.base` promises of articles, held against both backends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from store.base import Cursor, Kept, Selection, Store, Version
from store.identity import Sighting
from store.model import VIETNAM, Appearance, Attachment, Image
from store.names import aliases_of
from tests.store.making import DIEN_BIEN, MORNING, article, sighting

NEXT_DAY = MORNING + timedelta(days=1)
LATER = MORNING + timedelta(days=2)
EVERYTHING = Selection()


def titles(store: Store, which: Selection = EVERYTHING, **where: Any) -> list[str]:
    return [found.title for found in store.newest(which, limit=100, **where)]


# Keeping


def test_kept_article_comes_back_as_it_was(store: Store) -> None:
    seen = sighting(
        summary="Tóm tắt",
        topics=("buu-chinh", "chuyen-doi-so"),
        images=(Image(url="http://dic.gov.vn/a.jpg", caption="Ảnh"),),
        attachments=(Attachment(url="http://dic.gov.vn/a.pdf", title="A", size_bytes=12),),
        provenance={"title": "css:h1", "a.b": "meta:og:title"},
        confidence=0.75,
        cut=("Đường dây nóng: 1900 0000",),
    )
    store.keep([seen])
    assert store.get(seen.article.id) == seen.article


def test_kept_article_is_there_for_another_process(
    store: Store, reopen: Callable[[], Store]
) -> None:
    store.keep([sighting()])
    assert reopen().get(article().id) == article()


def test_unknown_article_is_none(store: Store) -> None:
    assert store.get("no-such-id") is None


def test_nothing_to_keep_is_nothing_done(store: Store) -> None:
    assert store.keep([]) == Kept()


def test_keep_tells_what_it_did_in_the_order_of_the_sightings(store: Store) -> None:
    store.keep([sighting(1), sighting(2), sighting(3), sighting(4)])
    kept = store.keep(
        [
            sighting(6),
            sighting(4, title="Tin đã sửa"),
            sighting(3),
            sighting(5),
            sighting(2, title="Cũng sửa"),
            sighting(1),
        ]
    )
    assert kept == Kept(
        inserted=(article(6).id, article(5).id),
        updated=(article(4).id, article(2).id),
        same=(article(3).id, article(1).id),
    )


def test_same_article_again_changes_nothing(store: Store) -> None:
    store.keep([sighting()])
    before = list(store.dump())
    store.keep([sighting(changed=LATER, first_seen=LATER)])
    assert list(store.dump()) == before


def test_microseconds_are_no_change(store: Store) -> None:
    published = MORNING + timedelta(microseconds=1234)
    store.keep([sighting(published=published, updated=published)])
    assert store.keep([sighting(published=published, updated=published)]).same == (article().id,)


def test_times_come_out_as_utc_cut_to_milliseconds(store: Store) -> None:
    store.keep([sighting(published=datetime(2026, 11, 20, 9, 15, 30, 123999, tzinfo=VIETNAM))])
    (found,) = store.newest(EVERYTHING, limit=1)
    assert found.published == datetime(2026, 11, 20, 2, 15, 30, 123000, tzinfo=UTC)
    assert found.published.tzinfo is UTC


def test_any_alias_names_the_article(store: Store) -> None:
    store.keep([sighting(1, aliases=["dien-bien/tttt #1", "dien-bien/tttt dic.gov.vn/a"])])
    again = sighting(2, aliases=["dien-bien/tttt dic.gov.vn/a"], title="Tin đã sửa")
    assert store.keep([again]) == Kept(updated=(article(1).id,))
    assert titles(store) == ["Tin đã sửa"]


def test_new_alias_is_added_to_an_article_that_is_the_same(store: Store) -> None:
    store.keep([sighting(1, aliases=["s #1"])])
    assert store.keep([sighting(1, aliases=["s #1", "s moved"])]).same == (article(1).id,)
    assert store.known(["s #1", "s moved"]) == {"s #1": article(1).id, "s moved": article(1).id}


def test_first_known_alias_names_the_article_and_takes_none_from_another(store: Store) -> None:
    store.keep([sighting(1, aliases=["s #1"]), sighting(2, aliases=["s #2"])])
    store.keep([sighting(3, aliases=["s #3", "s #2", "s #1"], title="Tin đã sửa")])
    assert store.known(["s #1", "s #2", "s #3"]) == {
        "s #1": article(1).id,
        "s #2": article(2).id,
        "s #3": article(2).id,
    }
    assert store.get(article(3).id) is None


def test_article_with_a_known_id_is_known_whatever_its_aliases(store: Store) -> None:
    store.keep([sighting(1, aliases=["s #1"])])
    assert store.keep([sighting(1, aliases=["s other"])]).same == (article(1).id,)
    assert store.known(["s other"]) == {"s other": article(1).id}


def test_keep_tells_the_id_of_every_sighting(store: Store) -> None:
    store.keep([sighting(1)])
    kept = store.keep([sighting(2), sighting(1, title="Tin đã sửa"), sighting(2)])
    assert kept.ids == (article(2).id, article(1).id, article(2).id)


def test_an_article_is_withdrawn_and_moved_by_its_id_alone(store: Store) -> None:
    store.keep([sighting()])
    gone = article(state="withdrawn", title="Cũ", changed=LATER)
    moved = article(url="http://dic.gov.vn/moi", title="Cũ", changed=LATER)
    for told in (
        Sighting(article=gone, aliases=(), why="gone"),
        Sighting(article=moved, aliases=(), why="moved"),
    ):
        assert store.keep([told]).updated == (gone.id,)
    found = store.get(gone.id)
    assert found == replace(article(changed=LATER), url=moved.url, state="withdrawn")
    assert store.revisions(gone.id) == []


def test_claimed_names_leave_the_article_that_had_them(store: Store) -> None:
    store.keep([sighting(1, aliases=["s #1"]), sighting(2, aliases=["s #2", "s two"])])
    younger = article(2, title="Tin một, đổi tên", changed=LATER)
    kept = store.keep([Sighting(article=younger, aliases=("s #1", "s #2", "s three"), claims=True)])
    assert kept.ids == (article(1).id,)
    assert set(store.known(["s #1", "s #2", "s three"]).values()) == {article(1).id}
    assert store.known(["s two"]) == {"s two": article(2).id}
    assert store.keep([sighting(9, aliases=["s #2"], changed=LATER)]).ids == (article(1).id,)


def test_a_number_given_twice_names_two_articles(store: Store) -> None:
    texts = ("Sở họp bàn chuyển đổi số ở xã", "Tuyển dụng ba viên chức năm nay")
    both = [
        sighting(n, aliases=["s #1", f"s {n}"], title=text, body_text=text, published=MORNING)
        for n, text in enumerate(texts)
    ]
    store.keep(both)
    assert [each.title for each in map(store.get, store.keep(both).ids) if each] == [*texts]
    assert store.known(["s 0", "s 1"]) == {f"s {n}": article(n).id for n in (0, 1)}


def test_why_an_article_has_another_name_is_told_and_moves_nothing(store: Store) -> None:
    rules = {"provenance": {"id": "key", "title": "css:h1"}}
    store.keep([sighting(1, aliases=["s #1"], **rules)])
    before = store.version(EVERYTHING)
    again = sighting(1, aliases=["s #1", "s other.vn/1"], changed=LATER, **rules)
    assert store.keep([again]) == Kept(same=(article(1).id,))
    again = sighting(1, aliases=["s other.vn/1", "s other.vn/2"], changed=LATER, **rules)
    assert store.keep([again]) == Kept(same=(article(1).id,))
    found = store.get(article(1).id)
    assert found is not None
    assert found.provenance["id"] == "key, address"
    assert store.version(EVERYTHING) == before


def test_known_leaves_out_what_is_unknown(store: Store) -> None:
    store.keep([sighting(1)])
    known, *_ = aliases_of(DIEN_BIEN, key="1", url=article(1).url)
    assert store.known([known, "nobody"]) == {known: article(1).id}
    assert store.known([]) == {}


def test_second_sighting_of_a_batch_is_decided_against_the_first(store: Store) -> None:
    kept = store.keep([sighting(1), sighting(1, title="Sửa"), sighting(1, title="Sửa nữa")])
    assert kept == Kept(inserted=(article(1).id,), updated=(article(1).id,) * 2)
    assert [old.title for old in store.revisions(article(1).id)] == ["Tin thứ 1", "Sửa"]
    assert titles(store) == ["Sửa nữa"]


def test_sightings_of_a_batch_that_share_an_alias_are_one_article(store: Store) -> None:
    store.keep([sighting(1, aliases=["a", "b"]), sighting(2, aliases=["b", "c"])])
    store.keep([sighting(3, aliases=["c"])])
    assert store.known(["a", "b", "c"]) == dict.fromkeys("abc", article(1).id)


# Edits


def test_edit_puts_the_old_version_away(store: Store) -> None:
    store.keep([sighting(body_html="<p>Cũ.</p>", body_text="Cũ.")])
    store.keep([sighting(body_html="<p>Mới.</p>", body_text="Mới.", changed=LATER)])
    found = store.get(article().id)
    assert found is not None
    assert (found.body_text, found.revision, found.updated) == ("Mới.", 2, LATER)
    (old,) = store.revisions(article().id)
    assert (old.body_text, old.revision, old.replaced) == ("Cũ.", 1, LATER)


def test_every_version_is_kept_oldest_first(store: Store) -> None:
    for number in range(1, 5):
        store.keep([sighting(title=f"Bản {number}", changed=LATER + timedelta(hours=number))])
    old = store.revisions(article().id)
    assert [(version.revision, version.title) for version in old] == [
        (1, "Bản 1"),
        (2, "Bản 2"),
        (3, "Bản 3"),
    ]


def test_change_of_fields_alone_makes_no_revision(store: Store) -> None:
    store.keep([sighting()])
    assert store.keep([sighting(section="Tin tức", changed=LATER)]).updated
    assert store.revisions(article().id) == []
    found = store.get(article().id)
    assert found is not None
    assert (found.section, found.revision, found.updated) == ("Tin tức", 1, article().updated)


def test_article_never_edited_has_no_revisions(store: Store) -> None:
    store.keep([sighting()])
    assert store.revisions(article().id) == []
    assert store.revisions("no-such-id") == []


def test_date_stays_when_a_later_one_comes_from_no_better_place(store: Store) -> None:
    store.keep([sighting(published_from="meta")])
    store.keep([sighting(published_from="meta", published=LATER, title="Sửa")])
    assert [found.published for found in store.newest(EVERYTHING, limit=1)] == [article().published]


def test_date_gives_way_to_a_better_place(store: Store) -> None:
    store.keep([sighting(published_from="first-seen", published=LATER)])
    store.keep([sighting(published_from="page")])
    (found,) = store.newest(EVERYTHING, limit=1)
    assert (found.published, found.published_from) == (article().published, "page")


# Order and paging


def test_newest_comes_first(store: Store) -> None:
    store.keep([sighting(2), sighting(3), sighting(1)])
    assert titles(store) == ["Tin thứ 3", "Tin thứ 2", "Tin thứ 1"]


def test_ties_go_by_id(store: Store) -> None:
    store.keep([sighting(n, id=name, published=MORNING) for n, name in enumerate("cab")])
    assert [found.id for found in store.newest(EVERYTHING, limit=9)] == ["a", "b", "c"]


def test_limit_cuts(store: Store) -> None:
    store.keep([sighting(1), sighting(2), sighting(3)])
    assert [found.title for found in store.newest(EVERYTHING, limit=2)] == [
        "Tin thứ 3",
        "Tin thứ 2",
    ]
    assert store.newest(EVERYTHING, limit=0) == []


@pytest.mark.parametrize("which", [EVERYTHING, Selection(topic="t"), Selection(words=("tin",))])
def test_paging_meets_every_article_once_also_among_ties(store: Store, which: Selection) -> None:
    store.keep(
        [sighting(n, published=MORNING + timedelta(days=n // 5), topics=("t",)) for n in range(12)]
    )
    found: list[str] = []
    after = None
    while page := store.newest(which, limit=2, after=after):
        found += [each.id for each in page]
        after = Cursor(published=page[-1].published, id=page[-1].id)
    whole = [each.id for each in store.newest(which, limit=100)]
    assert found == whole
    assert len(set(found)) == 12


# Selections


def at(number: int) -> datetime:
    return article(number).published


def a_few(store: Store) -> None:
    mic = {"source": "trung-uong/mic"}
    store.keep(
        [
            sighting(1, title="Hội nghị tại Đà Nẵng", topics=("buu-chinh",)),
            sighting(2, title="Tin hai", topics=("buu-chinh", "vien-thong")),
            sighting(3, **mic, title="Tin ba", province="ha-giang", province_now="tuyen-quang"),
            sighting(4, **mic, title="Tin bốn", province=None, province_now=None),
        ]
    )


@pytest.mark.parametrize(
    ("which", "expected"),
    [
        (Selection(), ["Tin bốn", "Tin ba", "Tin hai", "Hội nghị tại Đà Nẵng"]),
        (Selection(source="trung-uong/mic"), ["Tin bốn", "Tin ba"]),
        (Selection(province="ha-giang"), ["Tin ba"]),
        (Selection(province_now="tuyen-quang"), ["Tin ba"]),
        (Selection(topic="buu-chinh"), ["Tin hai", "Hội nghị tại Đà Nẵng"]),
        (Selection(topic="vien-thong", province="dien-bien"), ["Tin hai"]),
        (Selection(topic="vien-thong", province="ha-giang"), []),
        (Selection(topic="buu-chinh", words=("hoi",)), ["Hội nghị tại Đà Nẵng"]),
        (Selection(words=("hoi", "nghi")), ["Hội nghị tại Đà Nẵng"]),
        (Selection(words=("da", "nang")), ["Hội nghị tại Đà Nẵng"]),
        (Selection(words=("hoi", "ba")), []),
        (Selection(words=("ngh",)), []),
        (Selection(words=("tin",)), ["Tin bốn", "Tin ba", "Tin hai"]),
        (Selection(words=('"',)), []),
        (Selection(words=("hoi*",)), ["Hội nghị tại Đà Nẵng"]),
        (Selection(topic="khong-co"), []),
        (Selection(without=("tin",)), ["Hội nghị tại Đà Nẵng"]),
        (Selection(words=("tin",), without=("ba", "Bốn")), ["Tin hai"]),
        (Selection(without=('"',)), ["Tin bốn", "Tin ba", "Tin hai", "Hội nghị tại Đà Nẵng"]),
        (Selection(since=at(3)), ["Tin bốn", "Tin ba"]),
        (Selection(until=at(3)), ["Tin hai", "Hội nghị tại Đà Nẵng"]),
        (Selection(since=at(2), until=at(4), words=("tin",)), ["Tin ba", "Tin hai"]),
    ],
    ids=str,
)
def test_selection_meets_every_condition(
    store: Store, which: Selection, expected: list[str]
) -> None:
    a_few(store)
    assert titles(store, which) == expected
    assert store.version(which).count == len(expected)
    assert sum(store.count_by_day(which).values()) == len(expected)


@pytest.mark.parametrize("word", ["tieude", "tomtat", "thanbai", "trongbang", "chuyendoi", "a"])
def test_search_reads_title_summary_body_and_its_tables(store: Store, word: str) -> None:
    store.keep(
        [
            sighting(
                title="Tiêuđề",
                summary="TÓMTẮT",
                body_html=(
                    "<p>Thânbài chuyển<b>đổi</b> A&amp;B</p>"
                    '<table class="bang"><tr><td>Trongbảng</td></tr></table>'
                ),
            )
        ]
    )
    assert len(store.newest(Selection(words=(word,)), limit=2)) == 1


@pytest.mark.parametrize("word", ["table", "bang", "amp", "bthanbai"])
def test_search_does_not_read_markup(store: Store, word: str) -> None:
    store.keep([sighting(body_html='<table class="bang"><tr><td>A&amp;B</td></tr></table>')])
    assert store.newest(Selection(words=(word,)), limit=2) == []


def test_search_follows_an_edit(store: Store) -> None:
    store.keep([sighting(title="Lũ lụt")])
    store.keep([sighting(title="Hạn hán")])
    assert titles(store, Selection(words=("lu",))) == []
    assert titles(store, Selection(words=("han",))) == ["Hạn hán"]


def test_what_changes_outside_a_window_does_not_change_its_version(store: Store) -> None:
    window = Selection(since=at(2), until=at(4))
    a_few(store)
    before = store.version(window)
    store.keep([sighting(1, title="Sửa", changed=LATER)])
    assert store.version(window) == before
    store.keep([sighting(2, title="Sửa", changed=LATER)])
    assert store.version(window) == Version(count=2, changed=LATER)


def test_edits_of_all_articles_are_told_newest_first(store: Store) -> None:
    store.keep([sighting(1), sighting(2), sighting(3)])
    assert store.edits(limit=9) == []
    for hours, number in enumerate((1, 2, 1, 1)):
        changed = LATER + timedelta(hours=hours)
        store.keep([sighting(number, title=f"Sửa lần {hours}", changed=changed)])
    told = [(one.article_id, one.revision, one.title) for one in store.edits(limit=9)]
    assert told == [
        (article(1).id, 3, "Sửa lần 2"),
        (article(1).id, 2, "Sửa lần 0"),
        (article(2).id, 1, "Tin thứ 2"),
        (article(1).id, 1, "Tin thứ 1"),
    ]
    assert store.edits(limit=2) == store.edits(limit=9)[:2]
    assert store.edits(limit=0) == []


def test_withdrawn_article_is_in_no_selection_but_can_be_got(store: Store) -> None:
    store.keep([sighting(topics=("t",))])
    store.keep([sighting(topics=("t",), state="withdrawn", changed=LATER)])
    for which in (EVERYTHING, Selection(topic="t"), Selection(words=("tin",))):
        assert store.newest(which, limit=9) == []
        assert store.version(which) == Version(count=0, changed=LATER)
    assert store.count_by_day(EVERYTHING) == {}
    assert store.get(article().id) is not None


def test_withdrawn_article_may_come_back(store: Store) -> None:
    store.keep([sighting(state="withdrawn")])
    store.keep([sighting()])
    assert titles(store) == ["Tin thứ 1"]


# Versions


def test_version_of_nothing(store: Store) -> None:
    assert store.version(EVERYTHING) == Version(count=0, changed=None)


def an_article_comes() -> Sighting:
    return sighting(2, topics=("t",), changed=LATER)


def an_edit_comes() -> Sighting:
    return sighting(1, topics=("t",), title="Tin sửa", changed=LATER)


def a_field_changes() -> Sighting:
    return sighting(1, topics=("t",), byline="Minh Đức", changed=LATER)


def it_is_withdrawn() -> Sighting:
    return sighting(1, topics=("t",), state="withdrawn", changed=LATER)


def it_leaves_the_topic() -> Sighting:
    return sighting(1, changed=LATER)


@pytest.mark.parametrize(
    "event",
    [an_article_comes, an_edit_comes, a_field_changes, it_is_withdrawn, it_leaves_the_topic],
)
def test_version_changes_with_the_selection(store: Store, event: Callable[[], Sighting]) -> None:
    topic = Selection(topic="t")
    store.keep([sighting(1, topics=("t",))])
    assert store.version(topic) == Version(count=1, changed=NEXT_DAY)
    store.keep([event()])
    assert store.version(topic).changed == LATER


def test_version_of_a_search_changes_when_the_word_goes(store: Store) -> None:
    store.keep([sighting(title="Lũ lụt")])
    store.keep([sighting(title="Hạn hán", changed=LATER)])
    assert store.version(Selection(words=("lu",))) == Version(count=0, changed=LATER)


def test_version_does_not_change_with_another_selection(store: Store) -> None:
    store.keep([sighting(1, topics=("t",))])
    before = store.version(Selection(topic="t"))
    store.keep([sighting(2, changed=LATER)])
    assert store.version(Selection(topic="t")) == before


def test_version_does_not_change_when_nothing_does(store: Store) -> None:
    store.keep([sighting(1)])
    before = store.version(EVERYTHING)
    store.keep([sighting(1, changed=LATER)])
    assert store.version(EVERYTHING) == before


def test_version_is_utc(store: Store) -> None:
    store.keep([sighting(1)])
    changed = store.version(EVERYTHING).changed
    assert changed is not None
    assert changed.tzinfo is UTC


# Days


def test_days_are_vietnams(store: Store) -> None:
    at = [
        datetime(2026, 11, 20, 16, 59, 59, 999000, tzinfo=UTC),
        datetime(2026, 11, 20, 17, 0, tzinfo=UTC),
        datetime(2026, 11, 20, 23, 30, tzinfo=UTC),
        datetime(1969, 12, 31, 20, 0, tzinfo=UTC),
    ]
    store.keep([sighting(n, published=moment) for n, moment in enumerate(at)])
    assert store.count_by_day(EVERYTHING) == {
        date(1970, 1, 1): 1,
        date(2026, 11, 20): 1,
        date(2026, 11, 21): 2,
    }


def test_appearances_of_a_source_come_newest_first(store: Store) -> None:
    first, second = sighting(1), sighting(2, published_precision="day")
    store.keep([first, second, sighting(3, source="lao-cai/tttt"), sighting(4, state="withdrawn")])
    told = [
        Appearance(
            published=each.article.published,
            published_precision=each.article.published_precision,
            published_from="page",
            first_seen=each.article.first_seen,
        )
        for each in (second, first)
    ]
    assert store.appearances(DIEN_BIEN, limit=9) == told
    assert store.appearances(DIEN_BIEN, limit=1) == told[:1]
    assert store.appearances("ha-noi/tttt", limit=9) == store.appearances(DIEN_BIEN, limit=0) == []


# Whatever the web holds


@pytest.mark.parametrize(
    "title", ["'; DROP TABLE articles; --", "$where: {}", "a\x00b", "𝕋in 🗞️", "{{ 7*7 }}"]
)
def test_odd_text_comes_back_as_it_was(store: Store, title: str) -> None:
    store.keep([sighting(title=title, aliases=[title], section=title, topics=(title,))])
    assert titles(store, Selection(topic=title)) == [title]
    assert store.known([title]) == {title: article().id}


def test_long_batch_is_kept_whole(store: Store) -> None:
    store.keep([sighting(n) for n in range(300)])
    assert store.version(EVERYTHING).count == 300


def test_sighting_keeps_its_own_minting(store: Store) -> None:
    seen = sighting(1)
    store.keep([replace(seen, article=replace(seen.article, id="minted"))])
    assert store.known(seen.aliases) == dict.fromkeys(seen.aliases, "minted")

"""Which article a sighting is of, where names are known, given twice or gone: on plain data."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.identity import Decision, Sighting, decide, settle
from store.model import Article
from store.names import aliases_of, mint, told_alias
from tests.store.making import DIEN_BIEN, MORNING, article

LATER = MORNING + timedelta(days=2)
MEETING = "Sáng 20/11, Sở tổ chức hội nghị tập huấn kỹ năng số cho cán bộ các xã vùng cao. " * 5
HIRING = "Trung tâm thông báo tuyển dụng hai viên chức, hồ sơ nộp trước ngày 30 tháng 11. " * 5


class Shelf:
    """What a store remembers, without a store: articles by id, ids by alias."""

    def __init__(self) -> None:
        self.articles: dict[str, Article] = {}
        self.names: dict[str, str] = {}

    def keep(self, sighting: Sighting) -> Decision:
        names = {alias: self.names[alias] for alias in sighting.aliases if alias in self.names}
        decision = settle(sighting, names, self.articles.get)
        self.articles[decision.article.id] = decision.article
        self.names |= dict.fromkeys(decision.aliases, decision.article.id)
        return decision


def seen(
    url: str,
    text: str = MEETING,
    *,
    key: str | None = None,
    title: str = "Tập huấn số",
    **more: Any,
) -> Sighting:
    names = aliases_of(DIEN_BIEN, key=key, url=url)
    minted = mint(DIEN_BIEN, key or names[-1])
    usual: dict[str, Any] = {"id": minted, "url": url, "title": title, "published": MORNING}
    usual |= {"body_text": text, "body_html": f"<p>{text}</p>"}
    usual["provenance"] = {"id": "key" if key else "address"}
    made = article(**usual | more)
    return Sighting(article=made, aliases=(*names, *told_alias(made)))


HOST = "http://dic.gov.vn"


@pytest.mark.parametrize(
    ("first", "then", "why"),
    [
        ({"url": f"{HOST}/a-1.html", "key": "1"}, {"url": f"{HOST}/b-1.html", "key": "1"}, "key"),
        ({"url": f"{HOST}/tin/a"}, {"url": "https://dic.gov.vn/tin/a"}, "address"),
        ({"url": f"{HOST}/tin/a"}, {"url": f"{HOST}/su-kien/a"}, "address, told"),
        ({"url": f"{HOST}/tin/a"}, {"url": "https://moi.vn/1-a.html", "key": "1"}, "address, told"),
        ({"url": f"{HOST}/a-1.html", "key": "1"}, {"url": "https://moi.vn/?p=7"}, "key, told"),
    ],
)
def test_an_article_under_another_name_is_the_same_and_says_why(
    first: dict[str, Any], then: dict[str, Any], why: str
) -> None:
    shelf = Shelf()
    kept = shelf.keep(seen(**first)).article
    again = shelf.keep(seen(**then, changed=LATER))
    assert (again.outcome == "insert", again.article.id) == (False, kept.id)
    assert again.article.provenance["id"] == why
    assert len(shelf.articles) == 1


def test_another_name_alone_does_not_move_the_record() -> None:
    shelf = Shelf()
    shelf.keep(seen(f"{HOST}/tin/a"))
    again = shelf.keep(seen(f"{HOST}/su-kien/a", changed=LATER))
    assert (again.outcome, again.article.changed) == ("same", MORNING + timedelta(days=1))
    once_more = shelf.keep(seen(f"{HOST}/su-kien/a", changed=LATER))
    assert (once_more.outcome, once_more.aliases) == ("same", ())


def test_a_number_given_again_names_another_article() -> None:
    shelf = Shelf()
    first = seen(f"{HOST}/tin/a-12.html", key="12")
    other = seen(f"{HOST}/viec/b-12.html", HIRING, key="12", title="Tuyển viên chức")
    for _ in range(2):
        for sighting in (first, other):
            shelf.keep(sighting)
    assert sorted(each.title for each in shelf.articles.values()) == [
        "Tuyển viên chức",
        "Tập huấn số",
    ]
    assert {each.revision for each in shelf.articles.values()} == {1}


def test_numbers_that_change_hands_leave_each_article_its_id() -> None:
    """A site begins to count anew; notices of one form have most of their words in common."""
    form = "Sở thông báo tới các phòng ban và đơn vị trực thuộc để biết và thực hiện. " * 5
    told = {number: f"Lịch tuần {word * 3}" for number, word in enumerate(("mai ", "đào ", "cúc "))}
    shelf = Shelf()

    def read(number: int, key: str, host: str) -> Decision:
        day = MORNING + timedelta(days=number)
        title, text = told[number], f"{form} {told[number]}"
        return shelf.keep(seen(f"{host}/tin/{key}", text, key=key, title=title, published=day))

    before = [read(number, str(number), HOST).article.id for number in told]
    after = [read(number, str((number + 1) % 3), "http://moi.dic.gov.vn") for number in told]
    assert [decision.article.id for decision in after] == before
    assert [decision.replaced for decision in after] == [None] * 3


def test_an_address_given_again_on_another_day_names_another_article() -> None:
    shelf = Shelf()
    shelf.keep(seen(f"{HOST}/?id=5"))
    again = seen(f"{HOST}/?id=5", HIRING, title="Tuyển viên chức", published=LATER)
    ids = {shelf.keep(again).article.id for _ in range(2)}
    assert len(ids) == 1
    assert len(shelf.articles) == 2


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Tuyển viên chức"},
        {"text": HIRING},
        {"title": "Tuyển viên chức", "text": HIRING},
        {"published": LATER, "text": HIRING},
    ],
)
def test_what_is_edited_at_its_address_stays_the_same_article(change: dict[str, Any]) -> None:
    shelf = Shelf()
    first = shelf.keep(seen(f"{HOST}/tin/a")).article
    again = shelf.keep(seen(f"{HOST}/tin/a", **change, changed=LATER))
    assert (again.article.id, again.article.revision) == (first.id, 2)


def test_names_that_are_claimed_are_taken_and_others_are_not() -> None:
    shelf = Shelf()
    elder = shelf.keep(seen(f"{HOST}/tin/a")).article
    younger = seen(f"{HOST}/tin/b", HIRING, title="Tuyển viên chức")
    shelf.keep(younger)
    both = (*aliases_of(DIEN_BIEN, key=None, url=elder.url), *younger.aliases)
    shy = Sighting(article=elder, aliases=both)
    assert shelf.keep(shy).aliases == ()
    assert shelf.keep(replace(shy, claims=True)).aliases == younger.aliases
    assert set(shelf.names.values()) == {elder.id}


# Withdrawn, moved, read again by better rules


def test_a_withdrawal_takes_nothing_but_the_state() -> None:
    old = article()
    gone = article(title="Cũ hơn", state="withdrawn", changed=LATER)
    decision = decide(gone, old, why="gone")
    assert decision.article == replace(old, state="withdrawn", changed=LATER)
    assert (decision.outcome, decision.replaced) == ("update", None)
    assert decide(replace(gone, changed=MORNING), old, why="gone").outcome == "same"


def test_what_is_read_again_lives_again() -> None:
    gone = article(state="withdrawn")
    decision = decide(article(changed=LATER), gone)
    assert (decision.outcome, decision.article.state) == ("update", "live")
    assert decision.article.revision == 1


def test_an_article_moves_where_its_old_address_leads_nowhere() -> None:
    old = article()
    moved = replace(old, url=f"{HOST}/moi/tin-1", title="Khác", changed=LATER)
    decision = decide(moved, old, why="moved")
    assert decision.article == replace(old, url=moved.url, changed=LATER)


def test_better_rules_take_the_place_of_what_was_read_and_are_no_edit() -> None:
    old = article(state="withdrawn", body_html="<p>Nội dung. Thừa.</p>")
    again = article(title="Tin thứ 1, đủ", url=f"{HOST}/x", changed=LATER, confidence=0.5)
    decision = decide(again, old, why="replayed")
    assert (decision.outcome, decision.replaced) == ("update", None)
    kept = decision.article
    assert (kept.title, kept.body_html) == (again.title, again.body_html)
    assert (kept.revision, kept.updated, kept.state) == (1, old.updated, "withdrawn")
    assert kept.changed == LATER


@pytest.mark.parametrize(
    ("new", "old", "taken"),
    [
        (("page", "minute"), ("page", "minute"), True),
        (("page", "day"), ("page", "minute"), False),
        (("page", "minute"), ("listing", "minute"), True),
        (("first-seen", "minute"), ("listing", "minute"), False),
        (("url", "day"), ("page", "minute"), False),
    ],
)
def test_a_date_read_again_takes_the_place_of_one_of_its_own_place(
    new: tuple[Any, Any], old: tuple[Any, Any], taken: bool
) -> None:
    at = MORNING - timedelta(hours=1)
    stored = article(published_from=old[0], published_precision=old[1])
    again = article(published=at, published_from=new[0], published_precision=new[1], changed=LATER)
    kept = decide(again, stored, why="replayed").article
    assert kept.published == (at if taken else stored.published)


# Whatever comes in whatever order

WORDS = st.sampled_from(["sở", "họp", "bàn", "số", "xã", "tin", "mới", "báo", "phố", "mường"])
TEXTS = st.lists(WORDS, min_size=60, max_size=70).map(" ".join)


@given(st.lists(TEXTS, min_size=2, max_size=4, unique=True), st.sampled_from(["Lịch", "Báo cáo"]))
def test_articles_of_one_title_and_day_never_merge_by_what_they_tell(
    texts: list[str], title: str
) -> None:
    shelf = Shelf()
    for number, text in enumerate(texts):
        shelf.keep(seen(f"{HOST}/tin/{number}", text, title=title))
    assert len(shelf.articles) == len(texts)


STORIES = tuple(
    (f"{word} {word} {number}", f"{word} thứ {number} của sở ở xã {word} năm nay. " * 12)
    for number, word in enumerate(("Họp", "Tuyển", "Phát sóng", "Bưu cục", "Đấu giá"))
)
SEEN = st.builds(
    lambda story, key, place, day: (story, key, place, day),
    st.integers(0, len(STORIES) - 1),
    st.sampled_from([None, "1", "2"]),
    st.sampled_from(["tin/a", "tin/b", "viec/a"]),
    st.booleans(),
)


def told_as(story: int, key: str | None, place: str, at_new_host: bool) -> Sighting:
    title, text = STORIES[story]
    host = "http://moi.dic.gov.vn" if at_new_host else HOST
    day = MORNING - timedelta(days=10 * story)
    return seen(f"{host}/{place}", text, key=key, title=title, published=day)


@given(st.lists(SEEN, max_size=25))
def test_whatever_names_are_shared_no_two_stories_merge_and_no_id_is_lost(
    sightings: list[tuple[int, str | None, str, bool]],
) -> None:
    """Keys and addresses are given out at random, to several stories each."""
    shelf = Shelf()
    stories: dict[str, set[str]] = {}
    for told in sightings:
        sighting = told_as(*told)
        decision = shelf.keep(sighting)
        stories.setdefault(decision.article.id, set()).add(sighting.article.title)
        assert decision.article.revision == 1
    assert all(len(titles) == 1 for titles in stories.values())
    assert len(stories) == len({told[0] for told in sightings}), "and each story is one article"
    assert set(shelf.names.values()) <= shelf.articles.keys() == stories.keys()
    before = dict(shelf.articles)
    for told in sightings:
        shelf.keep(told_as(*told))
    assert {name: each.id for name, each in shelf.articles.items()} == {
        name: each.id for name, each in before.items()
    }


@given(st.permutations(range(4)))
def test_short_notices_of_one_title_never_merge(order: list[int]) -> None:
    shelf = Shelf()
    for number in order:
        shelf.keep(seen(f"{HOST}/tin/{number}", "Thông báo nghỉ lễ.", title="Thông báo"))
    assert len(shelf.articles) == 4


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_one_article_under_three_names_has_one_id_in_any_order(order: tuple[int, ...]) -> None:
    sightings = (
        seen(f"{HOST}/tin/a-1.html", key="1"),
        seen("https://moi.vn/tin/a-1.html", key="1"),
        seen("https://moi.vn/su-kien/khac"),
    )
    shelf = Shelf()
    ids = {shelf.keep(sightings[place]).article.id for place in (*order, *order)}
    assert len(ids) == 1

from __future__ import annotations

from datetime import datetime, timedelta
from difflib import SequenceMatcher
from itertools import combinations

import pytest

from crawler.demo.portal import DemoArticle, Portal
from crawler.demo.portals import PORTALS
from tests.demo.reading import (
    ASPNET,
    NOW,
    NUKEVIET,
    WORDPRESS,
    get,
    hrefs,
    list_pages,
    parse,
    words,
)

COMMON = "uần lễ an toàn thông tin trên không gian mạng năm 2026"

each_portal = pytest.mark.parametrize("portal", PORTALS, ids=lambda portal: portal.source_id)


def common_release(portal: Portal) -> DemoArticle:
    (found,) = [article for article in portal.articles if COMMON in article.title]
    return found


def edited(portal: Portal) -> tuple[DemoArticle, DemoArticle]:
    (pair,) = [
        (before, after)
        for before, after in zip(portal.articles, portal.articles_in(2), strict=True)
        if before != after
    ]
    return pair


def test_the_portals_belong_to_three_provinces() -> None:
    ids = [portal.source_id for portal in PORTALS]
    assert ids == ["lai-chau/demo", "quang-ngai/demo", "hau-giang/demo"]


@each_portal
def test_a_portal_has_at_least_forty_articles(portal: Portal) -> None:
    assert len(portal.articles) >= 40


@each_portal
def test_a_portal_has_at_least_three_lists_of_which_one_has_pages(portal: Portal) -> None:
    assert len(portal.listings) >= 3
    assert len(list_pages(portal)) > len(portal.listings)


@each_portal
def test_every_article_is_reached_from_the_lists(portal: Portal) -> None:
    reached = {href for target, page in list_pages(portal).items() for href in hrefs(page, target)}
    assert {article.path for article in portal.articles} <= reached


@each_portal
def test_addresses_and_titles_are_unique(portal: Portal) -> None:
    assert len({article.path for article in portal.articles}) == len(portal.articles)
    assert len({article.title for article in portal.articles}) == len(portal.articles)


@each_portal
def test_articles_stand_newest_first_and_none_is_newer_than_20_november(portal: Portal) -> None:
    dates = [article.published.date() for article in portal.articles]
    assert dates == sorted(dates, reverse=True)
    assert dates[0].isoformat() == "2026-11-20"
    assert dates[0] - dates[-1] > timedelta(days=90)


@each_portal
def test_the_title_and_the_text_of_an_article_stand_on_its_page_in_order(portal: Portal) -> None:
    for article in portal.articles:
        answer = get(portal, article.path)
        assert answer.status == 200, article.path
        page = parse(answer)
        text = words(page)
        position = text.index(article.title)
        for paragraph in article.paragraphs:
            position = text.index(paragraph, position)
        for name in (article.summary, article.byline, article.organisation, article.source_credit):
            assert name is None or name in text, article.path
        assert article.section in text


@each_portal
def test_pictures_and_files_of_an_article_stand_on_its_page_and_are_served(portal: Portal) -> None:
    for article in portal.articles:
        page = parse(get(portal, article.path))
        sources, links = set(page.xpath("//img/@src")), set(hrefs(page, article.path))
        for linked, shown, kind in [
            *((image, sources, "image/png") for image in article.images),
            *((file, links, "application/") for file in article.attachments),
        ]:
            assert linked.path in shown
            assert linked.words in words(page)
            answer = get(portal, linked.path)
            assert answer.status == 200
            assert dict(answer.headers)["Content-Type"].startswith(kind)


def test_two_articles_share_no_more_than_two_sentences() -> None:
    texts = [
        {sentence for text in article.paragraphs for sentence in text.split(". ")}
        for other in PORTALS
        for article in other.articles
        if COMMON not in article.title
    ]
    assert max(len(one & two) for one, two in combinations(texts, 2)) <= 2


@pytest.mark.parametrize(("one", "two"), list(combinations(PORTALS, 2)))
def test_one_release_stands_on_all_portals_in_nearly_the_same_words(
    one: Portal, two: Portal
) -> None:
    first, second = ("\n".join(common_release(portal).paragraphs) for portal in (one, two))
    assert first != second
    assert SequenceMatcher(None, first, second, autojunk=False).ratio() > 0.8


@each_portal
def test_the_second_edition_changes_one_article_at_the_same_address(portal: Portal) -> None:
    before, after = edited(portal)
    assert before.path == after.path
    assert before.published == after.published
    assert before.paragraphs != after.paragraphs


@pytest.mark.parametrize(
    ("portal", "wrong", "right"),
    [
        (NUKEVIET, "dữ liệu của 412 hộ", "dữ liệu của 421 hộ"),
        (WORDPRESS, "với 462 tấn hải sản", "với 426 tấn hải sản"),
        (ASPNET, "2.700 héc ta", "2.070 héc ta"),
    ],
)
def test_the_edit_corrects_a_figure(portal: Portal, wrong: str, right: str) -> None:
    path = edited(portal)[0].path
    first, second = (words(parse(get(portal, path, edition=edition))) for edition in (1, 2))
    assert wrong in first
    assert right not in first
    assert right in second
    assert wrong not in second


@each_portal
def test_the_second_edition_leaves_all_other_pages_alone(portal: Portal) -> None:
    path = edited(portal)[0].path
    targets = {article.path for article in portal.articles} - {path}
    assert all(get(portal, t).body == get(portal, t, edition=2).body for t in targets)


@each_portal
def test_the_same_request_gives_the_same_bytes(portal: Portal) -> None:
    targets = [*portal.listings, "/", "/robots.txt", "/nowhere"]
    for article in portal.articles:
        targets += [article.path, *(file.path for file in article.attachments)]
    assert [get(portal, t) for t in targets] == [get(portal, t) for t in targets]


@each_portal
def test_the_clock_shows_in_the_header_only(portal: Portal) -> None:
    article = portal.articles[0]
    later = NOW + timedelta(days=40)
    days = [f"{now:%d/%m/%Y}" for now in (NOW, later)]
    first, second = (get(portal, article.path, now=now).body.decode() for now in (NOW, later))
    for day, weekdays in ((days[0], ("Thứ ba", "thứ Ba")), (days[1], ("Chủ nhật", "Chủ nhật"))):
        first, second = first.replace(day, ""), second.replace(day, "")
        for name in weekdays:
            first, second = first.replace(name, ""), second.replace(name, "")
    assert first == second


@each_portal
def test_robots_may_read_all_but_the_administration(portal: Portal) -> None:
    answer = get(portal, "/robots.txt")
    text = answer.body.decode()
    assert dict(answer.headers)["Content-Type"].startswith("text/plain")
    assert text.startswith("User-agent: *\nDisallow: /")
    assert "Crawl-delay" not in text


@each_portal
def test_the_home_page_leads_to_the_lists(portal: Portal) -> None:
    answer = get(portal, "/")
    target = dict(answer.headers).get("Location", "/")
    page = parse(get(portal, target))
    assert set(portal.listings) <= set(hrefs(page, target))


@each_portal
@pytest.mark.parametrize(
    "target",
    [
        "/nowhere",
        "/nowhere.html",
        "//[",
        "/%00",
        "",
        "?",
        "/TinTuc/ChiTiet.aspx?id=1",
        "/TinTuc/DanhSach.aspx?cat=9",
        "/TinTuc/DanhSach.aspx?cat=1&page=" + "9" * 5000,
        "/TinTuc/DanhSach.aspx?cat=1&page=²",
        "/vi/news/tin-tuc-su-kien/khong-co-bai-nay-1.html",
        "/vi/news/tin-tuc-su-kien/page-" + "9" * 5000 + "/",
        "/chuyen-muc/chuyen-doi-so/page/" + "9" * 5000 + "/",
        "/chuyen-muc/khong-co/",
    ],
    ids=range(14),
)
def test_an_unknown_address_is_not_found(portal: Portal, target: str) -> None:
    assert get(portal, target).status == 404


@each_portal
def test_absolute_addresses_begin_with_the_base_given(portal: Portal) -> None:
    path = portal.articles[0].path
    answer = portal.answer(path, now=NOW, edition=1, base="http://127.0.0.1:8001")
    hosts = [href for href in hrefs(parse(answer), path) if href.startswith("http")]
    assert all(href.startswith("http://127.0.0.1:8001/") for href in hosts)


@each_portal
def test_dates_are_aware_and_days_begin_at_midnight(portal: Portal) -> None:
    for article in portal.articles:
        assert article.published.utcoffset() == timedelta(hours=7)
        if article.precision == "day":
            assert article.published.time() == datetime.min.time()

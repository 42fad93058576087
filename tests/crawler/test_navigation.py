"""Lists that page, order and answer as real sites do: walked well, and at no more than it costs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from store.model import Article, Run
from tests.crawler.sites import (
    Answer,
    Route,
    Site,
    article,
    articles,
    listing,
    paged,
    write_recipe,
)

Crawl = Callable[..., Run]
Stored = Callable[[], list[Article]]

LAST = "<a class=sau href='/?trang=3'>Trang sau</a>"


def asked(site: Site, since: int = 0) -> list[str]:
    return [path for path in site.paths[since:] if path != "/robots.txt"]


# Page numbers past the end

PAST_THE_END = {
    "redirect to page 1": Answer("", 302, headers={"Location": "/"}),
    "redirect to page 1 by number": Answer("", 301, headers={"Location": "/?trang=1"}),
    "last page again": listing(1, more="<a class=sau href='/?trang=5'>Trang sau</a>"),
    "no entries": Answer("<ul class=tin></ul><a class=sau href='/?trang=5'>Trang sau</a>"),
    "soft 404": Answer("<title>Không tìm thấy trang</title><p>Trang không tồn tại.</p>"),
    "404": Answer("404", 404),
    "410": Answer("410", 410),
    "500": Answer("lỗi", 500),
}


@pytest.mark.parametrize("past", PAST_THE_END)
def test_a_walk_ends_well_past_the_last_page(
    past: str, recipes: Path, crawl: Crawl, stored: Stored
) -> None:
    site = Site(
        {"/": paged([(7, 6, 5), (4, 3, 2), (1,)], past=PAST_THE_END[past])} | articles(*range(1, 8))
    )
    with site.running():
        run = crawl(write_recipe(recipes, site.url))
    assert (run.state, run.complete, run.message) == ("ok", True, None)
    assert len(stored()) == 7
    pages = [path for path in asked(site) if "trang=" in path]
    assert len(set(pages)) <= 4, "no page after the first that is none"


def test_a_site_that_fails_in_the_middle_of_a_list_is_walked_on_by_the_next_crawl(
    recipes: Path, crawl: Crawl, stored: Stored
) -> None:
    pages = [(8, 7), (6, 5), (4, 3), (2, 1)]
    whole = paged(pages)

    def broken(path: str) -> Answer:
        assert callable(whole)
        return Answer("lỗi", 500) if path.endswith("=3") else whole(path)

    site = Site({"/": broken} | articles(*range(1, 9)))
    with site.running():
        source = write_recipe(recipes, site.url)
        first = crawl(source)
        assert (first.state, first.cause, first.complete) == ("partial", "http-500", False)
        site.routes["/"] = whole
        second = crawl(source)
    assert (second.state, second.complete) == ("ok", True)
    assert len(stored()) == 8


def test_a_site_that_always_fails_behind_a_full_last_page_is_done_at_the_second_crawl(
    recipes: Path, crawl: Crawl
) -> None:
    site = Site({"/": paged([(4, 3), (2, 1)], past=Answer("lỗi", 500))} | articles(*range(1, 5)))
    with site.running():
        source = write_recipe(recipes, site.url)
        assert not crawl(source).complete
        run = crawl(source)
        assert (run.state, run.complete) == ("ok", True), run.message
        before = len(site.asked)
        crawl(source)
    assert asked(site, before) == ["/"]


# Orders

NEWEST = [(12, 11, 10, 9), (8, 7, 6, 5), (4, 3, 2, 1)]
OLDEST = [(1, 2, 3, 4), (5, 6, 7, 8), (9, 10, 11, 12)]
MIXED = [(5, 12, 1, 8), (3, 10, 7, 2), (11, 4, 9, 6)]
PINNED = [(2, 1, 12, 11, 10, 9), (2, 1, 8, 7, 6, 5), (2, 1, 4, 3)]


@pytest.mark.parametrize(
    ("before", "after", "quiet", "with_new"),
    [
        (NEWEST, [(14, 13, 12, 11), (10, 9, 8, 7), (6, 5, 4, 3), (2, 1)], 1, 4),
        (OLDEST, [*OLDEST, (13, 14)], 2, 5),
        (MIXED, [(5, 12, 1, 8), (3, 13, 7, 2), (11, 4, 9, 6), (10, 14)], 4, 7),
        (PINNED, [(2, 1, 14, 13, 12, 11), (2, 1, 10, 9, 8, 7), (2, 1, 6, 5, 4, 3)], 1, 4),
    ],
    ids=["newest first", "oldest first", "in no order", "pinned"],
)
def test_news_are_found_wherever_a_list_puts_them(
    before: Sequence[Sequence[int]],
    after: Sequence[Sequence[int]],
    quiet: int,
    with_new: int,
    recipes: Path,
    crawl: Crawl,
    stored: Stored,
) -> None:
    site = Site({"/": paged(before)} | articles(*range(1, 15)))
    with site.running():
        source = write_recipe(recipes, site.url)
        assert crawl(source).complete
        assert len(stored()) == 12
        begun = len(site.asked)
        assert crawl(source).complete
        assert len(asked(site, begun)) == quiet
        site.routes["/"] = paged(after)
        begun = len(site.asked)
        run = crawl(source)
        assert (run.state, run.complete) == ("ok", True), run.message
        assert len(asked(site, begun)) == with_new
    assert len(stored()) == 14


def test_a_list_with_the_oldest_first_whose_last_page_is_gone_is_walked_whole(
    recipes: Path, crawl: Crawl, stored: Stored
) -> None:
    site = Site({"/": paged(OLDEST)} | articles(*range(1, 14)))
    with site.running():
        source = write_recipe(recipes, site.url)
        crawl(source)
        site.routes["/"] = paged([(5, 6, 7, 8), (9, 10, 11, 12, 13)])
        run = crawl(source)
    assert (run.state, run.complete) == ("ok", True), run.message
    assert len(stored()) == 13


# Links without end


def test_links_that_grow_without_end_are_left(recipes: Path, crawl: Crawl, stored: Stored) -> None:
    def deep(path: str) -> Answer:
        level = path.count("/en")
        return listing(
            *(3, 2, 1), more=f"<a class=sau href='{'/en' * (level + 1)}/trang.html'>Next</a>"
        )

    class Deep(dict[str, Route]):
        def get(self, path: str, otherwise: Route | None = None) -> Route | None:  # type: ignore[override]
            return deep if path.endswith("/trang.html") else super().get(path, otherwise)

    site = Site({})
    routes: dict[str, Route] = {"/": deep} | articles(1, 2, 3)
    site.routes = Deep(routes)
    with site.running():
        run = crawl(write_recipe(recipes, site.url))
    assert (run.state, run.complete) == ("ok", True), run.message
    assert len(stored()) == 3
    assert len(asked(site)) <= 5


def test_articles_under_a_growing_folder_are_asked_once(
    recipes: Path, crawl: Crawl, stored: Stored
) -> None:
    def rows_of(path: str) -> Answer:
        folder = "en/" * (1 + path.count("en/"))
        lines = "".join(f"<li><a href='/{folder}tin/{n}.html'>Tin {n}</a></li>" for n in (2, 1))
        return Answer(f"<ul class=tin>{lines}</ul>")

    routes: dict[str, Route] = {"/": rows_of, "/en/en/": rows_of}
    site = Site(routes | {f"/en/tin/{n}.html": article(n) for n in (1, 2)})
    with site.running():
        source = write_recipe(recipes, site.url)
        run = crawl(source)
        assert run.state == "ok"
        assert sorted(asked(site)) == ["/", "/en/tin/1.html", "/en/tin/2.html"]
    assert len(stored()) == 2


# Pages that say with 200 that they are none

SOFT_404 = Answer(
    "<html lang=vi><title>Không tìm thấy trang</title><div class=noidung><p>Trang bạn yêu cầu"
    " không tồn tại hoặc đã bị xóa.</p></div></html>"
)
DEAD_ARTICLES = {
    "says so": SOFT_404,
    "sent home": Answer("", 301, headers={"Location": "/trang-chu"}),
    "sent to the list": Answer("", 302, headers={"Location": "/"}),
}


@pytest.mark.parametrize("dead", DEAD_ARTICLES)
def test_an_article_that_is_none_any_more_is_not_stored(
    dead: str, recipes: Path, crawl: Crawl, stored: Stored
) -> None:
    site = Site(
        {
            "/": listing(3, 2, 1),
            "/trang-chu": listing(9),
            "/tin/2.html": DEAD_ARTICLES[dead],
            "/tin/3.html": article(3),
            "/tin/1.html": article(1),
        }
    )
    with site.running():
        run = crawl(write_recipe(recipes, site.url))
    assert (run.state, run.cause) == ("partial", "soft-404")
    assert len(stored()) == 2


@pytest.mark.parametrize("answer", [SOFT_404, Answer("", 301, headers={"Location": "/"})])
def test_a_list_that_is_none_any_more_is_told(
    answer: Answer, recipes: Path, crawl: Crawl, stored: Stored
) -> None:
    site = Site({"/tin/": answer, "/": listing(2, 1)} | articles(1, 2))
    with site.running():
        source = write_recipe(recipes, site.url)
        file = recipes / f"{source}.toml"
        file.write_text(file.read_text().replace('listings = ["/"]', 'listings = ["/tin/"]'))
        run = crawl(source)
    assert (run.state, run.cause, run.complete) == ("failed", "soft-404", False)
    assert not stored()


# Lists that page by a form


def posted_list(name: str, pages: Sequence[Sequence[int]], *, expired: Answer | None) -> Route:
    """A list that pages by its form; a state that is not of the page before answers `expired`."""

    def page(number: int) -> Answer:
        lines = "".join(
            f"<li><a href='/tin/{n}.html'>Hội nghị lần thứ {n}</a></li>" for n in pages[number - 1]
        )
        pager = "".join(
            f"<span>{n}</span> "
            if n == number
            else f"<a href=\"javascript:__doPostBack('{name}$trang','{n}')\">{n}</a> "
            for n in range(1, len(pages) + 1)
        )
        return Answer(
            f"<form method=post action='/{name}.aspx'>"
            f"<input type=hidden name=__VIEWSTATE value='{name} {number}'>"
            f"<ul class=tin>{lines}</ul><div class=phantrang>{pager}</div></form>"
        )

    def answer(path: str) -> Answer:
        sent = parse_qs(path.partition(".aspx")[2])
        if not sent:
            return page(1)
        if expired is not None:
            return expired if expired.status != 200 else page(1)
        number = int(sent["__EVENTARGUMENT"][0])
        assert sent["__VIEWSTATE"][0].startswith(name)
        return page(number)

    return answer


@pytest.mark.parametrize(
    ("expired", "state", "complete", "count"),
    [
        (None, "ok", True, 12),
        (Answer("", 200), "ok", True, 4),
        (Answer("Validation of viewstate MAC failed", 500), "partial", False, 4),
    ],
    ids=["fresh", "page 1 again", "500"],
)
def test_several_lists_that_page_by_a_form_end_well(
    expired: Answer | None,
    state: str,
    complete: bool,
    count: int,
    recipes: Path,
    crawl: Crawl,
    stored: Stored,
) -> None:
    site = Site(
        {
            "/a.aspx": posted_list("a", [(12, 11), (10, 9), (8, 7)], expired=expired),
            "/b.aspx": posted_list("b", [(6, 5), (4, 3), (2, 1)], expired=expired),
        }
        | articles(*range(1, 13))
    )
    with site.running():
        source = write_recipe(recipes, site.url)
        file = recipes / f"{source}.toml"
        file.write_text(
            file.read_text().replace('listings = ["/"]', 'listings = ["/a.aspx", "/b.aspx"]')
        )
        run = crawl(source)
    assert (run.state, run.complete) == (state, complete)
    assert len(stored()) == count
    for index, each in enumerate(site.asked):
        if each.posted:
            before = [other.path for other in site.asked[:index]]
            page = len(before) - 1 - before[::-1].index(each.path)
            # One article of the other list may slip in while the page is being read.
            between = [path for path in before[page:] if path.startswith("/tin/")]
            assert len(between) <= 1, "a form is posted while its state is fresh"

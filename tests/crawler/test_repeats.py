"""A line that a site puts under every article is cut from them, from the first crawl on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from store.model import Article, Run
from tests.crawler.sites import Answer, Route, Site, article, listing, write_recipe

Crawl = Callable[..., Run]
Stored = Callable[[], list[Article]]

HOTLINE = "Đường dây nóng của Sở: 0215 3824 999"
TITLES = (
    "Khai mạc hội sách mùa thu",
    "Tập huấn an toàn thông tin",
    "Giao ban báo chí tháng Mười",
    "Ra quân chỉnh trang cáp viễn thông",
    "Trao máy tính cho học sinh",
    "Phủ sóng các bản vùng cao",
)


def told(number: int, *, line: str = HOTLINE) -> Answer:
    title = TITLES[number % len(TITLES)]
    first = f"<p>Sáng nay, Sở có buổi {title.lower()} với nhiều người đến dự.</p>"
    return article(number, title=title, body=f"{first}<p>Kết quả {title}.</p><p>{line}</p>")


def pages(*numbers: int, line: str = HOTLINE) -> dict[str, Route]:
    articles: dict[str, Route] = {f"/tin/{n}.html": told(n, line=line) for n in numbers}
    return articles | {"/": listing(*sorted(numbers, reverse=True))}


def test_the_first_crawl_cuts_what_its_articles_share(
    recipes: Path, crawl: Crawl, stored: Stored
) -> None:
    with Site(pages(*range(6))).running() as made:
        run = crawl(write_recipe(recipes, made.url))
    assert run.counters["article/boilerplate/cut"] == 6
    assert run.counters["keep/inserted"] == 6
    assert {one.cut for one in stored()} == {(HOTLINE,)}
    assert not any("nóng" in one.body_html + one.body_text for one in stored())


def test_few_articles_are_kept_as_they_are_and_cleaned_when_read_again_once_more_are_known(
    recipes: Path, crawl: Crawl, stored: Stored
) -> None:
    made = Site(pages(0, 1, 2))
    with made.running():
        source = write_recipe(recipes, made.url)
        crawl(source)
        assert {one.cut for one in stored()} == {()}
        made.routes.update(pages(*range(6)))
        run = crawl(source, full=True)
    assert run.counters["keep/inserted"] == 3
    assert {one.cut for one in stored()} == {(HOTLINE,)}
    assert {one.revision for one in stored()} == {1}, "to cut a line is no edit of the department's"


def test_a_changed_hotline_is_no_edit_of_the_articles(
    recipes: Path, crawl: Crawl, stored: Stored
) -> None:
    made = Site(pages(*range(6)))
    with made.running():
        source = write_recipe(recipes, made.url)
        crawl(source)
        made.routes.update(pages(*range(6), line=HOTLINE.replace("999", "111")))
        before = stored()
        run = crawl(source, full=True)
    assert (run.counters["keep/same"], stored()) == (6, before)
    assert {one.revision for one in stored()} == {1}

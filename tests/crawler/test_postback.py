"""A list that pages by posting its form is walked to its end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs

from store.model import Article, Run
from tests.crawler.sites import Answer, Site, article, write_recipe

Crawl = Callable[..., Run]
Stored = Callable[[], list[Article]]

PAGES = {"1": (6, 5), "2": (4, 3), "3": (2, 1)}


def list_page(number: str) -> Answer:
    rows = "".join(f"<li><a href='/tin/{n}.html'>Hội nghị lần {n}</a></li>" for n in PAGES[number])
    pager = "".join(
        f"<span>{n}</span> "
        if n == number
        else f"<a href=\"javascript:__doPostBack('ctl00$trang','{n}')\">{n}</a> "
        for n in PAGES
    )
    return Answer(
        "<form method=post action='/'>"
        f"<input type=hidden name=__VIEWSTATE value='ở trang {number}'>"
        f"<ul class=tin>{rows}</ul><div class=phantrang>{pager}</div></form>"
    )


def answer(asked: str) -> Answer:
    sent = parse_qs(asked.removeprefix("/"))
    if not sent:
        return list_page("1")
    number = sent["__EVENTARGUMENT"][0]
    state = sent["__VIEWSTATE"][0]
    in_turn = (sent["__EVENTTARGET"], state) == (["ctl00$trang"], f"ở trang {int(number) - 1}")
    return list_page(number) if in_turn else Answer("Validation of viewstate MAC failed", 500)


def test_every_page_is_reached_with_the_state_of_the_one_before(
    recipes: Path, crawl: Crawl, stored: Stored
) -> None:
    site = Site({"/": answer} | {f"/tin/{n}.html": article(n) for n in range(1, 7)})
    with site.running():
        run = crawl(write_recipe(recipes, site.url))
    assert (run.state, run.complete) == ("ok", True)
    assert len(stored()) == 6
    assert [asked.path for asked in site.asked if asked.posted] == ["/", "/"]


def test_a_list_that_answers_its_first_page_to_every_click_is_left(
    recipes: Path, crawl: Crawl, stored: Stored
) -> None:
    site = Site({"/": lambda _: list_page("1")} | {f"/tin/{n}.html": article(n) for n in (6, 5)})
    with site.running():
        run = crawl(write_recipe(recipes, site.url))
    assert run.state == "ok"
    assert len(stored()) == 2
    assert len([asked for asked in site.asked if asked.posted]) == 1

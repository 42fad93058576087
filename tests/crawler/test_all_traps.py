"""One site with every trap of addresses, outward links and paging at once, crawled three times."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from store.model import Article, Run
from tests.crawler.sites import START, Answer, Route, Site, article, write_recipe

Crawl = Callable[..., Run]
Stored = Callable[[], list[Article]]
Web = Callable[[dict[str, Route]], Site]

HOST = "http://so.example.vn"
FORMS = (
    "/tin/bai-{}.html",
    "/tin/sai-{}.html",
    "/su-kien/bai-{}.html",
    "/sent/tin/bai-{}.html",
    "/tin/bai-{}.html?redirect=%2Ftin",
    "/tin/bai-{}.html;jsessionid=5A6B7C",
    "http://so.example.vn:443/tin/bai-{}.html",
    "/tin/bai-{}.html/amp",
    "/en/tin/bai-{}.html",
    "/en/en/en/tin/bai-{}.html",
    "/tin/bai-{}.html?PHPSESSID=0123456789abcdef01234567",
    "http://www.so.example.vn/tin/bai-{}.html",
    "http://m.so.example.vn/tin/bai-{}.html",
    "/tin/b%c3%a0i-{}.html",
    "/index.php/tin/bai-{}.html",
    "/vi/tin/bai-{}.html",
)
DOUBLED = 40
"""Articles before the 20 new ones; every form stands in the lists."""
OUTWARD = "https://bo.example.vn/van-ban/thong-tu-{}"
PER_PAGE = 20


def told(number: int) -> Answer:
    lines = "".join(
        f"<p>Sáng nay, Sở họp bàn việc thứ {number} của năm, phần {part}, với các xã.</p>"
        for part in range(5)
    )
    return article(number, title=f"Sở họp bàn việc thứ {number}", body=lines)


def row(url: str, number: int) -> str:
    day = f"{START.replace(year=2026).fromordinal(START.toordinal() + number):%d/%m/%Y}"
    return (
        f"<li><a href='{url}'>Sở họp bàn việc thứ {number} trong năm</a>"
        f" <span class=ngay>{day}</span></li>"
    )


class Traps(dict[str, Route]):
    """Two lists of `count` articles: plain at `/`, and in every form at `/hai/`."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.count = count

    def get(self, path: str, otherwise: Route | None = None) -> Route | None:  # type: ignore[override]
        local = path.partition(".example.vn")[2].removeprefix(":443")
        if local in {"/", "/hai/"}:
            return lambda whole: self.listed(whole, local)
        if "/sent/" in local:
            return Answer("", 301, headers={"Location": local.replace("/sent", "")})
        number = re.search(r"-(\d+)\.html$", local)
        if number is None:
            return otherwise
        if int(number[1]) == 5:  # the site itself sends on to another
            return Answer("", 302, headers={"Location": "https://bao.example.com/bai-9"})
        return told(int(number[1]))

    def listed(self, whole: str, local: str) -> Answer:
        page = int(whole.partition("trang=")[2] or 1)
        numbers = range(self.count, 0, -1)[(page - 1) * PER_PAGE : page * PER_PAGE]
        if not numbers:
            return Answer("", 302, headers={"Location": local})
        forms = FORMS if local == "/hai/" else FORMS[:1]
        rows = [row(forms[n % len(forms)].format(n), n) for n in numbers]
        rows += [row(OUTWARD.format(n), n) for n in numbers if n % 10 == 0]
        more = f"<a class=sau href='{local}?trang={page + 1}'>Trang sau</a>"
        return Answer(f"<html lang=vi><ul class=tin>{''.join(rows)}</ul>{more}</html>")


def recipe_of_traps(recipes: Path, *, more: str = "") -> str:
    """Write the recipe: articles by the number at their end; `more` lists beside the first."""
    source = write_recipe(recipes, HOST)
    file = recipes / f"{source}.toml"
    lines = [
        r"article = '-(?P<key>\d+)\.html$'" if line.startswith("article") else line
        for line in file.read_text().splitlines()
    ]
    file.write_text("\n".join(lines).replace('["/"]', f'["/"{more}]'))
    return source


def test_a_site_full_of_traps_gives_each_article_once(
    recipes: Path, crawl: Crawl, stored: Stored, web: Web
) -> None:
    site = web({})
    site.routes = Traps(DOUBLED)
    with site.running():
        source = recipe_of_traps(recipes, more=', "/hai/"')
        first = crawl(source)
        assert (first.state, first.complete) == ("ok", True)
        kept = stored()
        begun = len(site.asked)
        quiet = crawl(source)
        quiet_requests = len(site.asked) - begun
        assert (quiet.state, stored()) == ("ok", kept)
        again = crawl(source, full=True)
        assert again.state == "ok"
        # Which list is read first may differ: an article then moves to the better of its addresses.
        better = {each.id: each for each in stored()}
        moved = [each for each in kept if better[each.id] != each]
        assert {urlsplit(each.url).hostname for each in moved} <= {f"m.{HOST.partition('//')[2]}"}
        assert [replace(better[e.id], url=e.url, changed=e.changed) for e in kept] == kept
    assert len(kept) == DOUBLED + DOUBLED // 10
    assert len({each.id for each in kept}) == len(kept)
    assert quiet_requests == 2, "the two lists alone"
    assert not [path for path in site.paths if "bo.example.vn" in path or "bao.example" in path]


def test_what_a_crawl_costs(recipes: Path, crawl: Crawl, stored: Stored, web: Web) -> None:
    site = web({})
    site.routes = Traps(DOUBLED)
    with site.running():
        source = recipe_of_traps(recipes)
        crawl(source)
        counts = []
        for count in (DOUBLED, DOUBLED + 20, DOUBLED + 20):
            site.routes = Traps(count)
            begun = len(site.asked)
            assert crawl(source).complete
            counts.append(len(site.asked) - begun)
    assert counts == [1, 22, 1], "requests: nothing new, twenty new articles, nothing new"
    assert len(stored()) == (DOUBLED + 20) * 11 // 10

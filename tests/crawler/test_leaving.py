"""Links, redirects and pages that lead away: kept, followed or told, as each deserves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from store.model import Article, Run
from tests.crawler.sites import Answer, Route, Site, article, articles, rows, write_recipe

Crawl = Callable[..., Run]
Stored = Callable[[], list[Article]]
Web = Callable[[dict[str, Route]], Site]

HOST = "http://so.example.vn"
NEW = "http://sokhcn.example.vn"
DAY = "20/11/2026"
SUMMARY = "Bộ vừa ban hành thông tư mới về dịch vụ bưu chính công ích."
OUTWARD = (
    "<li><a href='https://bo.example.vn/van-ban/thong-tu-moi'>Thông tư mới về bưu chính công ích"
    f"</a> <span class=ngay>19/11/2026</span><p class=tom>{SUMMARY}</p></li>"
)
BANNERS = (
    "<li><a href='https://quangcao.example.com/'>Máy lọc nước giá rẻ cho mọi nhà</a></li>"
    "<li class=banner><a href='https://x.example.com/'>Chung tay vì một Việt Nam số</a>"
    " <span class=ngay>18/11/2026</span></li>"
    "<li><a href='https://y.example.com/'><img src=/doi-tac.png></a></li>"
)


def outward_list(outward: str = OUTWARD) -> Answer:
    own = "".join(
        f"<li><a href='/tin/{n}.html'>Hội nghị lần thứ {n}</a> <span class=ngay>{DAY}</span></li>"
        for n in (3, 2, 1)
    )
    partners = (
        "<ul class=doitac><li><a href='https://z.example.com/'>Cổng dữ liệu quốc gia</a></ul>"
    )
    return Answer(f"<html lang=vi><ul class=tin>{own}{outward}{BANNERS}</ul>{partners}</html>")


def on_host(routes: dict[str, Route], host: str = HOST) -> dict[str, Route]:
    return {host + path: route for path, route in routes.items()}


def to(url: str, status: int = 301) -> Answer:
    return Answer("", status, headers={"Location": url})


def with_summary(recipes: Path) -> str:
    source = write_recipe(recipes, HOST)
    file = recipes / f"{source}.toml"
    file.write_text(file.read_text().replace("body =", 'entry_summary = "p.tom", body ='))
    return source


def test_a_link_that_leaves_the_site_is_kept_as_the_list_tells_it(
    recipes: Path, crawl: Crawl, stored: Stored, web: Web
) -> None:
    site = web(on_host({"/": outward_list(), **articles(1, 2, 3)}))
    with site.running():
        source = with_summary(recipes)
        run = crawl(source)
        assert (run.state, run.complete, run.counters["article/listed"]) == ("ok", True, 1)
        first = stored()
        begun = len(site.asked)
        crawl(source)
        assert len(site.asked) - begun == 1
        crawl(source, full=True)
    assert stored() == first
    assert not [path for path in site.paths if "so.example.vn" not in path]
    assert len(first) == 4
    (kept,) = (each for each in first if "bo.example.vn" in each.url)
    assert kept.url == "https://bo.example.vn/van-ban/thong-tu-moi"
    assert kept.title == "Thông tư mới về bưu chính công ích"
    assert (kept.summary, kept.body_html) == (SUMMARY, f"<p>{SUMMARY}</p>")
    assert kept.published_from == "listing"
    assert {kept.provenance[name] for name in ("title", "summary", "body_html")} == {"listing"}


def test_a_list_of_links_to_others_is_no_news(
    recipes: Path, crawl: Crawl, stored: Stored, web: Web
) -> None:
    links = "".join(OUTWARD.replace("thong-tu-moi", f"van-ban-{n}") for n in range(5))
    site = web(on_host({"/": outward_list(links), **articles(1, 2, 3)}))
    with site.running():
        crawl(write_recipe(recipes, HOST))
    assert len(stored()) == 3


def test_a_list_that_no_rule_knows_keeps_its_outward_rows_too(
    recipes: Path, crawl: Crawl, stored: Stored, web: Web
) -> None:
    site = web(on_host({"/": outward_list(), **articles(1, 2, 3)}))
    with site.running():
        source = write_recipe(recipes, HOST)
        file = recipes / f"{source}.toml"
        file.write_text(file.read_text().replace('entry = "ul.tin li", ', ""))
        assert crawl(source).state == "ok"
    assert sum("bo.example.vn" in each.url for each in stored()) == 1
    assert len(stored()) == 4


def test_an_article_that_the_site_itself_sends_elsewhere_is_kept_and_not_crawled(
    recipes: Path, crawl: Crawl, stored: Stored, web: Web
) -> None:
    site = web(
        on_host(
            {
                "/": rows(
                    ("/tin/2.html", "Bài của báo khác viết về Sở", DAY),
                    ("/tin/1.html", "Hội nghị lần thứ 1", DAY),
                ),
                "/tin/2.html": to("https://bao.example.com/bai-9.html", 302),
                "/tin/1.html": article(1),
            }
        )
    )
    with site.running():
        source = write_recipe(recipes, HOST)
        run = crawl(source)
        assert (run.state, run.complete) == ("ok", True)
        begun = len(site.asked)
        crawl(source)
        assert len(site.asked) - begun == 1
    assert {each.url: each.title for each in stored()} == {
        f"{HOST}/tin/2.html": "Bài của báo khác viết về Sở",
        f"{HOST}/tin/1.html": "Hội nghị chuyển đổi số lần thứ 1",
    }


MOVED = {
    "301": to(f"{NEW}/"),
    "302 with a path": to(f"{NEW}/vi/trang-chu", 302),
    "meta refresh": Answer(f"<meta http-equiv='Refresh' content='0; URL={NEW}/'>"),
    "script": Answer(f"<html><script>window.location.href = '{NEW}/';</script></html>"),
    "script that replaces": Answer(f"<script>location.replace('{NEW}/')</script>Chuyển trang"),
}


@pytest.mark.parametrize("way", MOVED)
def test_a_site_that_moved_is_an_incident_and_the_stranger_is_not_crawled(
    way: str, recipes: Path, crawl: Crawl, stored: Stored, web: Web
) -> None:
    site = web(on_host({"/": MOVED[way]}) | on_host({"/": rows()}, NEW))
    with site.running():
        run = crawl(write_recipe(recipes, HOST))
    assert (run.state, run.cause, run.complete) == ("failed", "moved-host", False)
    assert NEW in (run.message or "")
    assert "`formerly`" in (run.message or "")
    assert not [path for path in site.paths if path.startswith(NEW)]
    assert not stored()


def test_a_page_that_sends_on_within_the_site_is_followed_once(
    recipes: Path, crawl: Crawl, stored: Stored, web: Web
) -> None:
    entries = rows(("/tin/1.html", "Hội nghị lần thứ 1", DAY))
    site = web(
        on_host(
            {
                "/": Answer("<meta http-equiv=refresh content='0;url=/trang-chu.html'>"),
                "/trang-chu.html": entries,
                "/tin/1.html": article(1),
            }
        )
    )
    with site.running():
        source = write_recipe(recipes, HOST)
        assert crawl(source).state == "ok"
        site.routes[f"{HOST}/trang-chu.html"] = site.routes[f"{HOST}/"]
        run = crawl(source)
    assert (run.state, run.cause) == ("failed", "redirect-loop")
    assert len(stored()) == 1


def test_one_article_that_moved_alone_is_no_incident(
    recipes: Path, crawl: Crawl, stored: Stored, web: Web
) -> None:
    entries = [(f"/tin/{n}.html", f"Hội nghị lần thứ {n} của Sở", DAY) for n in range(6, 0, -1)]
    site = web(
        on_host({"/": rows(*entries), **articles(*range(1, 7))})
        | {f"{HOST}/tin/4.html": to(f"{NEW}/tin/4.html")}
    )
    with site.running():
        run = crawl(write_recipe(recipes, HOST))
    assert (run.state, run.cause) == ("ok", None)
    assert len(stored()) == 6


def test_articles_that_moved_together_are_one(
    recipes: Path, crawl: Crawl, stored: Stored, web: Web
) -> None:
    entries = [(f"/tin/{n}.html", f"Hội nghị lần thứ {n} của Sở", DAY) for n in range(6, 0, -1)]
    site = web(
        on_host({"/": rows(*entries)})
        | {f"{HOST}/tin/{n}.html": to(f"{NEW}/tin/{n}.html") for n in range(1, 7)}
    )
    with site.running():
        run = crawl(write_recipe(recipes, HOST))
    assert (run.state, run.cause) == ("failed", "moved-host")
    assert NEW in (run.message or "")

"""One article under many addresses is stored once, under one id, and does not move to and fro."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from store.model import Article, Run
from tests.crawler.sites import Answer, Route, Site, article, write_recipe

Crawl = Callable[..., Run]
Stored = Callable[[], list[Article]]
Web = Callable[[dict[str, Route]], Site]

HOST = "http://so.example.vn"


def text(word: str) -> str:
    return "".join(
        f"<p>Sáng nay, Sở họp bàn việc {word} thứ {n} về chuyển đổi số với các xã vùng cao.</p>"
        for n in range(5)
    )


ENGLISH = "".join(
    f"<p>This morning the department met on item {n} of the digital plan with all communes.</p>"
    for n in range(5)
)
SAME = article(7, body=text("chung"))
NUMBER = r"article = '(?:/tin/|-)(?P<key>\d+)(?:\.html)?/?$'"
NO_NUMBER = r"article = '/(?:tin|su-kien)/[A-Za-z0-9%-]+/?(?:\?|$)'"
STATE = r"article = '/tin/(?P<key>[a-z]+)/'"


def lists(*urls: str) -> Answer:
    """A list that calls its articles as `Articles` does."""
    named = [(url, (re.findall(r"[bs]ai([a-z]?)", url) or [""])[-1]) for url in urls]
    lines = "".join(f"<li><a href='{url}'>Bài {letter}</a></li>" for url, letter in named)
    return Answer(f"<!doctype html><html lang=vi><ul class=tin>{lines}</ul></html>")


def written(folder: Path, pattern: str, *, site: str = HOST) -> str:
    source = write_recipe(folder, site)
    file = folder / f"{source}.toml"
    lines = [
        pattern if line.startswith("article") else line for line in file.read_text().splitlines()
    ]
    file.write_text("\n".join(lines).replace('listings = ["/"]', 'listings = ["/", "/hai/"]'))
    return source


def to(url: str, status: int = 301) -> Answer:
    return Answer("", status, headers={"Location": url})


# `@` stands for a letter and `#` for a number of the trap's own.
TRAPS: dict[str, dict[str, tuple[str, ...]]] = {
    NUMBER: {
        "wrong slug": ("/tin/bai@-#.html", "/tin/sai@-#.html"),
        "wrong slug, sent on": ("/tin/bai@-#.html", "/tin/sent/bai@-#.html"),
        "second category": ("/tin/bai@-#.html", "/su-kien/bai@-#.html"),
        "english folder": ("/tin/bai@-#.html", "/en/tin/bai@-#.html"),
        "english folder first": ("/en/tin/bai@-#.html", "/tin/bai@-#.html"),
    },
    NO_NUMBER: {
        "second category": ("/tin/bai@", "/su-kien/bai@"),
        "second category, sent on": ("/tin/bai@", "/sent/su-kien/bai@"),
        "redirect parameter": ("/tin/bai@", "/tin/bai@?redirect=%2Ftin"),
        "session in the path": ("/tin/bai@", "/tin/bai@;jsessionid=5A6B7C"),
        "port 443": ("/tin/bai@", "http://so.example.vn:443/tin/bai@"),
        "copy for phones": ("/tin/bai@", "/tin/bai@/amp"),
        "english folder": ("/tin/bai@", "/en/tin/bai@"),
        "www and m": (
            "/tin/bai@",
            "http://www.so.example.vn/tin/bai@",
            "//m.so.example.vn/tin/bai@",
        ),
        "last slash": ("/tin/bai@", "/tin/bai@/"),
        "case of escapes": ("/tin/bai@-%c4%91i", "/tin/bai@-%C4%91i", "/tin/bai@-đi"),
        "index.php": ("/tin/bai@", "/index.php/tin/bai@"),
        "own language": ("/tin/bai@", "/vi/tin/bai@"),
        "doubled slash": ("/tin/bai@", "//so.example.vn//tin/bai@"),
    },
    STATE: {
        "state of a portal": ("/tin/bai@/!ut/p/b1/04_Sj9CPy/", "/tin/bai@/!ut/p/a0/04_Sj9CQz/"),
    },
}


class Articles(dict[str, Route]):
    """Lists as given; any other address is the article of its letter."""

    def get(self, path: str, otherwise: Route | None = None) -> Route | None:  # type: ignore[override]
        if path.endswith("/robots.txt") or path in self:
            return super().get(path, Answer("404", 404))
        if "/sent/" in path:
            return to(path.replace("/sent/", "/"))
        letter = re.findall(r"[bs]ai([a-z]?)", path)[-1]
        number = ord(letter or "z") - ord("a")
        return article(number, title=f"Bài {letter}", body=text(f"{letter}{number}"))


def trap_list(traps: dict[str, tuple[str, ...]], *, other: bool) -> Answer:
    urls = []
    for number, forms in enumerate(traps.values()):
        letter = chr(ord("a") + number)
        filled = [form.replace("@", letter).replace("#", f"10{number}") for form in forms]
        urls += filled[1:] if other else filled[:1]
    return lists(*urls)


@pytest.mark.parametrize("pattern", TRAPS, ids=["number", "no number", "state"])
def test_an_article_at_several_addresses_is_one(
    pattern: str, recipes: Path, crawl: Crawl, stored: Stored, web: Web
) -> None:
    traps = TRAPS[pattern]
    site = web({})
    one, other = trap_list(traps, other=False), trap_list(traps, other=True)
    site.routes = Articles({f"{HOST}/": one, f"{HOST}/hai/": other})
    with site.running():
        source = written(recipes, pattern)
        run = crawl(source)
        assert (run.state, run.message) == ("ok", None)
        before = stored()
        names = [f"Bài {chr(ord('a') + number)}" for number in range(len(traps))]
        assert sorted(each.title for each in before) == names
        begun = len(site.asked)
        again = crawl(source)
        assert len(site.asked) - begun == 2, "the lists alone"
        assert again.counters["list/known"] == again.counters["list/entries"]
        site.routes[f"{HOST}/"], site.routes[f"{HOST}/hai/"] = other, one
        full = crawl(source, full=True)
    assert (full.state, full.counters.get("keep/updated", 0)) == ("ok", 0)
    assert stored() == before


@pytest.mark.parametrize("pattern", [NUMBER, NO_NUMBER], ids=["number", "no number"])
def test_an_english_edition_is_an_article_of_its_own(
    pattern: str, recipes: Path, crawl: Crawl, stored: Stored, web: Web
) -> None:
    name = "bai-7.html" if pattern is NUMBER else "bai"
    english = article(7, title="Seventh meeting on the digital plan", body=ENGLISH)
    site = web(
        {
            f"{HOST}/": lists(f"/tin/{name}"),
            f"{HOST}/hai/": lists(f"/en/tin/{name}"),
            f"{HOST}/tin/{name}": SAME,
            f"{HOST}/en/tin/{name}": english,
        }
    )
    with site.running():
        source = written(recipes, pattern)
        crawl(source)
        before = stored()
        assert {a.title for a in before} == {
            "Hội nghị chuyển đổi số lần thứ 7",
            "Seventh meeting on the digital plan",
        }
        crawl(source, full=True)
    assert stored() == before


def nukeviet(number: int, text: str) -> Answer:
    return Answer(
        "<html lang=vi><head><meta name=generator content='NukeViet v4.5'></head>"
        f"<div class=news_column><h1 class=title>Bài số {number} {text[:20]}</h1>"
        f"<span class=h5>Thứ sáu - 20/11/2026 09:15</span><div id=news-bodyhtml>"
        f"<p>{text}</p></div></div></html>"
    )


def nukeviet_list(*urls: str) -> Answer:
    panels = "".join(
        f"<div class=panel><div class=panel-body><h3><a href='{url}'>Bài về {url[-20:]}</a></h3>"
        "</div></div>"
        for url in urls
    )
    return Answer(f"<html lang=vi><div class=news_column>{panels}</div></html>")


def test_two_modules_of_nukeviet_that_share_a_number_have_two_articles(
    recipes: Path, crawl: Crawl, stored: Stored, web: Web
) -> None:
    news = "Sở tổ chức hội nghị chuyển đổi số tại phường Mường Thanh với một trăm đại biểu. " * 4
    other = "Thông báo tuyển dụng viên chức của trung tâm công nghệ thông tin năm 2026. " * 4
    site = web(
        {
            f"{HOST}/": nukeviet_list(
                "/vi/news/tin-tuc/hoi-nghi-12.html",
                "/vi/stttt/thong-bao/tuyen-dung-12.html",
                "/vi/news/su-kien/hoi-nghi-12.html",
                "/news/tin-tuc/hoi-nghi-12.html",
                "/stttt/thong-bao/tuyen-dung-12.html",
            ),
            f"{HOST}/vi/news/tin-tuc/hoi-nghi-12.html": nukeviet(12, news),
            f"{HOST}/vi/news/su-kien/hoi-nghi-12.html": to("/vi/news/tin-tuc/hoi-nghi-12.html"),
            f"{HOST}/news/tin-tuc/hoi-nghi-12.html": nukeviet(12, news),
            f"{HOST}/vi/stttt/thong-bao/tuyen-dung-12.html": nukeviet(12, other),
            f"{HOST}/stttt/thong-bao/tuyen-dung-12.html": nukeviet(12, other),
        }
    )
    file = recipes / "dien-bien" / "thu.toml"
    file.parent.mkdir()
    file.write_text(
        f'name = "Sở (thử)"\nsite = "{HOST}"\nlistings = ["/"]\nfamily = "nukeviet"\n'
        "pace = { delay_seconds = 0.01 }\n"
    )
    with site.running():
        assert crawl("dien-bien/thu").state == "ok"
        before = stored()
        assert len(before) == 2
        crawl("dien-bien/thu", full=True)
    assert stored() == before


def test_an_article_without_its_category_is_the_one_with_it(
    recipes: Path, crawl: Crawl, stored: Stored, web: Web
) -> None:
    told = "Thông báo tuyển dụng viên chức của trung tâm công nghệ thông tin năm 2026. " * 4
    page = nukeviet(12, told)
    site = web(
        {
            f"{HOST}/": nukeviet_list(
                "/vi/stttt/thong-bao/tuyen-dung-12.html", "/vi/stttt/tuyen-dung-12.html"
            ),
            f"{HOST}/vi/stttt/thong-bao/tuyen-dung-12.html": page,
            f"{HOST}/vi/stttt/tuyen-dung-12.html": page,
        }
    )
    file = recipes / "dien-bien" / "thu.toml"
    file.parent.mkdir()
    file.write_text(
        f'name = "Sở (thử)"\nsite = "{HOST}"\nlistings = ["/"]\nfamily = "nukeviet"\n'
        "pace = { delay_seconds = 0.01 }\n"
    )
    with site.running():
        crawl("dien-bien/thu")
    assert len(stored()) == 1


def test_a_session_of_each_visit_in_the_links_names_no_article(
    recipes: Path, crawl: Crawl, stored: Stored, web: Web
) -> None:
    visits = iter(range(100))
    forms = ("/tin/bai?PHPSESSID={}", "/(S({}))/tin/bai")

    def listed(path: str) -> Answer:
        session = f"{next(visits):026d}"
        return lists(*(form.format(session) for form in forms))

    site = web({})
    site.routes = Articles({f"{HOST}/": listed, f"{HOST}/hai/": listed})
    with site.running():
        source = written(recipes, r"article = '/tin/[a-z]+(?:\?|$)'")
        crawl(source)
        before = stored()
        begun = len(site.asked)
        crawl(source)
    assert len(before) == 1
    assert "PHPSESSID" not in before[0].url
    assert "(S(" not in before[0].url
    assert stored() == before
    assert len(site.asked) - begun == 2


def test_a_site_that_wants_its_cookie_back_is_read(
    recipes: Path, crawl: Crawl, stored: Stored
) -> None:
    site = Site({})

    class Walled(dict[str, Route]):
        """Every page sends to itself until its cookie comes back."""

        def get(self, path: str, otherwise: Route | None = None) -> Route | None:  # type: ignore[override]
            last = site.asked[-1]
            if path == "/robots.txt" or "qua=1" in last.headers.get("Cookie", ""):
                return super().get(path, otherwise)
            return replace(to(path, 302), headers={"Location": path, "Set-Cookie": "qua=1; path=/"})

    site.routes = Walled(
        {"/": lists("/tin/2.html", "/tin/1.html")} | {f"/tin/{n}.html": article(n) for n in (1, 2)}
    )
    with site.running():
        run = crawl(write_recipe(recipes, site.url))
    assert (run.state, run.complete) == ("ok", True)
    assert len(stored()) == 2


def test_a_site_with_another_theme_for_phones_shows_us_its_own(
    recipes: Path, crawl: Crawl, stored: Stored, web: Web
) -> None:
    """Who is a phone is told by the pattern that most sites copied (detectmobilebrowsers.com)."""
    phones = ("android", "iphone", "ipod", "ipad", "mobile", "mobi", "opera mini", "midp", "palm")
    site = web({})

    class Themed(dict[str, Route]):
        def get(self, path: str, otherwise: Route | None = None) -> Route | None:  # type: ignore[override]
            agent = site.asked[-1].headers["User-Agent"].lower()
            if any(phone in agent for phone in phones):
                return to(path.replace("//so.", "//m.so."))
            return super().get(path, otherwise)

    site.routes = Themed({f"{HOST}/": lists("/tin/1.html"), f"{HOST}/tin/1.html": article(1)})
    with site.running():
        run = crawl(write_recipe(recipes, HOST))
    assert run.state == "ok"
    assert [a.url for a in stored()] == [f"{HOST}/tin/1.html"]


def test_a_site_that_sends_us_to_its_pages_for_phones_is_the_same_site(
    recipes: Path, crawl: Crawl, stored: Stored, web: Web
) -> None:
    phones = "http://m.so.example.vn"
    site = web(
        {
            f"{HOST}/": to(f"{phones}/"),
            f"{phones}/": lists("/tin/1.html"),
            f"{phones}/tin/1.html": article(1),
            f"{HOST}/tin/1.html": article(1),
        }
    )
    with site.running():
        source = write_recipe(recipes, HOST)
        assert crawl(source).state == "ok"
        first = stored()
        site.routes[f"{HOST}/"] = lists("/tin/1.html")
        assert crawl(source).counters["list/known"] == 1
        crawl(source, full=True)
    assert [a.url for a in first] == [f"{phones}/tin/1.html"]
    assert [a.url for a in stored()] == [f"{HOST}/tin/1.html"]
    assert [a.id for a in stored()] == [a.id for a in first]


def test_two_modules_that_share_a_number_have_two_articles_where_no_rule_tells_them_apart(
    recipes: Path, crawl: Crawl, stored: Stored, web: Web
) -> None:
    titles = {"tin": "Hội nghị chuyển đổi số tại Mường Thanh", "viec": "Tuyển dụng ba viên chức"}
    site = web({})
    lines = "".join(f"<li><a href='/{one}/bai-12.html'>{two}</a>" for one, two in titles.items())
    site.routes = {
        f"{HOST}/": Answer(f"<html lang=vi><ul class=tin>{lines}</ul></html>"),
        f"{HOST}/hai/": lists(),
        **{
            f"{HOST}/{one}/bai-12.html": article(7, title=two, body=f"<p>{two} năm nay.</p>" * 2)
            for one, two in titles.items()
        },
    }
    with site.running():
        source = written(recipes, NUMBER)
        crawl(source)
        crawl(source)
        assert sorted(each.title for each in stored()) == sorted(titles.values())
        before, begun = stored(), len(site.asked)
        crawl(source)
        assert len(site.asked) - begun == 2, "the lists alone"
        crawl(source, full=True)
    assert stored() == before


def test_a_site_that_moved_to_another_host_has_the_same_articles(
    recipes: Path, crawl: Crawl, stored: Stored, web: Web
) -> None:
    """Notices too short to be known by their words, edited on the way."""
    new = "http://moi.example.vn"

    def pages(host: str, word: str) -> dict[str, Route]:
        names = ("bai-a", "bai-b", "bai-c")
        lines = "".join(f"<li><a href='/tin/{name}'>Thông báo {name}</a></li>" for name in names)
        made: dict[str, Route] = {
            f"{host}/tin/{name}": article(
                7, title=f"Thông báo {name}", body=f"<p>Sở {word} lịch nghỉ của {name}.</p>"
            )
            for name in names
        }
        listed = Answer(f"<html lang=vi><ul class=tin>{lines}</ul></html>")
        return made | {f"{host}/": listed, f"{host}/hai/": lists()}

    site = web(pages(HOST, "thông báo"))
    with site.running():
        source = written(recipes, NO_NUMBER)
        crawl(source)
        before = {each.id for each in stored()}
        site.routes = pages(new, "gửi")
        file = recipes / f"{source}.toml"
        moved = file.read_text().replace(HOST, new)
        file.write_text(f'formerly = ["{HOST.removeprefix("http://")}"]\n{moved}')
        crawl(source)
        after = stored()
        begun = len(site.asked)
        crawl(source)
        assert len(site.asked) - begun == 2, "the lists alone"
    assert len(before) == 3
    assert {each.id for each in after} == before
    assert {each.url.partition("/tin")[0] for each in after} == {new}
    assert {each.revision for each in after} == {2}


def test_a_site_that_changed_its_cms_has_the_same_articles_and_their_addresses_follow(
    recipes: Path, crawl: Crawl, stored: Stored, web: Web
) -> None:
    names = ("a", "b", "c", "d")

    def pages(form: str) -> dict[str, Route]:
        urls = [form.format(name) for name in names]
        made: dict[str, Route] = {
            f"{HOST}{url}": article(7, title=f"Bài {name}", body=text(name))
            for url, name in zip(urls, names, strict=True)
        }
        return made | {f"{HOST}/": lists(*urls), f"{HOST}/hai/": lists()}

    site = web(pages("/tin/bai{}"))
    with site.running():
        source = written(recipes, r"article = '/(?:tin/|bai-viet/tt-)bai[a-z]$'")
        crawl(source)
        before = stored()
        site.routes = pages("/bai-viet/tt-bai{}")
        assert crawl(source).counters["keep/same"] == 4
        assert {each.id for each in stored()} == {each.id for each in before}
        assert {each.provenance["id"] for each in stored()} == {"address, told"}
        run = crawl(source, full=True)
    after = stored()
    assert run.counters["article/gone"] == 4
    assert {each.id for each in after} == {each.id for each in before}
    assert {each.url for each in after} == {f"{HOST}/bai-viet/tt-bai{name}" for name in names}
    assert {each.revision for each in after} == {1}

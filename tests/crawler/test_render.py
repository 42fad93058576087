"""Pages that show nothing without their scripts, and what a browser must not do for them."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from crawler.browser import Browser, NoBrowser, find_chromium
from crawler.config import Config
from crawler.visit import MOST_PARTS, Ask, NotRendered, Part, Rendered
from crawler.visit import Answer as Fetched
from store.model import Article, Run
from tests.crawler.sites import Answer, Site, site_of, write_recipe

Crawl = Callable[..., Run]
Stored = Callable[[], list[Article]]

RENDER = "render = true\n"


def has_browser() -> bool:
    try:
        find_chromium(Config().chromium)
    except NoBrowser:
        return False
    return True


with_a_browser = pytest.mark.skipif(
    not has_browser(), reason="no Chromium is installed (apt install chromium)"
)

SHELL = "<!doctype html><html lang=vi><div id=app></div><script src=/app.js></script>"
APP = """
async function show() {
  const found = await (await fetch('/api' + location.pathname)).json()
  document.cookie = 'seen=1'
  const entry = (e) => `<li><a href="${e.url}">${e.title}</a></li>`
  document.getElementById('app').innerHTML = found.entries
    ? `<ul class=tin>${found.entries.map(entry).join('')}</ul>`
    : `<h1>${found.title}</h1><div class=ngay>${found.date}</div>
       <div class=noidung><p>${found.text}</p></div>`
}
show()
"""


def data(found: object) -> Answer:
    return Answer(json.dumps(found), content_type="application/json")


def told(number: int) -> Answer:
    return data(
        {
            "title": f"Hội nghị chuyển đổi số lần thứ {number}",
            "date": f"{number:02d}/11/2026 08:{number:02d}",
            "text": f"Sở tổ chức hội nghị chuyển đổi số lần thứ {number} tại xã Mường Thanh.",
        }
    )


def scripted_site(count: int, **more: Answer) -> Site:
    """A site whose pages are empty until their script has asked for the data."""
    numbers = range(count, 0, -1)
    entries = [{"url": f"/tin/{n}.html", "title": f"Hội nghị lần thứ {n}"} for n in numbers]
    routes = {"/": Answer(SHELL), "/app.js": Answer(APP, content_type="text/javascript")}
    routes |= {"/api/": data({"entries": entries})}
    routes |= {f"/tin/{n}.html": Answer(SHELL) for n in numbers}
    routes |= {f"/api/tin/{n}.html": told(n) for n in numbers}
    return Site(routes | more)


@with_a_browser
def test_pages_that_their_scripts_write_are_read(
    recipes: Path, crawl: Crawl, stored: Stored
) -> None:
    site = scripted_site(2)
    with site.running():
        run = crawl(write_recipe(recipes, site.url, more=RENDER))
    assert (run.state, run.complete) == ("ok", True)
    assert [(found.title, found.body_text) for found in stored()] == [
        (
            f"Hội nghị chuyển đổi số lần thứ {n}",
            f"Sở tổ chức hội nghị chuyển đổi số lần thứ {n} tại xã Mường Thanh.",
        )
        for n in (2, 1)
    ]
    assert sorted(site.paths) == sorted(
        ["/robots.txt", "/app.js", "/", "/api/"]
        + [path for n in (1, 2) for path in (f"/tin/{n}.html", f"/api/tin/{n}.html")]
    ), "nothing is asked for twice"
    assert {asked.headers["User-Agent"].partition("/")[0] for asked in site.asked} == {"tinso"}
    assert "seen=1" in site.asked[-1].headers.get("Cookie", "")
    assert max(asked.in_flight for asked in site.asked) == 1


def test_no_page_is_rendered_by_default(recipes: Path, crawl: Crawl) -> None:
    site = scripted_site(1)
    with site.running():
        run = crawl(write_recipe(recipes, site.url))
    assert (run.state, run.cause) == ("failed", "list-unmatched")
    assert "/app.js" not in site.paths


HOSTILE = """
function put(kind, address) {
  document.body.append(Object.assign(document.createElement(kind), {src: address}))
}
const tried = [
  () => fetch('STRANGER/du-lieu', {mode: 'no-cors'}),
  () => new WebSocket('STRANGER/'.replace('http', 'ws')),
  () => navigator.sendBeacon('STRANGER/dem', 'x'),
  () => window.open('STRANGER/cua-so'),
  () => put('img', 'STRANGER/a.png'),
  () => put('img', '/anh.png'),
  () => put('iframe', 'STRANGER/'),
  () => put('script', 'STRANGER/a.js'),
  () => fetch('/cam/du-lieu'),
  () => alert('Xin chào'),
]
for (const one of tried) try { one() } catch (error) {}
"""


@with_a_browser
def test_a_page_reaches_no_stranger_nothing_forbidden_and_no_picture(
    recipes: Path, crawl: Crawl
) -> None:
    stranger, site = site_of(1), scripted_site(1)
    script = HOSTILE.replace("STRANGER", stranger.url) + APP
    site.routes["/app.js"] = Answer(script, content_type="text/javascript")
    site.routes["/robots.txt"] = Answer("User-agent: *\nDisallow: /cam/", content_type="text/plain")
    with site.running(), stranger.running():
        run = crawl(write_recipe(recipes, site.url, more=RENDER))
    assert run.state == "ok", run.message
    assert stranger.paths == []
    assert not {"/cam/du-lieu", "/anh.png"} & set(site.paths)
    assert run.counters["render/refused"] >= 2


@with_a_browser
def test_a_script_that_leads_to_another_host_is_an_incident(recipes: Path, crawl: Crawl) -> None:
    stranger, site = site_of(1), site_of(1)
    site.routes["/"] = Answer(f"<p>Trang đã dời</p><script>location = '{stranger.url}/'</script>")
    with site.running(), stranger.running():
        run = crawl(write_recipe(recipes, site.url, more=RENDER))
    assert (run.state, run.cause) == ("failed", "moved-host")
    assert stranger.paths == []


def test_a_missing_browser_is_told_before_the_first_request(
    recipes: Path, crawl: Crawl, config: Config
) -> None:
    config.__dict__["chromium"] = "/khong/co/chromium"
    site = scripted_site(1)
    with site.running():
        run = crawl(write_recipe(recipes, site.url, more=RENDER))
    assert (run.state, run.cause) == ("failed", "no-browser")
    assert "/khong/co/chromium" in (run.message or "")
    assert "apt install chromium" in (run.message or "")
    assert site.paths == []


def test_a_missing_extra_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "playwright.async_api", None)
    with pytest.raises(NoBrowser, match=r"tinso\[browser\]"):
        asyncio.run(Browser(named=sys.executable, user_agent="tinso").start())


URL = "http://so.example.gov.vn/"


def page(url: str, html: str) -> Fetched:
    return Fetched(url=url, status=200, headers={"Content-Type": "text/html"}, body=html.encode())


def rendered(
    html: str, *, ask: Ask | None = None, most_seconds: float = 20, wanted: bool = True
) -> Rendered:
    """Render a page; every part of it is the page again, unless `ask` has another answer."""

    async def again(part: Part) -> Fetched:
        return page(part.url, html)

    async def render() -> Rendered:
        browser = Browser(named=Config().chromium, user_agent="tinso")
        await browser.start()
        try:
            return await browser.render(
                page(URL, html), ask or again, most_seconds=most_seconds, wanted=lambda: wanted
            )
        finally:
            await browser.close()

    return asyncio.run(render())


@with_a_browser
@pytest.mark.parametrize(
    ("script", "cause"),
    [
        pytest.param("while (true);", "timeout", id="hangs"),
        pytest.param("location.reload()", "redirect-loop", id="goes in a circle"),
        pytest.param(
            "const a = []; for (;;) a.push(Array(1e6).fill(.5))", "unrendered", id="eats memory"
        ),
    ],
)
def test_a_page_that_does_not_end_is_left(script: str, cause: str) -> None:
    most_seconds = 1.5 if cause == "timeout" else 20.0
    with pytest.raises(NotRendered) as fault:
        rendered(f"<p>Tin</p><script>{script}</script>", most_seconds=most_seconds)
    assert fault.value.cause == cause


@with_a_browser
def test_a_page_that_waits_on_and_on_is_taken_when_its_time_is_over() -> None:
    async def never(_: Part) -> Fetched:
        await asyncio.Event().wait()
        raise AssertionError

    found = rendered("<p>Tin</p><script>fetch('/mai')</script>", ask=never, most_seconds=1.5)
    assert not found.settled
    assert "<p>Tin</p>" in found.html


@with_a_browser
def test_a_page_is_given_so_many_parts_and_no_more() -> None:
    asked = []

    async def count(part: Part) -> Fetched:
        asked.append(part.url)
        return page(part.url, "")

    asking = "<p>Tin</p><script>(async () => { for (;;) await fetch('/nua') })()</script>"
    assert rendered(asking, ask=count).settled
    assert len(asked) == MOST_PARTS


@with_a_browser
def test_a_page_that_is_no_more_wanted_is_left() -> None:
    with pytest.raises(NotRendered) as fault:
        rendered("<p>Tin</p>", wanted=False)
    assert fault.value.cause == "stopped"

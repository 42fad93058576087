"""The server as browsers and feed readers meet it."""

from __future__ import annotations

import http.client
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from itertools import count
from typing import Any
from urllib.parse import urlsplit

import pytest
from lxml import html
from starlette.testclient import TestClient

from feeds.formats import FORMATS
from feeds.rendering import Site
from feeds.settings import Settings
from feeds.web.feeds import STALE, Asked, FeedDesk
from feeds.web.serve import background, check_feeds, serve
from store.base import Selection, Store
from store.errors import StoreAway, StoreError, WrongUse
from tests.feeds.conftest import BASE, CARD, app_over
from tests.store.making import MORNING, article, sighting


class Counting:
    """A store that counts what it is asked, and can be away."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.asked: list[str] = []
        self.away = False

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.store, name)
        if not callable(found):
            return found

        def ask(*args: Any, **kwargs: Any) -> Any:
            self.asked.append(name)
            if self.away:
                raise StoreAway("does not answer", about="mongodb://db", repair="start it")
            return found(*args, **kwargs)

        return ask


FEEDS = ["/all", "/provinces/dien-bien", "/sources/dien-bien/tttt"]


@pytest.mark.parametrize("path", FEEDS)
@pytest.mark.parametrize("ending", FORMATS)
def test_every_channel_is_served_in_every_format(
    client: TestClient, path: str, ending: str
) -> None:
    answer = client.get(f"{path}.{ending}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == f"{FORMATS[ending].media_type}; charset=utf-8"
    assert answer.headers["cache-control"] == "public, max-age=3600"
    assert f"{BASE}{path}.{ending}" in answer.text, "the self link is the address it is served at"


@pytest.mark.parametrize("path", ["/all.rss", "/provinces/dien-bien.atom"])
def test_a_reader_that_has_the_newest_gets_304_with_the_right_headers(
    client: TestClient, path: str
) -> None:
    first = client.get(path)
    for ask in (
        {"If-None-Match": first.headers["etag"]},
        {"If-Modified-Since": first.headers["last-modified"]},
    ):
        again = client.get(path, headers=ask)
        assert (again.status_code, again.content) == (304, b"")
        for name in ("etag", "cache-control", "vary", "last-modified"):
            assert again.headers[name] == first.headers[name]


def test_a_304_renders_nothing_and_reads_no_article(filled: Store) -> None:
    counting = Counting(filled)
    with TestClient(app_over(counting)) as client:
        etag = client.get("/all.rss").headers["etag"]
        counting.asked.clear()
        assert client.get("/all.rss", headers={"If-None-Match": etag}).status_code == 304
    assert set(counting.asked) == {"sources", "version"}


def test_head_answers_as_get_without_a_body(client: TestClient) -> None:
    get, head = client.get("/all.rss"), client.head("/all.rss")
    assert head.status_code == 200
    assert head.content == b""
    assert head.headers["etag"] == get.headers["etag"]
    assert head.headers["content-length"] == get.headers["content-length"]


def test_the_bytes_and_validators_are_the_same_after_a_restart(filled: Store) -> None:
    answers = []
    for _ in range(2):
        with TestClient(app_over(filled)) as client:
            answers.append(client.get("/all.atom"))
    assert answers[0].content == answers[1].content
    assert answers[0].headers["etag"] == answers[1].headers["etag"]


def test_a_new_article_changes_its_channels_and_no_other(client: TestClient, filled: Store) -> None:
    paths = ["/all.rss", "/provinces/dien-bien.rss", "/provinces/ha-noi.rss"]
    before = {path: client.get(path).headers["etag"] for path in paths}
    filled.keep([sighting(9, changed=MORNING + timedelta(days=3))])
    changed = [path for path in paths if client.get(path).headers["etag"] != before[path]]
    assert changed == ["/all.rss", "/provinces/dien-bien.rss"]
    assert "Tin thứ 9" in client.get("/all.rss").text


def test_a_cache_buster_gets_the_same_feed(client: TestClient) -> None:
    assert client.get("/all.rss?_=123").content == client.get("/all.rss").content


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/all.pdf",
        "/all.",
        "/provinces/atlantis.rss",
        "/sources/dien-bien/x.rss",
        "/articles/none",
        "/static/../app.py",
    ],
)
def test_what_is_not_there_is_404_in_both_languages(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    if "static" not in path:
        assert "Không có trang này." in answer.text
        assert "There is no such page." in answer.text


def test_writing_is_refused(client: TestClient) -> None:
    assert client.post("/all").status_code == 405


def test_a_closing_slash_is_sent_to_the_one_address(client: TestClient) -> None:
    answer = client.get("/provinces/dien-bien/", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (301, "/provinces/dien-bien")


def head_of(url: str, request: bytes) -> str:
    """Send what no client library would, and return the head of the answer."""
    parts = urlsplit(url)
    with socket.create_connection((parts.hostname, parts.port), timeout=10) as connection:
        connection.sendall(request + b"\r\nConnection: close\r\n\r\n")
        answer = connection.makefile("rb").read()
    return answer.partition(b"\r\n\r\n")[0].decode()


def test_nobody_is_sent_to_another_host(filled: Store) -> None:
    with background(Settings(port=0, store=filled.address)) as url:
        head = head_of(url, b"GET //evil.example/ HTTP/1.1\r\nHost: x")
    assert "location: /evil.example\r\n" in head


def test_while_the_store_is_away_the_last_good_feed_is_served_with_its_age(filled: Store) -> None:
    now = [100.0]
    counting = Counting(filled)
    desk = FeedDesk(counting, Site(base_url=BASE), clock=lambda: now[0])
    good = desk.answer(Asked(path="/all.rss"))
    counting.away, now[0] = True, 130.0
    assert desk.at_once(Asked(path="/all.rss")) is None
    stale = desk.answer(Asked(path="/all.rss"))
    assert good is not None
    assert stale is not None
    assert (stale.status, stale.body) == (200, good.body)
    assert dict(stale.headers)[STALE.lower().encode()] == b"30"
    counting.asked.clear()
    tag = dict(good.headers)[b"etag"].decode()
    fresh = desk.at_once(Asked(path="/all.rss", tags=tag))
    assert fresh is not None
    assert (fresh.status, counting.asked) == (304, []), "the store is left alone for a while"


def test_while_the_store_is_away_pages_say_so_and_nothing_of_the_inside(filled: Store) -> None:
    counting = Counting(filled)
    with TestClient(app_over(counting)) as client:
        counting.away = True
        for path in ("/", "/all", "/healthz", "/all.atom", "/search?q=x"):
            answer = client.get(path)
            assert answer.status_code == 503
            assert answer.headers["retry-after"] == "300"
            assert "mongodb" not in answer.text


def test_health_is_told(filled: Store) -> None:
    counting = Counting(filled)
    with TestClient(app_over(counting)) as client:
        assert client.get("/healthz").json() == {"status": "ok"}
        counting.away = True
        assert client.get("/healthz").json() == {"status": "store-away"}


def test_a_fault_of_our_own_shows_nothing_of_the_inside(filled: Store) -> None:
    class Broken(Counting):
        def get(self, article_id: str) -> None:
            raise RuntimeError("secret")

    app = app_over(Broken(filled))
    with TestClient(app, raise_server_exceptions=False) as client:
        answer = client.get("/articles/x")
    assert answer.status_code == 500
    assert "Máy chủ gặp lỗi" in answer.text
    assert "secret" not in answer.text
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")


def test_a_source_is_found_as_soon_as_it_is_there(client: TestClient, filled: Store) -> None:
    path = "/sources/ha-noi/tttt.rss"
    assert client.get(path).status_code == 404
    filled.save_source(replace(CARD, id="ha-noi/tttt", province="ha-noi"))
    assert client.get(path).status_code == 200


def test_an_article_kept_while_a_feed_is_written_is_not_missed(filled: Store) -> None:
    class Busy(Counting):
        number = 10

        def newest(self, which: Selection, **paging: Any) -> Any:
            found = self.store.newest(which, **paging)
            if self.number < 30:
                self.number += 1
                changed = MORNING + timedelta(days=self.number)
                self.store.keep([sighting(self.number, changed=changed)])
            return found

    busy = Busy(filled)
    clock = count(step=60.0)
    desk = FeedDesk(busy, Site(base_url=BASE), clock=lambda: next(clock))
    answer = desk.answer(Asked(path="/all.rss"))
    assert answer is not None
    busy.number = 30
    tag = dict(answer.headers)[b"etag"].decode()
    again = desk.answer(Asked(path="/all.rss", tags=tag))
    assert again is not None
    assert again.status == 200
    assert b"tin-14.html" in again.body


def test_the_home_page_lists_the_provinces_that_have_articles(
    client: TestClient, filled: Store
) -> None:
    def listed() -> list[str]:
        page = html.fromstring(client.get("/").text)
        return [str(one) for one in page.xpath("//*[@aria-labelledby='tinh']//li/a[1]/@href")]

    assert listed() == ["/provinces/dien-bien"]
    filled.keep(
        [
            sighting(
                20,
                source="trung-uong/mic",
                province="hau-giang",
                province_from="title",
                province_now="can-tho",
                changed=MORNING + timedelta(days=9),
            )
        ]
    )
    assert listed() == ["/provinces/can-tho", "/provinces/dien-bien", "/provinces/hau-giang"]


PAGES = ["/", "/all", "/provinces/dien-bien", "/sources/dien-bien/tttt", "/search?q=hoi+nghi"]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_vietnamese_and_has_one_heading(client: TestClient, path: str) -> None:
    page = html.fromstring(client.get(path).text)
    assert page.get("lang") == "vi"
    assert len(page.xpath("//h1")) == 1
    assert page.xpath("//main")


@pytest.mark.parametrize("path", [*PAGES, "/nothing", "/all.rss", "/healthz", "/static/style.css"])
def test_every_answer_keeps_the_door_closed(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"].startswith("default-src 'none'")


@pytest.mark.parametrize("path", ["/all", "/provinces/dien-bien", "/sources/dien-bien/tttt"])
def test_every_channel_page_leads_to_its_feeds(client: TestClient, path: str) -> None:
    page = html.fromstring(client.get(path).text)
    feeds = [f"{BASE}{path}.{ending}" for ending in FORMATS]
    assert page.xpath("//link[@rel='alternate']/@href") == feeds
    for href in page.xpath("//a[@class='feed']/@href"):
        assert client.get(href).status_code == 200


def test_every_link_of_the_home_page_leads_somewhere(client: TestClient) -> None:
    page = html.fromstring(client.get("/").text)
    links = {href.partition("#")[0] for href in page.xpath("//a/@href | //link/@href")}
    for href in links - {"", f"{BASE}/"}:
        assert client.get(href.removeprefix(BASE)).status_code == 200, href


def test_an_articles_page_shows_what_there_is_and_leads_to_the_original(
    client: TestClient, filled: Store
) -> None:
    found = filled.newest(Selection(), limit=1)[0]
    page = client.get(f"/articles/{found.id}").text
    for shown in (
        "Hội nghị “Chuyển đổi số” &amp; an toàn thông tin",
        "20/11/2026 09:18",
        "Minh Đức",
        "Kế hoạch",
        "http://dic.gov.vn/vi/news/tin-3.html",
        "Điện Biên",
    ):
        assert shown in page


def test_a_date_that_is_known_to_the_day_shows_no_hour(client: TestClient, filled: Store) -> None:
    midnight = MORNING.replace(hour=17, minute=0) - timedelta(days=1)
    bare = sighting(8, published=midnight, published_precision="day", published_from="lead")
    filled.keep([bare])
    page = client.get(f"/articles/{bare.article.id}").text
    assert "20/11/2026" in page
    assert "00:00" not in page
    assert "theo câu mở đầu bài viết" in page


@pytest.mark.parametrize("asked", ["hoi nghi", "HỘI NGHỊ", "da nang", "Đà Nẵng", "chuyen  doi"])
def test_search_does_not_mind_marks_or_case(client: TestClient, asked: str) -> None:
    assert "an toàn thông tin" in client.get("/search", params={"q": asked}).text


@pytest.mark.parametrize("asked", ["khong co tu nay", "", "   ", "!!!", "a" * 5000])
def test_search_that_finds_nothing_says_so(client: TestClient, asked: str) -> None:
    answer = client.get("/search", params={"q": asked})
    assert answer.status_code == 200
    assert "chuyển đổi số" not in answer.text.lower()


def test_a_hostile_search_is_shown_as_text(client: TestClient) -> None:
    answer = client.get("/search", params={"q": '"><script>alert(1)</script>'})
    assert "<script>" not in answer.text


def test_hostile_html_in_the_store_is_cleaned_at_the_edge(
    client: TestClient, filled: Store
) -> None:
    bad = sighting(
        7,
        title="<img src=x onerror=alert(1)>",
        body_html=(
            "<p onclick=x()>Tin</p><script>alert(1)</script><iframe src=//e></iframe>"
            "<a href='javascript:x()'>a</a><img src='http://a.vn/a.png' onerror=x()>"
            "<form action=//e><input></form><style>p{}</style>"
        ),
    )
    filled.keep([bad])
    page = client.get(f"/articles/{bad.article.id}").text
    body = page.partition('<div class="body">')[2].partition('<p class="signature">')[0]
    for forbidden in ("<script", "onclick", "onerror", "iframe", "javascript", "<form", "<style"):
        assert forbidden not in body
    assert 'loading="lazy"' in body
    assert 'referrerpolicy="no-referrer"' in body
    assert "<img src=x" not in page


def test_pages_of_a_channel_meet_every_article_once(client: TestClient, store: Store) -> None:
    same = MORNING + timedelta(days=1)
    store.keep([sighting(n, published=same) for n in range(100, 150)])
    seen: list[str] = []
    path: str | None = "/all"
    while path:
        page = html.fromstring(client.get(path).text)
        seen += page.xpath("//ol[@class='news']//h3/a/@href")
        path = next(iter(page.xpath("//a[@rel='next']/@href")), None)
    assert len(seen) == len(set(seen)) == 53


def ask(url: str, path: str, headers: Mapping[str, str] | None = None) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=10)
    connection.request("GET", path, headers=dict(headers or {}))
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer


def test_a_real_server_serves_over_a_real_socket(filled: Store) -> None:
    settings = Settings(port=0, store=filled.address)
    with background(settings) as url:
        first = ask(url, "/all.rss")
        again = ask(url, "/all.rss", {"If-None-Match": first.headers["ETag"]})
        assert (first.status, again.status) == (200, 304)
        assert again.headers["Date"]
    with pytest.raises(ConnectionRefusedError):
        ask(url, "/")


def test_every_feed_of_a_store_is_counted(filled: Store) -> None:
    assert check_feeds(Settings(port=0, store=filled.address)) == 42


def test_a_port_that_is_taken_is_told_with_the_way_out(filled: Store) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(WrongUse, match="TINSO_PORT"):
            serve(Settings(port=port, store=filled.address))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_server_in_good_order(filled: Store, number: int) -> None:
    code = (
        "import sys; from feeds.settings import Settings; from feeds.web.serve import serve;"
        "serve(Settings(port=0, store=sys.argv[1]), ready=lambda url: print(url, flush=True));"
        "print('closed')"
    )
    command = [sys.executable, "-c", code, filled.address]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        url = server.stdout.readline().strip()
        assert ask(url, "/healthz").status == 200
        server.send_signal(number)
        assert server.stdout.read() == "closed\n"
    assert server.returncode == 0


def test_a_store_that_is_none_is_told(tmp_path: Any) -> None:
    (tmp_path / "x.db").write_bytes(b"not a store at all, but long enough to be looked at" * 9)
    with pytest.raises(StoreError, match=r"x\.db"):
        serve(Settings(port=0, store=str(tmp_path / "x.db")))


def test_the_servers_name_is_never_taken_from_a_request(client: TestClient) -> None:
    answer = client.get("/all", headers={"Host": "evil.example"})
    assert "evil.example" not in answer.text


def test_a_withdrawn_article_leaves_the_feed_and_says_so_on_its_page(
    client: TestClient, filled: Store
) -> None:
    gone = replace(article(1), state="withdrawn", changed=MORNING + timedelta(days=5))
    filled.keep([replace(sighting(1), article=gone)])
    assert "Tin thứ 1" not in client.get("/all.rss").text
    page = client.get(f"/articles/{gone.id}")
    assert page.status_code == 410
    assert "không còn ở trang nguồn" in page.text

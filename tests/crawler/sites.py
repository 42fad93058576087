"""Small sites on loopback that behave as a test wants, and count what they are asked."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Answer:
    body: bytes | str = b""
    status: int = 200
    content_type: str = HTML
    headers: Mapping[str, str] = field(default_factory=dict)
    hold_seconds: float = 0.0

    @property
    def raw(self) -> bytes:
        return self.body.encode() if isinstance(self.body, str) else self.body


START = date(2025, 1, 1)

Route = Answer | Callable[[str], Answer]


@dataclass(frozen=True, slots=True)
class Asked:
    path: str
    at: float
    in_flight: int
    headers: Mapping[str, str]
    posted: str = ""


class Site:
    """One host; `routes` maps paths to answers, anything else is 404."""

    def __init__(self, routes: Mapping[str, Route], *, port: int = 0) -> None:
        self.routes = dict(routes)
        self.asked: list[Asked] = []
        self.in_flight = 0
        self.lock = threading.Lock()
        self.came = threading.Condition(self.lock)
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                site.serve(self)

            def do_POST(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                site.serve(self, self.rfile.read(length).decode())

            def log_message(self, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def serve(self, request: BaseHTTPRequestHandler, posted: str = "") -> None:
        with self.lock:
            self.in_flight += 1
            headers = dict(request.headers.items())
            now = time.monotonic()
            self.asked.append(Asked(request.path, now, self.in_flight, headers, posted))
            self.came.notify_all()
        try:
            route = self.routes.get(request.path.partition("?")[0], Answer("404", 404))
            answer = route(request.path + posted) if callable(route) else route
            time.sleep(answer.hold_seconds)
            request.send_response(answer.status)
            if answer.content_type:
                request.send_header("Content-Type", answer.content_type)
            for name, value in answer.headers.items():
                request.send_header(name, value)
            request.send_header("Content-Length", str(len(answer.raw)))
            request.end_headers()
            request.wfile.write(answer.raw)
        except (BrokenPipeError, ConnectionResetError):
            request.close_connection = True
        finally:
            with self.lock:
                self.in_flight -= 1

    @property
    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]

    def wait_for(self, count: int) -> None:
        """Return once `count` requests have come; fails after half a minute."""
        with self.came:
            assert self.came.wait_for(lambda: len(self.asked) >= count, timeout=30)

    def wait_until_quiet(self, seconds: float = 3.0) -> None:
        """Return once no request has come for so long."""
        with self.came:
            while True:
                count = len(self.asked)
                if not self.came.wait_for(lambda: len(self.asked) > count, timeout=seconds):  # noqa: B023
                    return

    @contextmanager
    def running(self) -> Iterator[Site]:
        thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield self
        finally:
            self.server.shutdown()
            self.server.server_close()
            thread.join()


def article(number: int, *, title: str = "", body: str = "") -> Answer:
    text = body or f"<p>Sở tổ chức hội nghị chuyển đổi số lần thứ {number} tại xã Mường Thanh.</p>"
    heading = title or f"Hội nghị chuyển đổi số lần thứ {number}"
    return Answer(
        f"<!doctype html><html lang=vi><title>{heading}</title><h1>{heading}</h1>"
        f"<div class=ngay>{1 + number % 28:02d}/11/2026 08:{number % 60:02d}</div>"
        f"<div class=noidung>{text}</div></html>"
    )


def listing(*numbers: int, more: str = "") -> Answer:
    rows = "".join(f"<li><a href='/tin/{n}.html'>Hội nghị lần thứ {n}</a></li>" for n in numbers)
    return Answer(f"<!doctype html><html lang=vi><ul class=tin>{rows}</ul>{more}</html>")


def rows(*entries: tuple[str, str, str], more: str = "") -> Answer:
    """A list of address, title and date each; rows of the recipe that `write_recipe` writes."""
    lines = "".join(
        f"<li><a href='{url}'>{title}</a> <span class=ngay>{day}</span></li>"
        for url, title, day in entries
    )
    return Answer(f"<!doctype html><html lang=vi><ul class=tin>{lines}</ul>{more}</html>")


def paged(pages: Sequence[Sequence[int]], *, past: Answer | None = None) -> Route:
    """A list that pages by `?trang=`; every page leads on, and `past` answers behind the last.

    Article `n` bears the date of the n-th day of 2025.
    """

    def answer(path: str) -> Answer:
        number = int(path.partition("trang=")[2] or 1)
        if number > len(pages):
            return past or Answer("404", 404)
        more = f"<a class=sau href='/?trang={number + 1}'>Trang sau</a>"
        entries = [
            (
                f"/tin/{n}.html",
                f"Hội nghị lần thứ {n}",
                f"{date(2025, 1, 1) + timedelta(n):%d/%m/%Y}",
            )
            for n in pages[number - 1]
        ]
        return rows(*entries, more=more)

    return answer


def articles(*numbers: int) -> dict[str, Route]:
    return {f"/tin/{n}.html": article(n) for n in numbers}


def site_of(count: int, **more: Route) -> Site:
    """A site with one list of `count` articles."""
    numbers = range(count, 0, -1)
    routes: dict[str, Route] = {"/": listing(*numbers)}
    routes |= {f"/tin/{n}.html": article(n) for n in numbers}
    return Site(routes | more)


RECIPE = """\
name = "Sở Thông tin và Truyền thông (thử)"
site = "{site}"
listings = ["/"]
article = '/tin/(?P<key>\\d+)\\.html$'
select = {{ entry = "ul.tin li", date = ".ngay", body = ".noidung", next = "a.sau" }}
pace = {{ delay_seconds = {delay} }}
"""


def write_recipe(
    folder: Path, site: str, *, source: str = "dien-bien/thu", delay: float = 0.01, more: str = ""
) -> str:
    file = folder / f"{source}.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(more + RECIPE.format(site=site, delay=delay), encoding="utf-8")
    return source

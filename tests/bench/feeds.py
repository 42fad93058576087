"""What answering for a feed and writing one cost in CPU, beside the least that they could.

*Answers*: against a raw ASGI function under the same server that returns the same status, headers
and bytes, rounds interleaved, medians compared. *Writing*: against the library alone, given the
same entries, ready made; `new` is told beside it: one of the fifty has to be cleaned first.
*Store*: against a smaller store, and in CPU of this process.
"""

from __future__ import annotations

import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from html import escape
from pathlib import Path
from statistics import median
from time import process_time_ns

import click
import orjson
from feedgen.feed import FeedGenerator

from feeds.address import Target
from feeds.channel import ALL
from feeds.entry import Entry, entry_of
from feeds.feed import Feed, Links
from feeds.formats import FORMATS
from feeds.rendering import Site, render
from feeds.search import read_query, search_channel
from feeds.shelf import newest
from store.base import Store
from store.connect import open_store
from store.identity import Sighting
from store.model import Article
from store.topics import TOPICS
from tests.feeds.conftest import CARD
from tests.store.making import MORNING, article

REQUESTS, ROUNDS = 400, 9
LIMITS = {"304": 2.0, "200": 1.6, "rss": 1.3, "json": 2.0, "newest": 2.0, "search": 50.0}
"""Times the baseline; `search` in milliseconds of CPU."""

_SAID = (
    "hội nghị chuyển đổi số bưu chính viễn thông an toàn thông tin báo chí xuất bản cơ sở dữ liệu "
    "tỉnh huyện xã phường thôn bản cán bộ người dân dịch vụ công trực tuyến hồ sơ thủ tục"
)
_WORDS = tuple(_SAID.split(" "))

_RAW = """
import pickle, socket, sys, uvicorn
status, headers, body = pickle.load(open(sys.argv[1], "rb"))
start = {"type": "http.response.start", "status": status, "headers": headers}
end = {"type": "http.response.body", "body": body}
async def app(scope, receive, send):
    await send(start)
    await send(end)
uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, server_header=False,
    lifespan="off")).run(sockets=[socket.socket(fileno=int(sys.argv[2]))])
"""
_OURS = """
import socket, sys, uvicorn
from feeds.settings import Settings
from feeds.web.app import create_app
from store.connect import open_store
app = create_app(open_store(sys.argv[1]), Settings(url="https://tin.example.vn", store="-"))
uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, server_header=False,
    lifespan="off")).run(sockets=[socket.socket(fileno=int(sys.argv[2]))])
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the result."""

    name: str
    ratio: float
    unit: str
    baseline: str


def story(number: int, *, sources: int = 63) -> Article:
    """Make an article of some 4 KB, of one of many sources."""
    said = [_WORDS[(number * 7 + place * (1 + number % 5)) % len(_WORDS)] for place in range(550)]
    text = "\n\n".join(" ".join(said[start : start + 50]) for start in range(0, 550, 50))
    place = number % sources
    topics = list(TOPICS)
    return article(
        number,
        source=f"tinh-{place}/tttt",
        province=f"tinh-{place}",
        province_now=f"tinh-{place // 2}",
        title=f"Tin thứ {number}: {' '.join(said[:9])}",
        summary=" ".join(said[9:40]),
        body_html="".join(f"<p>{part}</p>" for part in text.split("\n\n")),
        body_text=text,
        topics=(topics[number % len(topics)],),
        published=MORNING + timedelta(minutes=number),
        first_seen=MORNING + timedelta(minutes=number),
        changed=MORNING + timedelta(minutes=number),
    )


def fill(store: Store, count: int) -> None:
    """Keep so many articles."""
    size = 500
    for start in range(0, count, size):
        made = map(story, range(start, min(count, start + size)))
        store.keep([Sighting(article=one, aliases=(f"{one.source} #{one.id}",)) for one in made])


@click.command()
@click.option("--articles", default=20_000, show_default=True, help="In the larger store.")
@click.option("--store", "addresses", nargs=2, help="Two empty stores to fill; else SQLite files.")
def feeds(articles: int, addresses: tuple[str, str] | None) -> None:
    """Measure answers, writing, and large stores."""
    with tempfile.TemporaryDirectory() as folder:
        rows = [*_answers(Path(folder)), *_writing(Path(folder))]
        small, large = addresses or (str(Path(folder, "small.db")), str(Path(folder, "large.db")))
        rows += _large(small, large, articles)
    for row in rows:
        limit = LIMITS[row.name.split()[0]]
        mark = "ok  " if row.ratio <= limit else "OVER"
        click.echo(
            f"{mark} {row.name:28} {row.ratio:6.2f} {row.unit} {row.baseline}, limit {limit}"
        )
    sys.exit(any(row.ratio > LIMITS[row.name.split()[0]] for row in rows))


def _answers(folder: Path) -> Iterator[Row]:
    import pickle

    address = str(folder / "answers.db")
    with closing(open_store(address)) as store:
        fill(store, 50)
    with _server(_OURS, address) as (ours, pid):
        plain = "GET /all.rss HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n"
        status, headers, body = _ask(ours, plain)
        tag = dict(headers)[b"etag"].decode()
        for name, request in (("304", f"{plain}If-None-Match: {tag}\r\n"), ("200 gzip", plain)):
            status, headers, body = _ask(ours, request)
            assert str(status) == name.split()[0]
            kept = [pair for pair in headers if pair[0] != b"date"]
            (folder / "answer").write_bytes(pickle.dumps((status, kept, body)))
            with _server(_RAW, str(folder / "answer")) as (raw, raw_pid):
                pairs = [
                    (_cpu_of(raw, raw_pid, request), _cpu_of(ours, pid, request))
                    for _ in range(ROUNDS)
                ]
            ratio = median(pair[1] for pair in pairs) / median(pair[0] for pair in pairs)
            yield Row(name=name, ratio=ratio, unit="x", baseline=f"raw ASGI ({len(body)} bytes)")


def _writing(folder: Path) -> Iterator[Row]:
    with closing(open_store(str(folder / "answers.db"))) as store:
        found = newest(store, ALL, limit=50)
        cards = {one.source: CARD for one in found}
        site = "https://tin.example.vn"
        made = Feed(
            channel=ALL,
            articles=found,
            links=Links(own=f"{site}/all.rss", page=f"{site}/all"),
            base_url=site,
            sources=cards,
        )
    entries = [entry_of(one) for one in found]
    items = orjson.loads(FORMATS["json"].render(made))
    for name, alone in (
        ("rss", lambda: _feedgen_alone(entries)),
        ("json", lambda: orjson.dumps(items)),
    ):
        render_it: Callable[[Feed], bytes] = FORMATS[name].render
        ours = [
            (
                _cpu(alone),
                _cpu(lambda: render_it(made)),  # noqa: B023
                _cpu(lambda: render_it(_changed(made, number))),  # noqa: B023
            )
            for number in range(ROUNDS)
        ]
        base, known, new = (median(times) for times in zip(*ours, strict=True))
        told = f"the library alone, 50 entries ({base / 1e6:.2f} ms; new: {new / base:.2f} x)"
        yield Row(name=name, ratio=known / base, unit="x", baseline=told)


def _changed(feed: Feed, number: int) -> Feed:
    first = replace(feed.articles[0], title=f"{feed.articles[0].title} {number}")
    return replace(feed, articles=[first, *feed.articles[1:]])


def _feedgen_alone(entries: Sequence[Entry]) -> bytes:
    made = FeedGenerator()
    made.id("x")
    made.title("x")
    made.description("x")
    made.link(href="https://tin.example.vn/all.rss", rel="self")
    made.link(href="https://tin.example.vn/all")
    made.load_extension("dc", atom=False, rss=True)
    for told in entries:
        entry = made.add_entry(order="append")
        entry.id(told.id)
        entry.title(told.title)
        entry.published(told.published)
        entry.link(href=told.url)
        for category in told.categories:
            entry.category(term=category)
        entry.description(escape(told.summary, quote=False))
        entry.content(told.html)
        if told.author:
            entry.dc.dc_creator(told.author)
    return bytes(made.rss_str())


def _large(small: str, large: str, articles: int) -> Iterator[Row]:
    with closing(open_store(small)) as few, closing(open_store(large)) as many:
        fill(few, min(10_000, articles // 2))
        fill(many, articles)
        target = Target(channel=ALL, form=FORMATS["rss"])
        render(many, target, Site(base_url="https://x.vn"), [])
        for name, channel in (
            ("province", {"province": "tinh-3"}),
            ("topic", {"topic": "buu-chinh"}),
            ("source", {"source": "tinh-3/tttt"}),
        ):
            which = ALL.parts[0].__class__(**channel)  # type: ignore[arg-type]
            pairs = [
                (
                    _cpu(lambda: few.newest(which, limit=50)),  # noqa: B023
                    _cpu(lambda: many.newest(which, limit=50)),  # noqa: B023
                )
                for _ in range(ROUNDS)
            ]
            ratio = median(pair[1] for pair in pairs) / median(pair[0] for pair in pairs)
            yield Row(name=f"newest {name}", ratio=ratio, unit="x", baseline="the small store")
        search = search_channel(read_query({"q": "chuyển viễn"}))
        took = median(_cpu(lambda: newest(many, search, limit=50)) for _ in range(ROUNDS))
        yield Row(name="search", ratio=took / 1e6, unit="ms", baseline=f"{articles} articles")


def _cpu(work: Callable[[], object]) -> float:
    begun = process_time_ns()
    work()
    return process_time_ns() - begun


@contextmanager
def _server(code: str, told: str) -> Iterator[tuple[socket.socket, int]]:
    """Run a server in a process of its own; yield a connection to it."""
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    command = [sys.executable, "-c", code, told, str(listener.fileno())]
    with subprocess.Popen(command, pass_fds=[listener.fileno()]) as server:
        try:
            with socket.create_connection(("127.0.0.1", port)) as connection:
                connection.settimeout(30)
                yield connection, server.pid
        finally:
            listener.close()
            server.terminate()


def _cpu_of(connection: socket.socket, pid: int, request: str) -> float:
    for _ in range(20):
        _ask(connection, request)
    before = _ticks(pid)
    for _ in range(REQUESTS):
        _ask(connection, request)
    return _ticks(pid) - before


def _ticks(pid: int) -> float:
    """Return the CPU that a process took, in nanoseconds."""
    return float(Path(f"/proc/{pid}/schedstat").read_text().split()[0])


def _ask(connection: socket.socket, request: str) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
    connection.sendall(f"{request}\r\n".encode())
    data = b""
    while b"\r\n\r\n" not in data:
        got = connection.recv(1 << 16)
        assert got, "the server closed"
        data += got
    head, _, body = data.partition(b"\r\n\r\n")
    first, *lines = head.split(b"\r\n")
    headers = [
        (name.lower(), value.strip()) for name, _, value in (x.partition(b":") for x in lines)
    ]
    length = int(dict(headers).get(b"content-length", b"0"))
    while len(body) < length:
        body += connection.recv(1 << 18)
    return int(first.split()[1]), headers, body

"""Answers that are made to hurt: each is bounded in time and memory, and told by its cause.

One process asks for all of them, as `tinso sources check` would, with seconds where a crawl has
half a minute.
"""

from __future__ import annotations

import gzip
import json
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import Pipe
from pathlib import Path

import brotli
from backports import zstd

from tests.crawler.sites import article

MEBIBYTE = 1024 * 1024
SECONDS = 1.0
"""Longest wait for a whole answer, here."""

FETCH = f"""
import os, socket, sys
from multiprocessing.connection import Connection
from pathlib import Path
socket.gethostbyname = {{"127.0.0.1": "127.0.0.1", "inside.example": "10.1.2.3"}}.__getitem__
from crawler import settings
settings.DOWNLOAD_TIMEOUT = {SECONDS}
settings.RETRY_TIMES = 0
from crawler.fetch import fetch
from crawler.recipe import Recipe, Source
site, orders, answers = sys.argv[1:]
recipe = Recipe(name="Sở", site=site, listings=("/",), pace={{"delay_seconds": 0.01}})
orders, answers = Connection(int(orders), writable=False), Connection(int(answers), readable=False)
fetch(Source("a/b", recipe), False, orders, answers, Path(os.devnull), dict(os.environ))
"""

Say = Callable[[socket.socket], None]
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
NONE = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
BIG = b"<p>" + b"x" * (20 * MEBIBYTE)


def forever(start: bytes, piece: bytes, pause: float = 0.0) -> Say:
    def say(peer: socket.socket) -> None:
        peer.sendall(start)
        while True:
            peer.sendall(piece)
            time.sleep(pause)

    return say


def packed(encoding: str, body: bytes) -> Say:
    head = f"Content-Encoding: {encoding}\r\nContent-Length: {len(body)}\r\n\r\n"
    return lambda peer: peer.sendall(OK + head.encode() + body)


def to(path: str) -> Say:
    head = f"HTTP/1.1 302 Found\r\nLocation: {path}\r\nContent-Length: 0\r\n\r\n"
    return lambda peer: peer.sendall(head.encode())


ANSWERS: dict[str, tuple[Say, str]] = {
    "headers without end": (forever(OK, b"X-Header: " + b"a" * 80 + b"\r\n"), "too-big"),
    "a header line without end": (forever(OK + b"X: ", b"a" * 4096), "connection"),
    "only interim answers": (forever(b"", b"HTTP/1.1 100 Continue\r\n\r\n"), "too-big"),
    "a body without end": (forever(OK + b"\r\n", b"<p>" * 20000), "too-big"),
    "chunks without end": (
        forever(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1000\r\n" + b"a" * 4096 + b"\r\n"),
        "too-big",
    ),
    "a body in drops": (forever(OK + b"Content-Length: 9999\r\n\r\n", b"<", 0.05), "timeout"),
    "headers in drops": (forever(OK, b"X: a\r\n", 0.05), "timeout"),
    "silence": (lambda _: time.sleep(2 * SECONDS), "timeout"),
    "a gzip bomb": (packed("gzip", gzip.compress(BIG)), "too-big"),
    "a gzip bomb in gzip": (packed("gzip, gzip", gzip.compress(gzip.compress(BIG))), "too-big"),
    "a brotli bomb": (packed("br", brotli.compress(BIG, quality=5)), "too-big"),
    "a zstd bomb": (packed("zstd", zstd.compress(BIG)), "too-big"),
    "a hundred layers": (packed(", ".join(["gzip"] * 100), b"x"), "too-big"),
    "what is not packed as it says": (packed("br", b"<p>" * 50), "not-html"),
    "a circle": (to("/a-circle"), "redirect-loop"),
    "a redirect to a private number": (to("http://2130706433/"), "private-address"),
    "a redirect to metadata": (to("http://169.254.169.254/latest/"), "private-address"),
    "a redirect to a private name": (to("http://localhost/"), "private-address"),
    "a redirect to a file": (to("file:///etc/passwd"), "http-302"),
    "a redirect to another protocol": (to("ftp://127.0.0.1/"), "http-302"),
}
ENDLESS = {name for name in ANSWERS if name.endswith("without end") or name.startswith("only")}
"""On a busy machine their time may be over before their bytes are too many."""

OTHERS = {
    "http://[::1]/": "private-address",
    "http://[::ffff:127.0.0.1]/": "private-address",
    "http://0x7f.1/": "private-address",
    "http://10.0.0.1:8080/": "private-address",
    "http://inside.example/": "private-address",
    "file:///etc/passwd": "other",
    "data:text/html,<p>": "other",
    "ftp://127.0.0.1/": "other",
    "gopher://127.0.0.1/": "other",
}
"""Addresses that are asked for themselves."""


def path_of(name: str) -> str:
    return "/" + name.replace(" ", "-")


@dataclass
class Told:
    """What came of each, and what it cost."""

    causes: dict[str, str]
    seconds: dict[str, float]
    last: str
    """What the good page at the end gave."""
    peak_mebibytes: float


@contextmanager
def serving() -> Iterator[str]:
    says = {path_of(name): say for name, (say, _) in ANSWERS.items()}
    body = article(1).raw
    page = OK + f"Content-Length: {len(body)}\r\n\r\n".encode() + body
    server = socket.create_server(("127.0.0.1", 0))

    def answer(peer: socket.socket) -> None:
        with peer, suppress(OSError, IndexError):
            path = peer.recv(65536).split()[1].decode()
            if path in says:
                says[path](peer)
            else:
                peer.sendall(page if path == "/fine" else NONE)

    def accept() -> None:
        with suppress(OSError):
            while True:
                threading.Thread(target=answer, args=(server.accept()[0],), daemon=True).start()

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
    finally:
        server.shutdown(socket.SHUT_RDWR)
        server.close()
        thread.join()


def ask_all() -> Told:
    """Ask for everything, and at the end for a good page."""
    theirs, orders = Pipe(duplex=False)
    answers, told = Pipe(duplex=False)
    ends = (theirs.fileno(), told.fileno())
    found = Told({}, {}, "", 0.0)
    with serving() as site:
        command = [sys.executable, "-c", FETCH, site, *map(str, ends)]
        with subprocess.Popen(command, pass_fds=ends) as process:
            theirs.close()
            told.close()
            for name in ["fine", *ANSWERS, *OTHERS, "fine"]:  # the first waits for the process, too
                url = name if name in OTHERS else site + path_of(name)
                began = time.monotonic()
                orders.send_bytes(json.dumps(url).encode())
                answer = json.loads(answers.recv_bytes())
                if "cause" not in answer:
                    answers.recv_bytes()
                found.last = answer["url"]
                if name != "fine":
                    found.causes[name] = answer.get("cause", "")
                    found.seconds[name] = time.monotonic() - began
            status = Path(f"/proc/{process.pid}/status")
            if status.exists():
                peak = re.search(r"VmHWM:\s+(\d+)", status.read_text())
                found.peak_mebibytes = int(peak[1]) / 1024 if peak else 0.0
            orders.close()
    answers.close()
    return found


def test_what_is_made_to_hurt_is_left_in_time_and_told_and_the_next_page_comes() -> None:
    told = ask_all()
    expected = {name: cause for name, (_, cause) in ANSWERS.items()} | OTHERS
    late = ENDLESS & {name for name, cause in told.causes.items() if cause == "timeout"}
    assert told.causes == expected | dict.fromkeys(late, "timeout")
    slow = {name: spent for name, spent in told.seconds.items() if spent > SECONDS + 4}
    assert slow == {}, "a busy machine takes longer"
    assert "/fine" in told.last
    assert told.peak_mebibytes < 300

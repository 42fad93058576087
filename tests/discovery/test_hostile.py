"""Any bytes at all give a list, soon and in bounded memory."""

from __future__ import annotations

import gzip
import json
import time
import tracemalloc
from collections.abc import Callable
from datetime import UTC

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.discovery.kinds import KINDS, KindName
from crawler.extract.draft import Listing
from crawler.families import FAMILIES, family_named
from tests.discovery.making import SITE, is_article

URL = f"{SITE}/tin/a.html"
PIECES = (
    "<?xml version='1.0' encoding='utf-8'?>", "<?xml version='1.0' encoding='utf-16'?>",
    "<rss>", "<rss version='2.0'><channel>", "<feed xmlns='http://www.w3.org/2005/Atom'>",
    "<rdf:RDF>", "<urlset>", "<sitemapindex>", "<sitemap><loc>", "<url><loc>", "</loc></url>",
    "<item>", "</item>", "<entry>", "</entry>", "<link>", "</link>", f"<link href='{URL}'/>", URL,
    "<pubDate>", "</pubDate>", "<title>", "</title>", "<lastmod>2026-11-20", "</lastmod>",
    "<![CDATA[", "]]>", "&", "&#0;", "&#x1;", "&#1114112;", "&nbsp;", "&amp;", "<!--", "-->",
    "<!DOCTYPE x [", "<!ENTITY a '&a;'>", "]>", "\x00", "\ufffe", "<", ">", "99:99",
    "Mon, 23 Nov 2026 10:30:00 +0700", "xml:base='http://[::1'", '[{"link":', '"date":',
    '"title":{"rendered":"x"}', "}]", "[]", "{", "\\ud800", "-1e999", "NaN", "x" * 300,
)  # fmt: skip
HEADS = ("<rss><item><link>", "<feed><entry><id>", "<urlset><url><loc>", "<sitemapindex><sitemap>")
VALUES = st.one_of(
    st.none(), st.integers(), st.floats(), st.sampled_from([URL, "http://[", "2026-11-20T09:15:00"])
) | st.text(max_size=30)  # fmt: skip
POSTS = st.dictionaries(
    st.sampled_from(["link", "title", "date", "date_gmt", "excerpt"]),
    VALUES | st.dictionaries(st.just("rendered"), VALUES),
)
JUNK = st.one_of(
    st.binary(max_size=2000),
    st.lists(POSTS, max_size=5).map(lambda some: json.dumps(some).encode()),
    st.builds(
        lambda head, some: (head + URL + "".join(some)).encode(),
        st.sampled_from(HEADS),
        st.lists(st.sampled_from(PIECES) | st.text(max_size=30), max_size=30),
    ),
    st.lists(st.sampled_from(PIECES), max_size=40).map(lambda some: "".join(some).encode()),
    st.lists(st.sampled_from(PIECES), max_size=40).map(lambda some: "".join(some).encode("utf-16")),
    st.lists(st.sampled_from(PIECES), max_size=40).map(
        lambda some: gzip.compress("".join(some).encode())
    ),
)


def read(kind: KindName, body: bytes, family: str = "nukeviet") -> Listing:
    return KINDS[kind].read(
        body, f"{SITE}/goc/", is_article=is_article, family=family_named(family), content_type=""
    )


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
@pytest.mark.parametrize("kind", KINDS)
@given(body=JUNK, family=st.sampled_from(sorted(FAMILIES)))
def test_any_bytes_give_a_list(kind: KindName, body: bytes, family: str) -> None:
    got = read(kind, body, family)
    assert len(got.entries) <= got.rows
    assert (got.rule is None) <= (got.rows == 0)
    for entry in got.entries:
        assert is_article(entry.url)
        f"{entry.title}{entry.summary}".encode()
        assert entry.date is None or entry.date.value.at.astimezone(UTC)


def laughs() -> bytes:
    entities = "".join(
        f"<!ENTITY a{number} '{f'&a{number - 1};' * 10}'>" for number in range(1, 12)
    )
    items = f"<item><title>&a11;</title><link>{URL}</link></item>"
    return f"<!DOCTYPE rss [<!ENTITY a0 'ha'>{entities}]><rss a='&a11;'><channel>{items}".encode()


def laughs_inside_the_dtd() -> bytes:
    entities = "".join(
        f"<!ENTITY % p{number} '{f'%p{number - 1};' * 10}'>" for number in range(1, 12)
    )
    return f"<!DOCTYPE rss [<!ENTITY % p0 'ha'>{entities}%p11;]><rss><item/></rss>".encode()


def files_and_hosts() -> bytes:
    dtd = (
        "<!DOCTYPE rss SYSTEM 'http://127.0.0.1:9/a.dtd' [<!ENTITY f SYSTEM 'file:///etc/passwd'>]>"
    )
    return f"{dtd}<rss><item><title>&f;</title><link>{URL}</link></item></rss>".encode()


def sixty_megabytes() -> bytes:
    line = f"<url><loc>{URL}</loc><lastmod>2026-11-20T09:15:00+07:00</lastmod></url>".encode()
    return b"<urlset>" + line * (60_000_000 // len(line))


def many_addresses() -> bytes:
    lines = (f"<url><loc>{SITE}/tin/{n}.html</loc></url>" for n in range(120_000))
    return f"<urlset>{''.join(lines)}".encode()


def a_bomb() -> bytes:
    return gzip.compress(b"<rss><channel>" + b" " * 300_000_000, compresslevel=1)


def depth() -> bytes:
    return b"<rss>" + b"<item>" * 300_000


def many_items() -> bytes:
    return b"<rss>" + f"<item><link>{URL}</link></item>".encode() * 200_000


def ampersands() -> bytes:
    return b"<rss><item><title>" + b"&" * 5_000_000


def open_cdata() -> bytes:
    return b"<rss><item><title>" + b"<![CDATA[" * 500_000


def doctypes() -> bytes:
    return b"<rss>" + b"<!DOCTYPE [" * 500_000


def attributes() -> bytes:
    return b"<rss " + b" ".join(b"a%d='x'" % n for n in range(200_000)) + b"><item/></rss>"


def one_link() -> bytes:
    return b"<rss><item><link>" + b"a" * 9_000_000 + b"</link></item></rss>"


def many_links() -> bytes:
    return b"<rss><item>" + f"<link>{SITE}/x</link>".encode() * 300_000


def brackets() -> bytes:
    return b'[{"link":' * 900_000


@pytest.mark.parametrize(
    "make",
    [
        laughs, laughs_inside_the_dtd, files_and_hosts, sixty_megabytes, many_addresses, a_bomb,
        depth, many_items, ampersands, open_cdata, doctypes, attributes, one_link, many_links,
        brackets,
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", KINDS)
def test_a_trap_is_read_soon_and_in_bounds(kind: KindName, make: Callable[[], bytes]) -> None:
    body = make()
    tracemalloc.start()
    began = time.process_time()
    got = read(kind, body)
    took, (_, peak) = time.process_time() - began, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert took < 10
    assert peak < 100_000_000
    assert len(got.entries) <= 50_000
    assert all("root:" not in (entry.title or "") for entry in got.entries)

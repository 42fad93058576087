"""A site's own feed or sitemap stands in for its lists, once they have proved it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.config import Config
from crawler.discovery.plan import RELY, Proof
from crawler.discovery.proof import Verdict
from crawler.proof_note import NAME, read_proofs, write_proofs
from store.connect import open_store
from store.model import Article, Note, Run
from tests.crawler.sites import Answer, Route, Site, article, listing, write_recipe

Crawl = Callable[..., Run]
Stored = Callable[[], list[Article]]

XML = "application/xml"
FEED = '[discover]\nfeed = "/rss"\n'


def rss(*numbers: int, date: str = "") -> Answer:
    items = "".join(
        f"<item><title>Hội nghị chuyển đổi số lần thứ {n}</title><link>/tin/{n}.html</link>"
        f"<pubDate>{date}</pubDate></item>"
        for n in numbers
    )
    return Answer(f"<rss version='2.0'><channel>{items}</channel></rss>", content_type=XML)


@dataclass
class Portal:
    """A site of one list and a feed, and what it was asked since the last look."""

    numbers: list[int]
    fed: int = 20
    """Items of the feed."""
    site: Site = field(init=False)
    looked: int = 0

    def __post_init__(self) -> None:
        routes: dict[str, Route] = {
            "/": lambda _: listing(*self.numbers),
            "/rss": lambda _: rss(*self.numbers[: self.fed]),
        }
        self.site = Site(routes | {f"/tin/{n}.html": article(n) for n in range(1, 40)})

    def news(self) -> list[str]:
        """Return what was asked for since the last call, without robots.txt."""
        asked, self.looked = self.site.paths[self.looked :], len(self.site.paths)
        return [path for path in asked if path != "/robots.txt"]


def write(recipes: Path, portal: Portal, discover: str = FEED) -> str:
    source = write_recipe(recipes, portal.site.url)
    file = recipes / f"{source}.toml"
    file.write_text(file.read_text(encoding="utf-8") + discover, encoding="utf-8")
    return source


def test_a_source_with_nothing_new_costs_one_request_its_feed(
    recipes: Path, crawl: Crawl, stored: Stored
) -> None:
    portal = Portal([3, 2, 1])
    source = write(recipes, portal)
    with portal.site.running():
        first = crawl(source)
        assert sorted(portal.news()) == ["/", "/rss", "/tin/1.html", "/tin/2.html", "/tin/3.html"]
        run = crawl(source)
        assert portal.news() == ["/rss"]
    assert first.counters["offer/proof/fresh"] == 1
    assert (run.state, run.complete, run.message) == ("ok", True, None)
    assert run.counters["offer/stood-in"] == 1
    assert len(stored()) == 3


def test_news_of_a_proved_feed_are_read_without_the_list(
    recipes: Path, crawl: Crawl, stored: Stored
) -> None:
    portal = Portal([3, 2, 1])
    source = write(recipes, portal)

    def feed(_: str) -> Answer:
        tag = f'"{portal.numbers}"'
        if portal.site.asked[-1].headers.get("If-None-Match") == tag:
            return Answer(status=304)
        return replace(rss(*portal.numbers), headers={"ETag": tag})

    portal.site.routes["/rss"] = feed
    with portal.site.running():
        crawl(source)
        portal.news()
        quiet = crawl(source)
        assert (quiet.complete, quiet.counters["offer/unchanged"]) == (True, 1)
        assert portal.news() == ["/rss"]
        portal.numbers[:0] = [5, 4]
        assert crawl(source).state == "ok"
        assert sorted(portal.news()) == ["/rss", "/tin/4.html", "/tin/5.html"]
    assert len(stored()) == 5


def test_the_page_stays_the_truth_for_a_date_and_a_feed_stands_in_where_it_is_silent(
    recipes: Path, crawl: Crawl, stored: Stored
) -> None:
    portal = Portal([3, 2, 1])
    portal.site.routes["/tin/2.html"] = Answer(
        "<!doctype html><html lang=vi><title>Hội nghị</title><h1>Hội nghị chuyển đổi số lần 2</h1>"
        "<div class=noidung><p>Sở tổ chức hội nghị tại xã Mường Thanh.</p></div></html>"
    )
    portal.site.routes["/rss"] = lambda _: rss(3, 2, 1, date="Wed, 28 Oct 2026 09:30:00 +0700")
    with portal.site.running():
        crawl(write(recipes, portal))
    told = {found.url.rpartition("/")[2]: found for found in stored()}
    assert told["2.html"].published_from == "feed"
    assert told["2.html"].published.isoformat() == "2026-10-28T02:30:00+00:00"
    assert told["3.html"].published_from == "page"
    assert told["3.html"].published.day == 4


def test_a_feed_that_does_not_reach_back_leaves_its_list_to_be_asked(
    recipes: Path, crawl: Crawl, stored: Stored
) -> None:
    portal = Portal([3, 2, 1], fed=2)
    source = write(recipes, portal)
    with portal.site.running():
        crawl(source)
        portal.news()
        portal.numbers[:0] = [7, 6, 5, 4]
        run = crawl(source)
        assert portal.news().count("/") == 1
    assert (run.state, run.complete, run.counters["offer/gap"]) == ("ok", True, 1)
    assert len(stored()) == 7


def test_what_a_broken_crawl_brought_does_not_hide_what_it_left_out(
    recipes: Path, crawl: Crawl, stored: Stored
) -> None:
    portal = Portal([2, 1], fed=2)
    source = write(recipes, portal)
    calm = portal.site.routes["/tin/3.html"]
    with portal.site.running():
        crawl(source)
        portal.numbers[:0] = [4, 3]
        portal.site.routes["/tin/3.html"] = Answer("lỗi", 500)
        assert not crawl(source).complete
        portal.numbers[:0] = [5]
        portal.site.routes["/tin/3.html"] = calm
        run = crawl(source)
    assert run.counters["offer/gap"] == 1, "5 and 4 are in the feed, but 3 lies behind them"
    assert len(stored()) == 5


BROKEN = {
    "http-404": Answer("không có", 404),
    "http-500": Answer("lỗi", 500),
    "a page": Answer("<!doctype html><p>Trang chủ</p>"),
    "empty": Answer(""),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_feed_that_breaks_is_no_failure_of_its_source(
    case: str, recipes: Path, crawl: Crawl, stored: Stored
) -> None:
    portal = Portal([3, 2, 1])
    source = write(recipes, portal)
    with portal.site.running():
        crawl(source)
        portal.site.routes["/rss"] = BROKEN[case]
        portal.numbers[:0] = [4]
        run = crawl(source)
        portal.news()
        crawl(source)
        asked = portal.news()
    assert (run.state, run.complete, run.counters["offer/gap"]) == ("ok", True, 1)
    assert len(stored()) == 4
    passing = case == "http-500"
    assert ("/rss" in asked) == passing, "what will fail again is left alone for a week"


def test_a_feed_that_its_list_proves_stale_is_not_relied_upon(
    recipes: Path, crawl: Crawl, stored: Stored
) -> None:
    portal = Portal([3, 2, 1])
    portal.site.routes["/rss"] = lambda _: rss(1)
    source = write(recipes, portal)
    with portal.site.running():
        run = crawl(source)
        portal.news()
        crawl(source)
        assert portal.news() == ["/"]
    assert run.counters["offer/proof/stale"] == 1
    assert run.state == "ok"
    assert len(stored()) == 3


def test_list_and_feed_are_compared_again_after_a_day(
    config: Config, recipes: Path, crawl: Crawl
) -> None:
    portal = Portal([3, 2, 1])
    source = write(recipes, portal)
    with portal.site.running():
        crawl(source)
        with closing(open_store(config.store)) as store:
            note = store.note(source, NAME)
            assert note is not None
            (proof,) = read_proofs(
                note, offers=[f"{portal.site.url}/rss"], lists=[f"{portal.site.url}/"]
            )
            old = replace(proof, at=proof.at - RELY)
            store.save_note(write_proofs([old], source, now=datetime.now(UTC)))
        portal.news()
        run = crawl(source)
        assert sorted(portal.news()) == ["/", "/rss"]
        crawl(source)
        assert portal.news() == ["/rss"]
    assert run.counters["offer/proof/fresh"] == 1


def test_a_full_crawl_asks_the_lists(recipes: Path, crawl: Crawl) -> None:
    portal = Portal([3, 2, 1])
    source = write(recipes, portal)
    with portal.site.running():
        crawl(source)
        portal.news()
        crawl(source, full=True)
        assert "/" in portal.news()


def test_a_sitemap_costs_its_index_and_its_newest_part(
    recipes: Path, crawl: Crawl, stored: Stored
) -> None:
    portal = Portal([3, 2, 1])
    url = portal.site.url
    parts = "".join(f"<sitemap><loc>{url}/tin-{n}.xml</loc></sitemap>" for n in (1, 2))
    named = "".join(f"<url><loc>{url}/tin/{n}.html</loc></url>" for n in (3, 2, 1))
    portal.site.routes |= {
        "/sitemap.xml": Answer(f"<sitemapindex>{parts}</sitemapindex>", content_type=XML),
        "/tin-2.xml": Answer(f"<urlset>{named}</urlset>", content_type=XML),
    }
    source = write(recipes, portal, '[discover]\nsitemap = "/sitemap.xml"\n')
    with portal.site.running():
        crawl(source)
        portal.news()
        assert crawl(source).state == "ok"
        assert portal.news() == ["/sitemap.xml", "/tin-2.xml"]
    assert len(stored()) == 3


NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
PROOF = Proof(
    offer="https://so.example.vn/rss",
    listing="https://so.example.vn/",
    verdict=Verdict(state="partial", reason="it leaves out 1", shared=2, missing=("https://a/1",)),
    at=NOW - timedelta(hours=3),
)


def test_a_proof_is_read_as_it_was_written() -> None:
    note = write_proofs([PROOF], "dien-bien/thu", now=NOW)
    assert read_proofs(note, offers=[PROOF.offer], lists=[PROOF.listing]) == (PROOF,)


def test_a_proof_of_what_the_recipe_no_longer_names_is_forgotten() -> None:
    note = write_proofs([PROOF], "dien-bien/thu", now=NOW)
    assert read_proofs(note, offers=[PROOF.offer], lists=["https://so.example.vn/tin/"]) == ()


@pytest.mark.parametrize("text", ["", "{", "[1]", '[{"offer": "x"}]', "null", '{"at": 3}'])
def test_a_broken_note_of_proofs_counts_as_none(text: str) -> None:
    note = Note(source="dien-bien/thu", name=NAME, at=NOW, text=text)
    assert read_proofs(note, offers=["x"], lists=["y"]) == ()

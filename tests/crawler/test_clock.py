"""A store that was written while a clock ran a year ahead, crawled when it is right again."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from crawler.config import Config
from store.connect import open_store
from store.identity import Sighting
from store.model import Article, Note, Run, to_millisecond
from store.names import aliases_of
from tests.crawler.sites import Answer, article, site_of, write_recipe

Crawl = Callable[..., Run]
FOREVER = Answer("User-agent: *\nDisallow: /tin/2.html\n", content_type="text/plain")


def test_edits_and_robots_txt_are_seen_though_the_last_crawl_lies_in_the_future(
    recipes: Path, crawl: Crawl, config: Config, stored: Callable[[], list[Article]]
) -> None:
    site = site_of(3)
    source = write_recipe(recipes, site.url)
    ahead = to_millisecond(datetime.now(UTC) + timedelta(days=365))
    with site.running():
        run = crawl(source)
        later = config.model_copy(update={"store": str(config.home / "ahead.db")})
        with closing(open_store(later.store)) as store:
            for found in stored():
                names = aliases_of(source, key=found.url[-6:-5], url=found.url)
                there = replace(found, first_seen=ahead, changed=ahead)
                store.keep([Sighting(article=there, aliases=names)])
            store.save_run(replace(run, started=ahead, ended=ahead, heartbeat=ahead))
            store.save_note(Note(source=source, name=f"robots {site.url}", at=ahead, text=""))
        site.asked.clear()
        site.routes |= {"/robots.txt": FOREVER}
        site.routes |= {"/tin/1.html": article(1, body="<p>Hội nghị lùi sang tuần sau.</p>")}
        again = crawl(source, store=later.store)
        assert sorted(site.paths) == ["/", "/robots.txt", "/tin/1.html", "/tin/3.html"]
        assert again.counters["keep/updated"] == 2
        with closing(open_store(later.store)) as store:
            known = store.known(aliases_of(source, key="1", url=f"{site.url}/tin/1.html"))
            edited = store.get(next(iter(known.values())))
            kept = store.note(source, f"robots {site.url}")
    assert edited is not None
    assert (edited.revision, edited.first_seen < datetime.now(UTC)) == (2, True)
    assert kept is not None
    assert "Disallow" in kept.text, "what a wrong clock wrote gives way"

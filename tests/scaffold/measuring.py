"""How good a recipe is at first try: `tinso sources add`, a crawl with it, the truth beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from crawler.config import Config
from crawler.round import Listener, Round, crawl_round
from crawler.scaffold.add import Added, Order, Taker, add_source
from store.base import Selection
from store.connect import open_store
from store.model import Article, Run, local_time


@dataclass(frozen=True, slots=True)
class Tried:
    """One site, added and crawled."""

    added: Added
    run: Run
    articles: Mapping[str, Article]
    """By address, from the host on."""

    @property
    def lists(self) -> tuple[str, ...]:
        return self.added.drafted.source.recipe.listings

    def right(self, truths: Iterable[tuple[str, str, datetime, bool]]) -> float:
        """Share of articles with right title and date.

        Shape of a truth: address from the host on, title, date, whether its time is known.
        """
        told = list(truths)
        good = [
            path
            for path, title, published, to_the_minute in told
            if (article := self.articles.get(path)) is not None
            and article.title == title
            and _same(article.published, published, to_the_minute)
        ]
        return len(good) / len(told)


def tried(url: str, home: Path, source_id: str = "dien-bien/thu") -> Tried:
    """Add the site at `url` as anybody would with `--yes`, and crawl it."""
    recipes, cases = home / "sources", home / "cases"
    recipes.mkdir(parents=True, exist_ok=True)
    config = Config(home=home, store=str(home / "tinso.db"), sources=str(recipes))
    order = Order(what=(url,), source_id=source_id, to=recipes, cases=cases)
    added = add_source(order, Taker(), config)
    file = recipes / f"{source_id}.toml"
    text = file.read_text(encoding="utf-8")
    pace = "[pace]\ndelay_seconds = 0.01\n"
    file.write_text(f"{text}\n{pace}", encoding="utf-8")
    run = crawl_round(Round(sources=[source_id], config=config, full=True), Listener())[0]
    store = open_store(config.store)
    try:
        articles = store.newest(Selection(), limit=1000)
    finally:
        store.close()
    site = added.proposal.survey.site
    return Tried(added, run, {one.url.removeprefix(site): one for one in articles})


def _same(found: datetime, told: datetime, to_the_minute: bool) -> bool:
    one, other = local_time(found), local_time(told)
    if to_the_minute:
        return one.replace(second=0, microsecond=0) == other.replace(second=0, microsecond=0)
    return one.date() == other.date()

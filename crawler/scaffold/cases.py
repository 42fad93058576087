"""The cases of a new source: its pages and what was read of them, unconfirmed. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from crawler import reading
from crawler.extract.draft import Moment, NextPage
from crawler.extract.page import Page
from crawler.recipe import Source
from crawler.scaffold.lists import Look
from crawler.scaffold.selectors import Sample
from store.model import Article, local_time

FILES = ("page.html", "meta.json", "expected.json")
_FIELDS = ("published_from", "summary", "byline", "organisation", "source_credit", "section")


def case_files(
    source: Source, looks: Sequence[Look], samples: Sequence[Sample]
) -> dict[str, dict[str, bytes]]:
    """Write the case of the first list and those of the articles.

    Shape: folder below the cases' root, `<family>/<case>` → file → content. Where nothing was read
    there is no case.
    """
    name = source.id.replace("/", "-")
    pages = [("list", f"list-{name}", look.page) for look in looks[:1]]
    pages += [
        ("article", f"article-{name}-{number}", sample.page)
        for number, sample in enumerate(samples, 1)
    ]
    found: dict[str, dict[str, bytes]] = {}
    for kind, folder, page in pages:
        expected = _list(page, source) if kind == "list" else _article(page, source)
        if expected is not None:
            contents = (page.body, _json(_meta(kind, page, source)), _json(expected))
            found[f"{source.recipe.family}/{folder}"] = dict(zip(FILES, contents, strict=True))
    return found


def _meta(kind: str, page: Page, source: Source) -> dict[str, Any]:
    recipe = source.recipe.model_dump(
        mode="json", exclude_defaults=True, include={"article", "select", "shown_zone"}
    )
    fetched = page.fetched or datetime.now(UTC)
    return {
        "kind": kind,
        "url": page.url,
        "family": source.recipe.family,
        "note": f"{source.id}, as it was on {local_time(fetched):%d/%m/%Y}",
        "unconfirmed": True,
        "fetched": fetched.isoformat(timespec="seconds"),
        **({"content_type": page.content_type} if page.content_type else {}),
        **({"recipe": recipe} if recipe else {}),
    }


def _list(page: Page, source: Source) -> dict[str, Any]:
    listing = reading.read_list(page, source)
    entries = [
        {
            "url": entry.url,
            "title": entry.title,
            **({"date": _moment(entry.date.value)} if entry.date else {}),
        }
        for entry in listing.entries
    ]
    return {"entries": entries, "next": _next(listing.next_page)}


def _article(page: Page, source: Source) -> dict[str, Any] | None:
    now = page.fetched or datetime.now(UTC)
    sighting = reading.read(page, source, entry=None, now=now).sighting
    if sighting is None:
        return None
    article = sighting.article
    return {
        "title": article.title,
        "published": _published(article),
        **{name: value for name in _FIELDS if (value := getattr(article, name)) is not None},
        "body_text": article.body_text,
        "images": [_told(asdict(image), ("url", "caption")) for image in article.images],
        "attachments": [_told(asdict(file), ("url", "title")) for file in article.attachments],
    }


def _told(record: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    return {name: record[name] for name in names}


def _published(article: Article) -> str | None:
    """Write the date as cases do: None where the page shows none."""
    if article.published_from == "first-seen":
        return None
    return _written(article.published, article.published_precision)


def _moment(moment: Moment) -> str:
    return _written(moment.at, moment.precision)


def _written(at: datetime, precision: str) -> str:
    local = local_time(at)
    if precision == "day":
        return local.date().isoformat()
    return local.isoformat(timespec="minutes")


def _next(found: NextPage | None) -> str | None:
    """Write where a list goes on; keep in step with `tests/cases/harness.py`."""
    if found is None or not found.form:
        return found.url if found else None
    sent = dict(found.form)
    return f"POST {found.url} {sent.get('__EVENTTARGET')} {sent.get('__EVENTARGUMENT')}"


def _json(value: object) -> bytes:
    return f"{json.dumps(value, ensure_ascii=False, indent=2)}\n".encode()

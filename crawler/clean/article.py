"""A draft → the article to keep, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import Literal

from crawler.clean.html import sanitise
from crawler.clean.missing import says_missing
from crawler.clean.published import Candidate, Published, choose
from crawler.clean.text import one_line
from crawler.clean.topics import topics_of
from crawler.clean.urls import canonical
from crawler.extract.draft import Draft, Found
from crawler.extract.key import at_home
from crawler.extract.published import moment_in_url
from crawler.extract.text.dateline import lead_moment
from crawler.recipe import Source
from store.content import content_hash
from store.identity import Sighting
from store.model import Article, ProvinceFrom, to_millisecond
from store.names import aliases_of, mint, told_alias
from store.provinces import province_in_title, provinces

_LEAD_CHARS = 300
"""What counts as the lead for the topics, where the page sets none apart."""

_FOUND = (
    "title",
    "summary",
    "body_html",
    "dateline",
    "byline",
    "organisation",
    "source_credit",
    "section",
)

Reason = Literal["no-title", "no-url", "no-article", "soft-404"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why a page gave no article."""

    reason: Reason
    """A word for the counters; `crawler.failures.CAUSES` says it to people."""
    message: str
    """What was missing, for people."""


def clean(draft: Draft, *, source: Source, now: datetime, bare: bool = False) -> Sighting | Refusal:
    """Make the article of `draft` as it is kept; refuse what has no title, address or content.

    With `bare` it may lack all content: an article that lies elsewhere, and is but told of.
    """
    try:
        url = canonical(draft.url)
    except ValueError:
        return Refusal(reason="no-url", message=f"{draft.url!r} is no web address")
    title = one_line(draft.title.value) if draft.title else ""
    if not title:
        return Refusal(reason="no-title", message=f"{url}: no title was found")
    body_html = sanitise(draft.body_html.value, url) if draft.body_html else ""
    if not (body_html or draft.images or draft.attachments or bare):
        return Refusal(
            reason="no-article", message=f"{url}: neither text nor picture nor file was found"
        )
    seen = to_millisecond(now)
    dated = published_of(draft, now=now).chosen
    body_text = paragraphs(draft.body_text) if body_html else ""
    has_own_date = dated is not None and dated[1] in {"page", "meta"}
    if not has_own_date and says_missing(title, body_text):
        return Refusal(
            reason="soft-404", message=f"{url}: the page says that there is no such page"
        )
    published = to_millisecond(dated[0].value.at) if dated else seen
    province, province_from = _province(source, title)
    summary = _value(draft.summary)
    home = at_home(source.article_address, url, f"{title} {body_text}")
    key = draft.key if home == url else source.key_of(home)
    aliases = aliases_of(source.id, key=key, url=home)
    article = Article(
        id=mint(source.id, key or aliases[-1].removeprefix(f"{source.id} ")),
        source=source.id,
        province=province,
        province_from=province_from,
        province_now=provinces()[province].now if province else None,
        url=url,
        title=title,
        summary=summary,
        body_html=body_html,
        body_text=body_text,
        published=published,
        published_precision=dated[0].value.precision if dated else "minute",
        published_from=dated[1] if dated else "first-seen",
        updated=published,
        first_seen=seen,
        changed=seen,
        dateline=_value(draft.dateline),
        byline=_value(draft.byline),
        organisation=_value(draft.organisation),
        source_credit=_value(draft.source_credit),
        section=_value(draft.section),
        topics=topics_of(title, _value(draft.section), summary or body_text[:_LEAD_CHARS]),
        images=tuple(replace(i, caption=one_line(i.caption or "") or None) for i in draft.images),
        attachments=tuple(replace(a, title=one_line(a.title)) for a in draft.attachments),
        content_hash=content_hash(
            title=title, summary=summary, body_html=body_html, attachments=draft.attachments
        ),
        provenance=_provenance(draft, dated, province_from, "key" if key else "address"),
        confidence=draft.confidence,
    )
    return Sighting(article=article, aliases=(*aliases, *told_alias(article)))


def published_of(draft: Draft, *, now: datetime) -> Published:
    """Take the date that was read; where it cannot be, the day in the address or in the lead."""
    read = (draft.published, draft.published_from or "page") if draft.published else None
    alone = choose((read,), now=now)
    if alone.chosen:
        return alone
    in_url = moment_in_url(draft.url)
    in_lead = draft.lead_day.value if draft.lead_day else lead_moment(draft.body_text)
    return choose(
        (
            read,
            (Found(in_url, "url"), "url") if in_url else None,
            (Found(in_lead, "lead"), "lead") if in_lead else None,
        ),
        now=now,
    )


def paragraphs(text: str) -> str:
    """Fold the blanks within each paragraph; a blank line stays between two."""
    return "\n\n".join(filter(None, map(one_line, text.split("\n\n"))))


def _province(source: Source, title: str) -> tuple[str | None, ProvinceFrom | None]:
    if source.province:
        return source.province, "source"
    named = province_in_title(title)
    return (named, "title") if named else (None, None)


def _value(found: Found[str] | None) -> str | None:
    return (one_line(found.value) or None) if found else None


def _provenance(
    draft: Draft, dated: Candidate | None, province_from: str | None, named_by: str
) -> Mapping[str, str]:
    rules = {
        name: found.rule
        for name in _FOUND
        if isinstance(found := getattr(draft, name), Found) and found.value
    }
    rules["id"] = named_by
    rules["published"] = dated[0].rule if dated else "first-seen"
    if draft.body_html:
        rules["body_text"] = draft.body_html.rule
    if province_from:
        rules["province"] = province_from
    return MappingProxyType(dict(sorted(rules.items())))

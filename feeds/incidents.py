"""The channel of incidents: which source broke, which works again.

It is for whoever runs the system: nothing of it stands in any other feed.
"""

from __future__ import annotations

from html import escape
from uuid import UUID, uuid5

from store.base import Store, Version
from store.incidents import Incident, incidents_of
from store.model import Article

RUNS = 50
"""Of each source, its newest."""

_NAMESPACE = UUID("7f1b0d6e-52a4-5d0e-9f4e-8a6b3c2d1e90")


def incidents_version(store: Store) -> Version:
    """Tell what a cache needs to know of the channel: any run that ended may be an incident."""
    newest = store.runs(limit=20)
    ended = [run.ended for run in newest if run.ended]
    return Version(count=len(ended), changed=max(ended, default=None))


def incidents(store: Store, *, limit: int) -> list[Article]:
    """Return the newest incidents, each as an article."""
    found = [
        incident
        for card in store.sources()
        for incident in incidents_of(card, store.runs(card.id, limit=RUNS))
    ]
    found.sort(key=lambda one: (-one.at.timestamp(), one.run.id))
    return [_told(one) for one in found[:limit]]


def _told(incident: Incident) -> Article:
    card, run = incident.card, incident.run
    what = "Sự cố" if incident.broke else "Hoạt động lại"
    ours = (run.cause or "").startswith("store-")  # its message names our own server
    why = "" if ours else run.message or ""
    if incident.broke:
        said = f"Lần thu thập này thất bại / this crawl failed ({run.cause or run.state}). {why}"
    else:
        said = "Lần thu thập này đọc được trang / this crawl could read the site again."
    return Article(
        id=str(uuid5(_NAMESPACE, run.id)),
        source=card.id,
        province=card.province,
        province_from="source" if card.province else None,
        province_now=None,
        url=card.site,
        title=f"{what}: {card.name} ({card.id})",
        summary=None,
        body_html=f"<p>{escape(said.strip())}</p>",
        body_text=said.strip(),
        published=incident.at,
        published_precision="minute",
        published_from="page",
        updated=incident.at,
        first_seen=incident.at,
        changed=incident.at,
    )

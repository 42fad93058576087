"""How fingerprints stand in MongoDB's documents, and which writes set clusters; without pymongo."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import uuid4

from store.bands import bands_of
from store.model import Fingerprint, to_millisecond
from store.mongo_documents import Document, keyed, unkeyed
from store.records import read


def fingerprint_document(fingerprint: Fingerprint) -> Document:
    """Write a fingerprint, with what it is found by."""
    return {**keyed(fingerprint, "article_id"), "bands": list(bands_of(fingerprint.signature))}


def fingerprint_of(document: Document) -> Fingerprint:
    """Read a fingerprint."""
    record = unkeyed(document, "article_id")
    return read(Fingerprint, {name: record[name] for name in record if name != "bands"})


def within(signature: bytes, since: datetime, until: datetime) -> Document:
    """Make the condition for fingerprints of a time that share a band with the signature."""
    span = {"$gte": to_millisecond(since), "$lte": to_millisecond(until)}
    return {"bands": {"$in": list(bands_of(signature))}, "published": span}


def led_by(name: str, cluster: str, at: datetime) -> Iterator[tuple[Document, Document]]:
    """Yield condition and update for an article whose story another leads, or itself.

    A new stamp: who decided on what was there before decides again.
    """
    led = {"cluster": cluster, "stamp": uuid4().hex}
    known: list[str | None] = [cluster]
    if cluster == name:  # that nobody leads it is no news to anybody
        yield {"_id": name, "cluster": None}, {"$set": led}
        known.append(None)
    changed = {"changed": to_millisecond(at)}
    yield {"_id": name, "cluster": {"$nin": known}}, {"$set": led, "$max": changed}

"""What crawls proved of a source's offers, as a note that one leaves for the next."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, get_args

from crawler.discovery.plan import Proof
from crawler.discovery.proof import State, Verdict
from crawler.moments import read_moment
from store.model import Note

NAME = "offers"

_MOST_MISSING = 20
"""Of the addresses that an offer leaves out; a few tell which rubric it is."""


def write_proofs(proofs: Iterable[Proof], source: str, *, now: datetime) -> Note:
    """Write the note of a source's proofs."""
    told = [
        {
            "offer": proof.offer,
            "listing": proof.listing,
            "at": proof.at.isoformat(),
            "state": proof.verdict.state,
            "reason": proof.verdict.reason,
            "shared": proof.verdict.shared,
            "missing": list(proof.verdict.missing[:_MOST_MISSING]),
        }
        for proof in proofs
    ]
    return Note(source=source, name=NAME, at=now, text=json.dumps(told, ensure_ascii=False))


def read_proofs(
    note: Note | None, *, offers: Collection[str], lists: Collection[str]
) -> tuple[Proof, ...]:
    """Read what earlier crawls proved of what the recipe still names; a broken note is none."""
    try:
        told = json.loads(note.text) if note else []
        proofs = tuple(map(_proof, told))
    except (ValueError, TypeError, KeyError):
        return ()
    return tuple(proof for proof in proofs if proof.offer in offers and proof.listing in lists)


def _proof(told: Any) -> Proof:
    at = read_moment(told["at"])
    if told["state"] not in get_args(State):
        raise ValueError(f"no proof: {told!r}")
    verdict = Verdict(
        state=told["state"],
        reason=str(told["reason"]),
        shared=int(told["shared"]),
        missing=tuple(map(str, told["missing"])),
    )
    return Proof(offer=str(told["offer"]), listing=str(told["listing"]), verdict=verdict, at=at)

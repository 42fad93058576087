"""The moment that it is, and moments in notes, as records have them."""

from __future__ import annotations

from datetime import UTC, datetime

from store.model import to_millisecond


def present() -> datetime:
    """Return the moment that it is, cut to what a store keeps."""
    return to_millisecond(datetime.now(UTC))


def read_moment(told: str) -> datetime:
    """Read a moment from the text of a note; raises ValueError for one without a zone."""
    moment = datetime.fromisoformat(told)
    if moment.tzinfo is None:
        raise ValueError(f"no zone: {told!r}")
    return moment

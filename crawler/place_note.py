"""The place that a walk through an archive has reached, as a note that the next call finds."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

from crawler.backfill import Missed, Place
from crawler.extract.draft import Entry, Found, Moment, NextPage
from crawler.moments import read_moment
from store.model import Note


def place_name(url: str) -> str:
    """Name the note of a list."""
    return f"backfill {url}"


def write_place(place: Place, source: str, *, now: datetime) -> Note:
    """Write the note of a place."""
    told = {
        "left": [{"url": page.url, "form": page.form} for page in place.left],
        "pages": place.pages,
        "oldest": place.oldest and place.oldest.isoformat(),
        "back_to": place.back_to and place.back_to.isoformat(),
        "missed": [{"tries": missed.tries, **_told(missed.entry)} for missed in place.missed],
        "broke_at": place.broke_at and [place.broke_at[0], place.broke_at[1].isoformat()],
    }
    text = json.dumps(told, ensure_ascii=False)
    return Note(source=source, name=place_name(place.url), at=now, text=text)


def read_place(note: Note | None, url: str) -> Place | None:
    """Read where an earlier call came to; None where there was none, and for a broken note."""
    try:
        told = json.loads(note.text) if note else None
        return _place(told, url) if told else None
    except (ValueError, TypeError, KeyError):
        return None


def _place(told: Any, url: str) -> Place:
    broke_at = told["broke_at"]
    return Place(
        url=url,
        left=tuple(_page(page) for page in told["left"]),
        pages=int(told["pages"]),
        oldest=_moment(told["oldest"]),
        back_to=date.fromisoformat(told["back_to"]) if told["back_to"] else None,
        missed=tuple(Missed(entry=_entry(one), tries=int(one["tries"])) for one in told["missed"]),
        broke_at=(str(broke_at[0]), datetime.fromisoformat(broke_at[1])) if broke_at else None,
    )


def _page(told: Any) -> NextPage:
    return NextPage(
        str(told["url"]), tuple((str(name), str(value)) for name, value in told["form"])
    )


def _told(entry: Entry) -> dict[str, object]:
    date = entry.date
    return {
        "url": entry.url,
        "title": entry.title,
        "summary": entry.summary,
        "date": date
        and [date.value.at.isoformat(), date.value.precision, date.value.raw, date.rule],
    }


def _entry(told: Any) -> Entry:
    date = None
    if told["date"]:
        at, precision, raw, rule = told["date"]
        if precision not in {"minute", "day"}:
            raise ValueError(f"no precision: {precision!r}")
        moment = _moment(at)
        assert moment is not None
        date = Found(Moment(at=moment, precision=precision, raw=str(raw)), str(rule))
    title, summary = (str(told[key]) if told[key] else None for key in ("title", "summary"))
    return Entry(url=str(told["url"]), title=title, date=date, summary=summary)


def _moment(told: str | None) -> datetime | None:
    return read_moment(told) if told else None

"""Due times and leases in the rows of a SQLite store: each function is a step of a transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import datetime

from store.sqlite_rows import moment, stamp
from store.turns import Lease, Turn, in_turn, stands


def set_dues(db: sqlite3.Connection, dues: Mapping[str, datetime], *, only_new: bool) -> None:
    """Write when sources are due."""
    known = "NOTHING" if only_new else "UPDATE SET at = excluded.at"
    db.executemany(
        f"INSERT INTO dues (source, at) VALUES (?, ?) ON CONFLICT (source) DO {known}",
        [(source, stamp(at)) for source, at in dues.items()],
    )


def dues(db: sqlite3.Connection) -> dict[str, datetime]:
    """Read when sources are due, by id."""
    rows = db.execute("SELECT source, at FROM dues ORDER BY source").fetchall()
    return {source: moment(at) for source, at in rows}


def leases(db: sqlite3.Connection) -> list[Lease]:
    """Read all leases, by host."""
    rows = db.execute("SELECT host, source, holder, since, until FROM leases ORDER BY host")
    return [
        Lease(host=host, source=source, holder=holder, since=moment(since), until=moment(until))
        for host, source, holder, since, until in rows.fetchall()
    ]


def ready(
    db: sqlite3.Connection, turns: Sequence[Turn], *, now: datetime, due: datetime
) -> list[Turn]:
    """Return the turns that are due and could be taken, longest overdue first."""
    come = {source: at for source, at in dues(db).items() if at <= due}
    return in_turn(turns, come, leases(db), now=now)


def claim(db: sqlite3.Connection, wanted: Lease) -> Lease:
    """Write a lease, unless another stands; return the one that does."""
    for lease in leases(db):
        if lease.host == wanted.host and stands(lease, wanted.since):
            return lease
    db.execute(
        "INSERT OR REPLACE INTO leases (host, source, holder, since, until) VALUES (?, ?, ?, ?, ?)",
        (wanted.host, wanted.source, wanted.holder, stamp(wanted.since), stamp(wanted.until)),
    )
    return wanted


def renew(db: sqlite3.Connection, lease: Lease, *, until: datetime) -> bool:
    """Write when a lease runs out; False where it is somebody else's by now, or gone."""
    done = db.execute(
        "UPDATE leases SET until = ? WHERE host = ? AND holder = ?",
        (stamp(until), lease.host, lease.holder),
    )
    return done.rowcount == 1


def release(db: sqlite3.Connection, lease: Lease) -> bool:
    """Give a lease back; False where it is somebody else's by now, or gone."""
    mine = (lease.host, lease.holder)
    return db.execute("DELETE FROM leases WHERE host = ? AND holder = ?", mine).rowcount == 1

"""Due times and leases in MongoDB's documents; each write is one step on one document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from store.model import to_millisecond
from store.mongo_database import MongoDatabase
from store.mongo_documents import keyed, unkeyed
from store.records import read
from store.turns import LONGEST, Lease, Turn, in_turn, is_one, lease_of


def set_dues(db: MongoDatabase, dues: Mapping[str, datetime], *, only_new: bool) -> None:
    """Write when sources are due."""
    for source, at in dues.items():
        condition: dict[str, object] = {"_id": source}
        if only_new:
            condition["at"] = {"$exists": False}
        db.put_if("dues", condition, {"_id": source, "at": to_millisecond(at)})


def dues(db: MongoDatabase) -> dict[str, datetime]:
    """Read when sources are due, by id."""
    return {document["_id"]: to_millisecond(document["at"]) for document in db.walk("dues")}


def leases(db: MongoDatabase) -> list[Lease]:
    """Read all leases, by host."""
    return [read(Lease, unkeyed(document, "host")) for document in db.walk("leases")]


def claim_due(
    db: MongoDatabase,
    turns: Sequence[Turn],
    *,
    holder: str,
    now: datetime,
    until: datetime,
    due: datetime,
    limit: int,
) -> list[Lease]:
    """Claim the turns that are due, longest overdue first, until there are `limit`."""
    come = {source: at for source, at in dues(db).items() if at <= due}
    claimed: list[Lease] = []
    for turn in in_turn(turns, come, leases(db), now=now):
        if len(claimed) >= limit:
            break
        wanted = lease_of(turn, holder=holder, now=now, until=until)
        if not is_one(claim(db, wanted), wanted):
            continue
        with db.telling():  # asked again: another may have crawled it in between
            still = db["dues"].find_one({"_id": turn.source})
        if still is not None and still["at"] <= due:
            claimed.append(wanted)
        else:
            release(db, wanted)
    return claimed


def claim(db: MongoDatabase, wanted: Lease) -> Lease:
    """Write a lease, unless another stands; return the one that does."""
    void = [{"until": {"$lte": wanted.since}}, {"until": {"$gt": wanted.since + LONGEST}}]
    while True:
        db.put_if("leases", {"_id": wanted.host, "$or": void}, keyed(wanted, "host"))
        with db.telling():
            document = db["leases"].find_one({"_id": wanted.host})
        if document is not None:  # else the other gave it back just now
            return read(Lease, unkeyed(document, "host"))


def renew(db: MongoDatabase, lease: Lease, *, until: datetime) -> bool:
    """Write when a lease runs out; False where it is somebody else's by now, or gone."""
    with db.telling():
        mine = {"_id": lease.host, "holder": lease.holder}
        done = db["leases"].update_one(mine, {"$set": {"until": to_millisecond(until)}})
    return done.matched_count == 1


def release(db: MongoDatabase, lease: Lease, *, due: datetime | None = None) -> None:
    """Give a lease back, if it is still the holder's; first write when its source is due."""
    mine = {"_id": lease.host, "holder": lease.holder}
    with db.telling():
        if due is not None and db["leases"].find_one(mine):
            set_dues(db, {lease.source: due}, only_new=False)
        db["leases"].delete_one(mine)

"""Whose turn it is: due times and leases, on both backends."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from store.base import Store
from store.turns import LONGEST, Lease, Turn, is_one
from tests.store.making import MORNING as NOW

MINUTE = timedelta(minutes=1)
TTTT = Turn(source="dien-bien/tttt", host="dic.gov.vn")
KHCN = Turn(source="dien-bien/khcn", host="skhcn.gov.vn")
SISTER = Turn(source="dien-bien/ubnd", host="dic.gov.vn")
UNPLANNED = Turn(source="lai-chau/tttt", host="sotttt.laichau.gov.vn")
TURNS = (TTTT, KHCN, SISTER, UNPLANNED)


def claim_due(
    store: Store, *, limit: int = 9, holder: str = "one", after: timedelta = timedelta()
) -> list[Lease]:
    now = NOW + after
    return store.claim_due(TURNS, holder=holder, now=now, until=now + 2 * MINUTE, limit=limit)


def claim(store: Store, turn: Turn, *, holder: str, after: timedelta = timedelta()) -> Lease:
    now = NOW + after
    return store.claim(turn, holder=holder, now=now, until=now + 2 * MINUTE)


def sources(leases: list[Lease]) -> list[str]:
    return [lease.source for lease in leases]


def test_due_times_come_back_and_only_new_ones_are_taken_where_so_asked(store: Store) -> None:
    assert store.dues() == {}
    store.set_dues({TTTT.source: NOW, KHCN.source: NOW + MINUTE})
    store.set_dues({TTTT.source: NOW + MINUTE, "a/b": NOW}, only_new=True)
    store.set_dues({KHCN.source: NOW - MINUTE})
    assert store.dues() == {"a/b": NOW, KHCN.source: NOW - MINUTE, TTTT.source: NOW}
    assert list(store.dues()) == sorted(store.dues())


def test_what_is_due_is_claimed_once_the_longest_overdue_first_and_each_host_alone(
    store: Store, reopen: Callable[[], Store]
) -> None:
    store.set_dues(
        {TTTT.source: NOW, KHCN.source: NOW - MINUTE, SISTER.source: NOW - timedelta(seconds=1)}
    )
    assert claim_due(store, after=-2 * MINUTE) == []
    (first,) = claim_due(store, limit=1)
    assert first == Lease(
        host=KHCN.host,
        source=KHCN.source,
        holder="one",
        since=NOW,
        until=NOW + 2 * MINUTE,
    )
    other = reopen()
    assert sources(claim_due(other, holder="two")) == [SISTER.source]
    assert claim_due(store) == claim_due(other, holder="two") == []
    assert [(lease.host, lease.holder) for lease in store.leases()] == [
        (TTTT.host, "two"),
        (KHCN.host, "one"),
    ]


def test_a_lease_given_back_with_the_next_due_time_frees_the_host_and_not_the_source(
    store: Store,
) -> None:
    store.set_dues({TTTT.source: NOW, SISTER.source: NOW})
    (lease,) = claim_due(store)
    assert lease.source == TTTT.source
    store.release(lease, due=NOW + 10 * MINUTE)
    (sister,) = claim_due(store)
    assert sister.source == SISTER.source
    store.release(sister)
    assert store.dues() == {TTTT.source: NOW + 10 * MINUTE, SISTER.source: NOW}
    assert store.leases() == []


def test_what_is_due_by_another_time_than_now_can_be_asked_for(store: Store) -> None:
    store.set_dues({TTTT.source: NOW + MINUTE})
    asked = {"holder": "one", "now": NOW + 5 * MINUTE, "until": NOW + 7 * MINUTE, "limit": 1}
    assert store.claim_due(TURNS, **asked, due=NOW) == []  # type: ignore[arg-type]
    assert len(store.claim_due(TURNS, **asked)) == 1  # type: ignore[arg-type]


def test_a_lease_keeps_others_away_until_it_runs_out_and_renewed_it_lasts(store: Store) -> None:
    mine = claim(store, TTTT, holder="one")
    assert is_one(mine, mine)
    assert claim(store, TTTT, holder="two", after=MINUTE) == mine
    assert claim(store, SISTER, holder="one", after=MINUTE) == mine, "the same host"
    assert store.renew(mine, until=NOW + 5 * MINUTE)
    assert claim(store, TTTT, holder="two", after=4 * MINUTE).holder == "one"
    theirs = claim(store, TTTT, holder="two", after=6 * MINUTE)
    assert theirs.holder == "two"
    assert not store.renew(mine, until=NOW + 9 * MINUTE)
    store.release(mine, due=NOW)
    assert store.leases() == [theirs]
    assert store.dues() == {}, "who has lost the lease says nothing any more"
    store.release(theirs)
    assert not store.renew(theirs, until=NOW + 9 * MINUTE)


def test_a_lease_taken_while_a_clock_was_wrong_keeps_nobody_away(store: Store) -> None:
    claim(store, TTTT, holder="ahead", after=2 * LONGEST)
    assert claim(store, TTTT, holder="right").holder == "right"
    store.set_dues({KHCN.source: NOW})
    claim(store, KHCN, holder="ahead", after=timedelta(days=400))
    assert sources(claim_due(store)) == [KHCN.source]


def test_of_many_that_claim_at_once_one_gets_each_host(
    store: Store, reopen: Callable[[], Store]
) -> None:
    store.set_dues({TTTT.source: NOW, KHCN.source: NOW})
    stores = [store, *(reopen() for _ in range(3))]

    def one(number: int) -> list[Lease]:
        return claim_due(stores[number], holder=str(number))

    with ThreadPoolExecutor(len(stores)) as threads:
        claimed = [lease for leases in threads.map(one, range(len(stores))) for lease in leases]
    assert sorted(sources(claimed)) == [KHCN.source, TTTT.source]
    assert {(lease.host, lease.holder) for lease in claimed} == {
        (lease.host, lease.holder) for lease in store.leases()
    }

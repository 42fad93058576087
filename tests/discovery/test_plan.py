"""What a crawl asks for first, given what was proved and when."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.discovery.plan import RELY, TRY_AGAIN, Plan, Proof, plan
from crawler.discovery.proof import State, Verdict
from tests.pages import NOW

A, B, FEED, API = "list a", "list b", "feed", "api"
SOON = timedelta(minutes=1)


def proof(offer: str, listing: str, state: State = "fresh", age: timedelta = SOON) -> Proof:
    verdict = Verdict(state=state, reason="")
    return Proof(offer=offer, listing=listing, verdict=verdict, at=NOW - age)


def planned(
    *proofs: Proof,
    lists: tuple[str, ...] = (A,),
    offers: tuple[str, ...] = (FEED,),
    complete: bool = True,
) -> Plan:
    return plan(lists, offers, proofs, now=NOW, complete=complete)


def test_without_offers_the_lists_are_asked() -> None:
    assert planned(offers=(), lists=(A, B)) == Plan(lists=(A, B), offers=())


def test_an_offer_that_nobody_proved_is_asked_beside_the_list() -> None:
    assert planned() == Plan(lists=(A,), offers=(FEED,), prove=((FEED, A),))


def test_a_proved_offer_is_asked_instead_of_the_list() -> None:
    assert planned(proof(FEED, A)) == Plan(lists=(), offers=(FEED,), stand_in=((FEED, A),))


def test_one_offer_that_stands_in_for_all_lists_is_the_only_request() -> None:
    proofs = [proof(FEED, A), proof(API, A), proof(API, B)]
    got = planned(*proofs, lists=(A, B), offers=(FEED, API))
    assert (got.lists, got.offers) == ((), (API,))
    assert got.stand_in == ((API, A), (API, B))


def test_of_two_offers_that_do_as_much_the_preferred_one_is_asked() -> None:
    got = planned(proof(FEED, A), proof(API, A), offers=(API, FEED))
    assert got.offers == (API,)


def test_a_list_that_no_offer_stands_in_for_is_asked_beside() -> None:
    got = planned(proof(FEED, A), proof(FEED, B, "partial"), lists=(A, B))
    assert got == Plan(lists=(B,), offers=(FEED,), stand_in=((FEED, A),))


def test_a_proof_wears_off() -> None:
    got = planned(proof(FEED, A, age=RELY))
    assert got == Plan(lists=(A,), offers=(FEED,), prove=((FEED, A),))


def test_the_last_proof_counts() -> None:
    assert planned(proof(FEED, A, age=2 * SOON), proof(FEED, A, "stale")).lists == (A,)


@pytest.mark.parametrize("state", ["stale", "partial", "foreign", "broken"])
def test_an_offer_that_failed_is_left_alone_for_a_while(state: State) -> None:
    assert planned(proof(FEED, A, state)) == Plan(lists=(A,), offers=())
    again = planned(proof(FEED, A, state, age=TRY_AGAIN))
    assert again == Plan(lists=(A,), offers=(FEED,), prove=((FEED, A),))


def test_until_the_lists_were_walked_to_their_end_they_are_walked() -> None:
    assert planned(proof(FEED, A), complete=False) == Plan(lists=(A,), offers=())


def test_the_lists_of_an_offer_that_left_a_gap_are_asked_after_all() -> None:
    got = planned(proof(FEED, A), proof(API, B), lists=(A, B), offers=(FEED, API))
    assert got.left_to({FEED}) == (A,)
    assert got.left_to(()) == ()


PROOFS = st.lists(
    st.builds(
        proof,
        st.sampled_from([FEED, API, "gone"]),
        st.sampled_from([A, B, "gone"]),
        st.sampled_from(["fresh", "partial", "stale", "foreign", "broken"]),
        st.timedeltas(timedelta(0), 2 * TRY_AGAIN),
    ),
    max_size=8,
)


@given(proofs=PROOFS, complete=st.booleans())
def test_every_list_is_asked_or_stood_in_for(proofs: list[Proof], complete: bool) -> None:
    got = planned(*proofs, lists=(A, B), offers=(FEED, API), complete=complete)
    assert {*got.lists, *(name for _, name in got.stand_in)} == {A, B}
    assert len(got.lists) + len(got.stand_in) == 2
    assert {offer for offer, _ in (*got.stand_in, *got.prove)} == {*got.offers}
    assert all(listing in got.lists for _, listing in got.prove)

from __future__ import annotations

import pytest

from crawler.reach import is_public, private_hosts
from crawler.recipes import parse_recipe


@pytest.mark.parametrize("address", ["113.160.92.202", "2405:4800::1"])
def test_a_public_address_may_be_reached(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "::1",
        "[::1]",
        "fe80::1",
        "fd00::1",
        "::ffff:127.0.0.1",
        "not-an-address",
    ],
)
def test_no_other_address_may(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    ("site", "more", "hosts"),
    [
        ("https://so.example.gov.vn", "", set()),
        ("http://10.0.0.5", "", set()),
        ("http://127.0.0.1:8101", "", {"127.0.0.1"}),
        ("http://localhost:8101", "", {"localhost"}),
        ("http://intranet.example", "private = true", {"intranet.example"}),
    ],
)
def test_only_this_machine_and_what_a_recipe_says_is_private(
    site: str, more: str, hosts: set[str]
) -> None:
    text = f'name = "Sở"\nsite = "{site}"\nlistings = ["/"]\n{more}'
    assert private_hosts(parse_recipe(text, source_id="dien-bien/tttt")) == hosts

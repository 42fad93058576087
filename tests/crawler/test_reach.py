from __future__ import annotations

import pytest

from crawler.reach import is_own, is_public, names_private, private_hosts
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
        "::127.0.0.1",
        "::ffff:0:10.0.0.1",
        "64:ff9b::169.254.169.254",
        "2002:7f00:1::",
        "2001:0:4136:e378::",
        "fec0::1",
        "fd00:ec2::254",
        "fe80::1%eth0",
        "ff02::1",
        "5f00::1",
        "198.18.0.1",
        "192.88.99.1",
        "168.63.129.16",
        "240.0.0.1",
        "255.255.255.255",
        "not-an-address",
    ],
)
def test_no_other_address_may(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    ("host", "private"),
    [
        ("127.0.0.1", True),
        ("127.0.0.1.", True),
        ("127.1", True),
        ("0", True),
        ("2130706433", True),
        ("017700000001", True),
        ("0x7f.0.0.1", True),
        ("0xa9fea9fe", True),
        ("0177.0.0.01", True),
        ("::1", True),
        ("::ffff:169.254.169.254", True),
        ("localhost", True),
        ("LOCALHOST.", True),
        ("a.localhost", True),
        ("113.160.92.202", False),
        ("1906335946", False),
        ("so.example.gov.vn", False),
        ("7.example.gov.vn", False),
        ("", False),
    ],
)
def test_a_private_address_is_known_however_it_is_spelt(host: str, private: bool) -> None:
    assert names_private(host) is private


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


@pytest.mark.parametrize(
    ("url", "own"),
    [
        ("https://so.example.gov.vn/api", True),
        ("https://cdn.so.example.gov.vn/app.js", True),
        ("http://so.example.gov.vn:8080/api", True),
        ("http://so.example.gov.vn:27017/", False),
        ("https://example.gov.vn/", False),
        ("https://so.example.gov.vn.example/", False),
        ("ftp://so.example.gov.vn/", False),
        ("https://so.example.gov.vn:x/", False),
    ],
)
def test_a_source_owns_its_hosts_at_their_ports(url: str, own: bool) -> None:
    text = """
        name = "Sở"
        site = "https://so.example.gov.vn"
        formerly = ["so.example.gov.vn:8080"]
        listings = ["/"]
    """
    assert is_own(url, parse_recipe(text, source_id="dien-bien/tttt")) is own

"""Which addresses a crawl may reach: pure rules, without network."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import ip_address
from urllib.parse import urlsplit

from crawler.recipe import Source

PRIVATE = "private address"
"""What every refusal says; `crawler.failures` knows it by this."""


def is_public(address: str) -> bool:
    """Whether an IP address may be reached from anywhere (RFC 6890); False for what is none."""
    try:
        ip = ip_address(address.strip("[]"))
    except ValueError:
        return False
    mapped = getattr(ip, "ipv4_mapped", None)
    ip = mapped or ip
    return ip.is_global and not ip.is_multicast


def private_hosts(source: Source) -> frozenset[str]:
    """Name the hosts of a source that may lie on a private network."""
    hosts = frozenset(urlsplit(f"//{host}").hostname or "" for host in source.hosts)
    site = urlsplit(source.recipe.site).hostname or ""
    return hosts if source.recipe.private or is_this_machine(site) else frozenset()


def domains_of(source: Source) -> tuple[str, ...]:
    """Name the hosts of a source, without port and "www."; their subdomains are its own too."""
    return tuple(
        (urlsplit(f"//{host}").hostname or "").removeprefix("www.") for host in source.hosts
    )


def is_within(host: str, domains: Iterable[str]) -> bool:
    """Whether a host is one of `domains` or below one."""
    return any(host == domain or host.endswith(f".{domain}") for domain in domains)


def is_own(url: str, source: Source) -> bool:
    """Whether an address is on a host of the source, at a port that one of them names."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    ports = {urlsplit(f"//{host}").port for host in source.hosts} | {None}
    own = is_within(parts.hostname or "", domains_of(source))
    return own and port in ports and parts.scheme in {"http", "https"}


def is_this_machine(host: str) -> bool:
    """Whether an address names the machine that we run on."""
    return host == "localhost" or (is_number(host) and ip_address(host).is_loopback)


def is_number(host: str) -> bool:
    """Whether a host is written as an IP address."""
    try:
        ip_address(host)
    except ValueError:
        return False
    return True

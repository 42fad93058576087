"""Which addresses a crawl may reach: pure rules, without network."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import ip_address, ip_network
from socket import inet_aton, inet_ntoa
from urllib.parse import urlsplit

from crawler.recipe import Source

_NOT_OURS = tuple(
    map(
        ip_network,
        (
            *("192.0.0.0/24", "192.88.99.0/24", "168.63.129.16/32"),  # the last: a cloud's metadata
            *(
                "2001::/23",
                "2002::/16",
                "3fff::/20",
            ),  # tunnels, which hold an IPv4 address; examples
        ),
    )
)
"""Networks that are no public hosts and that `is_global` lets pass, in some Python or in all."""

_UNICAST = ip_network("2000::/3")
"""All of IPv6 that is given out: what lies beyond is local, or an IPv4 address in disguise."""


def is_public(address: str) -> bool:
    """Whether an IP address may be reached from anywhere (RFC 6890); False for what is none."""
    try:
        ip = ip_address(address.strip("[]"))
    except ValueError:
        return False
    ip = getattr(ip, "ipv4_mapped", None) or ip
    if ip.version == 6 and ip not in _UNICAST:
        return False
    return ip.is_global and not ip.is_multicast and not any(ip in net for net in _NOT_OURS)


def names_private(host: str) -> bool:
    """Whether a host can be known as private without resolving it.

    It is this machine by name, or an address however it is spelt: old programs take parts in
    octal and hexadecimal, and fewer than four of them (`inet_aton(3)`).
    """
    host = host.rstrip(".").lower()
    if host == "localhost" or host.endswith(".localhost"):
        return True
    if not is_number(host):
        try:
            host = inet_ntoa(inet_aton(host)) if host and host[0].isdigit() else host
        except OSError:
            return False
    return is_number(host) and not is_public(host)


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

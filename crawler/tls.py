"""How a crawl speaks TLS: what it refuses unless the recipe says so, and why it refused.

By default TLS 1.2 or newer, keys and hashes of today, and a certificate that a known authority
signed for this very host. `tls = "legacy"` lets old protocols, weak keys and servers without secure
renegotiation (RFC 5746) in, and goes on checking the certificate; `verify = false` takes any
certificate. What OpenSSL no longer brings along (SSL 3, RC4, 3DES) stays out of reach.
"""

from __future__ import annotations

from ipaddress import ip_address
from typing import TYPE_CHECKING

from OpenSSL import SSL
from scrapy.exceptions import DownloadFailedError
from service_identity import CertificateError, VerificationError
from service_identity.hazmat import DNS_ID, IPAddress_ID, verify_service_identity
from service_identity.pyopenssl import extract_patterns
from twisted.internet.interfaces import IOpenSSLClientConnectionCreator
from twisted.python.failure import Failure
from twisted.web.iweb import IPolicyForHTTPS
from zope.interface import implementer

from crawler.download import Http
from crawler.guard import Refused
from crawler.reach import is_number

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from OpenSSL.crypto import X509
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.protocols.tls import TLSMemoryBIOProtocol

CERTIFICATE, OLD, BROKEN = "certificate", "old-tls", "tls"
"""Causes, as `crawler.failures` tells them."""

_LEGACY_SERVER_CONNECT = 0x4
"""SSL_OP_LEGACY_SERVER_CONNECT of OpenSSL, which pyOpenSSL has no name for."""

_NOT_TRUSTED: Mapping[int, tuple[str, str]] = {
    2: (CERTIFICATE, "its chain is incomplete, or nobody we know signed it"),
    9: (CERTIFICATE, "it is not valid yet"),
    10: (CERTIFICATE, "it has expired"),
    18: (CERTIFICATE, "it is signed by itself"),
    19: (CERTIFICATE, "it is signed by an authority that nobody knows"),
    20: (CERTIFICATE, "its chain is incomplete, or nobody we know signed it"),
    21: (CERTIFICATE, "its chain is incomplete, or nobody we know signed it"),
    66: (OLD, "its certificate's key is too short"),
    67: (OLD, "its authority's key is too short"),
    68: (OLD, "its certificate is signed by a hash that is too weak"),
}
"""What OpenSSL says of a certificate (X509_STORE_CTX_get_error(3)) → cause, and why."""

_OLD_WORDS = (
    "protocol version",
    "unsupported protocol",
    "handshake failure",
    "too small",
    "too weak",
    "too short",
    "legacy",
    "insufficient security",
    "no ciphers available",
    "wrong signature type",
)
"""Words of OpenSSL by which a server shows that it has nothing of what we ask for."""


class NotTrusted(Exception):
    """A certificate was refused; the text says why."""

    def __init__(self, cause: str, why: str) -> None:
        super().__init__(why)
        self.cause = cause


class Https(Http):
    """Scrapy's handler, under the terms of the source's recipe and with a reason to each refusal.

    A refusal is final: it is not tried again.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._contextFactory = Policy(  # type: ignore[assignment]  # zope's interfaces are no types
            verify=crawler.settings.getbool("DOWNLOAD_VERIFY_CERTIFICATES"),
            legacy=crawler.settings.getbool("TINSO_LEGACY_TLS"),
        )

    async def download_request(self, request: Request) -> Response:
        """Fetch; raises `Refused` where TLS failed."""
        try:
            return await super().download_request(request)
        except DownloadFailedError as fault:
            refusal = refusal_of(fault)
            if refusal is None:
                raise
            raise refusal from fault


@implementer(IPolicyForHTTPS)
class Policy:
    """Makes the connections of a crawl."""

    def __init__(self, *, verify: bool, legacy: bool) -> None:
        self.verify = verify
        self.context = context_of(legacy=legacy)

    def creatorForNetloc(self, hostname: bytes, port: int) -> _ToHost:  # noqa: N802 - Twisted's
        """Make what opens a connection to one host."""
        return _ToHost(hostname.decode("ascii"), self)


@implementer(IOpenSSLClientConnectionCreator)
class _ToHost:
    def __init__(self, host: str, policy: Policy) -> None:
        self.host = host
        self.policy = policy

    def clientConnectionForTLS(  # noqa: N802 - Twisted's name
        self, protocol: TLSMemoryBIOProtocol
    ) -> SSL.Connection:
        connection = SSL.Connection(self.policy.context, None)
        if not is_number(self.host):
            connection.set_tlsext_host_name(self.host.encode("ascii"))
        if self.policy.verify:

            def refuse(reason: NotTrusted) -> None:
                protocol.failVerification(Failure(reason))  # type: ignore[no-untyped-call]

            check = _checking(self.host, refuse)
            connection.set_verify(SSL.VERIFY_PEER | SSL.VERIFY_FAIL_IF_NO_PEER_CERT, check)
        return connection


def context_of(*, legacy: bool) -> SSL.Context:
    """Make the terms of a connection; certificates are checked by the authorities of the system."""
    context = SSL.Context(SSL.TLS_CLIENT_METHOD)
    context.set_min_proto_version(SSL.TLS1_VERSION if legacy else SSL.TLS1_2_VERSION)
    context.set_session_cache_mode(SSL.SESS_CACHE_OFF)
    context.set_mode(SSL.MODE_RELEASE_BUFFERS)
    context.set_default_verify_paths()
    if legacy:
        context.set_options(_LEGACY_SERVER_CONNECT)
        context.set_cipher_list(b"DEFAULT:@SECLEVEL=0")
    return context


def refusal_of(fault: DownloadFailedError) -> Refused | None:
    """Say why TLS failed; None where it did not, and the connection broke for another reason."""
    for reason in getattr(fault.__cause__, "reasons", ()):
        match reason.value:
            case NotTrusted() as found:
                return Refused(found.cause, str(found))
            case SSL.Error() as found if found.args and found.args[0]:
                said = str(found.args[0][-1][-1])
                old = any(word in said for word in _OLD_WORDS)
                return Refused(OLD if old else BROKEN, said)
    return None


def _checking(
    host: str, refuse: Callable[[NotTrusted], None]
) -> Callable[[SSL.Connection, X509, int, int, int], bool]:
    """Make the check of a chain: OpenSSL calls it for each certificate, the site's own last."""
    wanted = IPAddress_ID(str(ip_address(host))) if is_number(host) else DNS_ID(host)

    def check(_: SSL.Connection, certificate: X509, error: int, depth: int, good: int) -> bool:
        if not good:
            usual = (CERTIFICATE, f"OpenSSL's error {error}")
            refuse(NotTrusted(*_NOT_TRUSTED.get(error, usual)))
            return False
        if depth == 0:
            try:
                verify_service_identity(extract_patterns(certificate), [wanted], [])
            except (VerificationError, CertificateError, ValueError):
                refuse(NotTrusted(CERTIFICATE, f"it is not {host}'s"))
                return False
        return True

    return check

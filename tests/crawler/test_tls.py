"""Sites whose TLS is old or whose certificate is bad: refused with a reason, let in by recipe."""

from __future__ import annotations

import contextlib
import ssl
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest
from OpenSSL import SSL
from scrapy.exceptions import DownloadFailedError
from twisted.protocols.tls import TLSMemoryBIOProtocol
from twisted.python.failure import Failure
from twisted.web.client import ResponseFailed

from crawler.config import Config
from crawler.guard import Refused
from crawler.tls import Policy, refusal_of
from crawler.trial import try_page
from store.model import Run
from tests.crawler.certificates import HOST, Signed, put_behind, server_of, signed
from tests.crawler.sites import Site, site_of, write_recipe

Crawl = Callable[..., Run]

TLS_1_0, TLS_1_1, TLS_1_2 = (ssl.TLSVersion(number) for number in (0x301, 0x302, 0x303))


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Signed:
    """An authority that this machine trusts."""
    root = signed("Root")
    file = tmp_path / "authorities.pem"
    file.write_bytes(root.pem)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    return root


class Talk:
    """Stands in for Twisted's protocol: keeps why a certificate was refused."""

    why: Failure | None = None

    def failVerification(self, why: Failure) -> None:
        self.why = why


def shake(policy: Policy, answer: Callable[[bytes], bytes]) -> Refused | None:
    """Shake hands with a server that answers bytes with bytes; None when both agree."""
    talk = Talk()
    creator = policy.creatorForNetloc(HOST.encode(), 443)
    connection = creator.clientConnectionForTLS(cast(TLSMemoryBIOProtocol, talk))
    connection.set_connect_state()
    while True:
        try:
            connection.do_handshake()
        except SSL.WantReadError:
            connection.bio_write(answer(connection.bio_read(1 << 16)))
        except SSL.Error as error:
            fault = DownloadFailedError()
            why = talk.why or Failure(error)  # type: ignore[no-untyped-call]
            fault.__cause__ = ResponseFailed([why])  # type: ignore[no-untyped-call]
            return refusal_of(fault)
        else:
            return None


def server(context: ssl.SSLContext) -> Callable[[bytes], bytes]:
    coming, going = ssl.MemoryBIO(), ssl.MemoryBIO()
    end = context.wrap_bio(coming, going, server_side=True)

    def answer(said: bytes) -> bytes:
        coming.write(said)
        with contextlib.suppress(ssl.SSLError):  # it wants more, or it sends its alert
            end.do_handshake()
        return going.read()

    return answer


def server_without_secure_renegotiation(said: bytes) -> bytes:
    """Answer with a ServerHello of TLS 1.2 that has no extension at all (RFC 5746 asks for one)."""
    body = b"\x03\x03" + bytes(range(32)) + b"\x00" + b"\xc0\x2f" + b"\x00"
    message = b"\x02" + len(body).to_bytes(3, "big") + body
    return b"\x16\x03\x03" + len(message).to_bytes(2, "big") + message


def expired(root: Signed) -> tuple[Signed, ...]:
    return (signed(HOST, by=root, days=(-30, -1)),)


def not_yet_valid(root: Signed) -> tuple[Signed, ...]:
    return (signed(HOST, by=root, days=(1, 30)),)


def signed_by_itself(_: Signed) -> tuple[Signed, ...]:
    return (signed(HOST),)


def signed_by_a_stranger(_: Signed) -> tuple[Signed, ...]:
    stranger = signed("Stranger")
    return signed(HOST, by=stranger), stranger


def another_hosts(root: Signed) -> tuple[Signed, ...]:
    return (signed("127.0.0.2", by=root),)


def without_a_host(root: Signed) -> tuple[Signed, ...]:
    return (signed("An authority", by=root),)


def without_its_intermediate(root: Signed) -> tuple[Signed, ...]:
    return (signed(HOST, by=signed("Intermediate", by=root)),)


@pytest.mark.parametrize(
    ("chain", "why"),
    [
        (expired, "it has expired"),
        (not_yet_valid, "it is not valid yet"),
        (signed_by_itself, "it is signed by itself"),
        (signed_by_a_stranger, "it is signed by an authority that nobody knows"),
        (another_hosts, "it is not 127.0.0.1's"),
        (without_a_host, "it is not 127.0.0.1's"),
        (without_its_intermediate, "its chain is incomplete, or nobody we know signed it"),
    ],
)
def test_a_bad_certificate_is_refused_with_its_reason_and_taken_unverified(
    chain: Callable[[Signed], tuple[Signed, ...]], why: str, authority: Signed, tmp_path: Path
) -> None:
    bad = server_of(tmp_path, *chain(authority))
    refused = shake(Policy(verify=True, legacy=False), server(bad))
    assert refused is not None
    assert (refused.cause, str(refused)) == ("certificate", why)
    assert shake(Policy(verify=True, legacy=True), server(bad)) is not None, "legacy checks it too"
    assert shake(Policy(verify=False, legacy=False), server(bad)) is None


def test_a_whole_chain_is_trusted(authority: Signed, tmp_path: Path) -> None:
    between = signed("Intermediate", by=authority)
    good = server_of(tmp_path, signed(HOST, by=between), between)
    assert shake(Policy(verify=True, legacy=False), server(good)) is None


@pytest.mark.parametrize(
    ("only", "ciphers"),
    [
        pytest.param(TLS_1_0, "", id="TLS 1.0"),
        pytest.param(TLS_1_1, "", id="TLS 1.1"),
        pytest.param(TLS_1_2, "DHE-RSA-AES128-SHA:@SECLEVEL=0", id="short Diffie-Hellman key"),
    ],
)
def test_old_tls_is_refused_and_let_in_as_legacy(
    only: ssl.TLSVersion, ciphers: str, authority: Signed, tmp_path: Path
) -> None:
    old = server_of(tmp_path, signed(HOST, by=authority), only=only, ciphers=ciphers)
    refused = shake(Policy(verify=True, legacy=False), server(old))
    assert refused is not None
    assert refused.cause == "old-tls"
    assert shake(Policy(verify=True, legacy=True), server(old)) is None


def test_a_short_key_is_refused_and_let_in_as_legacy(authority: Signed, tmp_path: Path) -> None:
    short = server_of(tmp_path, signed(HOST, by=authority, bits=1024))
    refused = shake(Policy(verify=True, legacy=False), server(short))
    assert refused is not None
    assert refused.cause == "old-tls"
    assert shake(Policy(verify=True, legacy=True), server(short)) is None


def test_a_server_without_secure_renegotiation_is_old() -> None:
    refused = shake(Policy(verify=True, legacy=False), server_without_secure_renegotiation)
    assert refused is not None
    assert (refused.cause, str(refused)) == ("old-tls", "unsafe legacy renegotiation disabled")
    with pytest.raises(SSL.WantReadError):  # its greeting is taken, its certificate waited for
        shake(Policy(verify=True, legacy=True), server_without_secure_renegotiation)


def test_a_server_that_speaks_no_tls_is_neither_old_nor_untrusted() -> None:
    refused = shake(
        Policy(verify=True, legacy=False), lambda _: b"HTTP/1.1 400 Bad Request\r\n\r\n"
    )
    assert refused is not None
    assert refused.cause == "tls"


@pytest.fixture
def old_site(authority: Signed, tmp_path: Path) -> Site:
    """A site of two articles that speaks TLS 1.0 alone, with a certificate that is trusted."""
    context = server_of(tmp_path, signed(HOST, by=authority), only=TLS_1_0)
    return put_behind(site_of(2), context)


def test_a_crawl_refuses_an_old_site_at_once_and_says_how_to_let_it_in(
    recipes: Path, crawl: Crawl, old_site: Site
) -> None:
    source = write_recipe(recipes, old_site.url)
    with old_site.running():
        run = crawl(source)
        assert (run.state, run.cause) == ("failed", "old-tls")
        assert 'tls = "legacy"' in (run.message or "")
        assert "request/retried" not in run.counters
        write_recipe(recipes, old_site.url, more='tls = "legacy"\n')
        assert crawl(source).state == "ok"


def test_legacy_tls_alone_trusts_no_bad_certificate(
    recipes: Path, crawl: Crawl, old_site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    source = write_recipe(recipes, old_site.url, more='tls = "legacy"\n')
    with old_site.running():
        run = crawl(source)
        assert (run.state, run.cause) == ("failed", "certificate")
        assert "verify = false" in (run.message or "")
        write_recipe(recipes, old_site.url, more='tls = "legacy"\nverify = false\n')
        assert crawl(source).state == "ok"


def test_a_page_is_tried_under_its_recipes_terms(
    recipes: Path, config: Config, old_site: Site
) -> None:
    source = write_recipe(recipes, old_site.url, more='tls = "legacy"\n')
    with old_site.running():
        trial = try_page(
            f"{old_site.url}/tin/1.html", url=None, source_id=source, family=None, config=config
        )
    assert trial.reading.sighting is not None

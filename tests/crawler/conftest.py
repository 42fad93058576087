from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest

from crawler.config import Config
from crawler.round import Listener, Round, crawl_round
from store.base import Selection
from store.connect import open_store
from store.model import Article, Run
from tests.crawler.sites import Site, site_of

Crawl = Callable[..., Run]


@pytest.fixture
def config(tmp_path: Path) -> Config:
    recipes = tmp_path / "sources"
    recipes.mkdir()
    return Config(home=tmp_path, store=str(tmp_path / "tinso.db"), sources=str(recipes))


@pytest.fixture
def recipes(config: Config) -> Path:
    return Path(config.sources)


@pytest.fixture
def crawl(config: Config) -> Crawl:
    """Crawl one source in a process of its own, as `tinso crawl` does."""

    def one(source: str, *, full: bool = False, store: str | None = None) -> Run:
        used = config.model_copy(update={"store": store} if store else {})
        return crawl_round(Round(sources=[source], config=used, full=full), Listener())[0]

    return one


@pytest.fixture
def stored(config: Config) -> Callable[[], list[Article]]:
    def articles() -> list[Article]:
        store = open_store(config.store)
        try:
            return store.newest(Selection(), limit=1000)
        finally:
            store.close()

    return articles


@pytest.fixture
def unsigned_site(tmp_path: Path) -> Iterator[Site]:
    """A site of two articles over TLS, with a certificate that it signed itself."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    begins = datetime.now(UTC) - timedelta(days=1)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(begins)
        .not_valid_after(begins + timedelta(days=30))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    pem = tmp_path / "site.pem"
    pem.write_bytes(
        certificate.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    site = site_of(2)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    site.server.socket = context.wrap_socket(
        site.server.socket, server_side=True, do_handshake_on_connect=False
    )
    site.url = site.url.replace("http://", "https://")
    with site.running():
        yield site

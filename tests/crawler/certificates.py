"""Certificates and servers over TLS, good ones and each kind of bad one."""

from __future__ import annotations

import ssl
import warnings
from base64 import b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.crawler.sites import Site

HOST = "127.0.0.1"

_DH_1024 = int(  # the second Oakley group, RFC 2409 section 6.2
    "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404"
    "DDEF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406"
    "B7EDEE386BFB5A899FA5AE9F24117C4B1FE649286651ECE65381FFFFFFFFFFFFFFFF",
    16,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """A certificate and its key."""

    certificate: x509.Certificate
    key: rsa.RSAPrivateKey

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def key_pem(self) -> bytes:
        return self.key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )


def signed(
    name: str, *, by: Signed | None = None, days: tuple[int, int] = (-2, 30), bits: int = 2048
) -> Signed:
    """Sign a certificate for a host, or an authority's where `name` is no address."""
    key = rsa.generate_private_key(65537, bits)
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(by.certificate.subject if by else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + timedelta(days=days[0]))
        .not_valid_after(now + timedelta(days=days[1]))
    )
    if name[0].isdigit():
        names = x509.SubjectAlternativeName([x509.IPAddress(ip_address(name))])
        builder = builder.add_extension(names, critical=False)
    else:
        authority = x509.BasicConstraints(ca=True, path_length=None)
        builder = builder.add_extension(authority, critical=True)
    return Signed(certificate=builder.sign(by.key if by else key, hashes.SHA256()), key=key)


def server_of(
    folder: Path, *chain: Signed, only: ssl.TLSVersion | None = None, ciphers: str = ""
) -> ssl.SSLContext:
    """Make the server's side; `only` takes one version of TLS, `ciphers` also what is weak."""
    file = folder / "server.pem"
    file.write_bytes(b"".join(one.pem for one in chain) + chain[0].key_pem)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_ciphers(ciphers or "ALL:@SECLEVEL=0")
    context.load_cert_chain(file)
    if only is not None:
        with warnings.catch_warnings(action="ignore", category=DeprecationWarning):
            context.minimum_version = only
            context.maximum_version = only
    if ciphers.startswith("DHE"):
        short = folder / "dh.pem"
        short.write_bytes(_parameters(_DH_1024))
        context.load_dh_params(str(short))
    return context


def _parameters(prime: int) -> bytes:
    """Write Diffie-Hellman parameters of 1024 bits with the generator 2 (PKCS #3)."""
    body = b"\x02\x81\x81\x00" + prime.to_bytes(128, "big") + b"\x02\x01\x02"
    text = b64encode(b"\x30\x81" + bytes([len(body)]) + body)
    return b"-----BEGIN DH PARAMETERS-----\n" + text + b"\n-----END DH PARAMETERS-----\n"


def put_behind(site: Site, context: ssl.SSLContext) -> Site:
    """Let a site that does not yet run answer over TLS."""
    site.server.socket = context.wrap_socket(
        site.server.socket, server_side=True, do_handshake_on_connect=False
    )
    site.url = site.url.replace("http://", "https://")
    return site

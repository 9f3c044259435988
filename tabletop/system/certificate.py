"""The host's self-signed TLS certificate and its fingerprint.

No authority signs it. The fingerprint is shown as words on the host's and the station's screen; people
compare them once, and from then on the station pins the certificate. It is therefore kept and reused whatever
the host's address: with a new one every station would have to compare again.
"""

from __future__ import annotations

import hashlib
import ipaddress
import ssl
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tabletop.errors import InputError
from tabletop.system.clock import TimeSource
from tabletop.system.codewords import BITS, to_words
from tabletop.system.private_file import read_private, write_private

if TYPE_CHECKING:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

VALID: Final = timedelta(days=2 * 365)
RENEW_BEFORE: Final = timedelta(days=30)
"""Renewed at a start this long before it expires, so that no exercise outlasts it."""

WORDS: Final = 6
FILE: Final = "host-certificate.pem"


@dataclass(frozen=True, slots=True)
class HostCertificate:
    """Paths of the certificate and its key (one file, so that a crash cannot separate them)."""

    certificate: Path
    key: Path
    der: bytes = field(repr=False)
    fresh: bool = False
    """Whether it was just created: stations that joined before have to compare the words again."""


def fingerprint(der: bytes) -> str:
    """Return the SHA-256 of a DER certificate in hexadecimal."""
    return hashlib.sha256(der).hexdigest()


def fingerprint_words(der: bytes) -> tuple[str, ...]:
    """Return the first 66 bits of the fingerprint as six words, for people to compare."""
    return words_of(fingerprint(der))


def words_of(shown: str) -> tuple[str, ...]:
    """Return the six words of a fingerprint given in hexadecimal."""
    return to_words(bytes.fromhex(shown)[: -(-WORDS * BITS // 8)])[:WORDS]


def host_certificate(folder: Path, addresses: Iterable[str], time: TimeSource) -> HostCertificate:
    """Return the certificate kept in the folder, or create one. Raises `InputError`."""
    path = folder / FILE
    now = datetime.fromisoformat(time.wall().replace("Z", "+00:00"))
    kept = read_private(path)
    if kept is not None:
        der, ends = _read(path, kept)
        if now < ends - RENEW_BEFORE:
            return HostCertificate(path, path, der)
    pem, der = _make(addresses, now)
    write_private(path, pem)
    return HostCertificate(path, path, der, fresh=True)


def server_context(own: HostCertificate) -> ssl.SSLContext:
    """Return a TLS 1.3 server context for the certificate. Raises `InputError`."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    try:
        context.load_cert_chain(own.certificate, own.key)
    except (OSError, ValueError) as error:  # SSLError is an OSError
        raise InputError(_damaged(own.certificate)) from error
    return context


# Importing cryptography takes 50 ms and a station never needs it, so these functions import it when called.


def _read(path: Path, pem: bytes) -> tuple[bytes, datetime]:
    """Return the certificate in the file as DER, and when it expires."""
    from cryptography import x509  # noqa: PLC0415 - see above
    from cryptography.hazmat.primitives.serialization import (  # noqa: PLC0415
        Encoding,
        load_pem_private_key,
    )

    try:
        certificate = x509.load_pem_x509_certificate(pem)
        if load_pem_private_key(pem, None).public_key() != certificate.public_key():
            raise ValueError("the key is another certificate's")
    except (ValueError, TypeError) as error:
        raise InputError(_damaged(path)) from error
    return certificate.public_bytes(Encoding.DER), certificate.not_valid_after_utc


def _make(addresses: Iterable[str], now: datetime) -> tuple[bytes, bytes]:
    """Return a new key and certificate as one PEM text, and the certificate in DER."""
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415 - see above
    from cryptography.hazmat.primitives.serialization import (  # noqa: PLC0415
        Encoding,
        NoEncryption,
        PrivateFormat,
    )

    key = ec.generate_private_key(ec.SECP256R1())
    made = _signed(key, addresses, now)
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return secret + made.public_bytes(Encoding.PEM), made.public_bytes(Encoding.DER)


def _signed(key: EllipticCurvePrivateKey, addresses: Iterable[str], now: datetime) -> x509.Certificate:
    from cryptography import x509  # noqa: PLC0415 - see above
    from cryptography.hazmat.primitives import hashes  # noqa: PLC0415
    from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID  # noqa: PLC0415

    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "tabletop host")])
    names = dict.fromkeys(["localhost", "127.0.0.1", "::1", *addresses])
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))  # tolerates a client whose clock is slow
        .not_valid_after(now + VALID)
        .add_extension(x509.SubjectAlternativeName([_general_name(one) for one in names]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(key, hashes.SHA256())
    )


def _general_name(address: str) -> x509.GeneralName:
    from cryptography import x509  # noqa: PLC0415 - see above

    try:
        return x509.IPAddress(ipaddress.ip_address(address.partition("%")[0]))
    except ValueError:
        pass
    try:
        return x509.DNSName(address)
    except ValueError as error:
        raise InputError(f"'{address[:80]}' cannot be an address of this host") from error


def _damaged(path: Path) -> str:
    return (
        f"{path} is damaged: it holds this host's certificate and key. Move it away and start again: a new "
        "one is created, and every station has to compare its words"
    )

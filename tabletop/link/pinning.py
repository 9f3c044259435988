"""Certificate pinning: recognise a host by the certificate whose words people compared once."""

from __future__ import annotations

import hmac
import ssl
from typing import Final

from tabletop.errors import InputError, TabletopError
from tabletop.system.certificate import fingerprint, fingerprint_words

WITHIN: Final = 5.0


class CertificateChangedError(InputError, ssl.SSLError):
    """The host presents another certificate than the pinned one.

    Also an `SSLError`, because asyncio closes a handshake cleanly for no other.
    """

    def __init__(self, message: str) -> None:
        ssl.SSLError.__init__(self, message)
        TabletopError.__init__(self, message)


def check_certificate(host: str, pinned: str, der: bytes) -> None:
    """Raise `CertificateChangedError` unless the certificate has the pinned fingerprint."""
    if hmac.compare_digest(fingerprint(der), pinned):
        return
    words = "  ".join(fingerprint_words(der))
    raise CertificateChangedError(
        f"{host} is not the host that this terminal knows, so nothing was sent to it. Ask the facilitator "
        "whether the exercise moved to another computer or was set up again. If it did, and their screen "
        f"shows these words:  {words}  – join again with --new-host and a new code. If it did not, "
        "somebody may be listening in: do not join, and tell them"
    )


def pinned_context(pinned: str) -> ssl.SSLContext:
    """Return a TLS context that accepts only the certificate with that fingerprint.

    Its names and dates do not matter. With any other certificate the handshake itself fails with
    `CertificateChangedError`, before anything is sent.
    """

    class PinnedObject(ssl.SSLObject):
        def do_handshake(self) -> None:
            super().do_handshake()
            _check(self, pinned)

    class PinnedSocket(ssl.SSLSocket):
        def do_handshake(self, block: bool = False) -> None:
            super().do_handshake(block)
            _check(self, pinned)

    context = _context()
    context.sslobject_class = PinnedObject
    context.sslsocket_class = PinnedSocket
    return context


def shown_certificate(host: str, port: int) -> bytes:
    """Return the certificate of a host for people to compare; send it nothing. Raises `InputError`."""
    import socket  # noqa: PLC0415 - only needed at the first connection

    try:
        with (
            socket.create_connection((host, port), timeout=WITHIN) as plain,
            _context().wrap_socket(plain, server_hostname=host) as channel,
        ):
            der = channel.getpeercert(binary_form=True)
    except ssl.SSLError as error:
        raise InputError(
            f"{host}, port {port}, does not answer as an encrypted tabletop host; ask the facilitator for "
            "the address, and whether the host was started with --plain"
        ) from error
    except (OSError, ValueError) as error:
        raise InputError(
            f"nobody answers at {host}, port {port}; check the address on the facilitator's screen, and that "
            "both computers are on the same network"
        ) from error
    if not der:
        raise InputError(f"{host} shows no certificate, so it cannot be verified")
    return der


def speaks_tls(host: str, port: int) -> bool:
    """Return whether a TLS server answers there; send it nothing."""
    try:
        shown_certificate(host, port)
    except InputError:
        return False
    return True


def _context() -> ssl.SSLContext:
    """Return a client context that accepts any certificate; the caller checks the fingerprint."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    return context


def _check(channel: ssl.SSLObject | ssl.SSLSocket, pinned: str) -> None:
    check_certificate(channel.server_hostname or "this host", pinned, channel.getpeercert(True) or b"")

"""B19: the host's own certificate, made once, kept to the user alone, and compared by its words."""

from __future__ import annotations

import hashlib
import ipaddress
import ssl
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from tabletop.errors import InputError
from tabletop.system.certificate import (
    FILE,
    HostCertificate,
    fingerprint,
    fingerprint_words,
    host_certificate,
    server_context,
)
from tabletop.system.clock import SYSTEM_TIME, VirtualTime
from tabletop.system.codewords import all_words, to_words

pytestmark = pytest.mark.newcomer

ADDRESSES = ("192.168.7.20", "fd00::5", "fe80::1%eth0", "planning-room.local")


def made(folder: Path, day: str = "2030-01-01") -> HostCertificate:
    return host_certificate(folder, ADDRESSES, VirtualTime(f"{day}T12:00:00.000Z").source())


def test_it_names_the_host_and_is_good_for_two_years(tmp_path: Path) -> None:
    certificate = x509.load_der_x509_certificate(made(tmp_path).der)
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.DNSName) == ["localhost", "planning-room.local"]
    assert names.get_values_for_type(x509.IPAddress) == [
        ipaddress.ip_address(one) for one in ("127.0.0.1", "::1", "192.168.7.20", "fd00::5", "fe80::1")
    ]
    assert certificate.not_valid_after_utc == datetime(2032, 1, 1, 12, tzinfo=UTC)
    assert certificate.not_valid_before_utc == datetime(2029, 12, 31, 12, tzinfo=UTC)
    key = certificate.public_key()
    assert isinstance(key, ec.EllipticCurvePublicKey)
    assert key.curve.name == "secp256r1"


def test_it_is_kept_and_used_again_whatever_the_address_is_by_then(tmp_path: Path) -> None:
    first = made(tmp_path)
    again = host_certificate(tmp_path, ["10.9.8.7"], VirtualTime("2031-06-01T00:00:00.000Z").source())
    assert first.fresh
    assert not again.fresh
    assert again.der == first.der


def test_another_is_made_before_it_ends(tmp_path: Path) -> None:
    first = made(tmp_path)
    assert not made(tmp_path, "2031-12-01").fresh
    late = made(tmp_path, "2031-12-02")
    assert late.fresh
    assert late.der != first.der
    assert not made(tmp_path, "2031-12-03").fresh


def test_b18_only_the_user_can_read_the_key(tmp_path: Path) -> None:
    own = made(tmp_path / "state")
    assert own.key == own.certificate == tmp_path / "state" / FILE
    assert stat.S_IMODE(own.key.stat().st_mode) == 0o600
    assert stat.S_IMODE(own.key.parent.stat().st_mode) == 0o700
    own.key.chmod(0o640)
    made(tmp_path / "state")
    assert stat.S_IMODE(own.key.stat().st_mode) == 0o600
    assert b"PRIVATE KEY" in own.key.read_bytes()
    assert "PRIVATE" not in repr(own)
    assert len(repr(own)) < 300


def test_the_words_are_the_first_bits_of_the_fingerprint(tmp_path: Path) -> None:
    der = made(tmp_path).der
    assert fingerprint(der) == hashlib.sha256(der).hexdigest()
    words = fingerprint_words(der)
    assert len(words) == 6
    assert words == to_words(bytes.fromhex(fingerprint(der)))[:6]
    assert set(words) <= set(all_words())
    assert fingerprint_words(der + b"x") != words


def test_the_words_of_a_certificate_never_change() -> None:
    """Stations of another version must show the same."""
    assert fingerprint_words(b"certificate") == ("affair", "refrain", "jigsaw", "autumn", "garnet", "tractor")


@pytest.mark.parametrize("cut", [slice(0, 0), slice(0, 200), slice(200, None), slice(None, -40)])
def test_a_damaged_file_is_told_in_plain_words(cut: slice, tmp_path: Path) -> None:
    path = made(tmp_path).key
    path.write_bytes(path.read_bytes()[cut])
    with pytest.raises(InputError, match=r"is damaged: .* Move it away and start again"):
        made(tmp_path)


def test_the_key_of_another_certificate_is_refused(tmp_path: Path) -> None:
    one, other = made(tmp_path / "one"), made(tmp_path / "other")
    key, end = one.key.read_bytes(), b"-----END PRIVATE KEY-----\n"
    certificate = other.key.read_bytes().partition(end)[2]
    one.key.write_bytes(key.partition(end)[0] + end + certificate)
    with pytest.raises(InputError, match="is damaged"):
        made(tmp_path / "one")
    with pytest.raises(InputError, match="is damaged"):
        server_context(one)


def test_an_address_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="'räum' cannot be an address"):
        host_certificate(tmp_path, ["räum"], SYSTEM_TIME)


def test_nothing_older_than_tls_1_3_is_spoken(tmp_path: Path) -> None:
    context = server_context(host_certificate(tmp_path, (), SYSTEM_TIME))
    assert context.minimum_version == ssl.TLSVersion.TLSv1_3


def test_the_machines_own_time_makes_one_that_is_good_now(tmp_path: Path) -> None:
    own = host_certificate(tmp_path, ADDRESSES, SYSTEM_TIME)
    certificate = x509.load_der_x509_certificate(own.der)
    now = datetime.fromisoformat(SYSTEM_TIME.wall().replace("Z", "+00:00"))
    assert certificate.not_valid_before_utc < now < certificate.not_valid_after_utc - timedelta(days=700)

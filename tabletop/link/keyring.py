"""Certificates that a user has compared, and the seats at each host.

A host is identified by its certificate, wherever it runs: seats are kept by its fingerprint. A host without
one, on this computer or with `--plain`, can only be identified by its address.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote

from tabletop.errors import InputError
from tabletop.link.address import HostAddress
from tabletop.link.host_keys import HostKeys, KnownSeat
from tabletop.link.key_files import (
    PinFile,
    folder_of_address,
    plain_address,
    read_key_file,
    write_key_file,
)
from tabletop.link.keyring_upcast import move_to_certificate
from tabletop.link.pinning import check_certificate, pinned_context
from tabletop.paths import state_folder
from tabletop.system.certificate import fingerprint

__all__ = ["Keyring", "KnownSeat", "check_certificate", "pinned_context"]


class Keyring:
    """Read and write the keyring's folder. Every method may raise `InputError`."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or state_folder() / "hosts"

    def pinned(self, address: str) -> str | None:
        """Return the fingerprint of the host's certificate; None if its words were never compared."""
        path = folder_of_address(self._folder, address) / "host.json"
        known = read_key_file(path, PinFile, plain_address(address))
        return known.certificate_sha256 if known else None

    def compared(self, der: bytes) -> bool:
        """Return whether that certificate was compared, at any address."""
        return any(pin.certificate_sha256 == fingerprint(der) for pin in self._pins())

    def trust(self, address: str, der: bytes) -> None:
        """Pin a certificate whose words were compared to an address.

        Seats at the host that had this address before stay its own: the new host must not see their tokens.
        """
        shown, known = fingerprint(der), self.pinned(address)
        if known not in (None, shown):
            self._of_certificate(known or "")
        write_key_file(
            folder_of_address(self._folder, address) / "host.json",
            PinFile(address=plain_address(address), certificate_sha256=shown),
        )

    def check(self, address: str, der: bytes) -> None:
        """Raise `InputError` unless the host presents the pinned certificate."""
        check_certificate(address, self._certificate(address), der)

    def of(self, place: HostAddress) -> HostKeys:
        """Return the keys of the host at an address."""
        if place.secure:
            return self._of_certificate(self._certificate(str(place)))
        return HostKeys(folder_of_address(self._folder, str(place)), plain_address(str(place)))

    def addresses(self, place: HostAddress) -> tuple[str, ...]:
        """Return other addresses of the host: where it was found before, and what it announced."""
        if not place.secure:
            return ()
        known = self._certificate(str(place))
        found = [pin.address for pin in self._pins() if pin.certificate_sha256 == known]
        others = dict.fromkeys([*self.of(place).addresses(), *found])
        return tuple(one for one in others if one != plain_address(str(place)))

    def _certificate(self, address: str) -> str:
        known = self.pinned(address)
        if known is None:
            raise InputError(f"the words of {address} were not compared with the facilitator's screen yet")
        return known

    def _of_certificate(self, known: str) -> HostKeys:
        folder = self._folder / f"certificate-{known}"
        for pin in self._pins():
            if pin.certificate_sha256 == known:
                move_to_certificate(folder_of_address(self._folder, pin.address), pin.address, folder, known)
        return HostKeys(folder, known)

    def _pins(self) -> Iterator[PinFile]:
        """Yield all pinned certificates; skip damaged files, so that they do not affect other hosts."""
        for path in sorted(self._folder.glob("host-*/host.json")):
            with suppress(InputError, ValueError):
                pin = _pin(path)
                if pin is not None and folder_of_address(self._folder, pin.address) == path.parent:
                    yield pin


def _pin(path: Path) -> PinFile | None:
    return read_key_file(path, PinFile, unquote(path.parent.name.removeprefix("host-")))

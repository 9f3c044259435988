"""What a user's stations remember of hosts: the certificates that were compared, and the seats at each.

A host is the one with a certificate, wherever it is: seats go by its fingerprint. A host that shows none,
on this computer or with `--plain`, can only be known by its address.
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
    """Reads and writes the folder; every method may raise `InputError`."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or state_folder() / "hosts"

    def pinned(self, address: str) -> str | None:
        """The fingerprint of the host's certificate; None if nobody compared its words yet."""
        path = folder_of_address(self._folder, address) / "host.json"
        known = read_key_file(path, PinFile, plain_address(address))
        return known.certificate_sha256 if known else None

    def compared(self, der: bytes) -> bool:
        """Whether somebody has compared that certificate, at whatever address."""
        return any(pin.certificate_sha256 == fingerprint(der) for pin in self._pins())

    def trust(self, address: str, der: bytes) -> None:
        """Remember a certificate whose words somebody has compared, as that of the host at the address.

        Seats at the host that was there before stay its own: their tokens are not this host's to see.
        """
        shown, known = fingerprint(der), self.pinned(address)
        if known not in (None, shown):
            self._of_certificate(known or "")
        write_key_file(
            folder_of_address(self._folder, address) / "host.json",
            PinFile(address=plain_address(address), certificate_sha256=shown),
        )

    def check(self, address: str, der: bytes) -> None:
        """Raise `InputError` unless the host shows the certificate that was compared."""
        check_certificate(address, self._certificate(address), der)

    def of(self, place: HostAddress) -> HostKeys:
        """What is kept of the host at a place."""
        if place.secure:
            return self._of_certificate(self._certificate(str(place)))
        return HostKeys(folder_of_address(self._folder, str(place)), plain_address(str(place)))

    def addresses(self, place: HostAddress) -> tuple[str, ...]:
        """Where else the host at a place may be: where it was found before, and where it said."""
        if not place.secure:
            return ()
        known = self._certificate(str(place))
        found = [pin.address for pin in self._pins() if pin.certificate_sha256 == known]
        others = dict.fromkeys([*self.of(place).addresses(), *found])
        return tuple(one for one in others if one != plain_address(str(place)))

    def _certificate(self, address: str) -> str:
        known = self.pinned(address)
        if known is None:
            raise InputError(f"nobody has compared the words of {address} with the facilitator's screen yet")
        return known

    def _of_certificate(self, known: str) -> HostKeys:
        folder = self._folder / f"certificate-{known}"
        for pin in self._pins():
            if pin.certificate_sha256 == known:
                move_to_certificate(folder_of_address(self._folder, pin.address), pin.address, folder, known)
        return HostKeys(folder, known)

    def _pins(self) -> Iterator[PinFile]:
        """All certificates that were compared. What is damaged stops nobody who goes to another host."""
        for path in sorted(self._folder.glob("host-*/host.json")):
            with suppress(InputError, ValueError):
                pin = _pin(path)
                if pin is not None and folder_of_address(self._folder, pin.address) == path.parent:
                    yield pin


def _pin(path: Path) -> PinFile | None:

    return read_key_file(path, PinFile, unquote(path.parent.name.removeprefix("host-")))

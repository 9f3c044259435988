"""Migrate keyrings of format 1, in which a seat was known by the address of its host."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

from tabletop.errors import InputError
from tabletop.link.key_files import SeatFile, read_key_file, remove_key_file, short, write_key_file
from tabletop.link.seat_lock import lock_seat
from tabletop.system.private_file import make_private_folder, read_private


def move_to_certificate(old: Path, address: str, new: Path, certificate: str) -> None:
    """Move the seats of format 1 from the folder of an address to that of its pinned certificate.

    Each is written before it is removed, so that it exists in one of the two at any time. A seat that another
    program has open is left for later. Raises `InputError`.
    """
    seats = [path for path in sorted(old.glob("seat-*.json")) if _of_format_1(path)]
    if not seats:
        return
    make_private_folder(new)
    for path in seats:
        seat = read_key_file(path, SeatFile, address)
        if seat is None:
            continue
        outbox = old / f"outbox-{short(seat.id)}.json"
        try:
            held = lock_seat(outbox)
        except InputError:
            continue
        with held:
            target = new / path.name
            if read_private(target) is None:
                write_key_file(target, seat.model_copy(update={"of": certificate}))
            for name in (outbox.name, f"drafts-{short(seat.id)}.json"):
                _move(old / name, new / name)
            remove_key_file(path)
    for path in sorted(old.glob("joining-*.json")):
        _move(path, new / path.name)


def _of_format_1(path: Path) -> bool:
    """Return whether a seat's file has format 1; the current one belongs to a host without a certificate."""
    with suppress(InputError, ValueError, RecursionError):
        data = json.loads(read_private(path) or b"")
        return isinstance(data, dict) and data.get("format") == 1
    return True  # damaged: reading it reports that


def _move(path: Path, to: Path) -> None:
    """Move a file, unless the target exists."""
    try:
        if path.exists() and not to.exists():
            path.replace(to)
    except OSError as error:
        raise InputError(f"{path} cannot be moved to {to}: {(error.strerror or '').lower()}") from error

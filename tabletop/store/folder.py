"""The folder of the user's logs: file names, and finding a log by name."""

from __future__ import annotations

import unicodedata
from itertools import count
from pathlib import Path
from typing import Final

from tabletop.errors import InputError
from tabletop.paths import logs_folder
from tabletop.scenario.nearest import nearest

SUFFIX: Final = ".db"
_LONGEST: Final = 120
"""Maximum bytes of a file name, so that it fits into 255 with a suffix and `-journal`."""
_RESERVED: Final = frozenset(
    {"con", "prn", "aux", "nul", *(f"{kind}{number}" for kind in ("com", "lpt") for number in range(10))}
)
"""Device names on Windows, reserved with any suffix."""


def log_path(name: str) -> Path:
    """Return the path for the log of an exercise of that name. The file need not exist."""
    return logs_folder() / f"{file_name(name)}{SUFFIX}"


def free_name(base: str) -> str:
    """Return the first of base, base-2, base-3 … that no log in the folder has."""
    return next(
        name
        for number in count(1)
        if not log_path(name := base if number == 1 else f"{base}-{number}").exists()
    )


def find_log(name_or_path: str) -> Path:
    """Return the path of a log, given as a path or as the name of an exercise. Raises `InputError`."""
    given = Path(name_or_path)
    try:
        if name_or_path and given.exists():
            return given
        named = logs_folder() / f"{file_name(name_or_path.removesuffix(SUFFIX))}{SUFFIX}"
        if named.exists():
            return named
    except (OSError, ValueError) as error:  # too long for a name; a NUL in it
        raise InputError(f"there is no log '{name_or_path[:100]}': {_reason(error)}") from error
    meant = nearest(given.stem, (path.stem for path in logs()))
    if meant is not None:
        hint = f"Did you mean '{meant}'?"
    else:
        hint = f"Give the path of a log, or the name of an exercise in {logs_folder()}."
    raise InputError(f"there is no log '{name_or_path}'. {hint}")


def logs() -> list[Path]:
    """Return the logs in the folder, sorted by file name."""
    try:
        return sorted(logs_folder().glob(f"*{SUFFIX}"))
    except OSError:
        return []


def file_name(name: str) -> str:
    """Return the name as a portable file name: only letters, digits and hyphens, never empty."""
    plain = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", name).casefold())
    # Categories L, M and N: letters of every script with their marks, and digits.
    kept = "".join(letter if unicodedata.category(letter)[0] in "LMN" else " " for letter in plain)
    words = "-".join(kept.split())
    cut = words.encode("utf-8")[:_LONGEST].decode("utf-8", "ignore").strip("-")
    if not cut or cut in _RESERVED:
        return f"exercise-{cut}".rstrip("-")
    return cut


def _reason(error: Exception) -> str:
    return (getattr(error, "strerror", None) or str(error)).lower()

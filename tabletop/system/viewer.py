"""Open a file in the viewer of the system."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from tabletop.errors import InputError
from tabletop.system.private_file import write_private

_ENDINGS: Final = {"image/png": ".png", "image/jpeg": ".jpg", "application/pdf": ".pdf"}
_UNSAFE: Final = re.compile(r"[^\w.-]+")
"""What a name may not hold in some file system, or on the command line of a viewer."""


def save_copy(name: str, media: str, content: bytes) -> Path:
    """Write a copy that only this user may read, under a name like its own, and return its path.

    The ending is that of its media type, whatever the name says: the system chooses a program by the ending,
    and a file that begins like a picture may be a script as well. Raises `InputError` for another media type,
    and if the copy cannot be written.
    """
    ending = _ENDINGS.get(media)
    if ending is None:
        raise InputError(f"this is neither a picture nor a PDF ({media!r}): it is not opened")
    stem = _UNSAFE.sub("_", Path(name).stem)[:80].strip("._ ")
    path = Path(tempfile.mkdtemp(prefix="tabletop-")) / f"{stem or 'attachment'}{ending}"
    write_private(path, content)
    return path


def open_outside(path: Path) -> bool:
    """Open a file in the system's viewer; return whether there is one and it could be started."""
    if sys.platform == "win32":
        os.startfile(path)  # noqa: S606 - Windows has no other way
        return True
    program = _program()
    if program is None:
        return False
    try:
        subprocess.Popen(  # noqa: S603 - a fixed program, and a path that this program chose
            [program, str(path)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        return False
    return True


def _program() -> str | None:
    """Return the program that opens files here; None on a terminal without a desktop."""
    if sys.platform == "darwin":
        return shutil.which("open")
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return None
    return shutil.which("xdg-open")

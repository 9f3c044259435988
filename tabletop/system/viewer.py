"""Open a file in the viewer of the system."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tabletop.system.private_file import write_private


def save_copy(name: str, content: bytes) -> Path:
    """Write a copy that only this user may read, under its own name, and return its path.

    Raises `InputError` if it cannot be written.
    """
    folder = Path(tempfile.mkdtemp(prefix="tabletop-"))
    path = folder / (Path(name).name or "attachment")
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

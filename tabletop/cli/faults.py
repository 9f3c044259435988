"""What is said about a fault of the program, and the file that keeps its details.

A page or a line of plain words goes to the terminal, which may be a projector. The traceback goes to a file
that only the user can read, without the values of variables and without codes and tokens.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from traceback import format_exception
from typing import Final

from tabletop import __version__
from tabletop.cli.expected import expected
from tabletop.paths import data_folder
from tabletop.plaintext import one_line, visible

CLOSED_SCREEN: Final = "The program met a fault of its own and has closed its screen."
ENDED: Final = "The program met a fault of its own and has ended."

# Join codes and the facilitator's secret (four words of three to seven letters, or more); tokens.
_SECRETS: Final = re.compile(r"(?<![a-z])[a-z]{3,7}(?:-[a-z]{3,7}){3,}(?![a-z])|(?<!\w)[0-9a-f]{64}(?!\w)")


@dataclass(frozen=True, slots=True)
class Recovery:
    """What people are told after a fault has ended the program; nothing of the exercise itself."""

    safe: str
    """What is not lost; a line or more."""
    purpose: str
    """What the command is for, as in "To go on, type"."""
    command: str
    afterwards: str = ""
    """What happens next, or what else to do; a line or nothing."""


class FaultError(Exception):
    """A fault of the program whose details are kept, with the page that people are shown."""

    def __init__(self, page: str) -> None:
        super().__init__(page)
        self.page = page


@contextmanager
def fault_page(recovery: Callable[[], Recovery], *, what: str = CLOSED_SCREEN) -> Iterator[None]:
    """Raise `FaultError` in place of an error that nobody foresaw; other errors pass.

    `recovery` is asked once everything within the block has come to its end.
    """
    try:
        yield
    except FaultError:
        raise
    except Exception as error:
        if traceback_wanted() or expected(error) is not None:
            raise
        raise FaultError(_page(what, recovery(), _details(error))) from error


def traceback_wanted() -> bool:
    """Say whether a developer wants the traceback on the terminal."""
    return os.environ.get("TABLETOP_TRACEBACK") == "1"


def keep_fault(error: Exception) -> str:
    """Return one line about an error that nobody foresaw, and keep its traceback in a file."""
    try:
        details = f"The details are in {_keep(error)}; please report it with that file."
    except (OSError, RuntimeError) as problem:  # RuntimeError: the home folder cannot be found
        details = f"The details could not be kept ({problem}); TABLETOP_TRACEBACK=1 shows them here."
    what = " ".join(f"{type(error).__name__}: {without_secrets(str(error))}".split())[:300].rstrip(".: ")
    return visible(f"This is a fault in tabletop, not in what you did: {what}. {details}")


def without_secrets(text: str) -> str:
    """Return the text without what looks like a join code, a facilitator's secret or a token."""
    return _SECRETS.sub("[secret]", text)


def _page(what: str, recovery: Recovery, details: str) -> str:
    lines = (
        what,
        "It is not something that you did.",
        "",
        recovery.safe,
        "",
        recovery.purpose,
        f"  {one_line(recovery.command)}",
        *([recovery.afterwards] if recovery.afterwards else []),
        "",
        details,
    )
    return visible("\n".join(lines))


def _details(error: Exception) -> str:
    try:
        return f"Please report this with the file that keeps the details:\n  {one_line(str(_keep(error)))}"
    except (OSError, RuntimeError) as problem:  # RuntimeError: the home folder cannot be found
        return f"The details could not be kept ({one_line(str(problem))})."


def _keep(error: Exception) -> Path:
    """Write the traceback to a file of its own that only the user can read, and return its path."""
    from tempfile import NamedTemporaryFile  # not needed by a program that meets no fault

    folder = data_folder() / "faults"
    folder.mkdir(parents=True, exist_ok=True)
    versions = f"tabletop {__version__}, Python {sys.version.split()[0]}, {sys.platform}\n\n"
    with NamedTemporaryFile(
        "w",
        dir=folder,
        prefix="fault-",
        suffix=".txt",
        delete=False,
        encoding="utf-8",
        errors="backslashreplace",
    ) as file:
        file.write(versions + visible(without_secrets("".join(format_exception(error)))))
    return Path(file.name)

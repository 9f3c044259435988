"""Report internal errors: a plain page on the terminal, details in a file.

The terminal may be a projector, so it gets only a page or a line of plain text. The traceback goes to a file
that only the user can read, without values of variables and without codes and tokens.
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
from tabletop.cli.expected_errors import expected
from tabletop.paths import data_folder
from tabletop.plaintext import one_line, visible

CLOSED_SCREEN: Final = "tabletop has failed with an internal error and closed its screen."
ENDED: Final = "tabletop has failed with an internal error and stopped."

# Join codes and the facilitator's secret (four words of three to seven letters, or more); tokens.
_SECRETS: Final = re.compile(r"(?<![a-z])[a-z]{3,7}(?:-[a-z]{3,7}){3,}(?![a-z])|(?<!\w)[0-9a-f]{64}(?!\w)")


@dataclass(frozen=True, slots=True)
class Recovery:
    """What users are told after an internal error; nothing of the exercise itself."""

    safe: str
    """What is not lost; one or more lines."""
    purpose: str
    """What the command is for, as in "To resume, type"."""
    command: str
    afterwards: str = ""
    """What happens next, or what else to do; one line or empty."""


class FaultError(Exception):
    """An internal error whose details are in a file, with the page for the user."""

    def __init__(self, page: str) -> None:
        super().__init__(page)
        self.page = page


@contextmanager
def fault_page(recovery: Callable[[], Recovery], *, what: str = CLOSED_SCREEN) -> Iterator[None]:
    """Replace an unexpected error by a `FaultError`; expected errors pass.

    `recovery` is called after the block has ended.
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
    """Return whether the traceback is wanted on the terminal, for developers."""
    return os.environ.get("TABLETOP_TRACEBACK") == "1"


def keep_fault(error: Exception) -> str:
    """Write the traceback of an unexpected error to a file, and return a one-line message."""
    try:
        details = f"The details are in {_keep(error)}; please report it with that file."
    except (OSError, RuntimeError) as problem:  # RuntimeError: the home folder cannot be found
        details = f"The details could not be kept ({problem}); TABLETOP_TRACEBACK=1 shows them here."
    what = " ".join(f"{type(error).__name__}: {without_secrets(str(error))}".split())[:300].rstrip(".: ")
    return visible(f"This is a fault in tabletop, not in what you did: {what}. {details}")


def without_secrets(text: str) -> str:
    """Replace everything that looks like a join code, a facilitator's secret or a token."""
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
    """Write the traceback to a new file that only the user can read, and return its path."""
    from tempfile import NamedTemporaryFile  # only needed here

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

"""Message and exit code of expected errors."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

from tabletop.errors import ExitCode, TabletopError

if TYPE_CHECKING:
    import click


def expected(error: Exception) -> tuple[str, int] | None:
    """Return message and exit code of an expected error; None for any other."""
    import click

    match error:
        case TabletopError():
            return error.message, error.exit_code
        case click.UsageError():
            return _usage(error), error.exit_code
        case click.ClickException():
            return error.format_message(), error.exit_code
        case click.Abort():  # click raises it for Ctrl+C, and when input ends at a prompt
            interrupted = isinstance(error.__context__, KeyboardInterrupt)
            return "Stopped.", ExitCode.INTERRUPTED if interrupted else ExitCode.USAGE
        case OSError(errno=errno.ENOSPC):
            where = f": {error.filename}" if error.filename else ""
            return f"{error.strerror}{where}. Make room and try again.", ExitCode.USAGE
    return None


def _usage(error: click.UsageError) -> str:
    """Return the message of a usage error with a pointer to the help."""
    message = error.format_message()
    if error.ctx is None or "--help" in message:
        return message
    return f"{message}\nSee `{error.ctx.command_path} --help`."

"""Read and decode files; refuse anything but UTF-8 text of reasonable size before it is parsed."""

from __future__ import annotations

import codecs
import stat
from pathlib import Path
from typing import Final

from tabletop.scenario.problems import Problem, ProblemsFound

MAX_BYTES: Final = 5_000_000
"""Larger than any playable scenario; 10,000 injects take 4.6 million bytes."""

_SAVE_AS: Final = "save it as UTF-8 in your editor"
_WIDE_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_SAMPLE: Final = 64


def read_bytes(path: Path, name: str) -> bytes:
    """Return the content of a regular file of at most `MAX_BYTES`. Raises ProblemsFound for anything else.

    The type is checked before opening: opening a named pipe blocks, and opening a device has side effects.
    """
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise refusal(
                name, "file-is-directory", "this is a directory, not a file", "name the file inside it"
            )
        if not stat.S_ISREG(status.st_mode):
            raise refusal(
                name, "file-not-ordinary", "this is not a regular file", "name a file saved on disk"
            )
        if status.st_size > MAX_BYTES:
            raise too_large(name, status.st_size)
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise refusal(
            name, "file-missing", "there is no such file", "check the name and the folder"
        ) from None
    except PermissionError:
        raise refusal(
            name, "file-unreadable", "you have no permission to read this file", "ask its owner for it"
        ) from None
    except (OSError, ValueError) as error:  # ValueError: a path with a NUL in it
        reason = getattr(error, "strerror", None) or str(error)
        raise refusal(
            name, "file-unreadable", f"the file cannot be read: {reason}", "check the name and the disk"
        ) from None
    if len(content) > MAX_BYTES:
        raise too_large(name, len(content))
    return content


def decode(content: bytes, name: str) -> str:
    """Decode UTF-8 with or without a byte order mark. Raises ProblemsFound."""
    if len(content) > MAX_BYTES:
        raise too_large(name, len(content))
    for mark, encoding in _WIDE_MARKS:
        if content.startswith(mark):
            raise refusal(name, "file-encoding", f"the file is written in {encoding}, not UTF-8", _SAVE_AS)
    if b"\0" in content:
        raise _with_nul(content, name)
    try:
        return content.decode().removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise _not_utf8(content, error.start, name) from None


def refusal(name: str, code: str, message: str, hint: str) -> ProblemsFound:
    """Build the error for a file that cannot be used at all."""
    return ProblemsFound([Problem(file=name, line=0, column=0, message=message, code=code, hint=hint)])


def too_large(name: str, size: int) -> ProblemsFound:
    """Build the error for a file above the size limit."""
    return refusal(
        name,
        "file-too-large",
        f"the file has {size:,} bytes; at most {MAX_BYTES:,} are read",
        "split the scenario into several files, or check that this is the file you meant",
    )


def _with_nul(content: bytes, name: str) -> ProblemsFound:
    # ASCII text in UTF-16 without a mark has a NUL at every other byte.
    sample = content[:_SAMPLE]
    nuls = sample.count(0)
    if nuls * 3 > len(sample) and nuls in {sample[::2].count(0), sample[1::2].count(0)}:
        return refusal(name, "file-encoding", "the file is written in UTF-16, not UTF-8", _SAVE_AS)
    return refusal(name, "file-binary", "this is not a text file", "check that this is the file you meant")


def _not_utf8(content: bytes, at: int, name: str) -> ProblemsFound:
    line_start = content.rfind(b"\n", 0, at) + 1
    line_end = content.find(b"\n", at)
    source = content[line_start : line_end if line_end >= 0 else len(content)]
    problem = Problem(
        file=name,
        line=content.count(b"\n", 0, at) + 1,
        column=len(content[line_start:at].decode("utf-8-sig", "replace")) + 1,
        message=f"the byte {content[at]:#04x} at offset {at:,} is not UTF-8",
        code="file-encoding",
        source=source.decode("utf-8-sig", "replace").rstrip("\r"),
        hint=f"the file was saved in another encoding: {_SAVE_AS}",
    )
    return ProblemsFound([problem])

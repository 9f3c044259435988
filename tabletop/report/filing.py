"""Give report files their names, and write them without ever replacing a file that is there."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from tabletop.report.model import AfterActionReport
from tabletop.store.folder import file_name


def report_name(report: AfterActionReport, suffix: str, number: int = 1) -> str:
    """Return ``EXERCISE-spring-2026-03-14-aar (2).html``: after the exercise and the day of its STARTEX.

    There is no day where none is told: in an anonymous report, and after play in virtual time.
    """
    day = f"-{report.day.isoformat()}" if report.day is not None else ""
    anonymous = "-anonymous" if report.anonymous else ""
    again = f" ({number})" if number > 1 else ""
    return f"EXERCISE-{file_name(report.overview.exercise)}{day}-aar{anonymous}{again}.{suffix}"


def write_new(
    folder: Path, texts: Mapping[str, str], name: Callable[[str, int], str]
) -> tuple[int, tuple[Path, ...]]:
    """Write a file for each suffix, all under the first number under which none of them exists.

    Each appears whole or not at all. Returns the number and the files. Raises OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".report-", dir=folder, ignore_cleanup_errors=True) as drafts:
        written = {suffix: _written(Path(drafts) / f"draft.{suffix}", text) for suffix, text in texts.items()}
        for number in count(1):
            paths = {suffix: folder / name(suffix, number) for suffix in texts}
            if not any(map(os.path.lexists, paths.values())) and _published(written, paths):
                return number, tuple(paths.values())
    raise AssertionError("unreachable: there is always another number")


def _written(path: Path, text: str) -> Path:
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    return path


def _published(drafts: Mapping[str, Path], paths: Mapping[str, Path]) -> bool:
    """Put all drafts in their places, or none if another program was there first with any of them."""
    done: list[Path] = []
    try:
        for suffix, draft in drafts.items():
            publish(draft, paths[suffix])
            done.append(paths[suffix])
    except OSError as error:
        for path in done:
            with suppress(OSError):
                path.unlink()
        if isinstance(error, FileExistsError):
            return False
        raise
    return True


def publish(draft: Path, path: Path) -> None:
    """Put a draft in its place in one step, if nothing is there. Raises FileExistsError."""
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        raise
    except OSError:  # no second names for a file here, as on most sticks
        _copied(draft, path)


def _copied(draft: Path, path: Path) -> None:
    with path.open("xb") as file:
        try:
            file.write(draft.read_bytes())
            file.flush()
            os.fsync(file.fileno())
        except BaseException:  # Ctrl+C leaves no half of a report either
            path.unlink(missing_ok=True)
            raise

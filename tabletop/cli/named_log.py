"""Find a log by its path or by the name of its exercise, wherever the log is kept."""

from __future__ import annotations

from pathlib import Path

from tabletop.errors import InputError
from tabletop.store.folder import SUFFIX, file_name, find_log


def named_log(word: str) -> Path:
    """Return the path of a log; an exercise that `tabletop report` lists is found by the name listed.

    Raises `InputError` if there is none, or if several exercises outside the folder of logs have that name.
    """
    try:
        return find_log(word)
    except InputError:
        found = _listed(word) if word else []
        if not found:
            raise
    if len(found) > 1:
        paths = "\n".join(f"  {path}" for path in found)
        raise InputError(f"several exercises are called '{word}'. Give the path of one:\n\n{paths}")
    return found[0]


def _listed(word: str) -> list[Path]:
    from tabletop.host.exercises import Status, known_exercises

    known = known_exercises(Path().glob(f"*{SUFFIX}"))
    wanted = file_name(word)
    return [one.path for one in known if file_name(one.name) == wanted and one.status is not Status.GONE]

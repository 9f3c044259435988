"""Locations of the bundled scenarios and injects, and of the user's data.

Nothing here creates a folder; the code that writes a file creates the folder for it.
"""

import os
from pathlib import Path
from typing import Final

HOME_VARIABLE: Final = "TABLETOP_HOME"
_BUNDLED: Final = ("scenarios", "injects")
_PACKAGE: Final = Path(__file__).resolve().parent


def bundled(name: str) -> Path:
    """Return the folder of the `scenarios` or `injects` that come with the program.

    A checkout's own folders come first, because an editable installation has no copy inside the package.
    Raises ValueError for any other name.
    """
    if name not in _BUNDLED:
        raise ValueError(f"{name!r} is not bundled; known: {', '.join(_BUNDLED)}")
    beside = _PACKAGE.parent
    if _is_checkout(beside):
        return beside / name
    return _PACKAGE / "_bundled" / name


def _is_checkout(folder: Path) -> bool:
    """Return whether `folder` is this project's source tree.

    The project name is checked too: `pip install --target .` puts the package beside the pyproject.toml
    of somebody else's project, whose `scenarios` are not ours.
    """
    try:
        return 'name = "tabletop-exercise"' in (folder / "pyproject.toml").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return False


def data_folder() -> Path:
    """Return the folder for the user's data: `TABLETOP_HOME` if set, else the platform's default."""
    chosen = os.environ.get(HOME_VARIABLE)
    if chosen:
        return Path(chosen).expanduser().absolute()
    # platformdirs costs 40 ms to import, which a run with TABLETOP_HOME set need not pay.
    from platformdirs import user_data_path  # noqa: PLC0415

    return user_data_path("tabletop", appauthor=False)


def logs_folder() -> Path:
    """Return the folder that holds the logs of exercises."""
    return data_folder() / "logs"


def state_folder() -> Path:
    """Return the folder for state kept between runs, such as seats and certificates."""
    chosen = os.environ.get(HOME_VARIABLE)
    if chosen:
        return Path(chosen).expanduser().absolute() / "state"
    from platformdirs import user_state_path  # noqa: PLC0415 - as in data_folder

    return user_state_path("tabletop", appauthor=False)

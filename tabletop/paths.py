"""Where things are: the bundled scenarios and injects, and the user's own data.

Nothing here creates a folder; whoever writes a file makes the folder for it.
"""

import os
from pathlib import Path
from typing import Final

HOME_VARIABLE: Final = "TABLETOP_HOME"
_BUNDLED: Final = ("scenarios", "injects")
_PACKAGE: Final = Path(__file__).resolve().parent


def bundled(name: str) -> Path:
    """Return the folder of the `scenarios` or `injects` that come with the program.

    A checkout's own folders come first, because an editable installation never sees the copy that the
    wheel carries inside the package.
    """
    if name not in _BUNDLED:
        raise ValueError(f"{name!r} is not bundled; known: {', '.join(_BUNDLED)}")
    beside = _PACKAGE.parent
    if _is_checkout(beside):
        return beside / name
    return _PACKAGE / "_bundled" / name


def _is_checkout(folder: Path) -> bool:
    """Say whether `folder` is this project's source tree.

    The name is read as well: with `pip install --target .` the package lands beside the pyproject.toml
    of somebody else's project, whose `scenarios` are not ours.
    """
    try:
        return 'name = "tabletop"' in (folder / "pyproject.toml").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return False


def data_folder() -> Path:
    """Return the folder for the user's data: `TABLETOP_HOME` if set, else the platform's own place for it."""
    chosen = os.environ.get(HOME_VARIABLE)
    if chosen:
        return Path(chosen).expanduser().absolute()
    # platformdirs costs 40 ms to import, which a run with TABLETOP_HOME set need not pay.
    from platformdirs import user_data_path  # noqa: PLC0415

    return user_data_path("tabletop", appauthor=False)


def logs_folder() -> Path:
    """Return the folder where the logs of exercises are kept."""
    return data_folder() / "logs"


def state_folder() -> Path:
    """Return the folder for what the program remembers between runs, such as seats and certificates."""
    chosen = os.environ.get(HOME_VARIABLE)
    if chosen:
        return Path(chosen).expanduser().absolute() / "state"
    from platformdirs import user_state_path  # noqa: PLC0415 - as in data_folder

    return user_state_path("tabletop", appauthor=False)

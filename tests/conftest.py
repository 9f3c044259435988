"""What every test relies on: nothing of the user's own, and the same examples in every CI run."""

import os
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import settings

from tests.tui.rest import at_rest

# No deadline: a slow machine is not a failing property.
settings.register_profile("local", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "local")

# Settings of the user's that change what the program, Rich or click does. Textual reads its own when pytest
# loads the snapshot plug-in, before any fixture.
_USERS_OWN = ("TABLETOP_", "_TABLETOP_", "XDG_", "LC_")
_USERS_OWN_NAMES = ("COLORTERM", "COLUMNS", "FORCE_COLOR", "LANGUAGE", "LINES", "NO_COLOR", "TERM")


@pytest.fixture(autouse=True)
def hermetic(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test an empty home of its own, UTF-8, UTC and no settings; return the home."""
    for name in list(os.environ):
        if name.startswith(_USERS_OWN) or name in _USERS_OWN_NAMES:
            monkeypatch.delenv(name)
    # Not `mktemp`, which reads the names of all homes before it to number the next.
    homes = tmp_path_factory.getbasetemp() / "homes"
    homes.mkdir(exist_ok=True)
    home = Path(mkdtemp(dir=homes))
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    monkeypatch.setenv("TABLETOP_HOME", str(home / "tabletop"))
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("TZ", "UTC")
    if hasattr(time, "tzset"):  # not on Windows
        time.tzset()
    return home


@pytest.fixture(scope="session", autouse=True)
def certain_rest() -> Iterator[None]:
    """Let tests of screens go on when the program is at rest, and not when the computer seems to be idle."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("textual.app.wait_for_idle", at_rest)
        patch.setattr("textual.pilot.wait_for_idle", at_rest)
        yield


@pytest.fixture(autouse=True)
def drawn_screens(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have every test of a screen draw it, as a terminal would; Textual skips that where it is headless."""
    from textual.drivers.headless_driver import HeadlessDriver

    monkeypatch.setattr(HeadlessDriver, "is_headless", property(lambda _: False))

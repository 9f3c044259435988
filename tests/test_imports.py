"""What an import drags in, seen in a fresh interpreter: static contracts miss what is imported late."""

import json
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import tabletop
from tabletop.store.folder import log_path
from tabletop.store.sqlite import SqliteLog
from tests.builders import created, records_of

# The top layers; what is not named here must run where Textual is not installed.
ABOVE_THE_CORE = {"__main__", "cli", "tui"}
BELOW_TUI = sorted({module.name for module in pkgutil.iter_modules(tabletop.__path__)} - ABOVE_THE_CORE)
CHECKOUT = Path(__file__).resolve().parents[1]

IMPORT_WHOLE = """
import importlib, pkgutil
package = importlib.import_module({name!r})
for module in pkgutil.walk_packages(getattr(package, "__path__", []), {name!r} + "."):
    importlib.import_module(module.name)
"""


def loaded_after(code: str) -> set[str]:
    """Run `code` in a fresh interpreter and return the top-level packages that are loaded then."""
    show = "\nimport json, sys; print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))"
    result = subprocess.run(
        [sys.executable, "-c", code + show], cwd=CHECKOUT, capture_output=True, text=True, check=True
    )
    return set(json.loads(result.stdout.splitlines()[-1]))


def test_the_command_line_starts_light() -> None:
    loaded = loaded_after("import tabletop.cli.main")
    assert not loaded & {"click", "platformdirs", "pydantic", "rich", "textual", "yaml"}


def test_help_imports_no_verb() -> None:
    loaded = loaded_after("from tabletop.cli.main import main; main(['--help'])")
    assert not loaded & {"pydantic", "rich", "textual", "yaml"}


@pytest.mark.parametrize("verb", ["host", "join", "console", "watch", "wall"])
def test_the_help_of_a_verb_needs_no_exercise(verb: str) -> None:
    loaded = loaded_after(f"from tabletop.cli.main import main; main(['{verb}', '--help'])")
    assert not loaded & {"pydantic", "rich", "textual", "uvicorn", "yaml"}


def test_the_next_steps_name_what_waits_without_loading_events() -> None:
    with SqliteLog.create(log_path("spring")) as log:
        log.append(records_of([created()], first=1))
    names = "import sys; from tabletop.cli.main import main; main([])"
    light = "assert 'tabletop.exercise' not in sys.modules"
    assert not loaded_after(f"{names}; {light}") & {"textual", "yaml"}


def test_a_station_carries_no_host_around() -> None:
    loaded = loaded_after("import tabletop.cli.join, tabletop.link.network, tabletop.tui.station.app")
    assert not loaded & {"cryptography", "sqlite3", "starlette", "uvicorn", "uvloop"}


@pytest.mark.parametrize("name", BELOW_TUI)
def test_nothing_below_tui_loads_a_user_interface(name: str) -> None:
    assert not loaded_after(IMPORT_WHOLE.format(name=f"tabletop.{name}")) & {"rich", "textual"}

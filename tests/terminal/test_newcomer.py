"""The installed program in a real terminal: started, played and left by somebody who just installed it."""

from __future__ import annotations

import os
import sys
import sysconfig
from pathlib import Path

import pytest

from tabletop.cli.main import main

if sys.platform == "win32":
    pytest.skip("pseudo-terminals", allow_module_level=True)

from tests.terminal.newcomer import take_first_steps

PROGRAM = str(Path(sysconfig.get_path("scripts"), "tabletop"))


@pytest.mark.newcomer
@pytest.mark.slow
def test_the_installed_program_starts_plays_and_ends(hermetic: Path) -> None:
    status, screen = take_first_steps([PROGRAM, "run", "sakishima-dawn", "--new"], os.environ)
    assert status == 0, screen
    assert "tabletop run --resume" in screen.replace("\n", "")
    assert (hermetic / "tabletop" / "logs" / "sakishima-dawn.db").exists()
    assert main(["verify", "sakishima-dawn"]) == 0

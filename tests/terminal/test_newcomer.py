"""The installed program in a terminal: started, played and left by somebody who has just installed it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tabletop.cli.main import main
from tests.terminal.console import Seat
from tests.terminal.newcomer import take_first_steps

pytestmark = [pytest.mark.newcomer, pytest.mark.slow]


def test_the_installed_program_starts_plays_and_ends(start: Callable[..., Seat], hermetic: Path) -> None:
    console = start("run", "sakishima-dawn", "--new")
    assert take_first_steps(console) == 0
    console.shows("To go on: tabletop run")
    assert (hermetic / "tabletop" / "logs" / "sakishima-dawn.db").exists()
    assert main(["verify", "sakishima-dawn"]) == 0

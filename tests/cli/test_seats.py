"""Verbs that go to a host elsewhere: what they say before there is any host."""

from __future__ import annotations

from pathlib import Path

import pytest

from tabletop.cli.host_identity import compared_words
from tabletop.cli.main import main
from tabletop.host.presence import VERBS
from tabletop.link.address import parse_address
from tabletop.link.keyring import Keyring
from tabletop.system.certificate import fingerprint_words, host_certificate
from tabletop.system.clock import SYSTEM_TIME


@pytest.mark.parametrize("verb", ["join", "console", "wall"])
def test_a_screen_needs_a_terminal_and_something_else_does_not(
    verb: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([verb, "10.0.0.1"]) == 2
    said = capsys.readouterr().err
    assert f"'tabletop {verb}' needs a terminal" in said
    assert "tabletop watch" in said


@pytest.mark.parametrize("verb", sorted({*VERBS.values(), "join"}))
def test_an_address_that_is_none_is_told_in_plain_words(
    verb: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tabletop.cli.terminal.is_terminal", lambda: True)
    assert main([verb, "no such place"]) == 2
    said = capsys.readouterr().err
    assert "no such place" in said
    assert "Traceback" not in said


def test_b19_the_wall_shows_the_words_that_were_compared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TABLETOP_HOME", str(tmp_path))
    der = host_certificate(tmp_path / "host", [], SYSTEM_TIME).der
    assert compared_words("10.0.0.5", plain=False) == ()
    Keyring().trust(str(parse_address("10.0.0.5", plain=False)), der)
    assert compared_words("10.0.0.5", plain=False) == fingerprint_words(der)
    assert compared_words("127.0.0.1", plain=False) == ()  # nothing is encrypted there

"""N15: codes and secrets are typed on a terminal that does not show them."""

from __future__ import annotations

import io
import os
import pty
import sys
import termios
from collections.abc import Iterator

import click
import pytest

from tabletop.cli.hidden_prompt import prompt_hidden

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals")


class Keys:
    """A terminal at which is typed, and what the program shows."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.there, self.here = pty.openpty()
        self.stdin = os.fdopen(self.here, "r", encoding="utf-8", closefd=False)
        monkeypatch.setattr("sys.stdin", self.stdin)
        before = termios.tcgetattr(self.here)
        before[3] &= ~(termios.ECHO | termios.ICANON)  # it is typed before the question, and kept as it is
        termios.tcsetattr(self.here, termios.TCSANOW, before)

    def ask(self, typed: bytes, mark: str = "*") -> str:
        os.write(self.there, typed)
        return prompt_hidden("Code", mark=mark)

    def close(self) -> None:
        self.stdin.close()
        os.close(self.here)
        os.close(self.there)


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> Iterator[Keys]:
    keys = Keys(monkeypatch)
    yield keys
    keys.close()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (b"knack-canopy\r", "knack-canopy"),
        (b"knacc\x7fk\r", "knack"),
        (b"\x7f\x7fknack\r", "knack"),
        (b"wrong\x15knack\r", "knack"),
        (b"kna\x1b[D\x1b[1;5Cck\x1bOA\r", "knack"),
        ("東京\r".encode(), "東京"),
        (b"\r  \rknack\r", "knack"),
        (b"kn\x04ack\r", "knack"),
    ],
)
def test_n15_a_line_is_what_was_meant(keys: Keys, typed: bytes, meant: str) -> None:
    assert keys.ask(typed) == meant


def test_n15_a_code_is_masked_and_a_secret_leaves_no_mark(
    keys: Keys, capsys: pytest.CaptureFixture[str]
) -> None:
    keys.ask(b"knack\r")
    assert capsys.readouterr().err == "Code: *****\n"
    keys.ask(b"knack\x7f\r", mark="")
    assert capsys.readouterr().err == "Code: \n"


def test_n15_the_terminal_is_left_as_it_was(keys: Keys) -> None:
    before = termios.tcgetattr(keys.here)
    keys.ask(b"knack\r")
    assert termios.tcgetattr(keys.here) == before
    with pytest.raises(click.Abort):
        keys.ask(b"\x04")
    assert termios.tcgetattr(keys.here) == before


def test_n15_input_that_nobody_types_is_read_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("knack\n"))
    assert prompt_hidden("Code") == "knack"

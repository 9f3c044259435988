"""The short example of the documents: checked and played exactly as it stands on its page."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tabletop.cli.main import main

PAGE = Path(__file__).parents[1] / "docs" / "short-example.md"
FILE = re.compile(r"Save this as `([^`]+)`\.\n\n```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMANDS = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_it_is_checked_without_a_word_and_plays_as_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    page = PAGE.read_text(encoding="utf-8")
    files = FILE.findall(page)
    assert [name for name, _ in files] == [
        "dark-town/scenario.yaml",
        "dark-town/moves.yaml",
        "dark-town/moves-15.yaml",
    ]
    for name, text in files:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    lines = [line for block in COMMANDS.findall(page) for line in block.splitlines()]
    assert len(lines) == 8
    for line in lines:
        program, *words = shlex.split(line)
        assert program == "tabletop"
        assert main(words) == 0, line
        said = capsys.readouterr()
        if words[0] == "check" and "--coverage" not in words:
            assert "no problems" in said.err, said.out
        if words[0] == "play":
            assert "0 refused" in said.err
        if words == ["score", "dark-town.db"]:
            assert "Shared picture" in said.out

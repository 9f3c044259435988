"""Initials in a file of moves are given before STARTEX, and score, verify and report name them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tabletop.cli.main import main

MOVES = """\
- {at: T+0, seat: facilitator, do: show-rules}
- {at: T+0, seat: tokyo, do: initial, name: KN}
- {at: T+1, seat: seoul, do: initial, name: "Kim, J. H."}
"""
SENTENCE = "initialled by Tokyo as “KN” and Seoul as “Kim, J. H.” at T+1, after STARTEX, not by Washington;"


def test_score_verify_and_report_say_who_initialled(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    moves, log = tmp_path / "moves.yaml", tmp_path / "log.db"
    moves.write_text(MOVES, encoding="utf-8")
    assert main(["play", "sakishima-dawn", "--moves", str(moves), "--log", str(log)]) == 0
    capsys.readouterr()
    assert main(["score", str(log)]) == 0
    assert SENTENCE in capsys.readouterr().out
    assert main(["score", str(log), "--json"]) == 0
    consent = json.loads(capsys.readouterr().out)["consent"]
    assert list(consent["initials"]) == ["tokyo", "seoul"]
    assert consent["not_initialled"] == ["washington"]
    assert main(["verify", str(log)]) == 0
    assert consent["hash"][:12] in capsys.readouterr().out
    assert main(["report", str(log), "--format", "md", "-o", str(tmp_path)]) == 0
    [report] = tmp_path.glob("*.md")
    assert "Kim, J. H." in report.read_text(encoding="utf-8")

"""Nobody came: a joint option chosen alone."""

from __future__ import annotations

from typing import Any

from tests.rules.playing import begin, given, name_it, second_phase, tagged

CAME: dict[str, Any] = {"id": "x9", "measure": "nobody-came"}

EXAMPLES: list[dict[str, Any]] = [CAME]
"""What the property tests play with."""

SENTENCES: list[tuple[dict[str, Any], str]] = [
    (
        {"measure": "nobody-came"},
        "An option tagged joint chosen by one team alone: half of each positive point that it gave "
        "is taken off.",
    )
]


def test_a_joint_option_chosen_alone_does_half_its_good() -> None:
    game = second_phase(begin(CAME, decisions=tagged(missile=["joint"])))
    name_it(game, tokyo="missile", seoul="satellite", washington="satellite")
    assert given(game, "x9") == {"tokyo": -1}
    name_it(game, seoul="missile")
    assert given(game, "x9") == {}

"""Free rider: one defers while the others commit."""

from __future__ import annotations

from typing import Any

from tests.rules.playing import begin, given, name_it, second_phase, tagged

FREE: dict[str, Any] = {"id": "x8", "measure": "free-rider", "rode": {"message": -1}}

EXAMPLES: list[dict[str, Any]] = [
    {"id": "x8", "measure": "free-rider", "rode": {"message": -1, "warning": -1}}
]
"""What the property tests play with."""

SENTENCES: list[tuple[dict[str, Any], str]] = [
    (
        {"measure": "free-rider", "rode": {"message": -1}},
        "All teams but one choose an option tagged full, and that one an option tagged defers: −1 on "
        "O4 to that one.",
    )
]


def test_one_that_defers_while_the_others_commit_rides_free() -> None:
    decisions = tagged(missile=["full"], satellite=["defers"])
    game = second_phase(begin(FREE, decisions=decisions))
    name_it(game, tokyo="missile", seoul="missile", washington="satellite")
    assert given(game, "x8") == {"washington": -1}
    game = second_phase(begin(FREE, decisions=decisions))
    name_it(game, tokyo="missile", seoul="satellite", washington="satellite")
    assert given(game, "x8") == {}

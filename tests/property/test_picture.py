"""What was true when probes were opened stays as it was, whatever is played after."""

from __future__ import annotations

from hypothesis import given, settings

from tabletop.exercise import commands as c
from tabletop.exercise.apply import fold
from tabletop.exercise.commands import COMMAND
from tabletop.rules.picture import shared_picture
from tests.game import Game
from tests.property.test_bonus import CONDITIONS
from tests.rules.measured import PLAYS, Plan, measured_scenario

PROBES = [
    {
        "id": f"p{number}",
        "at": "launch",
        "asks": "What is so?",
        "options": [{"text": "This", "when": when}, {"text": "Not this", "when": {"not": when}}],
        "told-by": ["track", "sighting"],
    }
    for number, when in enumerate(CONDITIONS)
]


@given(PLAYS, PLAYS)
@settings(max_examples=25)
def test_a_probe_is_judged_alike_at_any_time_after_it(before: Plan, after: Plan) -> None:
    game = Game(measured_scenario(probes=PROBES)).start().pass_to(360)
    _play(game, before)
    for command in (c.Gate(), c.OpenProbes()):
        game.grant("facilitator", command)
    game.grant("tokyo", c.AnswerProbes(answers={str(probe["id"]): "a" for probe in PROBES}))
    game.grant("seoul", c.AnswerProbes(answers={str(probe["id"]): "unknown" for probe in PROBES}))
    picture = shared_picture(game.state)
    assert all(len(probe.truth) == 1 for probe in picture.probes)
    game.grant("facilitator", c.BeginPhase())
    _play(game, after)
    game.grant("facilitator", c.Endex())
    assert shared_picture(game.state) == shared_picture(fold(game.records)) == picture


def _play(game: Game, plan: Plan) -> None:
    for wait, seat, fields in plan:
        game.do(seat, COMMAND.validate_python(fields), at=game.now + wait)

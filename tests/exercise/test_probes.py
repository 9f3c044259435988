"""Probes at gates: put to every team, answered by each, closed before play goes on; and who saw what."""

from __future__ import annotations

from typing import Any

import pytest

from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.exercise.decide import decide
from tabletop.exercise.describe import describe
from tabletop.exercise.description import Reader
from tabletop.exercise.refusal import Refusal
from tabletop.exercise.view import view
from tabletop.rules.picture import shared_picture
from tabletop.rules.scorefile import picture_words
from tabletop.scenario.scenario import Scenario
from tests.builders import tiny_scenario
from tests.game import Game
from tests.rules.playing import options

TEAMS = ("washington", "tokyo", "seoul")
PROBES: list[dict[str, Any]] = [
    {
        "id": "who-knew",
        "at": "launch",
        "asks": "Who has the track?",
        "options": [
            {"text": "Tokyo", "when": {"held": {"card": "track", "by": "tokyo"}}},
            {"text": "Seoul", "when": {"held": {"card": "track", "by": "seoul"}}},
            {"text": "Washington alone", "when": {"not": {"shared": "track"}}},
        ],
        "told-by": ["track"],
    },
    {
        "id": "siren",
        "at": "launch",
        "asks": "What was sent out?",
        "options": [{"text": "A notice", "when": {"released": "notice"}}, {"text": "A leak"}],
        "told-by": ["notice"],
    },
    {
        "id": "last",
        "at": "end",
        "asks": "Did Tokyo speak?",
        "options": [{"text": "Yes", "when": {"stated": {"by": "tokyo"}}}, {"text": "No"}],
    },
]


def scenario() -> Scenario:
    return tiny_scenario(probes=PROBES)


def at_gate() -> Game:
    game = Game(scenario()).start()
    game.grant("washington", c.Share(card="track", with_=("tokyo",)), at=330)
    game.grant("facilitator", c.Gate(), at=600)
    return game


def answers(**given: str) -> c.AnswerProbes:
    return c.AnswerProbes(answers={name.replace("_", "-"): letter for name, letter in given.items()})


@pytest.fixture
def game() -> Game:
    game = at_gate()
    game.grant("facilitator", c.OpenProbes())
    return game


def test_the_probes_of_a_gate_are_put_to_every_team(game: Game) -> None:
    opened = game.records[-1].event
    assert isinstance(opened, e.ProbesOpened)
    assert [probe.id for probe in opened.probes] == ["who-knew", "siren"]
    assert [(one.id, one.text) for one in opened.probes[0].options] == [
        ("a", "Tokyo"),
        ("b", "Seoul"),
        ("c", "Washington alone"),
    ]
    assert all(view(opened, team) == opened for team in TEAMS)


def test_a_team_sees_its_own_answer_alone(game: Game) -> None:
    [answered] = game.grant("tokyo", answers(who_knew="a"))
    assert view(answered, "tokyo") == answered
    assert view(answered, "seoul") is None
    assert view(answered, "wall", TEAMS) is None


def test_exercise_control_reads_that_a_team_answered_and_not_how(game: Game) -> None:
    [answered] = game.grant("tokyo", answers(who_knew="a"))
    told = describe(answered, Reader({"team": {"tokyo": "Tokyo team"}}))
    assert told.sentence == "Tokyo team answered the probe “Who has the track?”"
    assert not told.passages


def test_an_answer_can_be_changed_until_the_probes_are_closed(game: Game) -> None:
    game.grant("tokyo", answers(who_knew="b"))
    game.grant("tokyo", answers(who_knew="a"))
    game.grant("facilitator", c.CloseProbes())
    assert game.refuse("tokyo", answers(who_knew="b")) == "no-probes"
    [first, _] = shared_picture(game.state).probes
    assert [one.option for one in first.answers] == [None, "a", None]


def test_a_late_answer_is_refused_in_words(game: Game) -> None:
    [closed] = game.grant("clock", c.CloseProbes())
    assert closed == e.ProbesClosed(gate="launch", timed_out=True)
    assert describe(closed, Reader({})).sentence == "The time was over: the probes were closed"
    late = decide(game.state, "tokyo", answers(who_knew="a"), game.state.at)
    assert isinstance(late, Refusal)
    assert late.message == "the probes are closed: this answer comes too late"


def test_the_same_answer_twice_is_recorded_once(game: Game) -> None:
    game.grant("tokyo", answers(who_knew="a"))
    assert game.refuse("tokyo", answers(who_knew="a")) == "nothing-to-do"
    [added] = game.grant("tokyo", answers(who_knew="a", siren="b"))
    assert isinstance(added, e.ProbeAnswered)
    assert (added.probe, added.option) == ("siren", "b")
    [changed] = game.grant("tokyo", answers(who_knew="b", siren="b"))
    assert isinstance(changed, e.ProbeAnswered)
    assert (changed.probe, changed.option) == ("who-knew", "b")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"who_knew": "d"}, "unknown-answer"),
        ({"who_new": "a"}, "unknown-probe"),
        ({"last": "a"}, "unknown-probe"),
    ],
)
def test_answers_to_nothing_are_refused(given: dict[str, str], code: str, game: Game) -> None:
    assert game.refuse("tokyo", answers(**given)) == code


def test_probes_are_opened_once_and_at_their_gate() -> None:
    game = Game(scenario()).start()
    assert game.refuse("facilitator", c.OpenProbes()) == "wrong-stage"
    assert game.refuse("tokyo", answers(who_knew="a")) == "wrong-stage"
    game = at_gate()
    assert game.refuse("tokyo", answers(who_knew="a")) == "no-probes"
    assert game.refuse("tokyo", c.OpenProbes()) == "wrong-seat"
    game.grant("facilitator", c.OpenProbes())
    assert game.refuse("facilitator", c.OpenProbes()) == "no-probes"


def test_play_goes_on_only_after_the_probes_are_closed(game: Game) -> None:
    events = game.grant("facilitator", c.BeginPhase())
    assert [type(event) for event in events] == [e.ProbesClosed, e.PhaseBegan]
    assert not game.state.open_probes


def test_the_last_probes_come_after_endex() -> None:
    game = at_gate()
    game.grant("facilitator", c.BeginPhase())
    game.grant("tokyo", c.State(text="We saw it"), at=700)
    game.grant("facilitator", c.Endex(), at=1200)
    game.grant("facilitator", c.OpenProbes())
    game.grant("seoul", answers(last="a"))
    events = game.grant("facilitator", c.HotWash())
    assert [type(event) for event in events] == [e.ProbesClosed, e.HotWashBegan]
    [last] = shared_picture(game.state).probes
    assert (last.truth, [one.mark for one in last.answers]) == (("Yes",), [0, 0, 1])


def test_the_picture_is_judged_by_the_log(game: Game) -> None:
    game.grant("washington", answers(who_knew="a", siren="a"))
    game.grant("tokyo", answers(who_knew="a", siren="unknown"))
    game.grant("seoul", answers(who_knew="unknown", siren="b"))
    found = shared_picture(game.state)
    assert [probe.truth for probe in found.probes] == [("Tokyo",), ("A notice",)]
    # Seoul never had the track; Tokyo had the notice and says that it does not know.
    assert [[one.mark for one in probe.answers] for probe in found.probes] == [[1, 1, 0.25], [1, 0, 0]]
    assert found.right == pytest.approx(100 * 3.25 / 6)
    assert found.shared == pytest.approx(100 / 6)
    assert [found.team(team) for team in TEAMS] == [100, 50, 12.5]


def test_what_happens_after_a_probe_does_not_change_its_truth(game: Game) -> None:
    game.grant("seoul", answers(who_knew="b"))
    game.grant("facilitator", c.BeginPhase())
    game.grant("washington", c.Share(card="track", with_=("seoul",)), at=700)
    assert shared_picture(game.state).probes[0].truth == ("Tokyo",)


def test_a_probe_to_which_nothing_came_true_does_not_count() -> None:
    probe = PROBES[1] | {"options": [{"text": "A leak", "when": {"released": "leak"}}, {"text": "Nothing"}]}
    game = Game(tiny_scenario(probes=[probe])).start()
    game.grant("facilitator", c.Gate(), at=600)
    game.grant("facilitator", c.OpenProbes())
    game.grant("seoul", answers(siren="a"))
    found = shared_picture(game.state)
    assert (found.right, found.shared) == (None, None)


def test_probes_that_nobody_answered_are_not_answered_rather_than_wrong(game: Game) -> None:
    game.grant("facilitator", c.CloseProbes())
    found = shared_picture(game.state)
    assert not found.answered
    assert (found.right, found.shared, picture_words(found)) == (None, None, "picture not answered")


def test_a_probe_that_nobody_answered_leaves_the_others_as_they_are(game: Game) -> None:
    game.grant("tokyo", answers(who_knew="a"))
    game.grant("facilitator", c.CloseProbes())
    found = shared_picture(game.state)
    assert [probe.counts for probe in found.probes] == [True, False]
    assert found.right == pytest.approx(100 / 3), "those who did not answer one that counts were wrong"


def test_what_changes_after_a_probe_changes_neither_its_truth_nor_whom_it_had_reached() -> None:
    """An amendment keeps only its own time, and a card held in clean form is held anew in its raw one."""
    probe = PROBES[0] | {
        "options": [{"text": "Warned", "when": {"chose": {"alert": ["okinawa"]}}}, {"text": "Not warned"}]
    }
    decisions = options("alert")
    decisions["alert"]["window"] = "20 min"
    game = Game(tiny_scenario(probes=[probe], decisions=decisions)).start()
    game.grant("tokyo", c.Decide(decision="alert", option="okinawa"), at=400)
    game.grant("washington", c.Share(card="track", with_=("seoul",), sanitised=True), at=410)
    game.grant("facilitator", c.Gate(), at=600)
    game.grant("facilitator", c.OpenProbes())
    game.grant("seoul", answers(who_knew="unknown"))
    game.grant("tokyo", answers(who_knew="a"))
    before = shared_picture(game.state)
    assert (before.probes[0].truth, [one.told for one in before.probes[0].answers]) == (
        ("Warned",),
        [True, False, True],
    )
    game.grant("facilitator", c.BeginPhase())
    game.grant("washington", c.Share(card="track", with_=("seoul",)), at=700)
    game.grant("tokyo", c.Decide(decision="alert", option="quiet"), at=710)
    assert shared_picture(game.state) == before

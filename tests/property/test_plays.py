"""Whatever seats ask for, in whatever order: what must hold after every random play."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from tabletop.exercise import events as e
from tabletop.exercise.apply import apply, fold
from tabletop.exercise.commands import COMMAND
from tabletop.exercise.state import Stage
from tabletop.exercise.view import view
from tabletop.rules.scoring import Scorer
from tabletop.store.codec import decode, encode
from tests.builders import TEAMS
from tests.game import Game

SEATS = st.sampled_from([*TEAMS, *TEAMS, "facilitator", "facilitator", "evaluator", "observer", "nobody"])
COURSE = [
    "startex",
    "pausex",
    "resume",
    "gate",
    "phase",
    "emergency",
    "stand-down",
    "endex",
    "hot-wash",
    "close",
]
INJECTS = ["release", "hold", "unhold", "skip", "edit", "address", "inject", "auto", "rate", "jump", "lapse"]
PLAY = ["read", "decide", "propose", "withdraw", "share", "grant", "consult", "answer", "state", "message"]
GATE = ["gate", "ask-self-ratings", "rate-self"]
VERBS = st.sampled_from([*COURSE, *INJECTS, *PLAY, *PLAY, *GATE, "decide", "observe", "adjust", "note"])
FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "inject": st.sampled_from(["notice", "detection", "sighting", "alert-sounds", "complaint", "leak", "x"]),
    "decision": st.sampled_from(["alert", "push-track", "name-it", "x"]),
    "option": st.sampled_from(
        ["both", "confirm-first", "okinawa", "nationwide", "quiet", "missile", "satellite"]
    ),
    "card": st.sampled_from(["track", "flash"]),
    "team": st.sampled_from(TEAMS),
    "objective": st.sampled_from(["share", "warning", "message"]),
    "to": st.lists(st.sampled_from([*TEAMS, "control"]), min_size=1, max_size=3),
    "with": st.lists(st.sampled_from(TEAMS), min_size=1, max_size=3),
    "from": st.sampled_from(TEAMS),
    "title": st.text(min_size=1, max_size=20),
    "text": st.text(min_size=1, max_size=40),
    "label": st.sampled_from(["missile", "satellite"]),
    "rationale": st.text(max_size=20),
    "by": st.sampled_from(["Sato", "Tanaka", ""]),
    "person": st.sampled_from(["", "", "5eed", "f00d"]),
    "reason": st.text(min_size=1, max_size=10),
    "points": st.sampled_from([-1.0, -0.5, 0.5, 1.0, 0.3]),
    "on": st.booleans(),
    "confirm": st.booleans(),
    "sanitised": st.booleans(),
    "onward": st.booleans(),
    "rate": st.sampled_from([1.0, 2.0, 60.0]),
    "ratings": st.dictionaries(st.sampled_from(["share", "warning", "x"]), st.sampled_from("PSMU")),
}
NEEDS: dict[str, list[str]] = {
    "release": ["inject"],
    "hold": ["inject"],
    "unhold": ["inject"],
    "skip": ["inject"],
    "edit": ["inject", "text"],
    "address": ["inject", "to", "confirm"],
    "inject": ["title", "from", "to", "text"],
    "auto": ["on"],
    "rate": ["rate"],
    "lapse": ["decision"],
    "read": ["inject"],
    "decide": ["decision", "option", "rationale"],
    "propose": ["decision", "option", "rationale", "by", "person"],
    "withdraw": ["decision", "by", "person"],
    "share": ["card", "with", "sanitised", "onward"],
    "grant": ["card", "to"],
    "consult": ["with", "text"],
    "answer": ["from", "text"],
    "state": ["text", "label"],
    "message": ["to", "text"],
    "observe": ["text", "team"],
    "adjust": ["team", "objective", "points", "reason"],
    "note": ["text"],
    "rate-self": ["ratings"],
}


@st.composite
def wishes(draw: st.DrawFn) -> tuple[int, str, dict[str, Any]]:
    """Seconds to wait, a seat, and a command that may well be refused."""
    verb = draw(VERBS)
    fields = {name: draw(FIELDS[name]) for name in NEEDS.get(verb, [])}
    if verb == "jump":
        fields["to"] = f"T+{draw(st.integers(0, 25))}"
    return draw(st.integers(0, 90)), draw(SEATS), {"do": verb, **fields}


def play(plan: list[tuple[int, str, dict[str, Any]]]) -> Game:
    """Play a game from STARTEX in which every command of the plan was submitted."""
    game = Game().start()
    for wait, seat, fields in plan:
        if game.state.running:
            game.pass_to(game.now + wait)
        try:
            game.do(seat, COMMAND.validate_python(fields))
        except ValidationError:
            continue
    return game


PLANS = st.lists(wishes(), max_size=60)
NEXT = {
    Stage.READY: {Stage.RUNNING, Stage.EMERGENCY},
    Stage.RUNNING: {Stage.PAUSED, Stage.GATE, Stage.EMERGENCY, Stage.ENDED},
    Stage.PAUSED: {Stage.RUNNING, Stage.GATE, Stage.EMERGENCY, Stage.ENDED},
    Stage.GATE: {Stage.RUNNING, Stage.EMERGENCY, Stage.ENDED},
    Stage.EMERGENCY: {Stage.READY, Stage.PAUSED, Stage.GATE, Stage.ENDED, Stage.HOT_WASH},
    Stage.ENDED: {Stage.HOT_WASH, Stage.CLOSED, Stage.EMERGENCY},
    Stage.HOT_WASH: {Stage.CLOSED, Stage.EMERGENCY},
    Stage.CLOSED: set(),
}


@given(PLANS)
def test_folding_the_log_gives_the_live_state(plan: list[Any]) -> None:
    game = play(plan)
    assert fold(game.records) == game.state


@given(PLANS)
def test_every_record_comes_back_from_the_codec(plan: list[Any]) -> None:
    for record in play(plan).records:
        assert decode(encode(record)) == record


@given(PLANS)
def test_no_sequence_of_commands_leaves_an_illegal_state(plan: list[Any]) -> None:
    game = play(plan)
    for before, after in pairwise(game.records):
        assert after.seq == before.seq + 1
        assert after.at >= before.at
    stages = [Stage.READY]
    running = fold(game.records[:1])
    for record in game.records[1:]:
        running = apply(running, record)
        if running.stage is not stages[-1]:
            assert running.stage in NEXT[stages[-1]]
            stages.append(running.stage)
        for asked in running.decisions.values():
            assert not (asked.lapsed and asked.option is not None)
            assert asked.option is None or asked.option in asked.options
        assert all(set(known.reads) <= set(known.to or ()) for known in running.injects.values())


@given(PLANS)
def test_incremental_and_full_scoring_agree(plan: list[Any]) -> None:
    game = play(plan)
    live = Scorer(game.state.script.scenario)
    state = fold(game.records[:1])
    live.see(game.records[0], state)
    for record in game.records[1:]:
        state = apply(state, record)
        live.see(record, state)
    card = game.score()
    assert live.scorecard() == card
    for goal in card.objectives:
        for team in goal.teams.values():
            assert team.score is None or 0 <= team.score <= 100
            assert team.worst <= team.earned <= team.best
        assert goal.score is None or 0 <= goal.score <= 100


@given(PLANS, st.sampled_from(TEAMS))
@settings(max_examples=60)
def test_nothing_a_team_is_shown_names_traffic_between_others(plan: list[Any], team: str) -> None:
    game = play(plan)
    for record in game.records:
        seen = view(record.event, team)
        if seen is None:
            continue
        assert team_may_know(record.event, team), record.event
        assert getattr(seen, "due", None) is None or isinstance(seen, e.DecisionPresented)
        if isinstance(seen, e.InjectReleased):
            assert seen.to == (team,)
            assert all(paragraph.to == (team,) for paragraph in seen.additions)
            assert seen.code == ""
        if isinstance(seen, e.CardShared | e.ConsultRequested | e.MessageSent) and seen.by != team:
            assert seen.to == (team,)


@given(PLANS)
def test_g9_the_wall_is_shown_nothing_that_not_every_team_is_shown(plan: list[Any]) -> None:
    game = play(plan)
    for record in game.records:
        shown = view(record.event, "wall", TEAMS)
        if shown is None:
            continue
        for team in TEAMS:
            theirs = view(record.event, team)
            assert theirs is not None, record.event
            assert told(shown) <= told(theirs)


def told(event: e.Event) -> set[tuple[str, str]]:
    """Return the fields of an event that are not empty, except its addressees."""
    fields = event.model_dump(exclude={"to", "additions"})
    if isinstance(event, e.InjectReleased):
        fields |= {f"addition {n}": part.text for n, part in enumerate(event.additions)}
    return {
        (name.partition(" ")[0], str(value)) for name, value in fields.items() if value not in ("", None, ())
    }


def team_may_know(event: e.Event, team: str) -> bool:
    """Said again here, from the event's own words: it is public, or names the team as actor or receiver."""
    public = (
        e.ExerciseStarted
        | e.PlayPaused
        | e.PlayResumed
        | e.RateChanged
        | e.TimeJumped
        | e.GateReached
        | e.PhaseBegan
        | e.EmergencyDeclared
        | e.EmergencyCleared
        | e.ExerciseEnded
        | e.HotWashBegan
        | e.ExerciseClosed
        | e.StatementMade
        | e.RulesShown
        | e.RulesInitialled
        | e.ProbesOpened
        | e.ProbesClosed
        | e.SelfRatingsAsked
    )
    named = {getattr(event, "team", None), getattr(event, "by", None)}
    to = getattr(event, "to", ())
    named |= set(to) if isinstance(to, tuple) else {to}
    private = isinstance(event, e.ObservationMade | e.ScoreAdjusted | e.InjectReaddressed | e.InjectAdded)
    return isinstance(event, public) or (team in named and not private)

"""Headless play: moves at their times, the order of one moment, refusals, the recorded games."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tabletop.exercise import events as e
from tabletop.host.session import Session
from tabletop.playthrough.demonstration import Demonstration
from tabletop.playthrough.moves import Move, parse_moves, read_moves
from tabletop.playthrough.play import MoveRefusedError, Playthrough
from tabletop.rules.scorefile import to_data
from tabletop.rules.scoring import score_log
from tabletop.scenario.library import find_scenario
from tabletop.scenario.linking import load_scenario
from tabletop.scenario.problems import ProblemsFound
from tabletop.scenario.scenario import Entry, Scenario
from tabletop.store.memory import MemoryLog
from tabletop.system.clock import VirtualTime
from tests.builders import tiny_scenario
from tests.goldens import golden

GAMES = ("cooperative", "naive", "go-it-alone", "silent")


def moves(text: str) -> list[Move]:
    file = parse_moves(text, "moves.yaml")
    if file.problems:
        raise ProblemsFound(file.problems)
    return list(file.moves)


def begin(scenario: Scenario, seed: int = 0) -> tuple[Session, VirtualTime]:
    time = VirtualTime()
    return (
        Session.begin(MemoryLog(), scenario, name="Play", seed=seed, time=time.source(), mark_every=None),
        time,
    )


def play(text: str, scenario: Scenario | None = None) -> Session:
    session, time = begin(scenario or tiny_scenario())
    Playthrough(session, time, moves(text)).run()
    return session


def times(session: Session, kind: type) -> list[int]:
    return [record.at for record in session.records if isinstance(record.event, kind)]


def test_injects_go_out_exactly_when_due_and_the_exercise_ends_at_its_length() -> None:
    session = play("[]")
    assert times(session, e.InjectReleased) == [0, 300, 360]
    assert times(session, e.ExerciseEnded) == [1200]


def test_a_move_at_the_moment_of_a_gate_is_made_before_it() -> None:
    session = play("- {at: T+10, seat: tokyo, do: decide, decision: D2, option: quiet}")
    assert session.state.decisions["alert", "tokyo"].option == "quiet"
    assert times(session, e.GateReached) == [600]


def test_a_move_at_the_moment_of_an_inject_is_made_after_it() -> None:
    session = play("- {at: T+5, seat: washington, do: share, card: C1, with: [tokyo]}")
    assert times(session, e.CardShared) == [300]


@pytest.mark.parametrize("rate", [0.5, 7, 60])
def test_every_second_is_exact_whatever_the_rate(rate: float) -> None:
    session = play(
        f"- {{at: T+1, seat: facilitator, do: rate, rate: {rate}}}\n"
        "- {at: T+5:07, seat: washington, do: share, card: track, with: [tokyo]}"
    )
    assert times(session, e.CardShared) == [307]
    assert times(session, e.InjectReleased)[:2] == [0, 300]


def test_words_are_ids_or_codes_in_any_case() -> None:
    session = play(
        "- {at: T+6, seat: washington, do: decide, decision: d1, option: D1B}\n"
        "- {at: T+7, seat: facilitator, do: adjust, team: tokyo, objective: o5, points: 1, reason: r}\n"
        "- {at: T+7, seat: facilitator, do: observe, about: K3, text: seen}\n"
        "- {at: T+8, seat: facilitator, do: release, inject: k6}"
    )
    assert session.state.decisions["push-track", "washington"].option == "confirm-first"
    assert session.state.inject("leak").released_at == 480


@pytest.mark.parametrize("written", ["all", "[all]"])
def test_all_stands_for_every_other_team(written: str) -> None:
    session = play(f"- {{at: T+5:07, seat: washington, do: share, card: track, with: {written}}}")
    shared = [record.event for record in session.records if isinstance(record.event, e.CardShared)]
    assert [set(event.to) for event in shared] == [{"tokyo", "seoul"}]


def test_a_code_may_be_a_whole_number() -> None:
    [move] = moves("- {at: T+6, seat: washington, do: decide, decision: 1, option: 2}")
    assert move.fields == {"do": "decide", "decision": "1", "option": "2"}


def test_an_ad_hoc_inject_is_named_by_the_code_it_got() -> None:
    session = play(
        "- {at: T+1, seat: facilitator, do: inject, title: A, from: B, to: tokyo, text: C, release: false}\n"
        "- {at: T+2, seat: facilitator, do: release, inject: X1}\n"
        "- {at: T+3, seat: tokyo, do: read, inject: X1}"
    )
    assert times(session, e.InjectRead) == [180]


def test_a_refused_move_stops_the_run_with_its_line_and_the_reason() -> None:
    with pytest.raises(MoveRefusedError, match=r"moves\.yaml:2: move 2, share by tokyo at T\+2: this"):
        play(
            "- {at: T+1, seat: tokyo, do: state, text: a}\n"
            "- {at: T+2, seat: tokyo, do: share, card: C1, with: [seoul]}"
        )


def test_refusals_can_be_kept_and_play_goes_on() -> None:
    session, time = begin(tiny_scenario())
    refused: list[str] = []
    plan = moves(
        "- {at: T+1, seat: nowhere, do: state, text: a}\n"
        "- {at: T+2, seat: tokyo, do: share, card: C9, with: [seoul]}\n"
        "- {at: T+3, seat: tokyo, do: state, text: b}"
    )
    Playthrough(session, time, plan, refused=lambda move: refused.append(str(move))).run()
    assert len(refused) == 2
    assert "no card 'C9'" in refused[1]
    assert times(session, e.StatementMade) == [180]


def test_the_whole_course_may_be_given_as_moves() -> None:
    session = play(
        "- {at: T+2, seat: facilitator, do: pausex}\n"
        "- {at: T+2, seat: facilitator, do: resume}\n"
        "- {at: T+3, seat: facilitator, do: gate}\n"
        "- {at: T+3, seat: facilitator, do: phase}\n"
        "- {at: T+11, seat: facilitator, do: endex}\n"
        "- {at: T+12, seat: facilitator, do: hot-wash}\n"
        "- {at: T+13, seat: facilitator, do: close}"
    )
    assert times(session, e.ExerciseEnded) == [660]
    assert str(session.state.stage) == "closed"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a: 1", "a moves file is one list"),
        ("- 5", "a move is a mapping"),
        ("- {at: T+1, seat: tokyo}", "'do' is missing"),
        ("- {at: T+1, seat: tokyo, do: stat, text: a}", "did you mean 'state'?"),
        ("- {at: 12:30, seat: tokyo, do: state, text: a}", "a game time is written"),
        ("- {at: T+1, seat: tokyo, do: share, crd: K1, with: [seoul]}", "'crd' is not a key"),
    ],
)
def test_moves_that_are_not_moves_are_refused_with_their_place(text: str, says: str) -> None:
    with pytest.raises(ProblemsFound) as found:
        moves(text)
    assert found.value.message.startswith("moves.yaml:1:")
    assert says in found.value.message


def test_json_lines_are_moves_too(tmp_path: Path) -> None:
    path = tmp_path / "moves.jsonl"
    path.write_text(
        '{"at": "T+1", "seat": "tokyo", "do": "state", "text": "é\\ud83d\\ude00"}\n\n', encoding="utf-8"
    )
    assert read_moves(path)[0].fields["text"] == "é😀"
    path.write_text('{"at": NaN}\n{"a": 1, "a": 2}\n[[', encoding="utf-8")
    with pytest.raises(ProblemsFound) as found:
        read_moves(path)
    assert [problem.line for problem in found.value.problems] == [1, 2, 3]


@pytest.fixture(scope="module")
def flagship() -> Scenario:
    return load_scenario(find_scenario("sakishima-dawn")).scenario


def recorded(game: str) -> list[Move]:
    return read_moves(find_scenario("sakishima-dawn").parent / "games" / f"{game}.yaml")


@pytest.mark.parametrize("game", GAMES)
def test_recorded_games_play_without_refusal_to_their_golden_scores(flagship: Scenario, game: str) -> None:
    session, time = begin(flagship)
    Playthrough(session, time, recorded(game)).run()
    data = to_data(score_log(session.records))
    text = json.dumps(data, indent=1, ensure_ascii=False) + "\n"
    assert text == golden(f"scores/{game}.json", text)


def test_the_recorded_games_stand_in_the_order_of_their_judgement(flagship: Scenario) -> None:
    """Asking for its own sake is better than silence, and less good than knowing whom to ask for what."""

    def overall(game: str) -> float:
        session, time = begin(flagship)
        Playthrough(session, time, recorded(game)).run()
        return score_log(session.records).overall or 0.0

    silent, alone, naive, cooperative = map(overall, ("silent", "go-it-alone", "naive", "cooperative"))
    assert silent < alone < naive < cooperative
    assert cooperative >= naive + 4


def test_a_demonstration_plays_the_same_game_at_any_speed(flagship: Scenario) -> None:
    session, time = begin(flagship)
    Playthrough(session, time, recorded("cooperative")).run()
    shown, shown_time = begin(flagship)
    now = 0.0
    demonstration = Demonstration(shown, shown_time, recorded("cooperative"), speed=97, monotonic=lambda: now)
    for _ in range(400):
        demonstration.tick()
        now += 0.25
    assert [record.event for record in shown.records] == [record.event for record in session.records]


def test_what_follows_something_goes_out_exactly_after_its_delay() -> None:
    scenario = tiny_scenario()
    first, *_ = scenario.timeline
    late = Entry(id="late", inject=first.inject, after=first.id).model_copy(update={"delay": 95})
    session = play("[]", scenario.model_copy(update={"timeline": (*scenario.timeline, late)}))
    assert session.state.inject("late").released_at == 95


def test_options_that_teams_talk_about_first_open_to_the_second_and_moves_may_open_them_early() -> None:
    scenario = tiny_scenario()
    alert = scenario.decisions["alert"].model_copy(update={"talk_first": "Who would ask you why?"})
    scenario = scenario.model_copy(update={"decisions": {**scenario.decisions, "alert": alert}})
    assert 405 in times(play("[]", scenario), e.DecisionPresented)
    early = play("- {at: T+6:10, seat: facilitator, do: open, decision: D2}", scenario)
    assert 370 in times(early, e.DecisionPresented)
    with pytest.raises(MoveRefusedError, match=r"D2 opens at T\+6:45: talk about it first"):
        play("- {at: T+6:10, seat: tokyo, do: decide, decision: D2, option: quiet}", scenario)


def test_moves_decide_in_a_team_s_own_words_and_judge_them_by_codes() -> None:
    def judged(how: str) -> Session:
        written = "- {at: T+7, seat: tokyo, do: decide, decision: D2, words: Islands only}"
        judge = "- {at: T+8, seat: facilitator, do: judge, decision: D2, team: tokyo, "
        return play(f"{written}\n{judge}{how}}}")

    session = judged("good: {O5: They hear it}")
    [mark] = [entry for entry in score_log(session.records).ledger if "control judged" in entry.reason]
    assert (mark.objective, mark.points) == ("warning", 1)
    assert judged("as: quiet").state.decisions["alert", "tokyo"].option == "quiet"
    with pytest.raises(MoveRefusedError, match="the mark on O5 has no reason"):
        judged("bad: {O5: ''}")
    with pytest.raises(ProblemsFound, match="own 'words'"):
        play("- {at: T+7, seat: tokyo, do: decide, decision: D2}")

"""A moves file with mistakes: all of them at once, each with its place and what to write."""

from pathlib import Path

import pytest

from tabletop.cli.main import main
from tabletop.playthrough.moves import parse_moves
from tabletop.playthrough.reader import MoveReader
from tabletop.scenario.problems import Problem
from tests.builders import tiny_scenario
from tests.scenario.authoring import at, write

pytestmark = pytest.mark.newcomer

GOOD = "- {at: T+1, seat: tokyo, do: state, text: a}\n"


def mistakes(text: str) -> list[Problem]:
    file = parse_moves(text, "moves.yaml")
    unknown = MoveReader(tiny_scenario()).problems(file.moves)
    return sorted([*file.problems, *file.doubts, *unknown], key=lambda one: (one.line, one.column))


@pytest.mark.parametrize(
    ("written", "code", "pointed", "hint"),
    [
        ("- {at: 12:30, seat: tokyo, do: state, text: a}", "bad-value", "12:30", None),
        ("- {at: T+1, seat: tokyo, do: stat, text: a}", "unknown-kind", "stat,", "did you mean 'state'?"),
        ("- {at: T+1, sat: tokyo, do: state, text: a}", "unknown-key", "sat:", "did you mean 'seat'?"),
        (
            "- {at: T+1, seat: tokyo, do: share, crd: C1, with: all}",
            "unknown-key",
            "crd",
            "did you mean 'card'?",
        ),
        ("- {at: T+1, seat: tokio, do: state, text: a}", "unknown-team", "tokio", "did you mean tokyo?"),
        (
            "- {at: T+1, seat: tokyo, do: share, card: C1, with: [seoul, washingtn]}",
            "unknown-team",
            "washingtn]",
            "did you mean washington?",
        ),
        (
            "- {at: T+1, seat: tokyo, do: share, card: trakc, with: all}",
            "unknown-card",
            "trakc",
            "did you mean track?",
        ),
        (
            "- {at: T+1, seat: tokyo, do: decide, decision: alrt, option: x}",
            "unknown-decision",
            "alrt",
            "did you mean alert?",
        ),
        (
            "- {at: T+1, seat: tokyo, do: decide, decision: D2, option: queit}",
            "unknown-option",
            "queit",
            "did you mean quiet?",
        ),
        (
            "- {at: T+1, seat: facilitator, do: release, inject: laek}",
            "unknown-inject",
            "laek",
            "did you mean leak?",
        ),
        ("- {at: T+1, seat: evaluator, do: observe, about: alrt, text: a}", "unknown-inject", "alrt", None),
        (
            "- {at: T+1, seat: facilitator, do: judge, decision: D2, team: tokyo, good: {warnin: They hear}}",
            "unknown-objective",
            "warnin:",
            "did you mean warning?",
        ),
        (
            "- {at: T+20, seat: tokyo, do: rate-self, ratings: {warnin: S}}",
            "unknown-objective",
            "warnin:",
            "did you mean warning?",
        ),
        ("- {at: T+20, seat: tokyo, do: rate-self, ratings: {warning: A}}", "unknown-value", "A}", None),
        (
            "- {at: T+1, seat: tokyo, do: state, text: Unit #4 saw it}",
            "text-cut",
            "#4",
            'write: - {at: T+1, seat: tokyo, do: state, text: "Unit #4 saw it"}',
        ),
        (
            "- {at: T+1, seat: tokyo, text: Unit #4 saw it, do: state}",
            "text-cut",
            "#4",
            'write: - {at: T+1, seat: tokyo, text: "Unit #4 saw it", do: state}',
        ),
        (
            "- at: T+1\n  seat: tokyo\n  do: state\n  text: Unit #4 saw it",
            "text-cut",
            "#4",
            'write text: "Unit #4 saw it"',
        ),
        (
            "- at: T+1\n  seat: tokyo\n  do: state\n  text: “Hello”",
            "curly-quotes",
            "“Hello”",
            'write text: "Hello"; to show them, put straight quotes around them',
        ),
        ("- {at: T+1, seat: tokyo, do: state, text: a, and b}", "text-ended", "and b", None),
        ('- {at: T+1, seat: tokyo, do: state, text: "a}', "unclosed-quote", '"a}', "add the closing quote"),
        (
            "- {at: T+1, seat：tokyo, do: state, text: a}",
            "full-width-colon",
            "seat：tokyo",
            "write: - {at: T+1, seat: tokyo, do: state, text: a}",
        ),
        ("- 5", "not-a-move", "5", None),
    ],
)
def test_each_mistake_is_named_where_it_stands(
    written: str, code: str, pointed: str, hint: str | None
) -> None:
    (problem,) = mistakes(f"{GOOD}{written}\n{GOOD}")
    assert (problem.code, at(problem)[: len(pointed)]) == (code, pointed)
    assert problem.line == 2 + at_line(written, pointed)
    if hint is not None:
        assert problem.hint == hint


def at_line(written: str, pointed: str) -> int:
    return written[: written.index(pointed)].count("\n")


def test_no_mistake_hides_another() -> None:
    """Neither a line that YAML cannot read, nor a move without a seat, nor a word that is unknown."""
    text = (
        "- {at: T+1, seat: tokio, do: state, text: a}\n"
        "- {at: T+2, seat: tokyo, do: state, text: this: that}\n"
        "- {at: T+3, seat: tokyo, do: share, crd: C1, with: all}\n"
        '- {at: T+4, seat: tokyo, do: state, text: "a}\n'
        "- {at: T+5, seat: tokyo, do: share, card: K99, with: [x]}\n"
    )
    found = mistakes(text)
    assert [(one.line, one.code) for one in found] == [
        (1, "unknown-team"),
        (2, "unclosed-bracket"),
        (3, "unknown-key"),
        (4, "unclosed-quote"),
        (5, "unknown-card"),
        (5, "unknown-team"),
    ]
    assert "in item 3" in found[2].message


def test_a_comment_beside_a_word_is_left_alone() -> None:
    assert (
        mistakes("- at: T+1 #early\n  seat: tokyo #x\n  do: share #y\n  card: C1 #z\n  with: all #w\n") == []
    )


def test_an_inject_that_the_moves_write_themselves_is_not_unknown() -> None:
    release = "- {at: T+2, seat: facilitator, do: release, inject: X1}\n"
    write_it = (
        "- {at: T+1, seat: facilitator, do: inject, title: A, from: B, to: tokyo, text: C, release: false}\n"
    )
    assert mistakes(write_it + release) == []
    assert [one.code for one in mistakes(release)] == ["unknown-inject"]


def test_all_refusals_are_shown_with_their_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    moves, log = tmp_path / "moves.yaml", tmp_path / "log.db"
    moves.write_text(
        "- {at: T+1, seat: norland, do: pausex}\n"
        "- {at: T+2, seat: norland, do: state, text: a}\n"
        "- {at: T+3, seat: sudland, do: share, card: K1, with: norland}\n",
        encoding="utf-8",
    )
    command = ["play", str(write(tmp_path)), "--moves", str(moves), "--log", str(log)]
    assert main(command) == 1
    said = capsys.readouterr().err
    assert "moves.yaml:1:3: error: move 1, pausex by norland at T+1: 'pausex' is for exercise" in said
    assert "moves.yaml:3:3: error: move 3, share by sudland at T+3: this team does not hold that card" in said
    assert "hint: give it a time after the inject or the share that brings the card to this team; or" in said
    assert "this may follow from a move above" in said.split("moves.yaml:3:3")[1]
    assert "2 errors" in said
    assert not log.exists()


AT_GATE = "- {at: T+20, seat: facilitator, do: gate}\n"


@pytest.mark.parametrize(
    ("text", "refused", "remedy"),
    [
        (
            AT_GATE + "- {at: T+20, seat: norland, do: state, text: We know}\n",
            "move 2, state by norland at T+20",
            "begin the next phase first: '{at: …, seat: facilitator, do: phase}'",
        ),
        (
            "- {at: T+1, seat: facilitator, do: phase}\n",
            "move 1, phase by facilitator at T+1",
            "pass the gate first: '{at: …, seat: facilitator, do: gate}'",
        ),
        (
            "- {at: T+1, seat: norland, do: answer-probes, answers: {who: a}}\n",
            "move 1, answer-probes by norland at T+1",
            "then 'do: open-probes'",
        ),
        (
            "- {at: T+1, seat: norland, do: rate-self, ratings: {O1: S}}\n",
            "move 1, rate-self by norland at T+1",
            "then 'do: ask-self-ratings'",
        ),
        (
            AT_GATE + "- {at: T+20, seat: norland, do: rate-self, ratings: {O1: S}}\n",
            "move 2, rate-self by norland at T+20",
            "ask for them first: '{at: …, seat: facilitator, do: ask-self-ratings}', at that gate",
        ),
        (
            AT_GATE
            + "- {at: T+20, seat: facilitator, do: ask-self-ratings}\n"
            + "- {at: T+20, seat: norland, do: rate-self, ratings: {}}\n",
            "move 3, rate-self by norland at T+20",
            "rate at least one objective: P, S, M or U",
        ),
        (
            "- {at: T+1, seat: facilitator, do: pausex}\n"
            "- {at: T+1, seat: norland, do: state, text: We know}\n",
            "move 2, state by norland at T+1",
            "resume play first",
        ),
        (
            "- {at: T+1, seat: norland, do: decide, decision: D2, option: a}\n",
            "move 1, decide by norland at T+1",
            "give it a time after the inject that asks this team the decision",
        ),
    ],
)
def test_a_refused_move_is_named_with_what_would_make_it_right(
    text: str, refused: str, remedy: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    moves = tmp_path / "moves.yaml"
    moves.write_text(text, encoding="utf-8")
    command = ["play", str(write(tmp_path)), "--moves", str(moves), "--log", str(tmp_path / "log.db")]
    assert main(command) == 1
    said = capsys.readouterr().err
    assert refused in said
    assert remedy in said


def test_a_message_to_the_facilitator_goes_to_control() -> None:
    (problem,) = mistakes("- {at: T+1, seat: tokyo, do: message, to: facilitator, text: Help}")
    assert problem.hint == "did you mean 'control'? That is exercise control"


def test_a_card_without_a_clean_form_is_not_shared_in_one() -> None:
    share = "- {{at: T+6, seat: seoul, do: share, card: {}, with: tokyo, clean: true}}"
    assert mistakes(share.format("C1")) == []
    (problem,) = mistakes(share.format("C2"))
    assert problem.message == "there is no clean form of card 'C2'"
    assert problem.hint == "leave out 'clean: true', or give the card a 'clean' text"

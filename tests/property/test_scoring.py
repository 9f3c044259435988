"""Scores of random plays: however they are reached, they are the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations, pairwise

from hypothesis import given, settings

from tabletop.exercise import events as e
from tabletop.exercise.apply import apply, fold
from tabletop.exercise.events import Record
from tabletop.rules.alternatives import single_changes
from tabletop.rules.refolding import refold_each
from tabletop.rules.scoring import Scorecard, Scorer, score_log
from tests.builders import TEAMS
from tests.rules.measured import PLAYS, Plan, measured_scenario, play, shifted
from tests.rules.refolding import refold

Thing = tuple[str, ...]


@given(PLAYS)
def test_incremental_forked_and_full_scoring_agree_with_a_rule_of_every_kind(plan: Plan) -> None:
    game, _ = play(plan)
    live = Scorer(measured_scenario())
    state = fold(game.records[:1])
    live.see(game.records[0], state)
    forks: list[Scorer] = [live.fork()]
    states = [state]
    for record in game.records[1:]:
        state = apply(state, record)
        live.see(record, state)
        forks.append(live.fork())
        states.append(state)
        assert live.scorecard() == forks[-1].scorecard()
    card = score_log(game.records)
    assert live.scorecard() == card
    # A fork taken anywhere ends where the whole ended, and what came after it was none of its business.
    middle = len(game.records) // 2
    fork = forks[middle]
    assert fork.scorecard() == score_log(game.records[: middle + 1])
    for record, after in zip(game.records[middle + 1 :], states[middle + 1 :], strict=True):
        fork.see(record, after)
    assert fork.scorecard() == card
    for goal in card.objectives:
        for standing in goal.teams.values():
            assert standing.worst <= standing.earned <= standing.best


@given(PLAYS)
@settings(max_examples=25)
def test_folding_only_what_an_edit_could_reach_gives_what_folding_everything_gives(plan: Plan) -> None:
    game, _ = play(plan)
    edits = [change.edit for change in single_changes(game.records)]
    quick = dict(refold_each(game.records, edits))
    own = score_log(game.records)
    for number, edit in enumerate(edits):
        card = refold(game.records, edit)
        assert (card is None) == (number not in quick)
        assert card is None or shifted(own, quick[number]) == card.objectives


@given(PLAYS)
def test_the_order_of_what_teams_did_in_the_same_second_changes_no_score_unless_one_needs_the_other(
    plan: Plan,
) -> None:
    """Two moves may change places if they were made one right after the other, in the same game second, by
    different teams, and neither touches what the other reads or touches (`_touches` says what that is).
    """
    game, granted = play(plan)
    card = score_log(game.records)
    for first, second in pairwise(granted):
        if not _may_change_places(first, second):
            continue
        start, end = first[0].seq - 1, second[-1].seq
        swapped = [*game.records[:start], *second, *first, *game.records[end:]]
        other = score_log([_numbered(record, seq) for seq, record in enumerate(swapped, 1)])
        assert _points(other) == _points(card)
        assert other.objectives == card.objectives
        assert other.capital == card.capital


@given(PLAYS)
def test_what_members_of_a_team_propose_changes_no_score(plan: Plan) -> None:
    game, _ = play(plan)
    said = [record for record in game.records if not isinstance(record.event, e.OptionProposed)]
    card, without = (
        score_log(game.records),
        score_log([_numbered(record, seq) for seq, record in enumerate(said, 1)]),
    )
    assert _points(without) == _points(card)
    assert without.objectives == card.objectives
    assert without.capital == card.capital


def _may_change_places(first: Sequence[Record], second: Sequence[Record]) -> bool:
    adjoining = first[-1].seq + 1 == second[0].seq
    if not adjoining or first[0].at != second[0].at or first[0].seat == second[0].seat:
        return False
    (reads, writes), (also_reads, also_writes) = _touches(first), _touches(second)
    return not (writes & (also_reads | also_writes) or also_writes & reads)


def _touches(records: Sequence[Record]) -> tuple[set[Thing], set[Thing]]:
    """Return what a move reads and what it changes, as far as a rule can see.

    Two capitals may decide the same question in either order. To speak in public reads whom one has
    consulted. To share a card reads who holds it and under what leave, and changes both for the receivers.
    """
    reads: set[Thing] = set()
    writes: set[Thing] = set()
    for record in records:
        match record.event:
            case e.DecisionRecorded(decision=name, team=team) | e.AnswerWritten(decision=name, team=team):
                writes.add(("decision", name, team))
            case e.AnswerJudged(decision=name, team=team):
                writes.add(("decision", name, team))
            case e.CardShared(by=by, to=to, card=card):
                reads |= {("hand", by, card), ("leave", by, card)}
                writes |= {(kind, team, card) for team in to for kind in ("hand", "leave")}
            case e.ConsultRequested(consult=name):
                writes.add(("consultation", name))
            case e.ConsultAnswered(consult=name, by=by, to=to_one):
                reads.add(("consultation", name))
                writes.add(("talk", *sorted((by, to_one))))
            case e.ConsultImplied(by=by, to=to):
                writes |= {("talk", *sorted((by, team))) for team in to}
            case e.StatementMade(by=by):
                reads |= {("talk", *pair) for pair in combinations(sorted(TEAMS), 2) if by in pair}
    return reads, writes


def _numbered(record: Record, seq: int) -> Record:
    return record.model_copy(update={"seq": seq})


def _points(card: Scorecard) -> Counter[tuple[str, str, float, str]]:
    return Counter((entry.team, entry.objective, entry.points, entry.rule) for entry in card.ledger)


def test_the_plays_meet_every_rule() -> None:
    """The strategy above would prove nothing if no rule ever gave points."""
    seen: set[str] = set()

    @given(PLAYS)
    @settings(max_examples=150, derandomize=True, database=None)
    def look(plan: Plan) -> None:
        game, _ = play(plan)
        seen.update(entry.rule for entry in score_log(game.records).ledger)

    look()
    assert {rule.id for rule in measured_scenario().rules} <= seen

"""What events are about: which of them a change to what teams did could reach at all.

Two events that share no topic cannot make a rule judge one of them otherwise because of the other. What the
state of the exercise keeps together is said here. What a kind of rule judges together besides, it says itself
(`RuleKind.topics`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypeAlias

from tabletop.exercise import events as e

Topic: TypeAlias = tuple[str, str]
"""A sort of subject, and which one of it: ``("card", "track")``."""

PHASE_CHANGES: Final = (e.ExerciseStarted, e.GateReached, e.PhaseBegan, e.ExerciseEnded)
"""Part of every change's reach: much is kept by phase, or judged when one ends."""
PHASE_ENDS: Final = (e.GateReached, e.ExerciseEnded)


def state_topics(event: e.Event) -> Iterator[Topic]:
    """Yield what the event changes in the state: a decision, a card, a team's voice, an entry."""
    match event:
        case e.DecisionPresented(decision=name) | e.DecisionRecorded(decision=name):
            yield "decision", name
        case e.DecisionLapsed(decision=name) | e.DiscussionBegan(decision=name):
            yield "decision", name
        case e.AnswerWritten(decision=name) | e.AnswerJudged(decision=name):
            yield "decision", name
        case e.OptionsLocked(decision=name) | e.OptionUnlocked(decision=name):
            yield "decision", name
        case e.DiscussionClosed(decision=name):
            yield "decision", name
        case e.CardReceived(card=card) | e.CardShared(card=card) | e.LeaveGranted(card=card):
            yield "card", card
        case e.ConsultRequested(by=by, to=to) | e.ConsultImplied(by=by, to=to):
            yield from (("voice", team) for team in (by, *to))
        case e.ConsultAnswered(by=by, to=asker):
            yield "voice", by
            yield "voice", asker
        case e.StatementMade():
            yield "voice", event.by
            about = event.decision or event.about
            if about is not None:
                yield "decision", about
        case e.InjectReleased(entry=entry):
            yield "entry", entry

"""What members of a team proposed before it decided."""

from __future__ import annotations

from collections.abc import Mapping

from tabletop.exercise import events as e
from tabletop.exercise.events import Record
from tabletop.exercise.state import proposer_key
from tabletop.report.history import History
from tabletop.report.model.play import Proposed
from tabletop.scenario.quantities import Moment

Asked = tuple[str, str]
"""A decision and the team it was put to."""


def proposals(history: History) -> Mapping[Asked, tuple[Proposed, ...]]:
    """Return every proposal, by question, in the order in which they were made; those taken back too."""
    made: dict[Asked, list[tuple[Record, e.OptionProposed]]] = {}
    for record, event in history.of(e.OptionProposed):
        made.setdefault((event.decision, event.team), []).append((record, event))
    stand = {stands.seq for stands in history.state.proposals.values()}
    replaced = {
        earlier.seq
        for asked in made.values()
        for index, (earlier, first) in enumerate(asked)
        if any(_who(second) == _who(first) for _, second in asked[index + 1 :])
    }
    return {
        asked: tuple(_proposed(history, record, event, stand, replaced) for record, event in found)
        for asked, found in made.items()
    }


def _who(event: e.OptionProposed) -> str:
    return proposer_key(event.person, event.name)


def _proposed(
    history: History, record: Record, event: e.OptionProposed, stand: set[int], replaced: set[int]
) -> Proposed:
    decided = history.state.decisions[event.decision, event.team]
    stands = record.seq in stand
    return Proposed(
        at=Moment(record.at),
        option=event.option,
        text=event.text,
        rationale=event.rationale,
        by=None if history.anonymous else event.name,
        office=None if history.anonymous else event.office,
        fate="stood" if stands else "replaced" if record.seq in replaced else "withdrawn",
        taken=stands and (decided.option == event.option if event.option else decided.words == event.text),
        evidence=(record.seq,),
    )

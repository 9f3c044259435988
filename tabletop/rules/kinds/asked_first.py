"""Asked first: had a team and every partner asked and answered before it first spoke in public in a phase?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from typing import Final, NamedTuple, Self

from immutables import Map

from tabletop.exercise import events as e
from tabletop.exercise.events import Record
from tabletop.exercise.state import Exercise
from tabletop.plaintext import in_quotes
from tabletop.rules.between import Deed, blame, mark_spans, minus, plus, praise
from tabletop.rules.kind import ONE_TEAM, RuleKind, Why, register
from tabletop.rules.ledger import Finding, TeamSpan
from tabletop.rules.public_words import speaker
from tabletop.rules.topics import Topic
from tabletop.rules.write_ins import only_judged
from tabletop.scenario.gametime import format_time
from tabletop.scenario.prose import listed, shortened
from tabletop.scenario.rules import AskedFirst
from tabletop.scenario.scenario import Scenario

_QUOTED: Final = 70
"""Characters of a question that a finding quotes."""

_Speaking = tuple[str, str]
"""A team, and the phase in which it speaks."""


class _Talk(NamedTuple):
    """A consultation that was answered, or that an option implied."""

    seq: int
    """Of the answer."""
    at: int
    request: Record | None = None
    """None if an option implied it."""
    decision: str | None = None
    """The decision of which it was part."""


class _Words(NamedTuple):
    """What a team said in public: through which decision, and what was found of it."""

    decision: str | None
    option: str | None
    """The option by which alone it was said; as if never said, once the decision is another."""
    finding: Finding


@register(AskedFirst)
class AskedFirstKind(RuleKind[AskedFirst]):
    """Judges each team once a phase, at its first public word; who says nothing is not judged.

    A decision in a team's own words says nothing in public, whatever control judges it to be.
    """

    looks_at = (
        e.ConsultRequested,
        e.ConsultAnswered,
        e.ConsultImplied,
        e.DecisionRecorded,
        e.AnswerWritten,
        e.StatementMade,
    )

    def __init__(self, rule: AskedFirst, scenario: Scenario) -> None:
        super().__init__(rule, scenario)
        self._speaking = {
            name
            for name, decision in scenario.decisions.items()
            if any(one.label is not None or one.advice is not None for one in decision.options.values())
        }
        self._words: Map[_Speaking, tuple[_Words, ...]] = Map()
        self._requests: Map[str, Record] = Map()
        """By consultation."""
        self._talks: Map[tuple[str, str, str], tuple[_Talk, ...]] = Map()
        """By phase and two teams, sorted by id."""
        self._before: Record | None = None
        """A decision that speaks in public and asks partners first, until it is recorded that it asked."""

    def decisions(self) -> Sequence[str]:
        """Return none: it judges what teams say."""
        return ()

    def spans(self) -> Iterator[TeamSpan]:
        """Yield both outcomes for each phase, if there are partners to ask."""
        for _ in self.scenario.phases if len(self.scenario.teams) > 1 else ():
            yield from mark_spans(self.rule, self.scenario.teams)

    def see(self, record: Record, state: Exercise) -> Sequence[Finding]:
        """Return a finding at a team's first public word of a phase, and where it is taken back."""
        if only_judged(record.event, state):
            return ()
        self._hear(record, state.phase)
        found = self._take_back(record, state.phase)
        said = self._said(record)
        if said is not None:
            found = self._speak(said, record, state) or found
        return found

    def _said(self, record: Record) -> Record | None:
        """Return the event by which a team speaks in public now; a decision once what it asks is recorded."""
        event = record.event
        if isinstance(event, e.ConsultImplied):
            said, self._before = self._before, None
            return said
        if isinstance(event, e.DecisionRecorded):
            option = self.scenario.decisions[event.decision].options[event.option]
            silent = option.public or speaker(event, self.scenario) is None
            self._before = record if option.consults and not silent else None
            return None if option.consults or silent else record
        return record if isinstance(event, e.StatementMade) else None

    def _speak(self, said: Record, record: Record, state: Exercise) -> Sequence[Finding]:
        """Judge words said in public, and return the finding if they are the first of the phase."""
        event = said.event
        team = speaker(event, self.scenario)
        if team is None or not isinstance(event, e.DecisionRecorded | e.StatementMade):
            return ()
        if not self.scenario.partners(team):
            return ()
        about = (team, state.phase)
        known = self._words.get(about, ())
        if known and known[0].option is None:
            return ()
        finding = self._judge(team, said, record, state)
        option = event.option if isinstance(event, e.DecisionRecorded) else None
        words = _Words(event.decision, option, finding)
        self._words = self._words.set(about, (*known, words))
        return () if known else (finding,)

    def _take_back(self, record: Record, phase: str) -> Sequence[Finding]:
        """Forget what an option alone said, if the decision is taken anew; what was said is judged then."""
        event = record.event
        if not isinstance(event, e.DecisionRecorded | e.AnswerWritten):
            return ()
        about = (event.team, phase)
        known = self._words.get(about, ())
        left = tuple(one for one in known if one.option is None or one.decision != event.decision)
        if len(left) == len(known):
            return ()
        self._words = self._words.set(about, left)
        return (left[0].finding if left else self.finding(about, ()),)

    def _judge(self, team: str, said: Record, record: Record, state: Exercise) -> Finding:
        event = said.event
        decision = event.decision if isinstance(event, e.DecisionRecorded | e.StatementMade) else None
        partners = self.scenario.partners(team)
        talks = {partner: self._best((team, partner), decision, state) for partner in partners}
        unasked = [self.team(partner) for partner, talk in talks.items() if talk is None]
        asked = {partner: talk for partner, talk in talks.items() if talk is not None}
        seqs = (said.seq, *(seq for talk in asked.values() for seq in _evidence(talk)))
        told = "; ".join(self._told(asked))
        spoke = f"its first words in public in this phase{self._through(decision)}"
        facts = (
            f"{spoke} came before a question between it and {listed(unasked, 'or')} was answered"
            if unasked
            else f"{told}; {spoke} came after"
        )
        deed = Deed(team, facts, seqs, record.at)
        entries = blame(self, deed) if unasked else praise(self, deed)
        return self.finding((team, state.phase), mark_spans(self.rule, [team]), entries)

    def _best(self, pair: tuple[str, str], decision: str | None, state: Exercise) -> _Talk | None:
        """Return the consultation that was about what is said, as far as one was; else the latest."""
        talks = self._talks.get((state.phase, min(pair), max(pair)), ())
        put = state.decisions.get((decision, pair[0])) if decision is not None else None

        def fits(talk: _Talk) -> tuple[int, int]:
            request = talk.request.event if talk.request is not None else None
            about = request.about if isinstance(request, e.ConsultRequested) else None
            if talk.request is None:
                return (2 if put is not None and talk.decision == decision else 0), talk.seq
            if put is not None and about in (decision, put.entry):
                return 4, talk.seq
            meanwhile = put is not None and about is None and talk.request.at >= put.presented_at
            return (3 if meanwhile else 1), talk.seq

        return max(talks, key=fits, default=None)

    def _hear(self, record: Record, phase: str) -> None:
        """Remember a request, or an answer with the request that it answers."""
        match record.event:
            case e.ConsultRequested(consult=name):
                self._requests = self._requests.set(name, record)
            case e.ConsultAnswered(consult=name, by=by, to=asker):
                talk = _Talk(record.seq, record.at, self._requests.get(name))
                self._keep(phase, asker, by, talk)
            case e.ConsultImplied(by=by, to=partners, decision=decision):
                for partner in partners:
                    self._keep(phase, by, partner, _Talk(record.seq, record.at, None, decision))

    def _keep(self, phase: str, one: str, other: str, talk: _Talk) -> None:
        pair = (phase, min(one, other), max(one, other))
        self._talks = self._talks.set(pair, (*self._talks.get(pair, ()), talk))

    def _told(self, asked: Mapping[str, _Talk]) -> Iterator[str]:
        """Say when partners were asked what and answered, or asked and were answered; each question once."""
        alike: dict[int, list[tuple[str, _Talk]]] = {}
        for partner, talk in asked.items():
            first = talk.seq if talk.request is None else talk.request.seq
            alike.setdefault(first, []).append((partner, talk))
        for together in alike.values():
            who, talk = listed([self.team(partner) for partner, _ in together]), together[0][1]
            times = listed(list(dict.fromkeys(format_time(one.at) for _, one in together)))
            were = "were" if len(together) > 1 else "was"
            request = talk.request.event if talk.request is not None else None
            if talk.decision is not None:
                yield f"{who} {were} asked as part of {self._called(talk.decision)} at {times}"
            elif talk.request is None or not isinstance(request, e.ConsultRequested):
                yield f"{who} answered at {times}"
            else:
                by_partner = request.by == together[0][0]
                request_, answered = (
                    ("asked", "was answered") if by_partner else (f"{were} asked", "answered")
                )
                what = in_quotes(shortened(request.text, _QUOTED))
                yield f"{who} {request_} {what} at {format_time(talk.request.at)} and {answered} at {times}"

    def _through(self, decision: str | None) -> str:
        """Name the decision through which a team spoke; empty if it spoke by a statement."""
        return f", with {self._called(decision)}," if decision is not None else ""

    def _called(self, decision: str) -> str:
        known = self.scenario.decisions[decision]
        return known.code or in_quotes(known.title)

    def fork(self) -> Self:
        """Return a copy that remembers who has spoken in which phase."""
        return copy(self)

    def topics(self, event: e.Event, phase: str) -> Iterable[Topic]:
        """Yield the voice of a team whose decision may say something in public, or take it back."""
        if isinstance(event, e.DecisionRecorded | e.AnswerWritten) and event.decision in self._speaking:
            yield "voice", event.team

    def why_never(self) -> Why:
        """Say that there is nobody to ask."""
        return self.no_points() or ONE_TEAM

    def sentence(self) -> str:
        """Say when it is judged and what it gives."""
        return (
            "Judged when a team first speaks in public in a phase: by a statement, or by an option that is "
            "said in public, puts a label on what happened or advises the public. "
        ) + self.cases(
            (
                "With every partner, a question of either side had been answered in that phase before",
                plus(self.rule),
                "",
            ),
            ("With one it had not", minus(self.rule), ""),
        )


def _evidence(talk: _Talk) -> tuple[int, ...]:
    """Return the numbers of a request and its answer."""
    return (talk.seq,) if talk.request is None else (talk.request.seq, talk.seq)

"""The timeline with its branches as rows, from which the picture and the text are made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tabletop.check.plan import Plan
from tabletop.scenario.conditions.names import Names
from tabletop.scenario.gametime import format_length, format_time
from tabletop.scenario.linking.flow import is_branch, presenters
from tabletop.scenario.scenario import Entry, Scenario


@dataclass(frozen=True, slots=True)
class Heading:
    """A phase, the end, or the injects that have no time."""

    title: str


@dataclass(frozen=True, slots=True)
class InjectRow:
    """An inject in the timeline."""

    id: str
    time: str
    code: str
    title: str
    teams: tuple[str, ...]
    """Teams that read it."""
    deciders: frozenset[str]
    """Teams that decide something because of it."""
    certain: bool
    """It goes out whatever the teams do."""
    asks: tuple[str, ...]
    when: str
    """What it waits for or depends on, in words."""
    sources: tuple[str, ...]
    """The entries from which its branch begins."""


GraphRow = Heading | InjectRow


class GraphRows:
    """The rows of a scenario's timeline."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self._plan = Plan(scenario)
        self._words = Names(scenario)
        self._askers = presenters(scenario.timeline)

    def rows(self) -> list[GraphRow]:
        """Return the rows, from the first phase to what is sent by hand."""
        scenario = self.scenario
        timed = self._plan.timed()
        found: list[GraphRow] = []
        ends = [*(phase.from_ for phase in scenario.phases[1:]), scenario.length + 1]
        for number, (phase, end) in enumerate(zip(scenario.phases, ends, strict=True), 1):
            gate = "Gate, then phase" if number > 1 else "Phase"
            found.append(Heading(f"{format_time(phase.from_)} · {gate} {number}: {phase.title}"))
            found += [self._row(entry, time) for time, entry in timed if phase.from_ <= time < end]
        wash = f", then {format_length(scenario.hot_wash)} of hot wash" if scenario.hot_wash else ""
        found.append(Heading(f"{format_time(scenario.length)} · ENDEX{wash}"))
        without = [entry for entry in scenario.timeline if self._plan.time(entry) is None]
        for title, by_hand in (("When it comes to that", False), ("By hand", True)):
            rows = [self._row(entry, None) for entry in without if entry.contingency is by_hand]
            found += [Heading(title), *rows] if rows else []
        return found

    def _row(self, entry: Entry, time: int | None) -> InjectRow:
        scenario = self.scenario
        asked = [scenario.decisions[word] for word in entry.decisions]
        exact = "" if entry.at is not None else "~"
        return InjectRow(
            id=entry.id,
            time="" if time is None else exact + format_time(time),
            code=self._words.entry(entry.id),
            title=entry.inject.title,
            teams=entry.inject.to,
            deciders=frozenset(team for decision in asked for team in decision.team),
            certain=not is_branch(entry),
            asks=tuple(
                f"{self._words.decision(word)} {decision.title}, {format_length(decision.window)}"
                for word, decision in zip(entry.decisions, asked, strict=True)
            ),
            when=", ".join(self._when(entry)),
            sources=tuple(dict.fromkeys(word for word in self._sources(entry) if word != entry.id)),
        )

    def _when(self, entry: Entry) -> Iterator[str]:
        """Yield what the entry waits for and depends on."""
        since = f"{format_length(entry.delay)} after" if entry.delay else "on"
        if entry.on is not None:
            yield f"{since} {self._words.decision(entry.on)}"
        if entry.after is not None:
            yield f"{since} {self.scenario.entries[entry.after].code or entry.after}"
        if entry.latest is not None:
            yield f"by {format_time(entry.latest)}"
        if entry.once is not None:
            yield f"once {self._words.say(entry.once)}"
        if entry.since is not None:
            wait = f"{format_length(entry.delay)} after" if entry.delay else "once"
            yield f"{wait} {self._words.say(entry.since)}"
        if entry.when is not None:
            yield f"if {self._words.say(entry.when)}"

    def _sources(self, entry: Entry) -> Iterator[str]:
        """Yield the entries that ask the decisions, hand out the cards and are the injects that it names."""
        if entry.on is not None:
            yield from (asker.id for asker in self._askers[entry.on])
        if entry.after is not None:
            yield entry.after
        for condition in entry.conditions:
            for reference in condition.references():
                if reference.kind == "entry":
                    yield reference.word
                elif reference.kind == "decision":
                    yield from (asker.id for asker in self._askers[reference.word])
                elif reference.kind == "card":
                    yield from self._givers(reference.word)

    def _givers(self, card: str) -> Iterator[str]:
        for entry in self.scenario.timeline:
            if any(one.id == card for one in entry.cards):
                yield entry.id

"""How much comes to each team and when, where nothing comes, and how long everything takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from math import ceil
from typing import Any, Final

from tabletop.check.lengths import decision_words
from tabletop.check.plan import DecisionWindow, Plan
from tabletop.check.reading import WORDS_A_MINUTE, reading_time, word_count
from tabletop.pages.content import Column, Row
from tabletop.pages.page import Page
from tabletop.pages.text import TextPage
from tabletop.scenario.gametime import format_time
from tabletop.scenario.linking.flow import is_branch
from tabletop.scenario.problems import count_of
from tabletop.scenario.quantities import Stretch
from tabletop.scenario.scenario import Entry, Scenario

SPAN: Final = 600
"""Seconds of game time that a row of the table covers."""

IDLE: Final = 360
"""Seconds after which a team without an inject and without an open decision turns to something else."""

GATE: Final = 600
"""Seconds for the questions at a gate."""

HOT_WASH: Final = 1200
"""Seconds for a hot wash of which the scenario does not say how long it takes."""

_WIDTH: Final = 80


@dataclass(frozen=True, slots=True)
class TenMinutes:
    """What comes to one team in ten minutes of game time."""

    starts: int
    injects: int
    conditional: int
    """So many more may come: a condition decides."""
    words: int
    """Words to read at most: of injects, and of decisions that are asked."""
    decisions: int
    """Decisions that are open at some time."""


@dataclass(frozen=True, slots=True)
class Load:
    """What one team has to do, and when it has nothing to do."""

    spans: tuple[TenMinutes, ...]
    idle: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """A part of the session, in the order in which they follow each other."""

    what: str
    takes: int
    game_time: int | None
    note: str


class Pacing:
    """The pacing of a scenario, if everything goes as planned."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self._plan = Plan(scenario)
        self._timed = self._plan.timed()
        self._windows = list(self._plan.windows())

    def load(self, team: str) -> Load:
        """Return what comes to a team."""
        entries = [(time, entry) for time, entry in self._timed if team in entry.inject.to]
        windows = [window for window in self._windows if team in window.teams]
        spans = (
            _span(start, entries, windows, self.scenario) for start in range(0, self.scenario.length, SPAN)
        )
        return Load(tuple(spans), tuple(self._idle(entries, windows)))

    def without_time(self) -> int:
        """Return the number of injects whose time nobody can know in advance."""
        return len(self.scenario.timeline) - len(self._timed)

    def running_order(self) -> list[AgendaItem]:
        """Return the parts of the session."""
        scenario = self.scenario
        words = self._briefing_words()
        briefing = f"{count_of(words, 'word')} to read"
        found = [AgendaItem("Briefing", _whole_minutes(reading_time(words)), None, briefing)]
        ends = [*(phase.from_ for phase in scenario.phases[1:]), scenario.length]
        for number, (phase, end) in enumerate(zip(scenario.phases, ends, strict=True), 1):
            asked = sum(phase.from_ <= window.opens < end for window in self._windows)
            sent = sum(phase.from_ <= time < end for time, _ in self._timed)
            note = f"{count_of(sent, 'inject')}, {count_of(asked, 'decision')}"
            found.append(AgendaItem(f"Phase {number}: {phase.title}", end - phase.from_, phase.from_, note))
            if end != scenario.length:
                found.append(
                    AgendaItem(f"Gate {number}", GATE, end, count_of(len(phase.prompts), "question"))
                )
        found.append(AgendaItem("Hot wash", scenario.hot_wash or HOT_WASH, scenario.length, "After ENDEX"))
        return found

    def _briefing_words(self) -> int:
        """Return the number of words that the team with the longest briefing reads before play."""
        scenario = self.scenario
        briefings = (word_count(team.briefing) for team in scenario.teams.values())
        return word_count(scenario.situation, *scenario.ground_rules) + max(briefings, default=0)

    def _idle(
        self, entries: Sequence[tuple[int, Entry]], windows: Sequence[DecisionWindow]
    ) -> Iterator[tuple[int, int]]:
        """Yield the spans in which nothing comes and nothing is open. A gate divides them: the room talks."""
        busy = [(time, time) for time, _ in entries]
        busy += [(window.opens, window.closes) for window in windows]
        busy += [(phase.from_, phase.from_) for phase in self.scenario.phases]
        busy.append((self.scenario.length, self.scenario.length))
        until = 0
        for starts, ends in sorted(busy):
            if starts - until > IDLE:
                yield until, starts
            until = max(until, ends)


def _span(
    start: int, entries: Sequence[tuple[int, Entry]], windows: Sequence[DecisionWindow], scenario: Scenario
) -> TenMinutes:
    end = start + SPAN
    sent = [entry for time, entry in entries if start <= time < end]
    asked = [window.decision for window in windows if start <= window.opens < end]
    words = sum(word_count(entry.inject.title, entry.inject.text) for entry in sent)
    words += sum(decision_words(scenario.decisions[word]) for word in asked)
    branches = sum(map(is_branch, sent))
    opened = sum(window.opens < end and window.closes > start for window in windows)
    return TenMinutes(start, len(sent) - branches, branches, words, opened)


def _whole_minutes(seconds: int) -> int:
    return ceil(seconds / 60) * 60


def pacing_data(scenario: Scenario) -> dict[str, Any]:
    """Return the pacing as plain data for ``tabletop check --pacing --json``; all times in seconds."""
    pacing = Pacing(scenario)
    return {
        "teams": {team: asdict(pacing.load(team)) for team in scenario.teams},
        "without_time": pacing.without_time(),
        "running_order": [asdict(item) for item in pacing.running_order()],
    }


def pacing_text(scenario: Scenario) -> str:
    """Return the pacing as plain text."""
    page = TextPage(_WIDTH)
    pacing = Pacing(scenario)
    page.heading(1, f"Pacing of {scenario.id}, if each team decides as its window ends")
    for team in scenario.teams:
        _write_load(page, pacing, team)
    _write_running_order(page, pacing)
    page.paragraph(_NOTE, "note")
    return page.text().rstrip("\n")


_NOTE: Final = (
    "Injects: for certain, and +1 for one that a condition decides about. Words: at most, without additions. "
    f"Idle: more than {Stretch(IDLE)} without an inject or an open decision. Rows without anything are "
    f"left out. Briefing: as long as reading takes at {WORDS_A_MINUTE} words a minute. Gate: {Stretch(GATE)} "
    "are enough."
)


def _write_load(page: Page, pacing: Pacing, team: str) -> None:
    load = pacing.load(team)
    page.heading(2, pacing.scenario.teams[team].name)
    columns: list[Column | str] = [
        "Time",
        *(Column(title, right=True) for title in ("Injects", "Words", "Decisions open")),
        "Idle",
    ]
    rows = []
    for span in load.spans:
        idle = [_between(*one) for one in load.idle if span.starts <= one[0] < span.starts + SPAN]
        if span.injects or span.conditional or span.decisions or idle:
            injects = f"{span.injects} +{span.conditional}" if span.conditional else str(span.injects)
            cells = (format_time(span.starts), injects, str(span.words), str(span.decisions), ", ".join(idle))
            rows.append(cells)
    page.table(columns, rows)


def _between(starts: int, ends: int) -> str:
    return f"{format_time(starts)} to {format_time(ends)}"


def _write_running_order(page: Page, pacing: Pacing) -> None:
    page.heading(2, "Running order")
    items = pacing.running_order()
    total = sum(item.takes for item in items)
    starts = [0]
    for item in items:
        starts.append(starts[-1] + item.takes)
    rows: list[Row] = [
        Row(
            (
                _hours(start),
                "" if item.game_time is None else format_time(item.game_time),
                item.what,
                str(Stretch(item.takes)),
                item.note,
            )
        )
        for start, item in zip(starts, items, strict=False)
    ]
    rows.append(Row((_hours(total), "", "End", str(Stretch(total)), "All together"), "total"))
    columns: list[Column | str] = ["Clock", "Game time", "Part", Column("Takes", right=True), "What"]
    page.table(columns, rows)
    if pacing.without_time():
        count = count_of(pacing.without_time(), "inject")
        page.paragraph(f"Without a time known in advance, as when sent by hand: {count}.")


def _hours(seconds: int) -> str:
    hours, rest = divmod(seconds // 60, 60)
    return f"{hours}:{rest:02d}"

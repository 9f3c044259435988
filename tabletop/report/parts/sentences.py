"""Ledger entries as sentences that a facilitator can read aloud to every delegation and defend."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tabletop.exercise import events as e
from tabletop.exercise.description import told_to_others
from tabletop.plaintext import in_quotes
from tabletop.report.parts.evidence import Evidence
from tabletop.rules.ledger import Judged, LedgerEntry
from tabletop.rules.marks import decisive
from tabletop.rules.scoring import ADJUSTMENT
from tabletop.rules.worth import NONE_RULE, RULE
from tabletop.scenario import conditions as c
from tabletop.scenario.base import NONE
from tabletop.scenario.conditions import BaseCondition
from tabletop.scenario.conditions.telling import Telling
from tabletop.scenario.gametime import format_time
from tabletop.scenario.prose import counted, listed
from tabletop.scenario.quantities import Points
from tabletop.scenario.rules import Bonus
from tabletop.scenario.scenario import Scenario

_ARTICLE: Final = re.compile(r"(The|An?) (?=\w)")


class Speaker:
    """Turns the entries of one ledger into sentences."""

    def __init__(self, scenario: Scenario, evidence: Evidence) -> None:
        self._scenario = scenario
        self._evidence = evidence
        self._rules = {rule.id: rule for rule in scenario.rules}

    def say(self, entry: LedgerEntry) -> str:
        """Return team, objective and points; what was done, when and how it stood to its window; why."""
        goal = self._scenario.objectives[entry.objective]
        points = str(Points(entry.points)) if entry.points else "no mark"
        team = self._evidence.name(entry.team)
        return f"{team}, {goal.title}, {points}: {self._deed(entry)}.{self._why(entry)}"

    def _why(self, entry: LedgerEntry) -> str:
        """Return the author's reason as a sentence; empty if there is none."""
        why = f" Why: {entry.why.rstrip('.')}." if entry.why else ""
        return why + "".join(f" {told}" for told in self._judged(entry))

    def _judged(self, entry: LedgerEntry) -> Iterator[str]:
        """Say what decided the points, and what kept others from being given, each circumstance once."""
        event = self._evidence.settling(entry)
        settled = isinstance(event, e.DecisionRecorded | e.DecisionLapsed | e.AnswerJudged) and event.decision
        deciding = settled or ""
        telling = Telling(self._scenario, self._evidence.chosen, entry.team, deciding)
        known: set[str] = set()
        for one in entry.judged:
            parts = dict.fromkeys(_told(*leaf, telling) for leaf in decisive(one.condition, one.answers))
            if one.held:
                yield f"This counted because {listed(list(parts))}."
            elif not known.issuperset(parts) and one.points != entry.points:
                points = Points(one.points) if one.points else "no mark"
                because = f" ({in_quotes(one.why.rstrip('.'))})" if one.why else ""
                yield f"It would have been {points}{because}, but {listed(list(parts))}."
                yield from self._unable(one, deciding, entry.team, telling)
            known.update(parts)

    def _unable(self, one: Judged, deciding: str, own: str, telling: Telling) -> Iterator[str]:
        """Say to which partner it was locked what a mark hung on."""
        for leaf, _ in decisive(one.condition, one.answers):
            if not isinstance(leaf, c.Partners):
                continue
            wanted = [word for word in leaf.partners.options if word != NONE]
            alike: dict[str, list[str]] = {}
            for team in self._scenario.decisions[deciding].team:
                locked = self._evidence.locked.get((deciding, team), {})
                if team != own and wanted and all(word in locked for word in wanted):
                    name = self._evidence.name(team)
                    alike.setdefault(told_to_others(locked[wanted[0]], name), []).append(name)
            named = listed([telling.option(deciding, word) for word in wanted])
            were = "were" if len(wanted) > 1 else "was"
            for why, names in alike.items():
                yield f"{named} {were} locked to {listed(names)}: {why}."

    def _deed(self, entry: LedgerEntry) -> str:
        event = self._evidence.settling(entry)
        if entry.rule == RULE and isinstance(event, e.DecisionRecorded):
            return self._chose(entry, event)
        if entry.rule == NONE_RULE and isinstance(event, e.DecisionLapsed):
            return self._let_lapse(entry, event)
        if entry.rule == NONE_RULE and isinstance(event, e.DecisionRecorded):
            return f"{self._chose(entry, event)}, so late that it counts as deciding nothing"
        if entry.rule == ADJUSTMENT:
            seat = self._evidence.record(entry.evidence[0]).seat
            because = in_quotes(_plain(entry.reason))
            return f"at {format_time(entry.at)} the {seat} adjusted it, because {because}"
        if isinstance(self._rules.get(entry.rule), Bonus):
            return f"from {format_time(entry.at)} on this was so: {_plain(entry.reason)}"
        return f"at {format_time(entry.at)}, {self._compared(entry)}"

    def _chose(self, entry: LedgerEntry, event: e.DecisionRecorded) -> str:
        put = self._evidence.presented(event.decision, event.team)
        window = "its window, halved after a backlash" if put.halved else "its window"
        title = next((one.title for one in put.options if one.id == event.option), "")
        taken = (
            f"at {format_time(entry.at)} it chose {in_quotes(_plain(title or event.text))} "
            f"for {decision_phrase(self._scenario, event.decision)}, "
        )
        left = put.due - entry.at
        if left == 0:
            return f"{taken}in the last second of {window}"
        if left > 0:
            return f"{taken}{spoken(left)} inside {window}"
        after = f"{taken}{spoken(-left)} after {window}"
        full = entry.points if entry.in_time is None else entry.in_time
        if entry.rule == NONE_RULE or entry.points == full:
            return after
        return f"{after}, too late for its {Points(full)} to count"

    def _let_lapse(self, entry: LedgerEntry, event: e.DecisionLapsed) -> str:
        put = self._evidence.presented(event.decision, event.team)
        over = entry.at - put.due
        window = f"{spoken(over)} after its window" if over > 0 else "with its window still open"
        window = "as its window closed" if over == 0 else window
        phrase = decision_phrase(self._scenario, event.decision)
        return f"at {format_time(entry.at)} it had decided nothing on {phrase}, {window} ({event.reason})"

    def _compared(self, entry: LedgerEntry) -> str:
        """Return what a measure found, with the decision it is about by its name."""
        if entry.facts:
            return _plain(entry.facts)
        for number in entry.evidence:
            event = self._evidence.record(number).event
            if isinstance(event, e.DecisionRecorded | e.AnswerWritten | e.DecisionLapsed):
                known = self._scenario.decisions[event.decision]
                start = f"{known.code or known.title}: "
                if entry.reason.startswith(start):
                    rest = entry.reason.removeprefix(start)
                    return f"on {decision_phrase(self._scenario, event.decision)}, {_plain(rest)}"
        return _plain(entry.reason)


def _told(leaf: BaseCondition, held: bool | None, telling: Telling) -> str:
    """Tell what was so; a choice that was never made was not known."""
    if held is None:
        return f"it was never known whether this is so: {leaf.words(telling)}"
    return leaf.told(telling, held=held)


def decision_phrase(scenario: Scenario, decision: str) -> str:
    """Return a decision's title inside a sentence: ``the maritime notice``, ``“First detection”``."""
    title = scenario.decisions[decision].title
    if _ARTICLE.match(title) and title[-1].isalnum():
        return title[0].lower() + title[1:]
    return in_quotes(title)


def spoken(seconds: int) -> str:
    """Return a length of time as it is said: ``two minutes and 30 seconds``."""
    hours, rest = divmod(seconds, 3600)
    parts = [(hours, "hour"), (rest // 60, "minute"), (rest % 60, "second")]
    return listed([counted(value, unit) for value, unit in parts if value]) or "no time"


def _plain(text: str) -> str:
    """Return typed words on one line, without the full stop at their end."""
    return " ".join(text.split()).rstrip(".")

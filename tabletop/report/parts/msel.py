"""The master scenario events list as played: what was planned, what went out, who read it and when."""

from __future__ import annotations

from tabletop.exercise import events as e
from tabletop.exercise.schedule import due_time
from tabletop.exercise.state import InjectState, InjectStatus
from tabletop.report.history import History
from tabletop.report.model.play import ActionRun, Fate, InjectRun, Opening
from tabletop.report.parts.actions import ExpectedActions
from tabletop.scenario.gametime import format_length, format_time
from tabletop.scenario.msel import MselFields
from tabletop.scenario.quantities import Moment, Stretch
from tabletop.scenario.scenario import Entry

_NEVER = 1 << 40
_NO_COLUMNS = MselFields()
_TIMINGS: dict[e.Timing, Fate] = {"early": "early", "on-time": "on time", "late": "late"}


def msel(history: History) -> tuple[InjectRun, ...]:
    """Return every inject of the timeline and every one added, by the time it went out or should have."""
    rows = _Rows(history)
    planned = [rows.planned(entry) for entry in history.scenario.timeline]
    added = [rows.added(event, record.seq) for record, event in history.of(e.InjectAdded)]
    return tuple(sorted((*planned, *added), key=_when))


def _when(row: InjectRun) -> tuple[int, int]:
    at = row.released if row.released is not None else row.due
    return (at if at is not None else _NEVER, row.evidence[0] if row.evidence else _NEVER)


class _Rows:
    """Makes the rows of one exercise."""

    def __init__(self, history: History) -> None:
        self.history = history
        self.scenario = history.scenario
        self.released = {event.entry: event for _, event in history.of(e.InjectReleased)}
        self.actions = ExpectedActions(history)
        self.acted = {
            (asked.entry, asked.team)
            for _, asked in history.of(e.DecisionPresented)
            if history.state.decisions[asked.decision, asked.team].decided_at is not None
        }
        """Each inject with each team that took a decision on it, and so had read it."""
        self.struck = {event.entry for _, event in history.of(e.BacklashTriggered)}
        self.reasons = {event.entry: event.reason for _, event in history.of(e.InjectHeld)}
        self.reasons |= {
            event.entry: event.reason for _, event in history.of(e.InjectSkipped) if not event.branch
        }

    def planned(self, entry: Entry) -> InjectRun:
        """Return a row for an inject of the timeline."""
        known, inject = self.history.state.inject(entry.id), entry.inject
        decisions = (self.scenario.decisions[name].code or name for name in entry.decisions)
        return self._row(
            entry.id,
            e.InjectContent(
                title=inject.title,
                sender=inject.sender,
                channel=inject.channel,
                to=tuple(inject.to),
                text=inject.text,
                office=inject.for_ or "",
            ),
            code=entry.code or "",
            columns=inject,
            actions=self.actions.of(entry),
            plan=self._plan(entry),
            due=due_time(self.history.state, entry),
            fate=_fate(known, entry),
            decisions=tuple(decisions),
        )

    def added(self, event: e.InjectAdded, seq: int) -> InjectRun:
        """Return a row for an inject that the scenario did not hold."""
        known = self.history.state.inject(event.entry)
        kind: Fate = "backlash" if event.entry in self.struck else "ad hoc"
        fate = kind if known.status is InjectStatus.RELEASED else _fate(known, None)
        return self._row(
            event.entry, event.inject, code=event.code, plan="not planned", fate=fate, evidence=(seq,)
        )

    def _row(  # noqa: PLR0913 - what the two kinds of rows differ in
        self,
        name: str,
        words: e.InjectContent,
        *,
        code: str,
        plan: str,
        fate: Fate,
        columns: MselFields = _NO_COLUMNS,
        actions: tuple[ActionRun, ...] = (),
        due: int | None = None,
        decisions: tuple[str, ...] = (),
        evidence: tuple[int, ...] = (),
    ) -> InjectRun:
        known, gone = self.history.state.inject(name), self.released.get(name)
        to = gone.to if gone else known.to or words.to
        at = known.released_at
        return InjectRun(
            id=name,
            code=code,
            title=known.title or words.title,
            sender=words.sender,
            channel=words.channel,
            to=to,
            text=gone.text if gone else known.text or words.text,
            paragraphs=tuple(paragraph.text for paragraph in gone.additions) if gone else (),
            expected=columns.expected_text or None,
            office=words.office or None,
            storyline=columns.storyline,
            controller=columns.controller,
            priority=columns.priority,
            location=columns.location,
            actions=actions,
            planned=plan,
            due=None if due is None else Moment(due),
            released=None if at is None else Moment(at),
            local=None if at is None else self.history.local(at),
            fate=fate,
            reason="" if gone else self.reasons.get(name, ""),
            edited=known.text is not None,
            readdressed=set(to) != set(words.to),
            read=_readings(known),
            unread=tuple(
                team for team in to if gone and team not in known.reads and (name, team) not in self.acted
            ),
            decisions=decisions,
            evidence=(known.seq,) if known.seq else evidence,
        )

    def _plan(self, entry: Entry) -> str:
        if entry.contingency:
            return "by hand only"
        latest = f", {format_time(entry.latest)} at the latest" if entry.latest is not None else ""
        if entry.on is not None:
            decision = self.scenario.decisions[entry.on].code or entry.on
            return f"{_following(entry.delay)} {decision}{latest}"
        if entry.after is not None:
            followed = self.scenario.entries[entry.after].code or entry.after
            return f"{_following(entry.delay)} {followed}{latest}"
        if entry.since is not None:
            return f"{_following(entry.delay)} a condition{latest}"
        return "on a condition" if entry.at is None else format_time(entry.at)


def _following(delay: int | None) -> str:
    return f"{format_length(delay)} after" if delay else "on"


def _fate(known: InjectState, entry: Entry | None) -> Fate:
    by_hand = entry is None or entry.contingency
    match known.status:
        case InjectStatus.RELEASED:
            return "by hand" if by_hand else _TIMINGS.get(known.timing, "on time")  # type: ignore[call-overload]
        case InjectStatus.HELD:
            return "held back"
        case InjectStatus.SKIPPED:
            return "branch not taken" if known.branch else "skipped"
    return "not used" if by_hand or (entry is not None and entry.waits_for is not None) else "not reached"


def _readings(known: InjectState) -> tuple[Opening, ...]:
    released = known.released_at or 0
    return tuple(
        Opening(team, Moment(at), Stretch(at - released))
        for team, at in sorted(known.reads.items(), key=lambda item: (item[1], item[0]))
    )

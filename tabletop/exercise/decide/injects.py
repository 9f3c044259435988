"""Decide commands about injects, and their automatic release and skipping."""

from __future__ import annotations

from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.exercise.decide.delivery import content, deliver, opaque_id, release_event
from tabletop.exercise.refusal import NOTHING_TO_DO, RefusedError
from tabletop.exercise.schedule import Quiet, due_time, is_due
from tabletop.exercise.state import Exercise, InjectState, InjectStatus
from tabletop.scenario.scenario import Entry


def advance(state: Exercise, now: int, quiet: Quiet | None = None) -> list[e.Event]:
    """Return the delays that begin, else the events of the first due inject: skipped, or released."""
    began = _delays_begun(state, now)
    if began:
        return began
    script, auto = state.script, state.auto
    for entry in _in_question(state, now, quiet):
        test = script.when.get(entry.id)
        if (test is None and not auto) or not is_due(state, entry, now):
            continue
        if test is not None and not test(state, now):
            return [e.InjectSkipped(entry=entry.id, branch=True, reason="its branch was not taken")]
        if auto:
            to = state.inject(entry.id).to or entry.inject.to
            return deliver(state, entry.id, to, due_time(state, entry), now)
    return []


def _in_question(state: Exercise, now: int, quiet: Quiet | None) -> list[Entry]:
    """Return the entries that may be due, in the order of the timeline.

    This runs four times a second, for thousands of entries, so that what can be told at once comes first.
    """
    script, passed_over = state.script, frozenset[str]()
    if quiet is not None and quiet.state.taken == state.taken and quiet.state.auto == state.auto:
        before, passed_over = quiet.state, script.upon_choices
        same = before.injects is state.injects and before.phase == state.phase and before.stage is state.stage
        if same and quiet.at == now and script.by_choices:
            return []
    found, timeline = [], script.scenario.timeline
    for place in state.scheduled:
        entry = timeline[place]
        if entry.at is not None and entry.at > now:
            break
        if entry.id not in passed_over:
            found.append(place)
    return [timeline[place] for place in sorted(found)]


def _delays_begun(state: Exercise, now: int) -> list[e.Event]:
    """Return the delays that begin now, since what their injects follow has become true."""
    return [
        e.DelayBegan(entry=name, due=now + (state.script.scenario.entries[name].delay or 0))
        for name, test in state.script.since.items()
        if (known := state.inject(name)).due is None
        and known.status in (InjectStatus.SCHEDULED, InjectStatus.HELD)
        and test(state, now)
    ]


def release(state: Exercise, command: c.Release, seat: str, now: int) -> list[e.Event]:
    """Release an inject now, whatever its due time and status."""
    known = _pending(state, command.inject)
    to = command.to or content(state, command.inject).to
    _check_audience(state, command.inject, to, confirmed=command.confirm or command.to is None)
    planned = state.script.entry(command.inject)
    due = due_time(state, planned) if planned and known.added is None else None
    return deliver(state, command.inject, to, due, now)


def hold(state: Exercise, command: c.Hold, seat: str, now: int) -> list[e.Event]:
    """Keep an inject back."""
    if _pending(state, command.inject).status is InjectStatus.HELD:
        raise RefusedError("that inject is already held", NOTHING_TO_DO)
    return [e.InjectHeld(entry=command.inject, reason=command.reason)]


def unhold(state: Exercise, command: c.Unhold, seat: str, now: int) -> list[e.Event]:
    """Put an inject back on the schedule."""
    if _pending(state, command.inject).status is InjectStatus.SCHEDULED:
        raise RefusedError("that inject is on the schedule", NOTHING_TO_DO)
    return [e.InjectUnheld(entry=command.inject)]


def skip(state: Exercise, command: c.Skip, seat: str, now: int) -> list[e.Event]:
    """Leave an inject out."""
    if _pending(state, command.inject).status is InjectStatus.SKIPPED:
        raise RefusedError("that inject is already skipped", NOTHING_TO_DO)
    return [e.InjectSkipped(entry=command.inject, reason=command.reason)]


def edit(state: Exercise, command: c.Edit, seat: str, now: int) -> list[e.Event]:
    """Change an inject's words before it goes out."""
    _pending(state, command.inject)
    before = content(state, command.inject)
    title, text = command.title or before.title, command.text or before.text
    if (title, text) == (before.title, before.text):
        raise RefusedError("the inject already has that title and text", NOTHING_TO_DO)
    return [e.InjectEdited(entry=command.inject, title=title, text=text)]


def address(state: Exercise, command: c.Address, seat: str, now: int) -> list[e.Event]:
    """Change an inject's audience; teams it was not written for need a confirmation."""
    _pending(state, command.inject)
    _check_audience(state, command.inject, command.to, confirmed=command.confirm)
    return [e.InjectReaddressed(entry=command.inject, to=command.to)]


def ad_hoc(state: Exercise, command: c.AdHoc, seat: str, now: int) -> list[e.Event]:
    """Add an ad hoc inject and, by default, release it."""
    _check_teams(state, command.to)
    entry, code = opaque_id(state, "ad-hoc"), f"X{state.added + 1}"
    inject = e.InjectContent(
        title=command.title, sender=command.sender, channel=command.channel, to=command.to, text=command.text
    )
    added = e.InjectAdded(entry=entry, code=code, inject=inject)
    if not command.release:
        return [added]
    if not state.running:
        raise RefusedError("play is paused: keep the inject for later, or resume first", "wrong-stage")
    return [added, release_event(entry, code, inject)]


def read(state: Exercise, command: c.Read, team: str, now: int) -> list[e.Event]:
    """Record that a team opened an inject."""
    known = state.injects.get(command.inject, InjectState())
    if known.status is not InjectStatus.RELEASED or team not in (known.to or ()):
        raise RefusedError("there is no such inject in this team's inbox", "unknown-inject")
    if team in known.reads:
        raise RefusedError("that inject is already read", NOTHING_TO_DO)
    return [e.InjectRead(entry=command.inject, team=team)]


def _pending(state: Exercise, entry: str) -> InjectState:
    """Return the state of an inject that is not released. Refuses unknown and released ones."""
    known = state.inject(entry)
    if state.script.entry(entry) is None and known.added is None:
        raise RefusedError(f"there is no inject '{entry}'", "unknown-inject")
    if known.status is InjectStatus.RELEASED:
        raise RefusedError("that inject has already been released and cannot be changed", "released")
    return known


def _check_teams(state: Exercise, teams: tuple[str, ...]) -> None:
    unknown = [team for team in teams if team not in state.script.scenario.teams]
    if unknown:
        raise RefusedError(f"there is no team '{unknown[0]}'", "unknown-team")


def _check_audience(state: Exercise, entry: str, to: tuple[str, ...], *, confirmed: bool) -> None:
    """Refuse unknown teams and, unless confirmed, teams that the inject was not written for."""
    _check_teams(state, to)
    known, planned = state.inject(entry), state.script.entry(entry)
    meant = known.added.to if known.added else planned.inject.to if planned else ()
    wider = [team for team in to if team not in meant and team not in (known.to or ())]
    if wider and not confirmed:
        names = " and ".join(state.script.scenario.teams[team].name for team in wider)
        raise RefusedError(f"it was not written for {names}: confirm to send it there too", "confirm-needed")

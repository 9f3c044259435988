"""What to press next: one line for a tired facilitator, whatever the state of the exercise. Pure."""

from __future__ import annotations

import math
import shlex
from dataclasses import dataclass
from typing import Final

from tabletop.exercise.decide.probes import to_open
from tabletop.exercise.decide.self_ratings import open_now
from tabletop.exercise.schedule import gate_due
from tabletop.exercise.state import Stage
from tabletop.plaintext import in_quotes
from tabletop.scenario.prose import listed
from tabletop.tui.kit.rows import Tone
from tabletop.tui.kit.times import span
from tabletop.tui.overview.msel import MselRow, RowMark
from tabletop.tui.overview.overview_model import OverviewModel
from tabletop.tui.overview.wording import at_time, until

_UNANSWERABLE: Final = frozenset({Stage.READY, Stage.CLOSED})
"""Stages in which exercise control cannot write to teams."""

_MANY = 3
"""How many injects or decisions are named one by one."""


@dataclass(frozen=True, slots=True)
class NextStep:
    """What is the matter, and the command that goes on from there."""

    text: str
    command: str = ""
    """Id of the command to give."""
    purpose: str = ""
    """What it does, after its key: ``press R to release it``."""
    tone: Tone = "strong"
    quote: str = ""
    """What somebody wrote, shown after the text as far as there is room."""
    other: tuple[str, str] | None = None
    """Another way to go on: its command and its purpose."""


@dataclass(frozen=True, slots=True)
class Aside:
    """Something else that waits, said beside the advice."""

    wordings: tuple[str, ...]
    """In full, and then in fewer words."""
    command: str = ""
    does: str = ""
    """What its key does: ``M answers``."""
    keep: bool = False
    """Whether it has to stand on the line even if there is little room."""


READ_ALONG: Final = NextStep(
    "READING ONLY: another console runs this exercise.", "take-over", "take over", "bad"
)
"""At a console without the chair nothing else can be done."""


def advise(
    model: OverviewModel,
    now: float,
    chosen: MselRow | None = None,
    *,
    kept: MselRow | None = None,
    probes_left: float | None = None,
) -> NextStep:
    """Return what the facilitator should do next; `chosen` is an inject looked at instead of the next one.

    `kept` is an inject that was just held or skipped and that the cursor has not left yet. `probes_left` are
    the real seconds left for the probes that are open.
    """
    if model.state.open_probes and model.stage is not Stage.EMERGENCY:
        return NextStep(f"{probes_standing(model, probes_left)}.", "probes", "close them", "warn")
    return _at_stage(model, now, chosen, kept)


def _at_stage(model: OverviewModel, now: float, chosen: MselRow | None, kept: MselRow | None) -> NextStep:
    match model.stage:
        case Stage.READY:
            return NextStep("All is ready.", "startex", "start the exercise (STARTEX)", "new")
        case Stage.RUNNING:
            return _running(model, now, chosen) if kept is None else _kept(model, now, kept)
        case Stage.PAUSED:
            why = f" {model.leap.sentence}." if model.leap is not None else ""
            waiting = len(model.due(now))
            also = f" {waiting} {'inject is' if waiting == 1 else 'injects are'} due." if waiting else ""
            return NextStep(f"Play is paused.{why}{also}", "pause", "go on", "warn")
        case Stage.GATE:
            return _gate(model)
        case Stage.EMERGENCY:
            return NextStep("Play is stopped. When the emergency is over,", "emergency", "say so", "bad")
        case Stage.ENDED:
            return _ended(model)
        case Stage.HOT_WASH:
            step = NextStep(
                "Hot wash. O records what is said; when all is said", "close", "close the record", "new"
            )
            return _judging(model, step) if model.to_judge() else step
    return NextStep(
        f"The record is closed. `tabletop report {shlex.quote(model.state.name)}` writes it up.",
        "quit",
        "leave",
        "good",
    )


def probes_standing(model: OverviewModel, left: float | None) -> str:
    """Say for how long the probes are open, and how many teams have answered all of them."""
    state = model.state
    asked = [state.probes[name] for name in state.open_probes]
    done = sum(all(team in probe.answers for probe in asked) for team in model.scenario.teams)
    time = "" if left is None else f" for {span(math.ceil(left))}"
    return f"Probes are open{time}: {done} of {len(model.scenario.teams)} teams have answered"


def _running(model: OverviewModel, now: float, chosen: MselRow | None) -> NextStep:
    due = model.waiting_for_release(now)
    if due and not model.state.auto:
        first = due[0]
        more = f" ({len(due) - 1} more due)" if len(due) > 1 else ""
        since = (
            f"was due {until(first.due, now)}"
            if first.due is not None and first.due < int(now)
            else "is due now"
        )
        here = chosen is None or chosen.mark is RowMark.DUE
        words = (
            f"{first.code or first.title} {since}{more}:"
            if chosen is None or not here
            else f"{chosen.code} is due:"
        )
        return NextStep(words, "release" if here else "next", "release it" if here else "go to it", "warn")
    if gate_due(model.state, int(now)) and model.phase is not None and not model.standings.open():
        return NextStep(
            f"The time of {in_quotes(model.phase.title)} is over:", "gate", "close this phase (gate)", "warn"
        )
    if model.inquiries.waiting:
        return _inquiry(model)
    overdue = model.overdue(now)
    if overdue:
        named = listed([f"{model.team(asked.team)} with {asked.name}" for asked in overdue[:_MANY]])
        more = f" and {len(overdue) - _MANY} more" if len(overdue) > _MANY else ""
        return NextStep(f"Late: {named}{more}. Wait, or", "lapse", "close it", "bad")
    if model.to_judge():
        return _judging(model)
    return _coming(model, now)


def _judging(model: OverviewModel, after: NextStep | None = None) -> NextStep:
    """Ask for a judgement of the oldest answer in a team's own words; once play is over, before `after`."""
    (decision, team), *others = model.to_judge()
    known, words = model.decision(decision), model.state.decisions[decision, team].words
    more = f" (+{len(others)} more)" if others else ""
    before = "" if after is None else f"{after.text.partition('.')[0]}. "
    other = None if after is None else (after.command, after.purpose)
    text = f"{before}{model.team(team)} answered {known.code or known.title} in its own words{more}:"
    return NextStep(text, "judge", "judge it", "warn", quote=words, other=other)


def _kept(model: OverviewModel, now: float, kept: MselRow) -> NextStep:
    """Say that the same key takes it back, and Esc leaves it as it is."""
    held, coming = kept.mark is RowMark.HELD, model.next_entry(now)
    due = coming is not None and coming.mark is RowMark.DUE
    onward = "go on" if coming is None else f"go on with {coming.code or coming.title}"
    return NextStep(
        f"{kept.code or kept.title} is {'held' if held else 'skipped'}.",
        "hold" if held else "skip",
        "take it back",
        "warn" if due else "new",
        other=("next", f"{onward}, which is due" if due else onward),
    )


def _inquiry(model: OverviewModel) -> NextStep:
    first, *others = model.inquiries.waiting
    more = f" (+{len(others)} more)" if others else ""
    return NextStep(
        f"{model.team(first.team)} asks control{more}:", "message", "answer", "warn", quote=first.text
    )


def asking(model: OverviewModel) -> tuple[str, ...]:
    """Which teams wait for exercise control's answer, and how many messages: in full, and in fewer words."""
    teams, count = model.inquiries.teams, len(model.inquiries.waiting)
    if not teams or model.stage in _UNANSWERABLE:
        return ()
    verb = "asks" if len(teams) == 1 else "ask"
    return f"{model.teams(teams)} {verb} control ({count})", f"{model.audience(teams)} {verb} ({count})"


def asides(
    model: OverviewModel, advice: NextStep, *, kept: MselRow | None = None, reading: bool = False
) -> tuple[Aside, ...]:
    """Return what else waits: a team that asks, an answer to judge, and an inject that can be taken back."""
    found, wordings = list[Aside](), asking(model)
    if wordings and advice.command != "message":
        command, does = ("", "") if reading else ("message", "answers")
        found.append(Aside(wordings, command, does, keep=True))
    waiting = model.to_judge()
    if waiting and advice.command != "judge" and model.stage is not Stage.CLOSED:
        command, does = ("", "") if reading else ("judge", "judges")
        found.append(Aside((f"{len(waiting)} to judge",), command, does))
    if model.stage is Stage.READY and not reading:
        found.append(_consent(model))
    if to_open(model.state) and advice.command != "probes" and not reading:
        found.append(Aside(("probes not asked", "probes"), "probes", "asks"))
    rated = _rated_themselves(model)
    if rated and rated not in advice.text:
        command, does = ("", "") if reading else ("self-ratings", "shows it")
        found.append(Aside((rated, rated.replace(" teams", "")), command, does))
    if kept is not None and model.stage is not Stage.RUNNING and not reading:
        held = kept.mark is RowMark.HELD
        wording = f"{kept.code or kept.title} is {'held' if held else 'skipped'}"
        found.append(Aside((wording,), "hold" if held else "skip", "takes it back"))
    return tuple(found)


def _rated_themselves(model: OverviewModel) -> str:
    """Say how many teams rated themselves, while they can."""
    asked = open_now(model.state)
    if asked is None:
        return ""
    return f"{len(asked.given)} of {len(model.scenario.teams)} teams rated themselves"


def _waits_for_ratings(model: OverviewModel) -> bool:
    asked = open_now(model.state)
    return asked is not None and len(asked.given) < len(model.scenario.teams)


def _consent(model: OverviewModel) -> Aside:
    """Say how many teams have initialled the rules and objectives."""
    state = model.state
    if state.consent is None:
        return Aside(("rules not initialled", "rules"), "show-rules", "shows them")
    missing = state.not_initialled
    if not missing:
        return Aside(("all have initialled", "initialled"), "show-rules", "shows them")
    return Aside(
        (f"{model.teams(missing)} not initialled", "initials missing"), "show-rules", "shows who has"
    )


def _awaited(model: OverviewModel, now: float) -> NextStep:
    """Say whom the room waits for, and what comes next. To jump, or to close, would take their time away."""
    asked = model.standings.open()
    named = [f"{model.team(one.team)} ({one.name}, {span(one.due - int(now))} left)" for one in asked]
    more = f" and {len(named) - _MANY} more" if len(named) > _MANY else ""
    coming, phase = model.next_entry(now), model.next_phase
    then = ""
    if gate_due(model.state, int(now)):
        then = " Then the phase ends."
    elif coming is not None and coming.due is not None and (phase is None or coming.due < phase.from_):
        then = f" Next is {coming.code or coming.title}, due {until(coming.due, now)}."
    elif phase is not None:
        then = f" The gate is at {at_time(phase.from_)}."
    return NextStep(f"Waiting for {listed(named[:_MANY])}{more}.{then}", tone="plain")


def _coming(model: OverviewModel, now: float) -> NextStep:
    if model.standings.open():
        return _awaited(model, now)
    coming, phase = model.next_entry(now), model.next_phase
    if coming is not None and coming.due is not None and (phase is None or coming.due < phase.from_):
        name = coming.code or coming.title
        if model.state.auto:
            return NextStep(
                f"{name} goes out by itself {until(coming.due, now)}.", "jump", "jump there", "plain"
            )
        return NextStep(f"Next is {name}, due {until(coming.due, now)}.", "jump", "jump there", "plain")
    if phase is not None:
        return NextStep(
            f"No more injects in this phase; the gate is at {at_time(phase.from_)}.",
            "gate",
            "close the phase now",
            "plain",
        )
    if int(now) >= model.scenario.length or coming is None:
        return NextStep(
            "All timed injects are out. When discussion ends", "endex", "end the exercise (ENDEX)", "new"
        )
    return NextStep("Waiting.", "jump", "jump ahead", "plain")


def _ended(model: OverviewModel) -> NextStep:
    text = f"ENDEX: {_rated_themselves(model)}. Then" if _waits_for_ratings(model) else "ENDEX: play is over."
    step = NextStep(text, "hot-wash", "begin the hot wash", "new")
    if to_open(model.state):
        return _probing("ENDEX: play is over.", model, (step.command, step.purpose))
    return _judging(model, step) if model.to_judge() else step


def _probing(where: str, model: OverviewModel, then: tuple[str, str]) -> NextStep:
    """Ask for the probes before the room talks, since talk changes what teams know."""
    count = len(to_open(model.state))
    waiting = "A probe waits" if count == 1 else f"{count} probes wait"
    return NextStep(
        f"{where} {waiting}. Before the room talks,", "probes", "ask every team", "new", other=then
    )


def _gate(model: OverviewModel) -> NextStep:
    phase = model.next_phase
    if phase is None:
        return NextStep("The last phase is over.", "endex", "end the exercise (ENDEX)", "new")
    if to_open(model.state):
        return _probing("Gate.", model, ("gate", "begin the next phase"))
    text = "Gate: ask the room the questions below. Then"
    if _waits_for_ratings(model):
        text = f"Gate: {_rated_themselves(model)}. Then"
    return NextStep(text, "gate", "begin the next phase", "new")

"""What the team should look at: the line that says what to press next, and the band that says stop."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Final, Literal

from tabletop.exercise.events import ProbesClosed
from tabletop.exercise.marking import STOP_PLAYING
from tabletop.exercise.state import Stage
from tabletop.scenario.gametime import format_time
from tabletop.tui.kit.host_contact import HostContact
from tabletop.tui.kit.rows import Line, Part, shortened
from tabletop.tui.kit.times import span
from tabletop.tui.station.memory import StationMemory
from tabletop.tui.station.pen import offer, only_the_pen_rates
from tabletop.tui.station.station_model import StationModel
from tabletop.tui.station.times import due_part

Alarm = Literal["calm", "caution", "alarm"]

_GAP: Final[Part] = ("   ", "plain")


@dataclass(frozen=True, slots=True)
class BandText:
    """A band across the screen while something other than play is going on."""

    title: str
    text: str
    alarm: Alarm


_BANDS: Final = {
    Stage.READY: BandText(
        "BEFORE STARTEX",
        "The exercise has not begun. Read the situation below and wait for exercise control.",
        "calm",
    ),
    Stage.PAUSED: BandText(
        "PAUSEX",
        "Play is paused and the clock stands. What you typed is kept. Wait until the facilitator resumes.",
        "caution",
    ),
    Stage.GATE: BandText(
        "PHASE ENDED",
        "The clock stands. Join the discussion; play goes on with the next phase.",
        "caution",
    ),
    Stage.ENDED: BandText("ENDEX", "The exercise has ended. You can still read everything here.", "calm"),
    Stage.HOT_WASH: BandText("HOT WASH", "The exercise has ended. Join the discussion.", "calm"),
    Stage.CLOSED: BandText("CLOSED", "The record is closed. You can still read everything here.", "calm"),
}


_AT_CONSOLE: Final = {
    Stage.PAUSED: BandText("PAUSEX", "Play is paused: moves are taken once it goes on.", "caution"),
    Stage.GATE: BandText("GATE", "The clock stands: moves are taken in the next phase.", "caution"),
    Stage.ENDED: BandText("ENDEX", "Play is over.", "calm"),
}


def emergency_band(said: str) -> BandText:
    """Return what every screen shows while play is stopped for something real; control said `said`."""
    words = f"{said.strip()} " if said.strip() else ""
    text = f"{words}{STOP_PLAYING}"
    return BandText("REAL-WORLD EMERGENCY", text, "alarm")


def band(model: StationModel, contact: HostContact) -> BandText | None:
    """Return what the band says; None while play runs and all is well."""
    if model.course.stage is Stage.EMERGENCY:
        return emergency_band(model.course.emergency)
    if contact.trouble is not None:
        return _trouble(contact.trouble, contact)
    if model.course.stage in (Stage.GATE, Stage.ENDED):
        asked = _asked(model, contact.probes_left)
        if asked is not None:
            return asked
    if model.course.stage is Stage.READY and model.rules.shown is not None:
        return _rules(model)
    return _with_offer(_BANDS.get(model.course.stage), model)


def _asked(model: StationModel, probes_left: float | None) -> BandText | None:
    """Return what exercise control asks where play stands, or has asked: what waits for the team first."""
    if model.probes.waiting:
        return _probes(model, probes_left)
    if model.self_ratings.waits:
        return _with_offer(_rate_yourselves(model), model)
    if model.probes.open:
        return _probes(model, probes_left)
    if model.self_ratings.asked is not None:
        words = f"Your ratings of your team are recorded. Y changes them {model.self_ratings.until}."
        return BandText("RATED", words, "calm")
    return _closed(model, model.probes.closed) if model.probes.closed is not None else None


def band_at_console(model: StationModel, contact: HostContact) -> BandText | None:
    """Return what the band says where control enters a team's moves: nothing of a station's own keys."""
    if model.course.stage is Stage.EMERGENCY or contact.trouble is not None:
        return band(model, contact)
    asked = bool(model.probes.open) or model.self_ratings.asked is not None
    return None if asked else _AT_CONSOLE.get(model.course.stage)


def _rate_yourselves(model: StationModel) -> BandText:
    """Say that the team can rate itself."""
    words = "Y opens a form: how did you do on each objective? It is not part of any score."
    if not model.team.mine:
        words = only_the_pen_rates(model.team)
    return BandText("RATE YOUR TEAM", words, "caution")


def _rules(model: StationModel) -> BandText:
    """Say that the rules wait for initials, or that they have them."""
    if model.seat in model.rules.initials:
        return BandText("INITIALLED", "The exercise has not begun. Wait for exercise control.", "calm")
    return BandText("RULES AND OBJECTIVES", "Read them below; I initials them for your team.", "caution")


def how_to_answer(model: StationModel, left: float | None) -> str:
    """Say that a team answers alone, and how long it has where there is a limit."""
    if left is None and not model.probes.seconds:
        return "Answer without asking anybody."
    time = f"{model.probes.seconds} seconds" if left is None else f"{span(math.ceil(left))} left"
    return f"{time}, without asking anybody."


def _probes(model: StationModel, left: float | None) -> BandText:
    """Say that questions wait at the gate, and for how long."""
    waiting, asked = model.probes.waiting, len(model.probes.open)
    if not waiting:
        time = "" if left is None else f", {span(math.ceil(left))} left"
        until = f"until they are closed{time}"
        return BandText("ANSWERED", f"Your answers are recorded. Q changes them {until}.", "calm")
    count = "1 question" if asked == 1 else f"{asked} questions"
    return BandText(
        f"{count.upper()} FOR YOUR TEAM", f"Q opens them. {how_to_answer(model, left)}", "caution"
    )


def _closed(model: StationModel, closed: ProbesClosed) -> BandText:
    """Say that the questions are closed, why, and whether the team was in time."""
    why = f"The {model.probes.seconds} seconds are over. " if closed.timed_out else ""
    missed = model.probes.missed
    count = "1 question has" if missed == 1 else f"{missed} questions have"
    answered = f"{count} no answer of yours." if missed else "Your answers are recorded."
    return BandText("QUESTIONS CLOSED", f"{why}{answered} Who was right is told in the hot wash.", "calm")


def _with_offer(shown: BandText | None, model: StationModel) -> BandText | None:
    """Return the same band, and that the pen can be taken, for as long as something is left to decide."""
    offered = "" if model.course.over else offer(model.team, model.team_name)
    if not offered:
        return shown
    if shown is None:
        return BandText("YOU CAN TAKE THE PEN", offered, "caution")
    return replace(shown, text=f"{shown.text}\n{offered}", alarm="caution")


def _trouble(trouble: str, contact: HostContact) -> BandText:
    """Return what is wrong, what becomes of what is typed, and what to do."""
    words = f"{trouble[:1].upper()}{trouble[1:].rstrip('.')}."
    if contact.astray:
        return BandText(
            "ANOTHER EXERCISE IS AT THIS ADDRESS", f"{words} The clock stands here until then.", "alarm"
        )
    if contact.finished:
        return BandText("THIS TERMINAL HAS LOST ITS SEAT", f"{words} Ctrl+Q leaves.", "alarm")
    if not contact.live:
        text = f"{words} It mends by itself; if it lasts a minute, tell the facilitator."
        return BandText("NO LINK TO THE HOST", text, "alarm")
    text = f"Tell the facilitator: {trouble}. What you typed is kept; send it again once this band is gone."
    return BandText("NOTHING CAN BE RECORDED", text, "alarm")


def next_steps(model: StationModel, memory: StationMemory, now: float) -> Line:
    """Return what is due next, what is new, who waits; and what to press for each."""
    if model.course.stage is Stage.EMERGENCY:
        return ()
    if model.course.over:
        return tuple(_rate_self(model)[1:]) or (("Nothing left to do at this station.", "dim"),)
    steps = [*_rate_self(model), *_talk(model), *_decide(model, now), *_answer(model), *_read(model, memory)]
    if steps:
        return tuple(steps[1:])
    if model.course.stage is Stage.READY:
        return (("Waiting for STARTEX.", "dim"),)
    if model.course.stage in (Stage.PAUSED, Stage.GATE):
        return (("Nothing waits for you until play goes on.", "dim"),)
    return (("Nothing waits for you. Share, consult or speak as you see fit.", "dim"),)


def _rate_self(model: StationModel) -> list[Part]:
    waits = model.self_ratings.waits and model.team.mine
    return [_GAP, ("How did your team do? ", "strong"), ("[Y] rate yourselves", "new")] if waits else []


def _talk(model: StationModel) -> list[Part]:
    """Return what to talk about, and until when."""
    talks = sorted(model.decisions.talks.values(), key=lambda talk: talk.opens)
    if not talks:
        return []
    more = f" (+{len(talks) - 1} more)" if len(talks) > 1 else ""
    return [
        _GAP,
        (f"{shortened(talks[0].name, 24)} talk first: ", "strong"),
        (shortened(talks[0].prompt, 60), "new"),
        (f" options open at {format_time(talks[0].opens)}{more}", "dim"),
    ]


def _decide(model: StationModel, now: float) -> list[Part]:
    waiting = model.decisions.open
    if not waiting:
        return []
    first = waiting[0]
    more = f" (+{len(waiting) - 1} more)" if len(waiting) > 1 else ""
    proposed = len(model.proposals.of(first.decision))
    return [
        _GAP,
        (f"{shortened(first.name, 24)} ", "strong"),
        due_part(first.due, now),
        (f"{more}{', ' if proposed else ' '}", "dim"),
        (f"{proposed} proposed  " if proposed else "", "strong"),
        (f"[D] {model.decides}", "new"),
    ]


def _answer(model: StationModel) -> list[Part]:
    waiting = model.talk.asked_of_us
    if not waiting:
        return []
    who = shortened(model.names.all(dict.fromkeys(item.by for item in waiting)), 30)
    return [_GAP, (f"{who} asks " if len(waiting) == 1 else f"{who} ask ", "strong"), ("[A] answer", "new")]


def _read(model: StationModel, memory: StationMemory) -> list[Part]:
    fresh = len(memory.fresh(model))
    return [_GAP, (f"{fresh} new ", "strong"), ("[N] read", "new")] if fresh else []


def decision_to_open(model: StationModel, shown: str | None, now: float) -> str | None:
    """Return the decision that `D` opens: of the page, else the most urgent, else the latest to amend."""
    questions = model.decisions.questions
    page = questions.get(shown) if shown is not None else None
    candidates = [
        *([page] if page is not None and page.open else []),
        *model.decisions.open,
        *([page] if page is not None and page.amendable(now) else []),
        *(question for question in reversed(questions.values()) if question.amendable(now)),
    ]
    return candidates[0].decision if candidates else None

"""What was played, by whom, when and for how long."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Final

from tabletop.exercise import events as e
from tabletop.exercise.anchors import Anchors
from tabletop.exercise.commands import EVALUATOR
from tabletop.exercise.consent import consent_sentence
from tabletop.exercise.describe.course import clock_jump_words
from tabletop.exercise.events import Record
from tabletop.exercise.losses import loss_sentence
from tabletop.exercise.marking import practice_sentence
from tabletop.report.history import History
from tabletop.report.model.outline import CourseEvent, Overview, PhaseRun, TeamInfo
from tabletop.report.parts.rules import rule_uses
from tabletop.rules.version import rescored_sentence
from tabletop.scenario.clock import LocalClock, is_named
from tabletop.scenario.quantities import Moment, Stretch

EMERGENCY = "REAL-WORLD EMERGENCY"
_SHORT_HASH = 12


def overview(history: History, chain_head: str | None) -> Overview:
    """Return the overview of the exercise."""
    scenario, state = history.scenario, history.state
    _, created = next(history.of(e.ExerciseCreated))
    started, ended = history.first(e.ExerciseStarted), history.first(e.ExerciseEnded)
    clock = scenario.clock
    return Overview(
        exercise=state.name,
        scenario=scenario.title,
        scenario_id=scenario.id,
        scenario_hash=created.scenario_hash[:_SHORT_HASH],
        imprint=scenario.imprint,
        program=created.program,
        headless=history.headless,
        initialled=_each(
            f"{event.name} ({scenario.teams[event.team].name})"
            for _, event in history.of(e.RulesInitialled)
            if not history.anonymous
        ),
        judges=_each(_judges(history)),
        practice=practice_sentence(created.players),
        consent=consent_sentence(state, anonymous=history.anonymous),
        incomplete=loss_sentence(history.records),
        rescored=rescored_sentence(created.rules_version, created.program),
        date=_in_words(day_of(history)),
        stage=state.stage.value,
        started=started is not None,
        ended=ended is not None,
        played=Stretch(ended.at if ended else state.at),
        planned=Stretch(scenario.length),
        real=_between(started, ended),
        players=scenario.players,
        sponsor=scenario.report.sponsor,
        handling=scenario.report.handling,
        scope=scenario.report.scope,
        threat=scenario.report.threat,
        summary=scenario.summary,
        situation=scenario.situation,
        zone=_zone(clock) if clock is not None else None,
        teams=tuple(TeamInfo(name, team.name, tuple(team.offices)) for name, team in scenario.teams.items()),
        phases=tuple(_phases(history)),
        course=tuple(_course(history)),
        rules=tuple(rule_uses(history)),
        events=len(history.records),
        chain_head=chain_head,
    )


_JUDGES: Final = (e.ObservationMade, e.ScoreAdjusted, e.RatingGiven, e.ActionTicked)


def _judges(history: History) -> Iterator[str]:
    """Yield every evaluator who judged, as often as they did."""
    for record in history.records:
        judged = record.seat == EVALUATOR and isinstance(record.event, _JUDGES)
        if judged and (author := history.author(record)):
            yield author


def _each(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _zone(clock: LocalClock) -> str:
    """Return the zone of the report's local times: ``UTC+09:00``, ``Asia/Tokyo (UTC+09:00)``."""
    utc = f"UTC{clock.utc(clock.zone, 0)}"
    return f"{clock.zone} ({utc})" if is_named(clock.zone) else utc


def anchors_in(history: History) -> Anchors | None:
    """Return the anchors that the exercise carries."""
    _, created = next(history.of(e.ExerciseCreated))
    return created.anchors


def _time_of_day(record: Record) -> datetime | None:
    """Return the wall-clock time of a record; None if the log holds anything else in its place."""
    try:
        found = datetime.fromisoformat(record.wall)
    except ValueError:
        return None
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)


def day_of(history: History) -> date | None:
    """Return the day of STARTEX in UTC; None in an anonymous report, and where no real time went by."""
    return _day(history, history.first(e.ExerciseStarted) or history.records[0])


def _day(history: History, record: Record) -> date | None:
    found = _time_of_day(record)
    return found.date() if found is not None and history.real_time else None


def _in_words(day: date | None) -> str | None:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}" if day is not None else None


# Not strftime: the name of a month must not depend on the locale of the machine.
_MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)


def _between(first: Record | None, last: Record | None) -> Stretch | None:
    """Return the real time between two records; None where the log cannot tell, as after headless play."""
    if first is None or last is None:
        return None
    begun, done = _time_of_day(first), _time_of_day(last)
    if begun is None or done is None or done <= begun:
        return None
    return Stretch((done - begun).total_seconds())


def _phases(history: History) -> Iterator[PhaseRun]:
    began: dict[str, Moment] = {}
    ended: dict[str, Moment] = {}
    starts = {planned.id: planned.from_ for planned in history.scenario.phases}
    for record in history.records:
        match record.event:
            case e.ExerciseStarted(phase=phase):
                began[phase] = Moment(record.at)
            case e.PhaseBegan(phase=phase):
                began[phase] = Moment(max(record.at, starts[phase]))
            case e.GateReached(phase=phase):
                ended[phase] = Moment(record.at)
    end = history.first(e.ExerciseEnded)
    for planned in history.scenario.phases:
        if end is not None and planned.id in began:
            ended.setdefault(planned.id, Moment(end.at))
        yield PhaseRun(
            planned.id, planned.title, Moment(planned.from_), began.get(planned.id), ended.get(planned.id)
        )


def _course(history: History) -> Iterator[CourseEvent]:
    titles = {phase.id: phase.title for phase in history.scenario.phases}
    for record in history.records:
        turn = _turn(record.event, titles)
        if turn is not None:
            yield CourseEvent(Moment(record.at), turn[0], turn[1], _clock_time(history, record))


def _clock_time(history: History, record: Record) -> str | None:
    """Return ``14:05:09``, with the date where it is not the day of STARTEX."""
    found = _time_of_day(record)
    if found is None or not history.real_time:
        return None
    day = _day(history, record)
    return f"{found:%H:%M:%S}" if day == day_of(history) else f"{_in_words(day)}, {found:%H:%M:%S}"


_PLAIN_TURNS: Mapping[type, str] = {
    e.PlayResumed: "Play resumed",
    e.EmergencyCleared: "Emergency over",
    e.ExerciseEnded: "ENDEX",
    e.HotWashBegan: "Hot wash",
    e.ExerciseClosed: "Record closed",
}


def _turn(event: e.Event, titles: dict[str, str]) -> tuple[str, str] | None:  # noqa: PLR0911
    """Return what happened, in the words of the field, with a detail; None if it is not of the course."""
    match event:
        case e.ExerciseStarted(phase=phase):
            return "STARTEX", titles[phase]
        case e.PlayPaused(reason=reason):
            return "PAUSEX", reason
        case e.ClockJumped(missed=missed, stepped=stepped):
            return "Game time not moved", clock_jump_words(missed, stepped)
        case e.LossAccepted():
            return "Record incomplete", event.words
        case e.TimeJumped(to=to):
            return "Clock set forward", f"to {Moment(to)}"
        case e.RateChanged(rate=rate):
            return "Clock rate changed", f"{rate:g} game seconds a second"
        case e.GateReached(phase=phase):
            return "Gate", f"{titles[phase]} ended"
        case e.PhaseBegan(title=title):
            return "Phase began", title
        case e.EmergencyDeclared(text=text):
            return EMERGENCY, text
    plain = _PLAIN_TURNS.get(type(event))
    return (plain, "") if plain is not None else None

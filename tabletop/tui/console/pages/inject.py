"""The inject panel: an inject in full, or what the room should hear while play stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tabletop.exercise.decide.delivery import content
from tabletop.exercise.state import InjectState, Stage
from tabletop.plaintext import in_quotes, one_line
from tabletop.rules.describe import rules_page
from tabletop.scenario.cards import Card
from tabletop.scenario.gametime import format_length, format_time
from tabletop.scenario.msel import ExpectedAction
from tabletop.scenario.prose import listed
from tabletop.scenario.scenario import Entry
from tabletop.tui.kit.rows import Line, Part, Tone
from tabletop.tui.overview.msel import LOOKS, MselRow, RowMark
from tabletop.tui.overview.overview_model import OverviewModel
from tabletop.tui.overview.wording import until

_BLANK: Line = ()
_COLUMNS = ("storyline", "controller", "priority", "location")


def inject_page(
    model: OverviewModel, row: MselRow, now: float, *, full: bool = False, tight: bool = False
) -> list[Line]:
    """Everything the facilitator may want to know of an inject.

    `full` adds the options it leads to, `tight` saves lines where there are few.
    """
    words = content(model.state, row.entry)
    planned, known = model.scenario.entries.get(row.entry), model.state.inject(row.entry)
    sender: Line = (("From ", "dim"), (words.sender, "strong"), (" by ", "dim"), (words.channel, "strong"))
    office: Line = ((" for ", "dim"), (words.office, "strong")) if words.office else ()
    to: Line = (("To ", "dim"), (model.teams(words.to), "strong"), *office)
    lines: list[Line] = [(*sender, (" to ", "dim"), *to[1:])] if tight else [sender, to]
    if known.title is not None:
        lines.append((("Reworded by exercise control", "new"),))
    lines += [*_condition(model, row, now), *([] if tight else [_BLANK]), ((words.text.strip(), "plain"),)]
    if planned is not None:
        lines += [*_additions(model, planned, known, now), *_planned(model, planned, now, full=full)]
    return lines


def status(model: OverviewModel, row: MselRow, now: float) -> Line:
    """How an inject stands, on one line: due in, sent at, opened by."""
    glyph, tone = LOOKS[row.mark]
    if row.sent is not None:
        # With stations elsewhere there is more to say of each team, and one line has to hold it.
        words = glyph if model.reach else f"{glyph} {row.mark.value}"
        return ((f"{words} {format_time(row.sent)}", tone), *_receipts(model, row))
    if row.mark in {RowMark.SCHEDULED, RowMark.DUE} and row.due is not None:
        tone = "warn" if row.mark is RowMark.DUE else "plain"
        return (
            (f"{glyph} due {format_time(row.due)}, ", tone),
            (until(row.due, now), tone if tone == "warn" else "strong"),
        )
    waits = f" ({row.waits})" if row.waits and row.mark is RowMark.SCHEDULED else ""
    return ((f"{glyph} {row.mark.value}{waits}", tone),)


def _receipts(model: OverviewModel, row: MselRow) -> Iterator[Part]:
    """Say which teams have opened an inject, which have it at a station, and which do not have it yet."""
    reads, number = model.state.inject(row.entry).reads, model.sent_as.get(row.entry, 0)
    missing = tuple(team for team in row.to if team not in reads)
    if not missing:
        yield (", opened by all", "good")
        return
    if not model.reach:
        yield (f", not opened by {model.teams(missing)}", "warn")
        return
    parts: dict[tuple[str, Tone], list[str]] = {}
    for team in row.to:
        parts.setdefault(_receipt(model, team, number, read=team in reads), []).append(team)
    for (words, tone), teams in parts.items():
        yield (f"  {model.audience(tuple(teams))} {words}", tone)


def _receipt(model: OverviewModel, team: str, number: int, *, read: bool) -> tuple[str, Tone]:
    """How far an inject has come with one team, as words after its name."""
    if read:
        return "opened", "good"
    if team not in model.reach:
        return "unopened", "warn"
    return ("delivered", "plain") if model.reach[team] >= number else ("undelivered", "bad")


def _condition(model: OverviewModel, row: MselRow, now: float) -> Iterator[Line]:
    if row.sent is not None or row.mark is RowMark.SKIPPED:
        return
    holds = model.branch_holds(row.entry, now)
    if holds is True:
        yield (("Its condition holds as things stand", "good"),)
    elif holds is False:
        planned = model.scenario.entries[row.entry]
        then = (
            "waits for its condition" if planned.waits_for is not None else "is passed over as things stand"
        )
        yield ((f"It {then}", "warn"),)


def _additions(model: OverviewModel, planned: Entry, known: InjectState, now: float) -> Iterator[Line]:
    """Paragraphs for some teams, or under a condition judged when the inject goes out."""
    tests = model.state.script.additions
    for index, addition in enumerate(planned.inject.additions):
        who = model.teams(addition.to) if addition.to else "all"
        test = tests.get((planned.id, index))
        holds = test is None or test(model.state, int(now))
        if known.released_at is not None:
            note = ""
        else:
            note = (
                ""
                if test is None
                else " (its condition holds)"
                if holds
                else " (its condition does not hold)"
            )
        yield _BLANK
        yield (
            (f"For {who}{note}: ", "new" if holds else "dim"),
            (addition.text.strip(), "plain" if holds else "dim"),
        )


def _dealt(model: OverviewModel, card: Card) -> Iterator[Line]:
    """Yield a card that the inject hands out: to whom, from whom to keep it, and how it passes on."""
    holder = model.team(card.holder) if card.holder else "its reader"
    yield (
        (f"Gives {holder} ", "dim"),
        (f"{card.code or card.id} {card.title}", "strong"),
        (f", to share within {format_length(card.window)}", "dim"),
    )
    if card.caveat:
        names = listed([model.team(team) for team in card.caveat])
        yield ((f"  Caveat: clean form only for {names}", "warn"),)
    if card.clean_form:
        yield (("  Clean form: ", "dim"), (card.clean_form.strip(), "plain"))
    for rule in card.passes:
        names = listed([model.team(team) for team in rule.to])
        called = f" {in_quotes(rule.name)}" if rule.name else ""
        ifs = " if its condition holds" if rule.when is not None else ""
        yield ((f"  Passes to {names} by standing rule{called}{ifs}", "dim"),)


def _planned(model: OverviewModel, planned: Entry, now: float, *, full: bool) -> Iterator[Line]:
    """Yield what players never see: what is expected, asked, handed out and trained."""
    inject = planned.inject
    for attachment in inject.attachments:
        yield (("Attached: ", "strong"), (attachment.alt, "plain"), (f" ({attachment.file})", "dim"))
    if inject.expected:
        yield _BLANK
        yield from _expected(model, planned)
    if planned.decisions:
        yield _BLANK
    for name in planned.decisions:
        yield from _decision(model, name, now, full=full)
    for card in planned.cards:
        yield from _dealt(model, card)
    if inject.objectives:
        goals = [
            f"{model.scenario.objectives[name].code} {model.scenario.objectives[name].title}"
            for name in inject.objectives
        ]
        yield (("Trains ", "dim"), (listed(goals), "plain"))
    columns = [f"{name} {value}" for name in _COLUMNS if (value := getattr(inject, name))]
    if columns:
        yield (("MSEL: ", "dim"), (" · ".join(columns), "plain"))
    if inject.notes:
        yield (("Note: ", "dim"), (inject.notes.strip(), "plain"))


def _expected(model: OverviewModel, planned: Entry) -> Iterator[Line]:
    """Yield what is expected, with what was ticked of it."""
    inject = planned.inject
    if inject.expected_text:
        (whole,) = inject.actions
        yield (
            ("Expected: ", "good"),
            (inject.expected_text.strip(), "plain"),
            *_seen(model, planned, 1, whole),
        )
        return
    yield (("Expected:", "good"),)
    for number, action in enumerate(inject.actions, 1):
        who = f"{model.team(action.team)}: " if action.team else ""
        line: Line = ((f"  {number} ", "dim"), (f"{who}{action.words}", "plain"))
        yield (*line, *_seen(model, planned, number, action))


def _seen(model: OverviewModel, planned: Entry, number: int, action: ExpectedAction) -> Iterator[Part]:
    """Yield what each person last ticked, by team where any may do it, with the name where several did."""
    ticks = {
        (team, person): tick
        for (entry, ticked, team, person), tick in model.state.ticks.items()
        if (entry, ticked) == (planned.id, number)
    }
    several = len({person for _, person in ticks}) > 1
    for (team, person), tick in sorted(ticks.items(), key=lambda item: item[1].seq):
        whose = f"{model.team(team)} " if team and not action.team else ""
        seen: Part = ("done", "good") if tick.done else ("not seen", "bad")
        by = f" by {one_line(person)}" if several else ""
        yield from ((f"  {whose}", "dim"), seen, (f" {format_time(tick.at)}{by}", "dim"))


def _decision(model: OverviewModel, name: str, now: float, *, full: bool) -> Iterator[Line]:
    decision = model.decision(name)
    heading = f"{decision.code or ''} {decision.title}".strip()
    yield (
        ("Asks ", "dim"),
        (model.teams(decision.team), "strong"),
        (f" {heading}", "new"),
        (f", {format_length(decision.window)}", "dim"),
    )
    for team in decision.team:
        asked = model.state.decisions.get((name, team))
        talk = model.state.discussions.get((name, team))
        if talk is not None:
            talks: Part = (f"talks first, options open {until(talk.opens, now)}", "warn")
            yield ((f"  {model.team(team)} ", "plain"), talks)
        if asked is None:
            continue
        if asked.decided_at is not None:
            said = asked.words or decision.options[asked.option or ""].text
            state = " (to be judged)" if asked.to_judge else " (judged)" if asked.words else ""
            words: Part = (f"decided {format_time(asked.decided_at)}: {said}{state}", "good")
        elif asked.lapsed:
            words = ("did not decide", "bad")
        else:
            words = (f"due {until(asked.due, now)}", "bad" if asked.due < int(now) else "warn")
        yield ((f"  {model.team(team)} ", "plain"), words)
    if full:
        if decision.talk_first is not None:
            yield (("  Talk first: ", "dim"), (decision.talk_first, "plain"))
        yield ((f"  {decision.question.strip()}", "plain"),)
        for option in decision.options.values():
            yield ((f"    {option.words}", "plain"),)
            if option.tradeoff:
                yield ((f"      {option.tradeoff}", "dim"),)
            if option.announced:
                yield ((f"      Said in public: {in_quotes(option.announced)}", "dim"),)


# While play stands ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StagePage:
    """What stands in the place of an inject while play stands."""

    title: str
    below: str
    lines: list[Line]


def stage_page(model: OverviewModel) -> StagePage | None:
    """Return a page for the room while there is no next inject to show; None in play."""
    now, coming = format_time(model.state.at), model.next_phase
    match model.stage:
        case Stage.READY:
            return StagePage("Before STARTEX", _contents(model), _ready(model))
        case Stage.GATE:
            after = (
                f"Next is {in_quotes(coming.title)} from {format_time(coming.from_)}"
                if coming
                else "The last phase is over"
            )
            return StagePage("Gate: questions for the room", after, _prompts(model, _own_prompts(model)))
        case Stage.EMERGENCY:
            return StagePage(
                "Real-world emergency", f"Play stopped at {now}; every station says so", _emergency()
            )
        case Stage.ENDED | Stage.HOT_WASH | Stage.CLOSED:
            prompts = _own_prompts(model) or _latest_prompts(model)
            return StagePage(
                "Hot wash: questions for the room", f"Play ended at {now}", _prompts(model, prompts)
            )
    return None


def _contents(model: OverviewModel) -> str:
    scenario, timed = model.scenario, sum(1 for row in model.rows() if row.mark is not RowMark.BY_HAND)
    play = f"{format_length(scenario.length)} of play in {len(scenario.phases)} phases"
    return f"{timed} injects, {len(scenario.decisions)} decisions, {play}"


def _ready(model: OverviewModel) -> list[Line]:
    scenario = model.scenario
    lines: list[Line] = []
    if scenario.summary:
        lines += [((scenario.summary.strip(), "plain"),), _BLANK]
    if scenario.ground_rules:
        lines += [(("Read the ground rules to the room", "strong"),)]
        lines += [((f"  {rule}", "plain"),) for rule in scenario.ground_rules]
        lines += [_BLANK]
    lines += [(("What gives points (I shows this at any time)", "strong"),), _BLANK]
    return [*lines, *rules_page(scenario)]


def _emergency() -> list[Line]:
    """Say plainly what holds while play has stopped: this is the moment when nobody remembers."""
    return [
        (("See to the real matter first. The exercise can wait, and nothing of it is lost.", "plain"),),
        _BLANK,
        (("When it is over, press Ctrl+E, then Ctrl+D. Play stays paused until you let it go on.", "plain"),),
        (
            (
                "If it cannot go on, do that and then end it (ENDEX): reports cover what was played.",
                "plain",
            ),
        ),
    ]


def _own_prompts(model: OverviewModel) -> Sequence[str]:
    """Return the prompts of the phase that is being played, or was last."""
    return model.phase.prompts if model.phase is not None else ()


def _latest_prompts(model: OverviewModel) -> Sequence[str]:
    """Return the prompts of the latest phase that has any."""
    return next((phase.prompts for phase in reversed(model.scenario.phases) if phase.prompts), ())


def _prompts(model: OverviewModel, prompts: Sequence[str]) -> list[Line]:
    lines: list[Line] = [
        ((f"{number}. {prompt.strip()}", "plain"),) for number, prompt in enumerate(prompts, 1)
    ]
    lapsed = {
        model.team(team): standing.lapsed
        for team, standing in model.standings.teams.items()
        if standing.lapsed
    }
    if lapsed:
        lines += [
            _BLANK,
            (
                ("Decisions not taken so far: ", "dim"),
                (", ".join(f"{team} {n}" for team, n in lapsed.items()), "warn"),
            ),
        ]
    return lines or [(("Ask what each team knew, when, and whom it told.", "plain"),)]

"""Moves entered for a team at exercise control's own terminal: what it could do now, and how it is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from tabletop.exercise import commands as c
from tabletop.exercise.events import CONTROL
from tabletop.exercise.state import DecisionState, Stage
from tabletop.protocol.submission import Answer
from tabletop.tui.console.desk import Desk
from tabletop.tui.kit.fields import (
    Field,
    FlagField,
    LongField,
    OneField,
    SeveralField,
    TextField,
    Values,
)
from tabletop.tui.kit.form import Build, Form
from tabletop.tui.kit.rows import Part, shortened
from tabletop.tui.overview.wording import until

_IN_PLAY: Final = frozenset({Stage.RUNNING, Stage.PAUSED, Stage.GATE, Stage.EMERGENCY})


@dataclass(frozen=True, slots=True)
class TeamMove:
    """Something that a team could do now."""

    team: str
    kind: str
    what: str = ""
    """The decision or the consultation it is about."""
    parts: tuple[Part, ...] = ()


def moves(desk: Desk) -> list[TeamMove]:
    """What can be entered now: what waits for a team first, then what any team can do at any time."""
    found: list[TeamMove] = []
    for asked in desk.model.standings.open():
        if asked.team in desk.acting_teams:
            what: Part = (f"{asked.code} {asked.title}  ", "new")
            late: Part = (f"due {until(asked.due, desk.now)}", "bad" if asked.due < int(desk.now) else "warn")
            found.append(_move(desk, asked.team, "decide", asked.decision, ("decide ", "plain"), what, late))
    for team in desk.acting_teams:
        for consult, by in desk.model.contacts.waiting(team):
            who: Part = (desk.model.team(by), "new")
            found.append(
                _move(desk, team, "answer", consult, ("answer ", "plain"), who, (", who asked", "dim"))
            )
    for team in desk.acting_teams:
        found.extend(_any_time(desk, team))
    return found


def _move(desk: Desk, team: str, kind: str, what: str, *parts: Part) -> TeamMove:
    return TeamMove(team, kind, what, ((f"{desk.model.team(team):<12} ", "strong"), *parts))


def _any_time(desk: Desk, team: str) -> Iterator[TeamMove]:
    state = desk.model.state
    held = sum(1 for holder, _ in state.hands if holder == team)
    if held:
        count: Part = (f"  {held} {'card' if held == 1 else 'cards'}", "dim")
        yield _move(desk, team, "share", "", ("share a card", "plain"), count)
    yield _move(desk, team, "consult", "", ("consult", "plain"))
    yield _move(desk, team, "state", "", ("speak in public", "plain"))
    yield _move(desk, team, "message", "", ("write a message", "plain"))
    for question in desk.model.standings.open():
        if question.team == team:
            on: Part = (f"{question.code} {question.title}".strip(), "plain")
            yield _move(desk, team, "propose", question.decision, ("note a proposal for ", "plain"), on)
    for (name, asked_team), asked in state.decisions.items():
        if asked_team == team and asked.option is not None and not asked.lapsed and desk.now <= asked.due:
            known = desk.model.decision(name)
            title = f"{known.code or ''} {known.title}".strip()
            yield _move(desk, team, "decide", name, ("change ", "plain"), (title, "plain"))


# Forms -----------------------------------------------------------------------------------------


def form_of(desk: Desk, move: TeamMove) -> Form:
    """Make the form that asks for the rest of a move."""
    return _FORMS[move.kind](desk, move)


def move_form(desk: Desk, about: str) -> Form | None:
    """Make the form of a move again, from the name of its draft; None if the team cannot make it any more."""
    kind, team, what = (*about.split(" "), "", "")[:3]
    move = TeamMove(team, kind, what)
    return (
        form_of(desk, move)
        if kind in _FORMS and team in desk.acting_teams and _makes_sense(desk, move)
        else None
    )


def _makes_sense(desk: Desk, move: TeamMove) -> bool:
    """Whether the team could make that move, now or as soon as play goes on."""
    model = desk.model
    if model.stage not in _IN_PLAY:
        return False
    match move.kind:
        case "decide" | "propose":
            asked = model.state.decisions.get((move.what, move.team))
            return asked is not None and not asked.lapsed and (asked.open or _amendable(desk, move, asked))
        case "answer":
            return move.what in dict(model.contacts.waiting(move.team))
        case "share":
            return any(holder == move.team for holder, _ in model.state.hands)
    return True


def _amendable(desk: Desk, move: TeamMove, asked: DecisionState) -> bool:
    return move.kind == "decide" and desk.now <= asked.due


def _form(
    desk: Desk, move: TeamMove, title: str, fields: Sequence[Field], build: Build, intro: str = ""
) -> Form:
    async def submit(command: c.Command) -> Answer:
        return await desk.submit(command, move.team)

    draft = desk.draft(f"move {move.kind} {move.team} {move.what}".rstrip())
    lines: list[tuple[Part, ...]] = [((intro, "plain"),)] if intro else []
    heading = f"{desk.model.team(move.team)}: {title}"
    return Form(heading, fields, build, submit, draft=draft, intro=lines)


def _options(desk: Desk, move: TeamMove) -> list[tuple[str, str, str]]:
    """The options as the team was given them."""
    known = desk.model.decision(move.what).options
    asked: DecisionState = desk.model.state.decisions[move.what, move.team]
    return [(key, known[key].text, known[key].tradeoff or "") for key in asked.options]


def _decide(desk: Desk, move: TeamMove) -> Form:
    decision = desk.model.decision(move.what)
    asked: DecisionState = desk.model.state.decisions[move.what, move.team]
    fields: list[Field] = [
        LongField("option", "", _options(desk, move), value=asked.option or ""),
        TextField("rationale", "Rationale", value=asked.rationale),
    ]

    def build(values: Values) -> c.Decide:
        if not values.one("option"):
            raise ValueError("choose an option, by its number or with the space bar")
        return c.Decide(decision=move.what, option=values.one("option"), rationale=values.text("rationale"))

    title = f"{decision.code or ''} {decision.title}".strip()
    return _form(desk, move, f"{title}, due {until(asked.due, desk.now)}", fields, build, decision.question)


def _propose(desk: Desk, move: TeamMove) -> Form:
    decision = desk.model.decision(move.what)
    fields: list[Field] = [
        LongField("option", "", _options(desk, move), value=""),
        TextField("rationale", "Rationale"),
        TextField("by", "Who proposes it"),
        TextField("office", "Office"),
    ]

    def build(values: Values) -> c.Propose:
        """The command that the filled-in form stands for; ValueError says what is missing."""
        if not values.one("option"):
            raise ValueError("choose an option, by its number or with the space bar")
        return c.Propose(
            decision=move.what,
            option=values.one("option"),
            rationale=values.text("rationale"),
            by=values.text("by"),
            office=values.text("office"),
        )

    title = f"{decision.code or ''} {decision.title}".strip()
    return _form(desk, move, f"note a proposal for {title}", fields, build, decision.question)


def _partners(desk: Desk, team: str) -> list[tuple[str, str]]:
    return [(other, known.name) for other, known in desk.model.scenario.teams.items() if other != team]


def _some(values: Values, name: str) -> tuple[str, ...]:
    chosen = values.several(name)
    if not chosen:
        raise ValueError("choose at least one of them")
    return chosen


def _share(desk: Desk, move: TeamMove) -> Form:
    held = {card: known for (holder, card), known in desk.model.state.hands.items() if holder == move.team}
    ordered = sorted(held, key=lambda card: -held[card].seq)
    choices = [
        (card, f"{held[card].code} {held[card].title}".strip(), shortened(held[card].text, 90))
        for card in ordered
    ]
    partners = _partners(desk, move.team)
    fields: list[Field] = [
        LongField("card", "", choices, value=ordered[0]),
        SeveralField("with", "With", partners, chosen=tuple(team for team, _ in partners)),
        FlagField("sanitised", "", "Sanitised (without its sources)"),
    ]

    def build(values: Values) -> c.Share:
        return c.Share(
            card=values.one("card"), with_=_some(values, "with"), sanitised=values.flag("sanitised")
        )

    return _form(desk, move, "share a card", fields, build)


def _about(desk: Desk, team: str) -> OneField:
    asked = [name for name, of in desk.model.state.decisions if of == team]
    titles = [
        (name, f"{desk.model.decision(name).code or ''} {desk.model.decision(name).title}".strip())
        for name in asked
    ]
    return OneField("about", "About", [("", "no decision"), *titles], value="")


def _consult(desk: Desk, move: TeamMove) -> Form:
    partners = _partners(desk, move.team)
    chosen = tuple(team for team, _ in partners)
    fields: list[Field] = [
        SeveralField("with", "Whom", partners, chosen=chosen),
        TextField("text", "Question"),
        _about(desk, move.team),
    ]

    def build(values: Values) -> c.Consult:
        return c.Consult(
            with_=_some(values, "with"), about=values.one("about") or None, text=values.text("text")
        )

    return _form(desk, move, "consult", fields, build)


def _answer(desk: Desk, move: TeamMove) -> Form:
    by = next((by for consult, by in desk.model.contacts.waiting(move.team) if consult == move.what), "")

    def build(values: Values) -> c.Answer:
        return c.Answer(from_=by, consult=move.what, text=values.text("text"))

    return _form(desk, move, f"answer {desk.model.team(by)}", [TextField("text", "Answer")], build)


def _state(desk: Desk, move: TeamMove) -> Form:
    labels = [
        ("", "no label"),
        *((key, f"{key}: {words}") for key, words in desk.model.scenario.labels.items()),
    ]
    fields: list[Field] = [
        TextField("text", "Statement"),
        OneField("label", "Label", labels, value=""),
        _about(desk, move.team),
    ]

    def build(values: Values) -> c.State:
        return c.State(
            text=values.text("text"), label=values.one("label") or None, about=values.one("about") or None
        )

    return _form(desk, move, "speak in public", fields, build)


def _message(desk: Desk, move: TeamMove) -> Form:
    others = [*_partners(desk, move.team), (CONTROL, "exercise control")]
    fields: list[Field] = [SeveralField("to", "To", others), TextField("text", "Text")]

    def build(values: Values) -> c.Message:
        return c.Message(to=_some(values, "to"), text=values.text("text"))

    return _form(desk, move, "write a message", fields, build)


_FORMS: Final[dict[str, Callable[[Desk, TeamMove], Form]]] = {
    "decide": _decide,
    "propose": _propose,
    "share": _share,
    "consult": _consult,
    "answer": _answer,
    "state": _state,
    "message": _message,
}

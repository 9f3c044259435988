"""What the reading pane shows when something is opened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tabletop.exercise import events as e
from tabletop.exercise.events import Attached
from tabletop.plaintext import in_quotes
from tabletop.scenario.gametime import format_time
from tabletop.tui.kit.consent import TITLE, initials_line, rules_paragraphs
from tabletop.tui.kit.rows import Line, Part
from tabletop.tui.station.state.arrivals import BRIEFING_KEY, RULES_KEY
from tabletop.tui.station.state.cards import Holding
from tabletop.tui.station.state.decisions import Question, TalkFirst
from tabletop.tui.station.state.names import Names
from tabletop.tui.station.state.proposals import PutForward
from tabletop.tui.station.station_model import StationModel


@dataclass(frozen=True, slots=True)
class StationPage:
    """A page: a title, a line about its origin, paragraphs, and what one can do about it."""

    title: str
    origin: str
    paragraphs: tuple[Line, ...]
    hints: Line = ()
    decision: str | None = None
    """The decision that `D` opens from this page."""
    card: str | None = None
    """The card that `S` shares from this page."""
    attachments: tuple[Attached, ...] = ()
    """What `O` opens from this page."""
    writer: str | None = None
    """Whom `M` writes back to from this page."""


def reading(model: StationModel, key: str) -> StationPage | None:
    """Return the page that a key opens; None if there is none."""
    if key == BRIEFING_KEY:
        return _briefing(model)
    if key == RULES_KEY:
        return _rules(model)
    kind, _, rest = key.partition("/")
    if kind == "inject":
        return _inject(model, rest)
    if kind == "decision":
        question, talk = model.decisions.questions.get(rest), model.decisions.talks.get(rest)
        return _talk(model, talk) if talk else _decision(model, question) if question else None
    if kind == "card":
        holding = model.cards.held.get(rest.rpartition("/")[0])
        return _card(model, holding) if holding else None
    if kind == "consult":
        return _consultation(model, rest.rpartition("/")[0])
    return _said(model, kind, int(rest))


def _words(*texts: str) -> tuple[Line, ...]:
    return tuple(((text.strip("\n"), "plain"),) for text in texts)


def _when(model: StationModel, at: int) -> str:
    local = model.local(at)
    return f"{format_time(at)} · {local} local" if local else format_time(at)


def _briefing(model: StationModel) -> StationPage:
    team = model.briefing.teams.get(model.seat)
    paragraphs: list[Line] = list(_words(*_split(model.briefing.situation)))
    if team is not None and team.offices:
        paragraphs.append((("Your offices", "strong"), *_bullets(team.offices)))
    if model.briefing.ground_rules:
        paragraphs.append((("Ground rules", "strong"), *_bullets(model.briefing.ground_rules)))
    attachments = model.briefing.attachments
    return StationPage(
        "Situation and ground rules",
        f"For {model.team_name}",
        (*paragraphs, *_attached_lines(attachments)),
        attachments=attachments,
    )


def _rules(model: StationModel) -> StationPage | None:
    shown = model.rules.shown
    if shown is None:
        return None
    teams = {team: known.name for team, known in model.briefing.teams.items()}
    verb = "replace your initials" if model.seat in model.rules.initials else "initial them for your team"
    return StationPage(
        TITLE,
        "Shown to everybody before play",
        (initials_line(model.rules.initials, teams), *rules_paragraphs(shown)),
        hints=() if model.course.over else ((f"\n[I] {verb}", "new"),),
    )


def _split(text: str) -> list[str]:
    return [part for part in text.split("\n\n") if part.strip()]


def _bullets(lines: tuple[str, ...]) -> list[Part]:
    return [(f"\n• {line}", "plain") for line in lines]


def _inject(model: StationModel, entry: str) -> StationPage | None:
    inject = model.inbox.injects.get(entry)
    if inject is None:
        return None
    questions, cards = model.decisions.of_inject(entry), model.cards.of_inject(entry)
    talks = [talk for talk in model.decisions.talks.values() if talk.entry == entry]
    hints: list[Part] = [(f"\n{_talk_words(talk)}", "new") for talk in talks]
    hints += [part for question in questions for part in _decision_hint(model, question)]
    hints += [part for holding in cards for part in _card_hint(model, holding)]
    office = f" · for {inject.office}" if inject.office else ""
    return StationPage(
        title=inject.title,
        origin=f"From {inject.sender}{office} · {inject.channel} · {_when(model, inject.at)}",
        paragraphs=(*_words(*inject.paragraphs), *_attached_lines(inject.attachments)),
        hints=tuple(hints),
        decision=next((question.decision for question in questions), None),
        card=next((holding.card for holding in cards), None),
        attachments=inject.attachments,
    )


def _attached_lines(attachments: Sequence[Attached]) -> list[Line]:
    """Return a line for each attachment, with what it shows, for a page that it belongs to."""
    return [
        (
            ("Attached: ", "strong"),
            (f"{one.alt} ", "plain"),
            (f"({one.file})", "dim"),
            *_open_key(last=one is attachments[-1]),
        )
        for one in attachments
    ]


def _open_key(*, last: bool) -> Line:
    return (("  ", "plain"), ("[O] open", "new")) if last else ()


def _decision_hint(model: StationModel, question: Question) -> list[Part]:
    if question.lapsed is not None:
        return [(f"\n{question.full_name} lapsed: {question.lapsed}.", "dim")]
    if question.open:
        words = f"\nYou are asked to decide {question.full_name}, by {format_time(question.due)}. "
        return [(words, "plain"), (f"[D] {model.decides}", "new")]
    return [(f"\nYou decided {question.full_name}: {in_quotes(question.chosen)}", "good")]


def _card_hint(model: StationModel, holding: Holding) -> list[Part]:
    if holding.partners:
        return [
            (f"\nCard {in_quotes(holding.title)}: shared with {model.names.all(holding.partners)}.", "good")
        ]
    return [(f"\nYou hold the card {in_quotes(holding.title)}. ", "plain"), ("[S] share", "new")]


def _talk_words(talk: TalkFirst) -> str:
    return f"{talk.full_name}: talk about it first. Its options open at {format_time(talk.opens)}."


def _talk(model: StationModel, talk: TalkFirst) -> StationPage:
    """Return what the team talks about, and nothing else of the decision."""
    origin = f"Put to you {_when(model, talk.at)} · window closes {format_time(talk.due)}"
    hints: Line = ((f"\nTalk first. The question and its options open at {format_time(talk.opens)}.", "new"),)
    return StationPage(talk.full_name, origin, (((talk.prompt, "strong"),),), hints)


def _decision(model: StationModel, question: Question) -> StationPage:
    paragraphs: list[Line] = [((question.question, "plain"),)]
    if question.prompt:
        paragraphs.insert(0, (("You talked about: ", "dim"), (question.prompt, "dim")))
    for option in question.options:
        mine = option.id == question.option
        mark: Part = ("● ", "good") if mine else ("  ", "plain")
        words: list[Part] = [mark, (option.words, "strong" if mine else "plain")]
        words += [(f"\n  {line}", "dim") for line in option.below]
        if option.id in question.locked:
            words.append((f"\n  Locked: {question.locked[option.id]}", "warn"))
        paragraphs.append((*words, *_proposed(model, question, option.id)))
    if question.words:
        own: Line = (("● ", "good"), ("In our own words: ", "dim"), (question.words, "strong"))
        paragraphs.append(own)
    for item in model.proposals.of(question.decision):
        if not item.option:
            words = [("  In our own words: ", "dim"), (item.text, "plain")]
            paragraphs.append((*words, (f"\n  {_proposer(model, item)}", "new")))
    if question.rationale:
        paragraphs.append((("Reason: ", "strong"), (question.rationale, "plain")))
    hints: list[Part]
    if question.lapsed is not None:
        hints = [(f"\nNo decision was recorded: {question.lapsed}.", "bad")]
    elif question.decided_at is not None:
        verb = "Amended" if question.amended else "Decided"
        late = ", late" if question.late else ""
        hints = [(f"\n{verb} {_when(model, question.decided_at)}{late}.", "good")]
    else:
        hints = [(f"\n[D] {model.decides}", "new")]
    origin = f"Put to you {_when(model, question.at)} · window closes {format_time(question.due)}"
    return StationPage(
        question.full_name, origin, tuple(paragraphs), tuple(hints), decision=question.decision
    )


def _proposed(model: StationModel, question: Question, option: str) -> list[Part]:
    """Who in the team proposes that option, and why."""
    words: list[Part] = []
    for item in model.proposals.of(question.decision):
        if item.option == option:
            words.append((f"\n  {_proposer(model, item)}", "new"))
            words.append((f": {in_quotes(item.rationale)}" if item.rationale.strip() else "", "plain"))
    return words


def _proposer(model: StationModel, item: PutForward) -> str:
    return "You propose this" if item.who == model.team.me else f"{item.called} proposes this"


def _card(model: StationModel, holding: Holding) -> StationPage:
    names = model.names
    form = "in clean form" if holding.was_sanitised else "as it is"
    rule = standing_rule(holding.standing)
    origin = f"Given by {names.of(holding.giver)}, {form}{rule}" if holding.giver else "Your own"
    paragraphs = [*_words(holding.text)]
    if holding.sanitised:
        paragraphs.append((("Clean form: ", "strong"), (holding.sanitised, "plain")))
    if holding.caveat:
        paragraphs.append(((caveat_words(names, holding), "warn"),))
    return StationPage(
        title=f"Card: {holding.title}",
        origin=f"{origin} · {_when(model, holding.at)}",
        paragraphs=tuple(paragraphs),
        hints=tuple(_card_hints(model, holding)),
        card=holding.card,
    )


def _card_hints(model: StationModel, holding: Holding) -> list[Part]:
    """Who has it, who may pass it on, and what can be done."""
    names = model.names
    hints: list[Part] = []
    for item in holding.given:
        form = "in clean form" if item.sanitised else "as it is"
        form += ", by standing rule" if item.standing else ""
        hints.append((f"\nShared with {names.of(item.to)}, {form}, {_when(model, item.at)}.", "good"))
    for partner in model.partners:
        if (code := kept_by(model, holding, partner)) is not None:
            until = "until this phase ends"
            hints.append((f"\nYour decision {code} keeps it from {names.of(partner)} {until}.", "warn"))
    if holding.leave:
        allowed = [team for team in model.partners if team in holding.leave]
        hints.append((f"\n{names.all(allowed)} may pass it on.", "plain"))
    if holding.giver:
        hints.append(pass_on_part(model, holding))
    by = (
        f"\nTo share in time: by {format_time(holding.share_by)}. "
        if holding.own and not holding.given
        else "\n"
    )
    return [*hints, (by, "plain"), ("[S] share", "new")]


def caveat_words(names: Names, holding: Holding) -> str:
    """Return the caveat of a card as a sentence."""
    return f"Caveat: {names.all(holding.caveat)} may get it in clean form only."


def standing_rule(rule: e.StandingRule | None) -> str:
    """Return by which standing rule a card came; empty if it came by none."""
    if rule is None:
        return ""
    return f", by the standing rule {in_quotes(rule.name)}" if rule.name else ", by standing rule"


def kept_by(model: StationModel, holding: Holding, partner: str) -> str | None:
    """Return the name of the decision that keeps a card from a partner in this phase."""
    decision = model.cards.kept.get((holding.card, partner))
    question = model.decisions.questions.get(decision or "")
    return question.name if question is not None else decision


def pass_on_part(model: StationModel, holding: Holding) -> Part:
    """Whether a partner's card may be passed on."""
    giver = model.names.start(holding.giver)
    if holding.may_pass_on:
        return (f"\n{giver} lets you pass it on.", "plain")
    return (f"\n{giver} has not said that you may pass it on.", "warn")


def _consultation(model: StationModel, consult: str) -> StationPage | None:
    asked = model.talk.consultations.get(consult)
    if asked is None:
        return None
    names = model.names
    own = asked.by == model.seat
    title = f"We asked {names.all(asked.to)}" if own else f"{names.start(asked.by)} asks us"
    paragraphs = [*_words(asked.text)]
    for reply in asked.replies:
        who = "We" if reply.by == model.seat else names.start(reply.by)
        paragraphs.append(
            ((f"{who} answered ", "strong"), (f"{_when(model, reply.at)}\n", "dim"), (reply.text, "plain"))
        )
    hints: list[Part] = []
    if asked.waits_for(model.seat):
        hints = [("\nThey wait for your answer. ", "plain"), ("[A] answer", "new")]
    elif own and len(asked.replies) < len(asked.to):
        missing = [team for team in asked.to if all(reply.by != team for reply in asked.replies)]
        hints = [(f"\nNo answer yet from {names.all(missing)}.", "dim")]
    about = model.decisions.questions.get(asked.about or "")
    origin = _when(model, asked.at) + (f" · about {about.full_name}" if about else "")
    return StationPage(title, origin, tuple(paragraphs), tuple(hints))


def _said(model: StationModel, kind: str, number: int) -> StationPage | None:
    names = model.names
    if kind == "statement":
        said = model.talk.statements.get(number)
        if said is None:
            return None
        who = "We" if said.by == model.seat else names.start(said.by)
        called = model.briefing.labels.get(said.label or "", "")
        label = f" · label {said.label}{f' – {called}' if called else ''}" if said.label else ""
        advice: tuple[Line, ...] = ((("Advice to the public in ", "strong"), (said.advice, "plain")),)
        paragraphs = (*_words(said.text), *(advice if said.advice else ()))
        return StationPage(f"{who} said in public", f"{_when(model, said.at)}{label}", paragraphs)
    letter = model.talk.letters.get(number)
    if letter is None:
        return None
    own = letter.by == model.seat
    title = f"Message to {names.all(letter.to)}" if own else f"Message from {names.of(letter.by)}"
    hints: Line = () if own else (("\n[M] write back", "new"),)
    return StationPage(
        title, _when(model, letter.at), _words(letter.text), hints, writer=None if own else letter.by
    )

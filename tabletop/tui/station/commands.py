"""What a team can do at its station, each declared once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final, Protocol

from tabletop.exercise import commands as c
from tabletop.exercise.decide import may
from tabletop.exercise.state import Stage
from tabletop.scenario.gametime import format_time
from tabletop.tui.kit.command_registry import UNLISTED, CommandGroup, CommandRegistry, ScreenCommand, always
from tabletop.tui.kit.pending import Feedback
from tabletop.tui.kit.unsent import KEY, NOTHING, ON_ITS_WAY
from tabletop.tui.station.forms.consent import InitialForm
from tabletop.tui.station.forms.decide import DecideForm
from tabletop.tui.station.forms.pen import PenForm
from tabletop.tui.station.forms.probes import ProbesForm
from tabletop.tui.station.forms.self_ratings import SelfRatingsForm
from tabletop.tui.station.forms.share import ShareForm
from tabletop.tui.station.forms.speak import AnswerForm, ConsultForm, MessageForm, StateForm
from tabletop.tui.station.forms.team_form import TeamForm, TeamSeat
from tabletop.tui.station.memory import StationMemory
from tabletop.tui.station.page import StationPage
from tabletop.tui.station.pen import only_the_pen_rates, without_pen
from tabletop.tui.station.station_model import StationModel

HELP: Final = (
    "The top line says what to do next. Up and Down move, Enter opens, Tab goes to the next list. Nothing is "
    "sent unasked, and Esc keeps a draft."
)

_OVER: Final = "The exercise has ended: nothing more can be sent from here."


class Station(Protocol):
    """What commands work at: a station's screen."""

    model: StationModel
    memory: StationMemory

    @property
    def seat(self) -> TeamSeat:
        """Return what forms work with."""

    @property
    def page(self) -> StationPage | None:
        """Return the page that is open."""

    @property
    def decision(self) -> str | None:
        """Return the decision that `D` is about."""

    def fill_in(self, sheet: TeamForm) -> None:
        """Open a form."""

    def say(self, feedback: Feedback | None) -> None:
        """Say something below the lists."""

    def take_pen(self) -> object:
        """Take the pen, whose holder is away."""

    def next_new(self) -> None:
        """Open the oldest thing that is new."""

    def show_board(self, name: str) -> None:
        """Bring a board to the front."""

    def show_attachments(self) -> None:
        """Show what is attached to the page that is open."""

    def show_unsent(self) -> None:
        """Show what was typed and not sent."""

    def show_keys(self) -> None:
        """List the keys."""

    def action_leave(self) -> None:
        """Hand the keyboard back."""

    def action_back(self) -> None:
        """Go back to the inbox; from there, leave."""


# Why a key does nothing ------------------------------------------------------------------------


def _unless_over(
    command: type[c.BaseCommand], reason: Callable[[Station], str] = always
) -> Callable[[Station], str]:
    """Return the reason against a key. What only waits for play to go on can be filled in before."""

    def why_not(station: Station) -> str:
        course = station.model.course
        return _OVER if course.over and not may(course.stage, command) else reason(station)

    return why_not


def _no_decision(station: Station) -> str:
    """Say what is talked about first, if anything is: its options come by themselves."""
    if station.model.course.stage is Stage.GATE:
        return "The phase is over: nothing can be decided or amended until the next one begins."
    if station.decision:
        return ""
    talk = station.model.decisions.next_talk
    if talk is not None:
        opens = format_time(talk.opens)
        return f"Talk first about {talk.full_name}: {talk.prompt} Its options open at {opens}."
    return "No decision waits for you, and none can be amended any more."


def _nobody_asks(station: Station) -> str:
    return "" if station.model.talk.asked_of_us else "Nobody waits for your answer."


def _no_card(station: Station) -> str:
    return "" if station.model.cards.held else "You hold no card to share."


def _no_rules(station: Station) -> str:
    shown = station.model.rules.shown is not None
    return "" if shown else "The rules and objectives have not been shown yet."


def _alone(station: Station) -> str:
    others = station.model.team.members
    return "" if others else "Nobody else sits with your team: you decide and speak for it."


def _nothing_new(station: Station) -> str:
    fresh = station.memory.fresh(station.model)
    return "" if fresh else "Nothing is new: you have opened all that came."


def _nothing_attached(station: Station) -> str:
    page = station.page
    return "" if page is not None and page.attachments else "Nothing is attached to what is open."


def _nothing_unsent(station: Station) -> str:
    if station.memory.drafts.readable():
        return ""
    given = (one for one in station.seat.link.submissions if not isinstance(one.command, c.Read))
    return NOTHING if all(one.answered for one in given) else ON_ITS_WAY


# Forms -----------------------------------------------------------------------------------------


def _decide(station: Station) -> None:
    if station.decision is not None:
        station.fill_in(DecideForm(station.seat, station.decision))


def _decide_form(station: Station, decision: str) -> TeamForm | None:
    question = station.model.decisions.questions.get(decision)
    fits = question is not None and (question.open or question.amendable(station.seat.link.now()))
    return DecideForm(station.seat, decision) if fits and not station.model.course.over else None


def _answer_form(station: Station, consult: str) -> TeamForm | None:
    waits = any(item.consult == consult for item in station.model.talk.asked_of_us)
    return AnswerForm(station.seat, consult) if waits else None


def _state(station: Station) -> None:
    """Say who speaks, before anything is typed for nothing."""
    if station.model.team.mine:
        station.fill_in(StateForm(station.seat))
    else:
        station.say(Feedback(without_pen(station.model.team), "warn"))


def _rate_self(station: Station) -> None:
    """Say who rates the team, before anything is chosen for nothing."""
    if station.model.team.mine:
        station.fill_in(SelfRatingsForm(station.seat))
    else:
        station.say(Feedback(only_the_pen_rates(station.model.team), "warn"))


def _rate_self_form(station: Station, _about: str) -> TeamForm | None:
    asked = station.model.self_ratings.asked is not None
    return SelfRatingsForm(station.seat) if asked and station.model.team.mine else None


def _not_asked(station: Station) -> str:
    asked = station.model.self_ratings.asked is not None
    return "" if asked else "Your team has not been asked to rate itself, or play has gone on."


def _pen(station: Station) -> None:
    if station.model.team.offered:
        station.take_pen()
    else:
        station.fill_in(PenForm(station.seat))


def _show_board(board: str, station: Station) -> None:
    station.show_board(board)


_NEW: Final[ScreenCommand[Station]] = ScreenCommand(
    "new",
    "n",
    "New",
    "read the next thing that is new",
    lambda station: station.next_new(),
    why_not=_nothing_new,
    acts=False,
)

_FORMS: Final[tuple[ScreenCommand[Station], ...]] = (
    ScreenCommand(
        "decide",
        "d",
        "Decide",
        "take a decision, or amend one while its window is open",
        _decide,
        why_not=_unless_over(c.Decide, _no_decision),
        form=_decide_form,
        hidden=lambda station: not station.model.team.mine,
    ),
    ScreenCommand(
        "propose",
        "d",
        "Propose",
        "without the pen: propose an option to whoever holds it",
        _decide,
        why_not=_unless_over(c.Propose, _no_decision),
        hidden=lambda station: station.model.team.mine,
    ),
    ScreenCommand(
        "answer",
        "a",
        "Answer",
        "answer a partner that consulted you",
        lambda station: station.fill_in(AnswerForm(station.seat)),
        why_not=_unless_over(c.Answer, _nobody_asks),
        form=_answer_form,
    ),
    ScreenCommand(
        "share",
        "s",
        "Share",
        "give a card to partners",
        lambda station: station.fill_in(ShareForm(station.seat, station.page.card if station.page else None)),
        why_not=_unless_over(c.Share, _no_card),
        form=lambda station, _: ShareForm(station.seat),
    ),
    ScreenCommand(
        "consult",
        "c",
        "Consult",
        "ask partners before you act",
        lambda station: station.fill_in(ConsultForm(station.seat)),
        why_not=_unless_over(c.Consult),
        form=lambda station, _: ConsultForm(station.seat),
    ),
    ScreenCommand(
        "state",
        "p",
        "Public",
        "say something that every team will read",
        _state,
        why_not=_unless_over(c.State),
        form=lambda station, _: StateForm(station.seat),
    ),
    ScreenCommand(
        "message",
        "m",
        "Message",
        "write to partners or to exercise control",
        lambda station: station.fill_in(
            MessageForm(station.seat, station.page.writer if station.page else None)
        ),
        why_not=_unless_over(c.Message),
        form=lambda station, _: MessageForm(station.seat),
    ),
    ScreenCommand(
        "probes",
        "q",
        "Questions",
        "at a gate: say how your team sees the situation",
        lambda station: station.fill_in(ProbesForm(station.seat)),
        why_not=lambda station: "" if station.model.probes.open else "No questions are open.",
        form=lambda station, _: ProbesForm(station.seat) if station.model.probes.open else None,
        hidden=lambda station: not station.model.probes.open,
    ),
    ScreenCommand(
        "rate-self",
        "y",
        "Rate yourselves",
        "where exercise control asks: rate how your team did on each objective",
        _rate_self,
        why_not=_not_asked,
        form=_rate_self_form,
        hidden=lambda station: bool(_not_asked(station)),
    ),
    ScreenCommand(
        "initial",
        "i",
        "Initial",
        "put your team's initials under the rules and objectives",
        lambda station: station.fill_in(InitialForm(station.seat)),
        why_not=_unless_over(c.Initial, _no_rules),
        form=lambda station, _: None if _no_rules(station) else InitialForm(station.seat),
        hidden=lambda station: bool(_no_rules(station)),
    ),
    ScreenCommand(
        "pen",
        "h",
        "Pen",
        "who sits with your team and holds its pen; hand it over",
        _pen,
        why_not=_alone,
        hidden=lambda station: bool(_alone(station)),
    ),
)

_OPEN: Final[ScreenCommand[Station]] = ScreenCommand(
    "open",
    "o",
    "Open",
    "what is attached to the page that is open",
    lambda station: station.show_attachments(),
    why_not=_nothing_attached,
    hidden=lambda station: bool(_nothing_attached(station)),
    acts=False,
)

_BOARDS: Final = (
    ("k", "Cards", "the cards you hold"),
    ("t", "Talk", "all that was asked, said and written"),
    ("l", "Log", "what happened to you, in order"),
)

_AROUND: Final[tuple[ScreenCommand[Station], ...]] = (
    *(
        ScreenCommand(label.lower(), key, label, help, partial(_show_board, label.lower()), acts=False)
        for key, label, help in _BOARDS
    ),
    ScreenCommand(
        "unsent",
        KEY,
        "Unsent",
        "what was typed here and not sent",
        lambda station: station.show_unsent(),
        why_not=_nothing_unsent,
        hidden=lambda station: bool(_nothing_unsent(station)),
        acts=False,
    ),
    ScreenCommand(
        "help",
        "question_mark",
        "Help",
        "this page",
        lambda station: station.show_keys(),
        acts=False,
        shown_as="?",
    ),
    ScreenCommand(
        "leave", "f1", "Leave", "hand the keyboard back", lambda station: station.action_leave(), acts=False
    ),
    ScreenCommand(
        "back",
        "escape",
        "Back",
        "back to the inbox; once there, leave",
        lambda station: station.action_back(),
        acts=False,
        rank=UNLISTED + 1,
        shown_as="Esc",
    ),
)

COMMANDS: Final[CommandRegistry[Station]] = CommandRegistry(
    "station", [CommandGroup("", (_NEW, *_FORMS, _OPEN, *_AROUND))]
)

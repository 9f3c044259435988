"""A station's model and what it is shown, without a host and without a screen."""

from __future__ import annotations

from tabletop.exercise import events as e
from tabletop.protocol.link import Briefing, Sight
from tabletop.scenario.clock import LocalClock
from tabletop.tui.station.station_model import StationModel
from tests.builders import tiny_scenario

CLOCK = LocalClock.model_validate({"zone": "+09:00", "anchors": [{"at": "T+0", "shows": "D 06:00"}]})


def briefing(clock: LocalClock | None = CLOCK) -> Briefing:
    """What the teams of the tiny scenario know before play."""
    scenario = tiny_scenario()
    return Briefing(
        name="Rehearsal",
        title=scenario.title,
        situation="A launch is expected.\n\nNobody knows when.",
        ground_rules=("Act for your capital.",),
        teams=scenario.teams,
        labels=scenario.labels,
        clock=clock,
    )


class Watching:
    """A model that is shown one event after the other."""

    def __init__(self, seat: str = "tokyo") -> None:
        self.model = StationModel(briefing(), seat)
        self.number = 0

    def see(self, event: e.Event, at: int = 0) -> StationModel:
        """Show it an event."""
        self.number += 1
        self.model.see(Sight(self.number, at, event))
        return self.model


def inject(
    entry: str = "sighting", title: str = "A flash", text: str = "A vessel saw a flash."
) -> e.InjectReleased:
    """An inject as Tokyo receives it."""
    return e.InjectReleased(
        entry=entry, code="", title=title, sender="Coast guard", channel="radio", to=("tokyo",), text=text
    )


def asked(
    decision: str = "alert", code: str = "D2", due: int = 180, entry: str = "sighting"
) -> e.DecisionPresented:
    """A decision put to Tokyo."""
    return e.DecisionPresented(
        decision=decision,
        code=code,
        team="tokyo",
        title="Alert the public",
        question="Where do the sirens sound?",
        options=(
            e.OfferedOption(id="okinawa", text="Okinawa alone", tradeoff="Others hear it late"),
            e.OfferedOption(id="quiet", text="Nowhere"),
        ),
        window=180,
        due=due,
        entry=entry,
    )


def recorded(option: str = "okinawa", *, amended: bool = False, late: bool = False) -> e.DecisionRecorded:
    """Tokyo's decision."""
    return e.DecisionRecorded(
        decision="alert",
        code="D2",
        team="tokyo",
        option=option,
        text="Okinawa alone" if option == "okinawa" else "Nowhere",
        rationale="The path is known",
        amended=amended,
        late=late,
    )


def card(name: str = "flash", text: str = "A flash to the west") -> e.CardReceived:
    """A card of Tokyo's own."""
    return e.CardReceived(
        team="tokyo",
        card=name,
        code="",
        title="Flash",
        text=text,
        sanitised="Something was seen.",
        window=300,
        entry="sighting",
    )


def shared(by: str, to: tuple[str, ...], *, name: str = "flash", sanitised: bool = False) -> e.CardShared:
    """A card given to partners."""
    return e.CardShared(
        by=by, to=to, card=name, code="", title="Flash", text="A flash", window=300, sanitised=sanitised
    )


def consult(
    by: str, to: tuple[str, ...], name: str = "c1", text: str = "Do you agree?"
) -> e.ConsultRequested:
    """A consultation."""
    return e.ConsultRequested(consult=name, by=by, to=to, text=text)

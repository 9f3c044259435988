"""The players of a rehearsal: what each would choose, pass on and ask.

A player only says what it wants. Whether that is legal is for `decide` to say, so that a player knows nothing
of locked options, rules by which cards pass, or whatever else the format offers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import ClassVar, Final

from tabletop.errors import InputError
from tabletop.exercise.events import CardReceived, DecisionPresented
from tabletop.rehearsal.draws import Draws
from tabletop.scenario.nearest import nearest
from tabletop.scenario.options import Option
from tabletop.scenario.scenario import Scenario


class Form(StrEnum):
    """In which form a card is passed to a partner."""

    KEPT = "kept"
    CLEAN = "clean"
    RAW = "raw"


class Player:
    """A team that decides nothing, passes nothing on and asks nobody: silence."""

    name: ClassVar[str] = "silent"
    title: ClassVar[str] = "silence"
    chance: ClassVar[bool] = False
    """Whether two plays can differ."""
    answers: ClassVar[bool] = False
    """Whether it answers partners that consult it."""

    def __init__(self, scenario: Scenario, team: str, draws: Draws) -> None:
        self.scenario = scenario
        self.team = team
        self.draws = draws

    def options(self, asked: DecisionPresented) -> Sequence[str]:
        """Return options from the most to the least wanted; the first that is legal is recorded."""
        return ()

    def moment(self, asked: DecisionPresented) -> float:
        """Return after which share of the window it decides."""
        return 0.5

    def form(self, card: CardReceived, partner: str) -> Form:
        """Return in which form a card of its own goes to a partner."""
        return Form.KEPT

    def passes_at(self, card: CardReceived) -> float:
        """Return after which share of the card's window it passes it on."""
        return 0.25

    def asks(self, phase: str, partner: str) -> bool:
        """Return whether it consults that partner at the beginning of a phase."""
        return False

    def _by(self, asked: DecisionPresented, worth: Callable[[Option], float]) -> Sequence[str]:
        """Return the options by what they are worth; equal ones as the author wrote them."""
        options = self.scenario.decisions[asked.decision].options
        return sorted(options, key=lambda name: -worth(options[name]))


class First(Player):
    """Always the author's first option."""

    name = "first"
    title = "the first option"
    answers = True

    def options(self, asked: DecisionPresented) -> Sequence[str]:
        """Return the options as they are written."""
        return tuple(self.scenario.decisions[asked.decision].options)


class Random(Player):
    """Options, moments, cards and consultations by chance."""

    name = "random"
    title = "random"
    chance = True
    answers = True

    def options(self, asked: DecisionPresented) -> Sequence[str]:
        """Return the options in a drawn order."""
        options = tuple(self.scenario.decisions[asked.decision].options)
        return self.draws.order(options, "option", self.team, asked.decision)

    def moment(self, asked: DecisionPresented) -> float:
        """Return a moment within the window."""
        return 0.3 + 0.7 * self.draws.share("moment", self.team, asked.decision)

    def form(self, card: CardReceived, partner: str) -> Form:
        """Keep it, or pass it on in either form."""
        return tuple(Form)[self.draws.below(3, "card", self.team, card.card, partner)]

    def passes_at(self, card: CardReceived) -> float:
        """Return a moment within the window."""
        return self.draws.share("passed", self.team, card.card)

    def asks(self, phase: str, partner: str) -> bool:
        """Ask in one half of the cases."""
        return self.draws.below(2, "ask", self.team, phase, partner) == 1


class Cheapest(Player):
    """Whatever costs least at home."""

    name = "cheapest"
    title = "cheapest at home"
    answers = True

    def options(self, asked: DecisionPresented) -> Sequence[str]:
        """Return the options by domestic capital."""
        return self._by(asked, lambda option: option.capital)


class Fastest(Player):
    """Whatever is done most quickly: an option with the tag `fast`, as soon as it can be chosen."""

    name = "fastest"
    title = "fastest"
    answers = True

    def options(self, asked: DecisionPresented) -> Sequence[str]:
        """Return those with the tag first."""
        return self._by(asked, lambda option: "fast" in option.tags)

    def moment(self, asked: DecisionPresented) -> float:
        """Return the beginning of the window."""
        return 0.0


class Naive(Player):
    """Cooperation without judgement: the friendliest option, every card to everybody, everybody asked."""

    name = "naive"
    title = "naive cooperation"
    answers = True

    def options(self, asked: DecisionPresented) -> Sequence[str]:
        """Return those tagged `coop`, then `coop2`, then those that do most good."""
        return self._by(asked, _friendliness)

    def form(self, card: CardReceived, partner: str) -> Form:
        """Pass everything on, in clean form where there is one."""
        return Form.CLEAN if card.sanitised else Form.RAW

    def asks(self, phase: str, partner: str) -> bool:
        """Ask everybody."""
        return True


class Judgement(Player):
    """The options with the best plain marks, but no card passed on and nobody called."""

    name = "judgement"
    title = "judgement without talk"
    answers = True

    def options(self, asked: DecisionPresented) -> Sequence[str]:
        """Return the options by the sum of their marks."""
        return self._by(asked, lambda option: sum(option.points.values()))


def _friendliness(option: Option) -> float:
    good = sum(points > 0 for points in option.points.values())
    return 2_000 if "coop" in option.tags else 1_000 if "coop2" in option.tags else good


PLAYERS: Final[Mapping[str, type[Player]]] = MappingProxyType(
    {kind.name: kind for kind in (Random, Player, First, Cheapest, Fastest, Naive, Judgement)}
)
"""Every player by name."""


def find_player(word: str) -> type[Player]:
    """Return the player of that name. Raises InputError with the names that there are."""
    found = PLAYERS.get(word)
    if found is None:
        near = nearest(word, PLAYERS)
        hint = f" Did you mean '{near}'?" if near else ""
        raise InputError(f"there is no player '{word[:40]}'.{hint} The players are: {', '.join(PLAYERS)}.")
    return found

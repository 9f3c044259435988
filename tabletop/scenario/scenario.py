"""The linked scenario: merged with its framework and injects, every reference resolved."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from functools import cached_property
from typing import Final

from pydantic import Field

from tabletop.scenario.attachments import Attachment, StoredFile
from tabletop.scenario.base import Code, Format, Id, Line, Part, Several, Text, is_empty
from tabletop.scenario.capital import Capital
from tabletop.scenario.cards import Card
from tabletop.scenario.clock import LocalClock
from tabletop.scenario.conditions import BaseCondition, Condition
from tabletop.scenario.decisions import Decision
from tabletop.scenario.gametime import GameTime, Length
from tabletop.scenario.imprint import Imprint, Report
from tabletop.scenario.injects import Inject
from tabletop.scenario.objectives import Late, Objective, RatingBands, Score
from tabletop.scenario.probes import Probe
from tabletop.scenario.rules import AnyRule, Bonus
from tabletop.scenario.teams import Team
from tabletop.scenario.timeline import Phase

_DATA: Final = {"files": {"__all__": {"data"}}}
"""Bytes of attached files, for which their hashes stand."""


class Entry(Part):
    """A timeline entry with its inject as this scenario uses it.

    `inject.to`, cards' holders and additions' audiences name teams, never ``all``.
    """

    id: Id
    code: Code | None = None
    inject: Inject
    at: GameTime | None = None
    on: Id | None = None
    after: Id | None = None
    """The entry that it follows."""
    delay: Length | None = None
    """Seconds between what it follows and its own time; none if it goes out at once."""
    latest: GameTime | None = None
    once: Condition | None = None
    since: Condition | None = None
    """Due `delay` after this first became true."""
    contingency: bool = False
    when: Condition | None = None
    decisions: Several[Id] = ()

    @property
    def waits_for(self) -> Condition | None:
        """The condition that makes it due, at once or after its delay."""
        return self.once if self.since is None else self.since

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """Every condition of the entry itself: what makes it due, and what it asks for then."""
        return tuple(one for one in (self.waits_for, self.when) if one is not None)

    @property
    def inject_conditions(self) -> tuple[Condition, ...]:
        """Every condition of its inject: of added paragraphs, and of rules by which a card passes on."""
        found = [addition.when for addition in self.inject.additions]
        found += [rule.when for card in self.cards for rule in card.passes]
        return tuple(one for one in found if one is not None)

    @property
    def cards(self) -> tuple[Card, ...]:
        """Every card that the inject or an addition hands out."""
        handed = (self.inject.card, *(addition.card for addition in self.inject.additions))
        return tuple(card for card in handed if isinstance(card, Card))


class Deal(Part):
    """A card that a team holds from the start of a cut."""

    team: Id
    card: Card
    """With its text; `holder` is the team that owns it."""
    sanitised: bool = False
    """The team got it without its sources, as from a partner."""


class Scenario(Imprint):
    """Immutable input of a run; a copy of it travels in the first event of every log."""

    format: Format
    id: Id
    title: Line
    summary: Text | None = None
    situation: Text | None = None
    report: Report = Report()
    length: Length
    hot_wash: Length | None = None
    players: Line | None = None
    ground_rules: Several[Line] = ()
    clock: LocalClock | None = None
    teams: dict[Id, Team]
    called: Line = "teams"
    """What the teams are called together."""
    score: Score = Score()
    objectives: dict[Id, Objective]
    labels: dict[Line, Line] = Field(default_factory=dict)
    late: Late | None = None
    capital: Capital = Capital()
    ratings: RatingBands = RatingBands()
    rules: Several[AnyRule] = ()
    phases: Several[Phase]
    timeline: Several[Entry]
    decisions: dict[Id, Decision]
    probes: Several[Probe] = Field(default=(), exclude_if=is_empty)
    backlash: Inject | None = None
    attachments: Several[Attachment] = ()
    files: dict[Line, StoredFile] = Field(default_factory=dict)
    """Every attached file by its name."""
    sources: dict[Line, Line] = Field(default_factory=dict)
    cut: Id | None = None
    """The cut of a longer scenario that this is."""
    presets: dict[Id, dict[Id, Id]] = Field(default_factory=dict)
    """Options taken before play, by decision and team; nobody is asked these decisions."""
    deals: Several[Deal] = ()

    @cached_property
    def entries(self) -> dict[str, Entry]:
        """Timeline entries by id."""
        return {entry.id: entry for entry in self.timeline}

    @cached_property
    def cards(self) -> dict[str, Card]:
        """Every card that an inject or an addition hands out, or that is dealt, by id."""
        handed = {card.id: card for entry in self.timeline for card in entry.cards}
        return {deal.card.id: deal.card for deal in self.deals} | handed

    def conditions(self) -> Iterator[BaseCondition]:
        """Yield every condition that its author wrote, wherever it stands."""
        for decision in self.decisions.values():
            yield from decision.conditions
        for entry in self.timeline:
            yield from (*entry.conditions, *entry.inject_conditions)
        for probe in self.probes:
            yield from (answer.when for answer in probe.options if answer.when is not None)
        yield from (rule.when for rule in self.rules if isinstance(rule, Bonus))

    def probes_at(self, gate: str) -> tuple[Probe, ...]:
        """Return the probes asked at the gate of a phase, or at the 'end'."""
        return tuple(probe for probe in self.probes if probe.at == gate)

    @property
    def team_word(self) -> str:
        """What one of the teams is called: ``capital`` of ``capitals``."""
        word = self.called
        return f"{word[:-3]}y" if word.endswith("ies") else word.removesuffix("s")

    @cached_property
    def has_capital(self) -> bool:
        """Whether any option costs or gives domestic capital, and that counts here."""
        return self.score.capital and any(
            option.moves_capital
            for decision in self.decisions.values()
            for option in decision.options.values()
        )

    @property
    def judges_coordination(self) -> bool:
        """Whether a rule judges how several teams work together."""
        return len(self.teams) > 1 and any(not isinstance(rule, Bonus) for rule in self.rules)

    @cached_property
    def content_hash(self) -> str:
        """SHA-256 of the canonical JSON of everything above but defaults, in hexadecimal.

        A key that a later version of the format adds leaves the hash of a scenario without it as it was.
        """
        text = json.dumps(
            self.model_dump(mode="json", exclude_defaults=True, exclude=_DATA),
            sort_keys=True,
            ensure_ascii=False,
        )
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

    def without_data(self) -> Scenario:
        """Return it with the description of each attached file, and without its bytes."""
        files = {name: file.model_copy(update={"data": ""}) for name, file in self.files.items()}
        return self.model_copy(update={"files": files}) if files else self

    def partners(self, team: str) -> tuple[str, ...]:
        """Return all other teams, in the order of the scenario."""
        return tuple(other for other in self.teams if other != team)

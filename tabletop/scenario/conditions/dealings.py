"""Conditions about what teams hold, share, ask each other and say in public."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Self

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from tabletop.plaintext import in_quotes
from tabletop.scenario.base import ALL, CardId, Line, OneOrMore, Part, TeamId, TeamOrAll
from tabletop.scenario.conditions.base import (
    BaseCondition,
    Choices,
    Claim,
    Fact,
    Node,
    Path,
    Reference,
    claim,
    each,
    nodes,
)
from tabletop.scenario.problems import quoted
from tabletop.scenario.prose import listed

if TYPE_CHECKING:
    from tabletop.scenario.conditions.names import Names
    from tabletop.scenario.conditions.telling import Telling
    from tabletop.scenario.linking.participants import Participants


def card_alone(value: object) -> object:
    """Expand the id of a card to ``{card: ID}``."""
    if isinstance(value, str):
        return {"card": value}
    if isinstance(value, dict | Part):
        return value
    hint = "write the card's id, or a block: {card: detection, with: [tokyo, seoul]}"
    raise PydanticCustomError("wrong_kind", "a card is named by its id or by a block of keys", {"hint": hint})


class HeldCard(Part):
    """A card, and who holds it (else: the team that decides)."""

    card: CardId = Field(description="The card.")
    by: TeamId | None = Field(default=None, description="Who holds it; else the team that decides.")


class Held(BaseCondition):
    """A team holds a card, whole or without its sources."""

    held: Annotated[HeldCard, BeforeValidator(card_alone, json_schema_input_type=CardId | HeldCard)] = Field(
        description="A card that a team holds."
    )

    def own_references(self, loc: Path) -> Iterator[Reference]:
        """Yield the card and the team."""
        loc = (*loc, "held")
        yield Reference("card", self.held.card, (*loc, "card"))
        if self.held.by is not None:
            yield Reference("team", self.held.by, (*loc, "by"))

    @property
    def without_decider(self) -> str:
        """The form that names the team."""
        return "" if self.held.by else f"{{held: {{card: {self.held.card}, by: …}}}}"

    def prerequisites(self) -> frozenset[Node]:
        """Return the card."""
        return nodes("card", [self.held.card])

    def claims(self, choices: Choices) -> list[Claim]:
        """Claim that the team holds it."""
        return [claim(f"card {quoted(self.held.card)}", "held", self.held.card, self.held.by or "")]

    def words(self, names: Names) -> str:
        """Say who holds what."""
        card = names.card(self.held.card)
        return f"{names.team(self.held.by)} holds {card}" if self.held.by else f"{card} held"

    def told(self, telling: Telling, *, held: bool) -> str:
        """Say who held what, or did not."""
        verb = "held" if held else "did not hold"
        return f"{telling.who(self.held.by)} {verb} {telling.card(self.held.card)}"


class SharedCard(Part):
    """A card, who shared it (else: anyone) and with whom (else: anyone)."""

    card: CardId = Field(description="The card.")
    by: TeamId | None = Field(default=None, description="Who shared it; else anyone.")
    with_: OneOrMore[TeamOrAll] | None = Field(
        default=None, alias="with", description="With whom, each of them; else anyone."
    )


class Shared(BaseCondition):
    """A card was shared; with each of the teams named."""

    shared: Annotated[SharedCard, BeforeValidator(card_alone, json_schema_input_type=CardId | SharedCard)] = (
        Field(description="A card that was shared.")
    )

    def own_references(self, loc: Path) -> Iterator[Reference]:
        """Yield the card and the teams."""
        loc = (*loc, "shared")
        yield Reference("card", self.shared.card, (*loc, "card"))
        if self.shared.by is not None:
            yield Reference("team", self.shared.by, (*loc, "by"))
        yield from each("teams", self.shared.with_ or (), (*loc, "with"))

    def with_teams(self, participants: Participants) -> Self:
        """Return it with every partner of the giver for ``all``."""
        shared = self.shared
        if ALL not in (shared.with_ or ()):
            return self
        giver = shared.by or participants.holders.get(shared.card)
        sharing = shared.model_copy(update={"with_": participants.partners(giver)})
        return self.model_copy(update={"shared": sharing})

    def prerequisites(self) -> frozenset[Node]:
        """Return the card."""
        return nodes("card", [self.shared.card])

    def claims(self, choices: Choices) -> list[Claim]:
        """Claim that each team was given it, and so that somebody gave it to somebody."""
        card, by = self.shared.card, self.shared.by or ""
        about = f"card {quoted(card)}"
        return [
            claim(
                about,
                "shared",
                card,
                by,
                team,
                implied=[Fact(about, ("shared", card, *less)) for less in (("", team), (by, ""), ("", ""))],
            )
            for team in self.shared.with_ or ("",)
        ]

    def words(self, names: Names) -> str:
        """Say who shared what with whom."""
        by = f" by {names.team(self.shared.by)}" if self.shared.by else ""
        to = f" with {names.teams(self.shared.with_)}" if self.shared.with_ else ""
        return f"{names.card(self.shared.card)} shared{by}{to}"

    def told(self, telling: Telling, *, held: bool) -> str:
        """Say who had shared what with whom, or had not."""
        shared = self.shared
        by = telling.team(shared.by) if shared.by else "somebody" if held else "nobody"
        had = "had not" if shared.by and not held else "had"
        names = [telling.teams([team]) for team in shared.with_ or ()]
        to = f" with {listed(names) if held else telling.all_of(names)}" if names else ""
        return f"{by} {had} shared {telling.card(shared.card)}{to}"


class Consultation(Part):
    """Who consulted (asked and answered) with whom."""

    by: TeamId | None = Field(
        default=None,
        description="One of the two teams, either way round; else the team that decides asked, this phase.",
    )
    with_: OneOrMore[TeamOrAll] = Field(alias="with", description="The other team, or each of several.")


def _teams_alone(value: object) -> object:
    """Expand teams to ``{with: …}``."""
    return {"with": value} if isinstance(value, str | list | tuple) else value


class Consulted(BaseCondition):
    """A team consulted with each of the teams named."""

    consulted: Annotated[
        Consultation,
        BeforeValidator(_teams_alone, json_schema_input_type=OneOrMore[TeamOrAll] | Consultation),
    ] = Field(description="A consultation that took place.")

    def own_references(self, loc: Path) -> Iterator[Reference]:
        """Yield the teams."""
        loc = (*loc, "consulted")
        if self.consulted.by is not None:
            yield Reference("team", self.consulted.by, (*loc, "by"))
        yield from each("teams", self.consulted.with_, (*loc, "with"))

    @property
    def without_decider(self) -> str:
        """The form that names the team."""
        if self.consulted.by:
            return ""
        return f"{{consulted: {{by: …, with: [{', '.join(self.consulted.with_)}]}}}}"

    def with_teams(self, participants: Participants) -> Self:
        """Return it with every partner for ``all``, unless only the exercise tells which team decides."""
        if ALL not in self.consulted.with_ or self.consulted.by is None:
            return self
        partners = participants.partners(self.consulted.by)
        return self.model_copy(update={"consulted": self.consulted.model_copy(update={"with_": partners})})

    def claims(self, choices: Choices) -> list[Claim]:
        """Claim that each pair of teams consulted."""
        by = self.consulted.by
        if by is None:
            about = "the consultation of the team that decides"
            return [claim(about, "asked", team) for team in self.consulted.with_]
        pairs = [sorted((by, partner)) for partner in self.consulted.with_]
        return [claim(f"the consultation of {one} and {other}", one, other) for one, other in pairs]

    def words(self, names: Names) -> str:
        """Say who consulted whom."""
        with_ = names.teams(self.consulted.with_)
        return f"{names.team(self.consulted.by)} consulted {with_}" if self.consulted.by else f"asked {with_}"

    def told(self, telling: Telling, *, held: bool) -> str:
        """Say who had asked whom, or had not."""
        names = [telling.teams([team]) for team in self.consulted.with_]
        whom, had = (listed(names), "had") if held else (telling.all_of(names), "had not")
        if self.consulted.by is None:
            return f"{telling.who(None)} {had} asked {whom} in this phase"
        return f"{telling.team(self.consulted.by)} {had} consulted with {whom}"


class Saying(Part):
    """Who spoke in public, and under which label (else: any)."""

    by: TeamId = Field(description="The team that spoke.")
    label: Line | None = Field(default=None, description="Under which label; else any.")


class Stated(BaseCondition):
    """A team spoke in public."""

    stated: Saying = Field(description="A statement made in public.")

    def own_references(self, loc: Path) -> Iterator[Reference]:
        """Yield the team and the label."""
        yield Reference("team", self.stated.by, (*loc, "stated", "by"))
        if self.stated.label is not None:
            yield Reference("label", self.stated.label, (*loc, "stated", "label"))

    def claims(self, choices: Choices) -> list[Claim]:
        """Claim that the team spoke under the label, and so that it spoke."""
        about, by = f"a statement of {quoted(self.stated.by)}", self.stated.by
        spoke = Fact(about, ("stated", by, ""))
        return [claim(about, "stated", by, self.stated.label or "", implied=[spoke])]

    def words(self, names: Names) -> str:
        """Say who spoke of what."""
        label = f" of {self.stated.label}" if self.stated.label else ""
        return f"{names.team(self.stated.by)} spoke{label}"

    def told(self, telling: Telling, *, held: bool) -> str:
        """Say who had spoken in public, or had not."""
        label = f" of {in_quotes(self.stated.label)}" if self.stated.label else ""
        return f"{telling.team(self.stated.by)} {'had' if held else 'had not'} spoken in public{label}"

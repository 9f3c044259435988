"""Conditions about the course of the exercise: releases, domestic capital, observations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from tabletop.scenario.base import EntryId, Id, ObjectiveId, OneOrMore, Part, TeamId
from tabletop.scenario.conditions.base import (
    BaseCondition,
    Choices,
    Claim,
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


class Released(BaseCondition):
    """Each of these timeline entries was released."""

    released: OneOrMore[EntryId] = Field(description="Timeline entries that were released.")

    def own_references(self, loc: Path) -> Iterator[Reference]:
        """Yield the entries."""
        return each("entry", self.released, (*loc, "released"))

    def prerequisites(self) -> frozenset[Node]:
        """Return the entries."""
        return nodes("entry", self.released)

    def claims(self, choices: Choices) -> list[Claim]:
        """Claim that each went out."""
        return [claim(f"entry {quoted(word)}", "released", word) for word in self.released]

    def words(self, names: Names) -> str:
        """Say which went out."""
        return f"{listed([names.entry(word) for word in self.released])} out"

    def told(self, telling: Telling, *, held: bool) -> str:
        """Say what had gone out or had not."""
        names = [telling.entry(word) for word in self.released]
        return f"{listed(names)} had gone out" if held else f"{telling.all_of(names)} had not gone out"


class CapitalLeft(Part):
    """How much domestic capital, and whose (else: the team that decides)."""

    team: TeamId | None = Field(default=None, description="Whose; else the team that decides.")
    at_least: Annotated[int, Field(ge=1, le=100)] = Field(
        alias="at-least", description="The domestic capital that the team has at least."
    )


def _number_alone(value: object) -> object:
    """Expand a number to ``{at-least: N}``."""
    number = isinstance(value, int) and not isinstance(value, bool)
    return {"at-least": value} if number else value


class CapitalHeld(BaseCondition):
    """A team has at least so much domestic capital."""

    capital: Annotated[
        CapitalLeft, BeforeValidator(_number_alone, json_schema_input_type=int | CapitalLeft)
    ] = Field(description="Domestic capital that a team has at least.")

    def own_references(self, loc: Path) -> Iterator[Reference]:
        """Yield the team."""
        if self.capital.team is not None:
            yield Reference("team", self.capital.team, (*loc, "capital", "team"))

    @property
    def without_decider(self) -> str:
        """The form that names the team."""
        return "" if self.capital.team else f"{{capital: {{team: …, at-least: {self.capital.at_least}}}}}"

    def claims(self, choices: Choices) -> list[Claim]:
        """Claim the capital as it is written: it goes up and down."""
        team = self.capital.team or ""
        about = f"the capital of {quoted(team)}" if team else "the capital of the team that decides"
        return [claim(about, "capital", team, str(self.capital.at_least), lasts=False)]

    def words(self, names: Names) -> str:
        """Say whose capital is how much."""
        whose = f"{names.team(self.capital.team)}'s " if self.capital.team else ""
        return f"{whose}capital {self.capital.at_least} or more"

    def told(self, telling: Telling, *, held: bool) -> str:
        """Say whether the team had so much left."""
        more = f"at least {self.capital.at_least}" if held else f"less than {self.capital.at_least}"
        return f"{telling.who(self.capital.team)} had {more} domestic capital left"


class Observation(Part):
    """What an observation of an evaluator or the facilitator is about; whatever is left out may be any."""

    about: Id | None = Field(default=None, description="The timeline entry or the decision it is about.")
    action: Annotated[int, Field(ge=1, le=100)] | None = Field(
        default=None, description="The number of the entry's expected action that was ticked as done."
    )
    team: TeamId | None = Field(default=None, description="The team it is about.")
    objective: ObjectiveId | None = Field(default=None, description="The objective it is about.")
    kind: Literal["strength", "improvement"] | None = Field(
        default=None, description="A strength, or something to improve."
    )

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not any((self.about, self.team, self.objective, self.kind)):
            raise ValueError("say what was observed: 'about', 'team', 'objective' or 'kind'")
        if self.action is not None and self.about is None:
            raise ValueError("'action' is the number of an expected action: name its entry under 'about'")
        return self


def _subject_alone(value: object) -> object:
    """Expand the id of an entry or a decision to ``{about: ID}``."""
    return {"about": value} if isinstance(value, str) else value


class Observed(BaseCondition):
    """Somebody recorded an observation like this."""

    observed: Annotated[
        Observation, BeforeValidator(_subject_alone, json_schema_input_type=Id | Observation)
    ] = Field(description="An observation that an evaluator or the facilitator recorded.")

    def own_references(self, loc: Path) -> Iterator[Reference]:
        """Yield the entry or decision, the team and the objective."""
        loc, seen = (*loc, "observed"), self.observed
        if seen.about is not None:
            yield Reference("subject", seen.about, (*loc, "about"))
        if seen.team is not None:
            yield Reference("team", seen.team, (*loc, "team"))
        if seen.objective is not None:
            yield Reference("objective", seen.objective, (*loc, "objective"))

    def claims(self, choices: Choices) -> list[Claim]:
        """Claim the observation as it is written."""
        seen = self.observed
        key = [value or "" for value in (seen.about, seen.team, seen.objective, seen.kind)]
        key.append(str(seen.action or ""))
        return [claim("an observation", "observed", *key)]

    def words(self, names: Names) -> str:
        """Say what was observed."""
        seen = self.observed
        parts = [
            seen.kind or ("" if seen.action else "something"),
            f"action {seen.action}" if seen.action else "",
            f"on {names.subject(seen.about)}" if seen.about else "",
            f"of {names.team(seen.team)}" if seen.team else "",
            f"for {names.objective(seen.objective)}" if seen.objective else "",
        ]
        return f"observed: {' '.join(filter(None, parts))}"

    def told(self, telling: Telling, *, held: bool) -> str:
        """Say whether somebody noted it."""
        seen = self.words(telling).removeprefix("observed: ")
        return f"somebody had observed {seen}" if held else f"nobody had observed {seen}"

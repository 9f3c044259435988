"""Questions put to teams."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from tabletop.scenario.base import (
    AnyNumber,
    Code,
    Id,
    Line,
    OneOrMore,
    OptionId,
    OptionWord,
    Part,
    Several,
    TeamOrAll,
    Text,
    is_empty,
)
from tabletop.scenario.capital import CapitalNeeded
from tabletop.scenario.conditions import BaseCondition, Condition
from tabletop.scenario.gametime import Length
from tabletop.scenario.options import Option, option_name
from tabletop.scenario.outcomes import Nothing, Outcome

FittingSet = Annotated[dict[TeamOrAll, OneOrMore[OptionWord]], Field(min_length=1)]
"""By team, or for 'all' teams that are not named, the options that belong together."""


class Decision(Part):
    """A question put to one team or to several, with a window to answer it in."""

    code: Code | None = Field(default=None, description="A short code on paper: 'D1'.")
    title: Line = Field(description="Its title, as players read it.")
    talk_first: Line | None = Field(
        default=None,
        alias="talk-first",
        description="What the table talks about first, in at most 20 words. It is shown alone; the question "
        "and the options open a quarter of the window later.",
    )
    question: Text = Field(description="What the team is asked.")
    team: OneOrMore[TeamOrAll] = Field(description="The team asked, a list of teams, or 'all'.")
    window: Length = Field(description="Time to decide in, from when the inject goes out.")
    options: dict[Id, Option] = Field(min_length=1, description="The ways to decide, by id.")
    none: Nothing | None = Field(default=None, description="The outcome when nobody decides.")
    fits: AnyNumber[FittingSet] = Field(
        default=(),
        exclude_if=is_empty,
        description="Sets of choices that fit together: by team or 'all', the options of the set.",
    )
    compatible: Several[OneOrMore[OptionId]] = Field(
        default=(), description="Older than 'fits': options that fit together whoever chooses which."
    )
    when: Condition | None = Field(
        default=None, description="Asked only if this holds when its inject goes out."
    )
    write_in: bool = Field(
        default=True,
        alias="write-in",
        description="Whether a team may answer in its own words instead, which exercise control judges.",
    )

    def fit(self, choices: Mapping[str, str | None]) -> bool:
        """Return whether what the teams chose, by team, lies within one of the sets that fit together."""
        sets = (*self.fits, *(dict.fromkeys(choices, together) for together in self.compatible))
        return any(
            all(option is not None and option in together.get(team, ()) for team, option in choices.items())
            for together in sets
        )

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """Every option, and what it means when nobody decides."""
        return (*self.options.values(), *([self.none] if self.none is not None else []))

    def option_name(self, word: str) -> str:
        """Return what an option is called."""
        option = self.options[word]
        return option_name(word, option.code, option.title)

    @property
    def conditions(self) -> tuple[BaseCondition, ...]:
        """Every condition: on which it is asked, on which marks hang, and which options require."""
        found: list[BaseCondition | CapitalNeeded | None] = [self.when]
        found += [part.when for outcome in self.outcomes for part in outcome.if_]
        found += [option.requires for option in self.options.values()]
        return tuple(one for one in found if isinstance(one, BaseCondition))

    @property
    def tags(self) -> frozenset[str]:
        """Every tag that an option carries."""
        return frozenset(tag for option in self.options.values() for tag in option.tags)

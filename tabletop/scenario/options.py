"""The ways to decide."""

from __future__ import annotations

from typing import Annotated, Final, Self

from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, Tag, model_validator

from tabletop.plaintext import in_quotes
from tabletop.scenario.base import (
    AnyNumber,
    CardId,
    Code,
    Id,
    Line,
    OneOrMore,
    Part,
    TeamId,
    TeamOrAll,
    Text,
    is_none,
)
from tabletop.scenario.capital import Cost, Requirement
from tabletop.scenario.cards import Sharing
from tabletop.scenario.conditions import card_alone
from tabletop.scenario.injects import Advice
from tabletop.scenario.outcomes import Outcome
from tabletop.scenario.prose import shortened

_CALLED: Final = 60
"""Characters of an option's words by which it is called where it has no title."""


def option_name(word: str, letter: str | None, title: str | None) -> str:
    """Return what an option is called: ``b “Sound the alert”``, as far as it has both, else its id `word`."""
    quoted = in_quotes(_bare(title)) if title else ""
    return f"{letter or ''} {quoted}".strip() or word


def option_words(letter: str | None, title: str | None, text: str) -> str:
    """Return an option as a team reads it: ``b) Sound the alert: All islands at once.``"""
    titled = f"{title}: {text}" if title else text
    return f"{letter}) {titled}" if letter else titled


def _bare(words: str) -> str:
    """Return the words without the full stop and the quotation marks that they are put in again."""
    words = words.strip().rstrip(" .")
    if words.startswith("“") and words.find("”") == len(words) - 1:
        words = words[1:-1].rstrip(" .")
    return words


class PublicAdvice(Part):
    """What an option tells the public of an area to do."""

    by: TeamId | None = Field(default=None, description="The team that speaks; else the one that decides.")
    area: Id = Field(description="The area whose public is advised.")
    advice: Id = Field(description="The advice, as one word; other words contradict it.")


_YES_OR_NO: Final = frozenset({"yes", "no", "y", "n", "on", "off", "true", "false"})


def _form_of_public(value: object) -> str:
    return "words" if isinstance(value, str) else "yes-or-no"


def _yes_or_no(value: object) -> object:
    """Refuse what is neither, naming the words too: a checker that says only one of them misleads."""
    if not isinstance(value, bool):
        raise ValueError("'public' must be true or false, or the words that everybody hears")
    return value


def _said(words: str) -> str:
    """Refuse a yes or a no that YAML reads as text: nobody would say it in public."""
    if words.strip().lower() in _YES_OR_NO:
        raise ValueError("write 'true' without quotes, or the words that everybody hears")
    return words


Public = Annotated[
    Annotated[bool, BeforeValidator(_yes_or_no), Tag("yes-or-no")]
    | Annotated[Text, AfterValidator(_said), Tag("words")],
    Discriminator(_form_of_public),
]
"""Whether an option is said in public, or the words that the public hears."""


class Option(Outcome):
    """One way to decide, with what it gives and what it costs."""

    letter: Code | None = Field(
        default=None,
        exclude_if=is_none,
        description="The letter by which it is called, on paper and on every screen: 'a'.",
    )
    code: Code | None = Field(default=None, description="The old name of 'letter'.")
    title: Line | None = Field(
        default=None, exclude_if=is_none, description="What it is, in a few words before its text."
    )
    text: Text = Field(description="The choice, as players read it.")
    tradeoff: Text | None = Field(default=None, description="The dilemma in one line, shown to players.")
    capital: Annotated[int, Field(ge=-10, le=10)] = Field(
        default=0, description="Domestic capital gained or lost, as 'cost' with the opposite sign."
    )
    cost: Cost | None = Field(
        default=None,
        exclude_if=is_none,
        description="Domestic capital that it costs: a number for all, or by team. Below 0 it is gained.",
    )
    requires: Requirement | None = Field(
        default=None,
        exclude_if=is_none,
        description="What must be so, else the option is locked: a condition, or '{capital: 2}'.",
    )
    locked: Line | None = Field(
        default=None,
        exclude_if=is_none,
        description="What the team reads for as long as the condition under 'requires' does not hold.",
    )
    shares: Annotated[
        AnyNumber[Annotated[Sharing, BeforeValidator(card_alone, json_schema_input_type=CardId | Sharing)]],
        Field(),
    ] = Field(default=(), description="Cards that it shares, in their clean form if they have one.")
    shares_raw: Annotated[
        AnyNumber[Annotated[Sharing, BeforeValidator(card_alone, json_schema_input_type=CardId | Sharing)]],
        Field(),
    ] = Field(default=(), alias="shares-raw", description="Cards of which it shares all.")
    keeps: dict[CardId, OneOrMore[TeamOrAll]] = Field(
        default_factory=dict,
        description="Cards that it keeps from teams, or 'all', until the phase ends: {card: teams}.",
    )
    asks: OneOrMore[TeamOrAll] | None = Field(
        default=None, exclude_if=is_none, description="Partners that it means asking first, or 'all'."
    )
    consults: OneOrMore[TeamOrAll] | None = Field(default=None, description="The old name of 'asks'.")
    public: Public = Field(
        default=False,
        description="It is said in public: 'true' for its text, or the words that everybody hears instead.",
    )
    label: Line | None = Field(default=None, description="The label it puts on the event.")
    says: PublicAdvice | None = Field(
        default=None, exclude_if=is_none, description="What it tells the public to do."
    )
    advice: Advice | None = Field(default=None, description="The old name of 'says'.")
    tags: AnyNumber[Id] = Field(default=(), description="Words of yours that rules look for.")

    @model_validator(mode="after")
    def _one_name(self) -> Self:
        names = (("letter", "code"), ("asks", "consults"), ("says", "advice"))
        for name, old in names:
            if getattr(self, name) is not None and getattr(self, old) is not None:
                raise ValueError(f"'{old}' is the old name of '{name}': write '{name}' alone")
        return self

    @model_validator(mode="after")
    def _one_cost(self) -> Self:
        if self.capital and self.cost is not None:
            raise ValueError("write 'cost' or 'capital', not both: they are the same with opposite signs")
        if self.locked is not None and self.requires is None:
            raise ValueError("'locked' says why 'requires' does not hold: write 'requires' too, or remove it")
        return self

    @property
    def short(self) -> str:
        """Its title, else its text, as it is quoted."""
        return self.title or self.text.rstrip(" .\n")

    @property
    def words(self) -> str:
        """The option as a team reads it, with its letter and its title."""
        return option_words(self.code, self.title, self.text)

    @property
    def heard(self) -> str:
        """What everybody hears in public once it is chosen; empty if nothing is said in public."""
        if isinstance(self.public, str):
            return self.public
        return self.text if self.public else ""

    @property
    def announced(self) -> str:
        """The words written for the public alone; empty if it hears the text, or nothing."""
        return self.public if isinstance(self.public, str) else ""

    @property
    def called(self) -> str:
        """What it is called in a sentence that puts it in quotation marks: its title, else how it begins."""
        return shortened(_bare(self.title or self.text), _CALLED)

    def capital_for(self, team: str) -> int:
        """Return the domestic capital that a team gains by it; below 0, loses."""
        if self.cost is None:
            return self.capital
        return -(self.cost if isinstance(self.cost, int) else self.cost.get(team, 0))

    @property
    def moves_capital(self) -> bool:
        """Whether it costs or brings any team domestic capital."""
        costs = self.cost.values() if isinstance(self.cost, dict) else (self.cost,)
        return bool(self.capital or any(costs))

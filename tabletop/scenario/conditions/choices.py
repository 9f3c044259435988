"""Conditions about decisions: what was chosen, by whom, and whether in time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Discriminator, Field, GetJsonSchemaHandler, Tag
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from tabletop.scenario.base import NONE, DecisionId, OneOrMore, OptionOrNone, Part, TeamId
from tabletop.scenario.conditions.base import (
    BaseCondition,
    ChoiceFact,
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

if TYPE_CHECKING:
    from tabletop.scenario.conditions.names import Names
    from tabletop.scenario.conditions.telling import Telling


class TeamChoice(Part):
    """Which options of a decision, and which team took one of them (else: any team asked)."""

    decision: DecisionId = Field(description="The decision.")
    options: OneOrMore[OptionOrNone] = Field(description="Its options, or 'none': it has decided nothing.")
    by: TeamId | None = Field(default=None, description="The team that took one; else any team asked.")


def _form(value: object) -> str:
    """Tell the long form, which has at least two of its keys, from a mapping of decisions."""
    keys = value.keys() if isinstance(value, dict) else ()
    long = isinstance(value, TeamChoice) or len(TeamChoice.model_fields.keys() & keys) > 1
    return "team-choice" if long else "options"


class _EitherForm:
    """Lets the JSON Schema accept what fits both forms: a decision may be called ``options``."""

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        made = handler(schema)
        made["anyOf"] = made.pop("oneOf")
        return made


class AboutChoices(BaseCondition):
    """Base class of conditions about what was chosen."""

    about_choices: ClassVar[bool] = True


class Chose(AboutChoices):
    """Some team asked, or the one that is named, took one of these options.

    ``none``: it has decided nothing.
    """

    chose: Annotated[
        Annotated[dict[DecisionId, OneOrMore[OptionOrNone]], Field(min_length=1), Tag("options")]
        | Annotated[TeamChoice, Tag("team-choice")],
        Discriminator(_form),
        _EitherForm(),
    ] = Field(description="Decision: options, any team asked; or a decision, its options and a team.")

    def own_references(self, loc: Path) -> Iterator[Reference]:
        """Yield the decisions, their options and the team."""
        loc = (*loc, "chose")
        if isinstance(self.chose, dict):
            yield from _chosen(self.chose, loc)
            return
        choice = self.chose
        yield Reference("decision", choice.decision, (*loc, "decision"))
        for index, option in enumerate(choice.options):
            yield Reference("option", option, (*loc, "options", index), decision=choice.decision)
        if choice.by is not None:
            yield Reference("team", choice.by, (*loc, "by"), decision=choice.decision)

    def prerequisites(self) -> frozenset[Node]:
        """Return the decisions, unless it is enough that they were not taken."""
        if isinstance(self.chose, dict):
            return _taken(self.chose)
        return _taken({self.chose.decision: self.chose.options})

    def claims(self, choices: Choices) -> list[Claim]:
        """Claim that some team asked is at one of the options."""
        if isinstance(self.chose, dict):
            return [_claim(*one, choices, every=False) for one in self.chose.items()]
        chosen = self.chose
        if chosen.by is None or chosen.decision in choices.alone:
            return [_claim(chosen.decision, chosen.options, choices, every=False)]
        options = sorted(chosen.options)
        about = f"the choice of {quoted(chosen.by)} for {quoted(chosen.decision)}"
        some = ChoiceFact(chosen.decision, frozenset(options), every=False)
        return [claim(about, "chose", chosen.decision, chosen.by, *options, implied=[some])]

    def words(self, names: Names) -> str:
        """Say whose choice is what."""
        if isinstance(self.chose, dict):
            return " and ".join(names.choice(*one, who="somebody's ") for one in self.chose.items())
        choice = self.chose
        who = f"{names.team(choice.by)}'s " if choice.by is not None else "somebody's "
        return names.choice(choice.decision, choice.options, who=who)

    def told(self, telling: Telling, *, held: bool) -> str:
        """Say who chose what."""
        several = self.chose if isinstance(self.chose, dict) else {self.chose.decision: self.chose.options}
        by = None if isinstance(self.chose, dict) else self.chose.by
        parts = []
        for decision, options in several.items():
            asked = telling.asked(decision) if by is None else (by,)
            there = telling.at_one_of(decision, options, asked)
            if held and there:
                parts.append(telling.chose(decision, there))
            elif not held and not there:
                alone = len(asked) == 1
                parts.append(
                    telling.chose(decision, asked) if alone else telling.nobody_chose(decision, options)
                )
        return " and ".join(parts) or super().told(telling, held=held)


class EveryoneChose(AboutChoices):
    """Every team asked took one of these options."""

    everyone_chose: dict[DecisionId, OneOrMore[OptionOrNone]] = Field(
        alias="everyone-chose", min_length=1, description="Decision: options, every team asked."
    )

    def own_references(self, loc: Path) -> Iterator[Reference]:
        """Yield the decisions and their options."""
        return _chosen(self.everyone_chose, (*loc, "everyone-chose"))

    def prerequisites(self) -> frozenset[Node]:
        """Return the decisions, unless it is enough that they were not taken."""
        return _taken(self.everyone_chose)

    def claims(self, choices: Choices) -> list[Claim]:
        """Claim that every team asked is at one of the options."""
        return [_claim(*one, choices, every=True) for one in self.everyone_chose.items()]

    def words(self, names: Names) -> str:
        """Say what everybody's choice is."""
        return " and ".join(names.choice(*one, who="everybody's ") for one in self.everyone_chose.items())

    def told(self, telling: Telling, *, held: bool) -> str:
        """Say what all chose, or who chose something else."""
        parts = []
        for decision, options in self.everyone_chose.items():
            asked = telling.asked(decision)
            there = telling.at_one_of(decision, options, asked)
            told = there if held else [team for team in asked if team not in there]
            parts += [telling.chose(decision, told)] if told else []
        return " and ".join(parts) or super().told(telling, held=held)


class PartnersChoice(Part):
    """The options, and how many of the other teams asked must have taken one of them."""

    options: OneOrMore[OptionOrNone] = Field(description="Options of this decision, or 'none'.")
    at_least: Annotated[int, Field(ge=1, le=100)] | None = Field(
        default=None, alias="at-least", description="How many partners at least; else all of them."
    )


def _options_alone(value: object) -> object:
    """Expand options to ``{options: …}``."""
    return {"options": value} if isinstance(value, str | list | tuple) else value


class Partners(AboutChoices):
    """The other teams that take this decision chose one of these options."""

    partners: Annotated[
        PartnersChoice,
        BeforeValidator(_options_alone, json_schema_input_type=OneOrMore[OptionOrNone] | PartnersChoice),
    ] = Field(description="What the other teams that take this decision chose.")

    def own_references(self, loc: Path) -> Iterator[Reference]:
        """Yield the options, of the decision that is being taken."""
        loc = (*loc, "partners")
        for index, option in enumerate(self.partners.options):
            yield Reference("option", option, (*loc, "options", index))

    @property
    def without_decider(self) -> str:
        """The form that names the decision."""
        options = ", ".join(self.partners.options)
        return f"{{chose: {{decision: …, options: [{options}], by: …}}}}"

    def claims(self, choices: Choices) -> list[Claim]:
        """Claim the choice as it is written."""
        key = (*sorted(self.partners.options), str(self.partners.at_least or ""))
        return [claim("what the partners chose", "partners", *key)]

    def words(self, names: Names) -> str:
        """Say how many of the partners chose what."""
        at_least = self.partners.at_least
        who = "every partner" if at_least is None else f"at least {at_least} of the partners"
        options = ["nothing" if one == NONE else names.own_option(one) for one in self.partners.options]
        return f"{who} chose {names.either(options)}"

    def told(self, telling: Telling, *, held: bool) -> str:
        """Say what the partners chose on which it hung."""
        partners = telling.partners()
        there = telling.at_one_of(telling.deciding, self.partners.options, partners)
        told = there if held else [team for team in partners if team not in there]
        return telling.chose(telling.deciding, told) if told else super().told(telling, held=held)


class Decided(AboutChoices):
    """Every team asked has recorded each of these decisions."""

    decided: OneOrMore[DecisionId] = Field(description="Decisions recorded by every team asked.")

    def own_references(self, loc: Path) -> Iterator[Reference]:
        """Yield the decisions."""
        return each("decision", self.decided, (*loc, "decided"))

    def prerequisites(self) -> frozenset[Node]:
        """Return the decisions."""
        return nodes("decision", self.decided)

    def claims(self, choices: Choices) -> list[Claim]:
        """Claim that every team asked is at some option."""
        return [_claim(word, choices.options[word] - {NONE}, choices, every=True) for word in self.decided]

    def words(self, names: Names) -> str:
        """Say which decisions."""
        return f"{names.decisions(self.decided)} decided"

    def told(self, telling: Telling, *, held: bool) -> str:
        """Say whether all asked had decided."""
        decisions = telling.decisions(self.decided)
        return f"every team asked had decided {decisions}" if held else f"not every team decided {decisions}"


class OnTime(AboutChoices):
    """Every team asked recorded each of these decisions within its window."""

    on_time: OneOrMore[DecisionId] = Field(
        alias="on-time", description="Decisions recorded within their windows."
    )

    def own_references(self, loc: Path) -> Iterator[Reference]:
        """Yield the decisions."""
        return each("decision", self.on_time, (*loc, "on-time"))

    def prerequisites(self) -> frozenset[Node]:
        """Return the decisions."""
        return nodes("decision", self.on_time)

    def claims(self, choices: Choices) -> list[Claim]:
        """Claim that each was taken in time, and so that it was taken."""
        return [
            claim(
                f"decision {quoted(word)}",
                "on-time",
                word,
                implied=[ChoiceFact(word, choices.options[word] - {NONE}, every=True)],
            )
            for word in self.on_time
        ]

    def words(self, names: Names) -> str:
        """Say which decisions."""
        return f"{names.decisions(self.on_time)} in time"

    def told(self, telling: Telling, *, held: bool) -> str:
        """Say whether all asked had decided in time."""
        decisions = telling.decisions(self.on_time)
        return f"{decisions} was decided in time" if held else f"{decisions} was not decided in time"


class LabelsOn(Part):
    """The decision whose labels are compared."""

    decision: DecisionId = Field(description="The decision.")
    are: Literal["same", "differ"] = Field(description="'same' if all are equal, 'differ' if two are not.")


class Labels(AboutChoices):
    """The labels chosen by the teams asked are all the same, or two of them differ."""

    labels: LabelsOn = Field(description="Whether the labels of a decision are the same or differ.")

    def own_references(self, loc: Path) -> Iterator[Reference]:
        """Yield the decision."""
        yield Reference("decision", self.labels.decision, (*loc, "labels", "decision"))

    def prerequisites(self) -> frozenset[Node]:
        """Return the decision."""
        return nodes("decision", [self.labels.decision])

    def claims(self, choices: Choices) -> list[Claim]:
        """Claim that the labels are so, and not otherwise."""
        about, word = f"the labels of decision {quoted(self.labels.decision)}", self.labels.decision
        other = "same" if self.labels.are == "differ" else "differ"
        otherwise = claim(about, "labels", word, other, holds=False).holds
        return [claim(about, "labels", word, self.labels.are, implied=otherwise)]

    def words(self, names: Names) -> str:
        """Say how the labels are."""
        return f"labels of {names.decision(self.labels.decision)} {self.labels.are}"

    def told(self, telling: Telling, *, held: bool) -> str:
        """Say whether the capitals used one word."""
        same, decision = (self.labels.are == "same") == held, telling.decision(self.labels.decision)
        return (
            f"all used the same word in {decision}" if same else f"not all used the same word in {decision}"
        )


def _chosen(chosen: dict[str, tuple[str, ...]], loc: Path) -> Iterator[Reference]:
    for decision, options in chosen.items():
        yield Reference("decision", decision, (*loc, decision), at_key=True)
        for index, option in enumerate(options):
            yield Reference("option", option, (*loc, decision, index), decision=decision)


def _taken(chosen: dict[str, tuple[str, ...]]) -> frozenset[Node]:
    return nodes("decision", (word for word, options in chosen.items() if NONE not in options))


def _claim(decision: str, options: Iterable[str], choices: Choices, *, every: bool) -> Claim:
    wanted = frozenset(options)
    rest = choices.options[decision] - wanted
    return Claim(
        frozenset({ChoiceFact(decision, wanted, every)}), frozenset({ChoiceFact(decision, rest, not every)})
    )

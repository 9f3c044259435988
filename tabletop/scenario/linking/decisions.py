"""Link decisions: check their references and expand ``all`` to teams."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tabletop.scenario.cards import Sharing
from tabletop.scenario.content import ALL, NONE, Decision, Option
from tabletop.scenario.linking.findings import Place
from tabletop.scenario.linking.participants import Participants
from tabletop.scenario.linking.references import with_teams
from tabletop.scenario.linking.symbols import SymbolTable, refuse_duplicates
from tabletop.scenario.problems import quoted
from tabletop.scenario.prose import listed


def link_decisions(
    decisions: Mapping[str, Decision], place: Place, symbols: SymbolTable, participants: Participants
) -> dict[str, Decision]:
    """Check the decisions and return them with ``all`` expanded to teams.

    Where one team decides, ``all`` partners excludes it. Where several teams decide, it includes every team:
    which team acts is only known in the exercise.
    """
    findings = symbols.findings
    refuse_duplicates(
        "decision", ((word, part.code, place / word) for word, part in decisions.items()), findings
    )
    linked = {}
    for word, decision in decisions.items():
        where = place / word
        symbols.check_teams(decision.team, where / "team")
        teams = participants.expand(decision.team)
        options = {
            name: _OptionLinker(teams, symbols, participants).option(option, where / "options" / name)
            for name, option in decision.options.items()
        }
        if NONE in options:
            findings.error(
                "reserved-word",
                "'none' is reserved for no decision and cannot be an option",
                where / "options" / NONE,
                hint="give the option another id; describe the outcome of no decision under 'none'",
                at_key=True,
            )
        named = ((name, option.code, where / "options" / name) for name, option in options.items())
        refuse_duplicates("option", named, findings)
        if decision.none is not None:
            symbols.check_outcome(decision.none, where / "none")
        symbols.check_condition(decision.when, where / "when")
        _check_compatible(word, decision, where / "compatible", symbols)
        when = with_teams(decision.when, participants) if decision.when is not None else None
        linked[word] = decision.model_copy(update={"team": teams, "options": options, "when": when})
    return linked


def _check_compatible(word: str, decision: Decision, place: Place, symbols: SymbolTable) -> None:
    """Check the groups of compatible options, and warn of a group of one."""
    for index, together in enumerate(decision.compatible):
        for item, name in enumerate(together):
            symbols.check_option(word, name, place / index / item)
        if len(together) == 1:
            symbols.findings.warning(
                "lone-option",
                f"option {quoted(together[0])} is alone in its group of compatible options",
                place / index,
                hint="write each group of compatible options as a list: [[one, another]]",
            )


class _OptionLinker:
    """Links the options of a decision that these teams make."""

    def __init__(self, teams: tuple[str, ...], symbols: SymbolTable, participants: Participants) -> None:
        self.teams = teams
        self.symbols = symbols
        self.participants = participants
        self.only = teams[0] if len(teams) == 1 else None

    def option(self, option: Option, place: Place) -> Option:
        """Check the option and return it with ``all`` expanded to teams."""
        symbols = self.symbols
        symbols.check_outcome(option, place)
        if option.label is not None:
            symbols.check("label", option.label, place / "label")
        if option.advice is not None and option.advice.by is not None:
            symbols.check_team(option.advice.by, place / "advice" / "by")
        changes: dict[str, Any] = {}
        for name, key in (("shares", "shares"), ("shares_raw", "shares-raw")):
            written: tuple[Sharing, ...] = getattr(option, name)
            shared = [self._sharing(sharing, place / key / index) for index, sharing in enumerate(written)]
            if shared:
                changes[name] = tuple(sharing for sharing in shared if sharing.with_)
        if option.keeps:
            changes["keeps"] = {
                card: self._kept(card, teams, place / "keeps") for card, teams in option.keeps.items()
            }
            self._refuse_shared(option.model_copy(update=changes), place / "keeps")
        if option.consults is not None:
            changes["consults"] = self._partners(option.consults, place / "consults", "consult") or None
        return option.model_copy(update=changes) if changes else option

    def _kept(self, card: str, teams: tuple[str, ...], place: Place) -> tuple[str, ...]:
        """Check what the option keeps of a card and return the teams."""
        self.symbols.check("card", card, place / card, at_key=True)
        self._warn_of_holder(card, "keeps", place / card)
        return self._partners(teams, place / card, "keep a card from")

    def _refuse_shared(self, option: Option, place: Place) -> None:
        """Refuse to keep from a team what the same option shares with it."""
        shared = {(one.card, team) for one in (*option.shares, *option.shares_raw) for team in one.with_}
        for card, teams in option.keeps.items():
            both = [team for team in teams if (card, team) in shared]
            if both:
                self.symbols.findings.error(
                    "shares-and-keeps",
                    f"this option shares card {quoted(card)} with {listed(both)} and also keeps it from them",
                    place / card,
                    hint="name different teams in 'shares' and in 'keeps'",
                    at_key=True,
                )

    def _warn_of_holder(self, card: str, does: str, place: Place) -> None:
        """Warn that the team that decides has the card only from its holder."""
        holder = self.participants.holders.get(card)
        if holder and self.teams and holder not in self.teams:
            self.symbols.findings.warning(
                "not-holder",
                f"card {quoted(card)} belongs to {quoted(holder)}, which does not take this decision",
                place,
                hint=f"the option {does} it only if its holder shared it before",
            )

    def _sharing(self, sharing: Sharing, place: Place) -> Sharing:
        self.symbols.check("card", sharing.card, place / "card")
        self._warn_of_holder(sharing.card, "shares", place / "card")
        return sharing.model_copy(
            update={"with_": self._partners(sharing.with_, place / "with", "share a card")}
        )

    def _partners(self, named: tuple[str, ...], place: Place, doing: str) -> tuple[str, ...]:
        self.symbols.check_teams(named, place)
        if self.only is not None and self.only in named:
            self.symbols.findings.error(
                "own-partner",
                f"{quoted(self.only)} takes this decision and cannot {doing} with itself",
                place / named.index(self.only),
                hint="name its partners, or write 'all'",
            )
        if ALL not in named:
            return self.participants.expand(named)
        if self.symbols.only_team is not None:
            self.symbols.findings.warning(
                "no-partner",
                f"there is nobody to {doing} with: {quoted(self.symbols.only_team)} is the only team",
                place,
                hint="it has no effect; remove it, or add a team",
            )
        return self.participants.partners(self.only)

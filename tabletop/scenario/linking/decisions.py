"""Link decisions: check their references and expand ``all`` to teams."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from tabletop.scenario.base import ALL, NONE
from tabletop.scenario.capital import CapitalNeeded
from tabletop.scenario.cards import Sharing
from tabletop.scenario.decisions import Decision
from tabletop.scenario.injects import Advice
from tabletop.scenario.linking.findings import Place, did_you_mean
from tabletop.scenario.linking.participants import Participants
from tabletop.scenario.linking.symbols import Deciding, SymbolTable, refuse_duplicates
from tabletop.scenario.options import Option
from tabletop.scenario.outcomes import Outcome
from tabletop.scenario.problems import quoted
from tabletop.scenario.prose import listed

OutcomeT = TypeVar("OutcomeT", bound=Outcome)


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
        linker = _OptionLinker(Deciding(word, teams), symbols, participants)
        options = {
            name: linker.option(option, where / "options" / name) for name, option in decision.options.items()
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
        key = "letter" if any(option.letter for option in decision.options.values()) else "code"
        refuse_duplicates("option", named, findings, key=key)
        fits = _fitting(decision, teams, options, where / "fits", symbols)
        none = decision.none and linker.outcome(decision.none, where / "none")
        symbols.check_condition(decision.when, where / "when", Deciding(word, teams, taken=False))
        _check_compatible(word, decision, where / "compatible", symbols)
        when = decision.when.with_teams(participants) if decision.when is not None else None
        linked[word] = decision.model_copy(
            update={"team": teams, "options": options, "none": none, "when": when, "fits": fits}
        )
    return linked


def _old_names(option: Option) -> dict[str, Any]:
    """Return what stands under the new names of keys, by the names under which a log keeps them."""
    changes: dict[str, Any] = {}
    if option.letter is not None:
        changes |= {"letter": None, "code": option.letter}
    if option.asks is not None:
        changes["asks"] = None
    if option.says is not None:
        said = option.says
        changes |= {"says": None, "advice": Advice(by=said.by, area=said.area, says=said.advice)}
    return changes


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


def _fitting(
    decision: Decision,
    teams: tuple[str, ...],
    options: Mapping[str, Option],
    place: Place,
    symbols: SymbolTable,
) -> tuple[dict[str, tuple[str, ...]], ...]:
    """Return the sets that fit together by team, with ids for letters and teams for ``all``."""
    ids = {option.code.casefold(): word for word, option in options.items() if option.code}
    linked = []
    for index, together in enumerate(decision.fits):
        where, by_team = place / index, {}
        for team, words in together.items():
            found = tuple(ids.get(word.casefold(), word) for word in words)
            for item, word in enumerate(found):
                if word not in options:
                    _unknown_option(word, options, where / team / item, symbols)
            if team == ALL:
                continue
            symbols.check("team", team, where / team, at_key=True)
            if teams and team in symbols.known.get("team", ()) and team not in teams:
                symbols.findings.error(
                    "not-asked",
                    f"{quoted(team)} does not take this decision",
                    where / team,
                    hint=f"name a team that takes it: {', '.join(teams)}",
                    at_key=True,
                )
            by_team[team] = found
        rest = tuple(ids.get(word.casefold(), word) for word in together.get(ALL, ()))
        linked.append({team: by_team.get(team, rest) for team in teams})
    return tuple(linked)


def _unknown_option(word: str, options: Mapping[str, Option], place: Place, symbols: SymbolTable) -> None:
    known = [name for item, option in options.items() for name in (option.code, item) if name]
    symbols.findings.error(
        "unknown-option",
        f"this decision has no option {quoted(word)}",
        place,
        hint=did_you_mean("option", word, known),
    )


class _OptionLinker:
    """Links the options of a decision that these teams make."""

    def __init__(self, deciding: Deciding, symbols: SymbolTable, participants: Participants) -> None:
        self.deciding = deciding
        self.teams = teams = deciding.teams
        self.symbols = symbols
        self.participants = participants
        self.only = teams[0] if len(teams) == 1 else None

    def outcome(self, outcome: OutcomeT, place: Place) -> OutcomeT:
        """Check the marks and return them with ``all`` in their conditions expanded to teams."""
        self.symbols.check_outcome(outcome, place, self.deciding)
        for index, part in enumerate(outcome.if_):
            self._check_named(part.for_ or (), place / "if" / index / "for", "and gets no mark from it")
        parts = tuple(
            part.model_copy(update={"when": part.when.with_teams(self.participants)}) if part.when else part
            for part in outcome.if_
        )
        return outcome.model_copy(update={"if_": parts}) if parts else outcome

    def _check_named(self, teams: Iterable[str], place: Place, why: str, *, at_key: bool = False) -> None:
        """Refuse a team that is unknown or does not take the decision."""
        for index, team in enumerate(teams):
            where = place / (team if at_key else index)
            if team == ALL or not at_key:
                self.symbols.check_team(team, where)
            else:
                self.symbols.check("team", team, where, at_key=True)
            if team in self.symbols.known.get("team", ()) and self.teams and team not in self.teams:
                self.symbols.findings.error(
                    "not-asked",
                    f"{quoted(team)} does not take this decision {why}",
                    where,
                    hint=f"name a team that takes it: {', '.join(self.teams)}",
                    at_key=at_key,
                )

    def option(self, option: Option, place: Place) -> Option:
        """Check the option and return it with ``all`` expanded to teams."""
        symbols = self.symbols
        option = self.outcome(option, place)
        if option.label is not None:
            symbols.check("label", option.label, place / "label")
        changes: dict[str, Any] = _old_names(option)
        advice = changes.get("advice", option.advice)
        if advice is not None and advice.by is not None:
            symbols.check_team(advice.by, place / ("says" if option.says else "advice") / "by")
        if isinstance(option.cost, dict):
            self._check_named(option.cost, place / "cost", "and pays nothing for it", at_key=True)
        if option.requires is not None and not isinstance(option.requires, CapitalNeeded):
            symbols.check_condition(option.requires, place / "requires", self.deciding)
            changes["requires"] = option.requires.with_teams(self.participants)
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
        key, asked = ("asks", option.asks) if option.asks else ("consults", option.consults)
        if asked is not None:
            changes["consults"] = self._partners(asked, place / key, "consult") or None
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

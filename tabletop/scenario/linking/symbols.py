"""The ids that a scenario defines, and the checks that references are among them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from tabletop.scenario.base import ALL, NONE
from tabletop.scenario.conditions import BaseCondition, Partners
from tabletop.scenario.conditions.base import Reference
from tabletop.scenario.linking.findings import Findings, Place, did_you_mean
from tabletop.scenario.outcomes import Outcome
from tabletop.scenario.problems import quoted


@dataclass(frozen=True, slots=True)
class Deciding:
    """The decision to which a condition belongs, and the teams that take it."""

    decision: str
    teams: tuple[str, ...]
    taken: bool = True
    """Whether the condition is judged once it is taken; else when it is asked, of all teams at once."""


@dataclass(slots=True)
class SymbolTable:
    """Known ids by kind. Kinds that could not be read are absent, and references to them are not checked."""

    findings: Findings
    known: dict[str, Collection[str]] = field(default_factory=dict)
    options: dict[str, Collection[str]] = field(default_factory=dict)
    """The options of each decision that could be read."""
    asked: dict[str, Collection[str]] = field(default_factory=dict)
    """The teams asked, or ``all``, of each decision that could be read."""

    @property
    def only_team(self) -> str | None:
        """The only team of the scenario; None if there are several, or may be."""
        teams = self.known.get("team", ())
        return next(iter(teams)) if len(teams) == 1 else None

    def check(self, kind: str, word: str, place: Place, *, at_key: bool = False) -> None:
        """Refuse an unknown id of that kind."""
        known = self.known.get(kind)
        if known is not None and word not in known:
            self.findings.unknown(kind, word, known, place, at_key=at_key)

    def check_all(self, kind: str, words: Iterable[str] | None, place: Place) -> None:
        """Refuse each unknown id of that kind in a list."""
        for index, word in enumerate(words or ()):
            self.check(kind, word, place / index)

    def check_team(self, word: str, place: Place) -> None:
        """Refuse an unknown team, and ``all`` where a single team is required."""
        if word == ALL:
            names = ", ".join(self.known.get("team", ()))
            self.findings.error(
                "one-team", "name one team here, not 'all'", place, hint=f"name one of: {names}"
            )
        else:
            self.check("team", word, place)

    def check_teams(self, words: Iterable[str] | None, place: Place) -> None:
        """Refuse each id that is neither a team nor ``all``."""
        for index, word in enumerate(words or ()):
            if word != ALL:
                self.check("team", word, place / index)

    def check_outcome(self, outcome: Outcome, place: Place, deciding: Deciding) -> None:
        """Refuse what is good or bad for an unknown objective."""
        for key, objectives in (("good", outcome.good), ("bad", outcome.bad), ("effects", outcome.effects)):
            self.check_effects(objectives, place / key)
        for index, part in enumerate(outcome.if_):
            where = place / "if" / index
            for key, reasons in (("good", part.good), ("bad", part.bad), ("neither", part.neither)):
                self.check_effects(reasons, where / key)
            self.check_condition(part.when, where / "when", deciding)

    def check_effects(self, effects: Iterable[str], place: Place) -> None:
        """Refuse points for an unknown objective."""
        for objective in effects:
            self.check("objective", objective, place / objective, at_key=True)

    def check_condition(
        self, condition: BaseCondition | None, place: Place, deciding: Deciding | None = None
    ) -> None:
        """Refuse each unknown reference in a condition, and what speaks of the deciding team without one."""
        for one, loc in condition.walk() if condition is not None else ():
            if one.without_decider and not self._decided_by_one(one, deciding, place.below(loc)):
                continue
            for reference in one.own_references(loc):
                own = reference.kind == "option" and not reference.decision and deciding is not None
                within = deciding.decision if own and deciding else reference.decision
                self._check_reference(reference._replace(decision=within), place)

    def _decided_by_one(self, condition: BaseCondition, deciding: Deciding | None, place: Place) -> bool:
        """Refuse a condition about the team that decides where none decides, or several do."""
        (key,) = condition.model_dump(by_alias=True)
        compares = isinstance(condition, Partners)
        if deciding is None:
            message = f"'{key}' speaks of the team that decides, and no team decides here"
        elif compares and not deciding.taken:
            message = "'partners' speaks of what the others choose, and this is judged before anyone chooses"
        elif compares and len(deciding.teams) == 1:
            message = f"{quoted(deciding.teams[0])} takes this decision alone: it has no partners in it"
        elif not deciding.taken and len(deciding.teams) > 1:
            message = f"'{key}' speaks of the team that decides, and several teams are asked here"
        else:
            return True
        hint = f"name what you mean: {condition.without_decider}"
        self.findings.error("no-decider", message, place / key, hint=hint, at_key=True)
        return False

    def _check_reference(self, reference: Reference, place: Place) -> None:
        kind, word, loc, at_key, decision = reference
        if kind == "team":
            self.check_team(word, place.below(loc))
            self._check_asked(decision, word, place.below(loc))
        elif kind == "teams":
            if word == ALL:
                self._refuse_nobody(place.below(loc))
            else:
                self.check("team", word, place.below(loc))
        elif kind == "option":
            self.check_option(decision, word, place.below(loc))
        elif kind == "subject":
            self._check_subject(word, place.below(loc))
        else:
            self.check(kind, word, place.below(loc), at_key=at_key)

    def _check_subject(self, word: str, place: Place) -> None:
        """Refuse what is neither an entry nor a decision."""
        entries, decisions = self.known.get("entry"), self.known.get("decision")
        if entries is not None and decisions is not None and word not in entries and word not in decisions:
            self.findings.error(
                "unknown-subject",
                f"there is no entry or decision {quoted(word)}",
                place,
                hint=did_you_mean("entry or decision", word, [*entries, *decisions]),
            )

    def _check_asked(self, decision: str, team: str, place: Place) -> None:
        """Refuse a team that is known and does not take the decision."""
        asked = self.asked.get(decision)
        if asked is None or ALL in asked or team in asked or team not in self.known.get("team", ()):
            return
        self.findings.error(
            "not-asked",
            f"{quoted(team)} does not take decision {quoted(decision)}, so this is never true",
            place,
            hint=f"name a team that takes it: {', '.join(asked)}",
        )

    def _refuse_nobody(self, place: Place) -> None:
        """Refuse ``all`` for every other team where there is only one team."""
        if self.only_team is not None:
            self.findings.error(
                "no-partner",
                f"'all' means every other team here, and {quoted(self.only_team)} is the only one",
                place,
                hint="remove the condition, or add a team",
            )

    def check_option(self, decision: str, word: str, place: Place) -> None:
        """Refuse an unknown option of the decision; ``none`` is valid for every decision."""
        options = self.options.get(decision)
        if options is None or word == NONE or word in options:
            return
        self.findings.error(
            "unknown-option",
            f"unknown option {quoted(word)} of decision {quoted(decision)}",
            place,
            hint=did_you_mean("option", word, [*options, NONE]),
        )


def refuse_duplicates(
    kind: str,
    named: Iterable[tuple[str, str | None, Place]],
    findings: Findings,
    *,
    ids: bool = False,
    key: str = "code",
) -> None:
    """Refuse codes that another item of the kind uses as its code or id, ignoring case.

    People type ids and codes in any case, so they must be unique together. With `ids`, duplicate ids are
    refused too; they can occur in lists, not in mappings.
    """
    items = list(named)
    owner: dict[str, str] = {}
    for word, _, place in items:
        if ids and word in owner:
            findings.error(
                f"duplicate-{kind}",
                f"{kind} {quoted(word)} is defined twice",
                place / "id",
                hint="give one of the two another id",
            )
        owner.setdefault(word, word)
    for word, code, place in items:
        if code is not None and owner.setdefault(code.casefold(), word) != word:
            findings.error(
                f"duplicate-{kind}-code",
                f"{kind} {quoted(word)} has the {key} {quoted(code)}, which "
                f"{kind} {quoted(owner[code.casefold()])} already uses",
                place / key,
                hint=f"give one of the two another {key}",
            )

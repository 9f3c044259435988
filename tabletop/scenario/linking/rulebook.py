"""Link the rules of a scenario: merge them over its framework's and check their references."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final, TypeAlias

from tabletop.scenario.decisions import Decision
from tabletop.scenario.files import FrameworkFile, ScenarioFile
from tabletop.scenario.linking.clashes import refuse_clashes
from tabletop.scenario.linking.definitions import Definitions
from tabletop.scenario.linking.findings import Findings, Place, did_you_mean
from tabletop.scenario.linking.partial_file import PartialFile
from tabletop.scenario.linking.participants import Participants
from tabletop.scenario.linking.symbols import SymbolTable
from tabletop.scenario.problems import quoted
from tabletop.scenario.rules import AnyRule, Bonus, LeftOut, OnDecisions

RuleFile: TypeAlias = PartialFile[FrameworkFile] | PartialFile[ScenarioFile]
"""A file that may hold rules."""

_SHOWN: Final = 8
"""How many decisions a hint lists."""


def link_rules(
    definitions: Definitions, symbols: SymbolTable, participants: Participants
) -> tuple[AnyRule, ...]:
    """Return the rules of a scenario and its framework, having checked their references."""
    files = (file for file in (definitions.framework, definitions.draft) if file is not None)
    return merge_rules(files, symbols, participants, definitions.draft.file.decisions)


def merge_rules(
    files: Iterable[RuleFile],
    symbols: SymbolTable,
    participants: Participants,
    decisions: Mapping[str, Decision] = MappingProxyType({}),
) -> tuple[AnyRule, ...]:
    """Return the rules of the files as one, having checked their references.

    A rule of a later file replaces an earlier file's rule with the same id. `decisions` are those that could
    be read; of others it is not known which teams make them, so that is not checked.
    """
    in_force: dict[str, tuple[AnyRule, Place]] = {}
    for file in files:
        own = _by_id(file, symbols.findings)
        for row, place in _left_out(file):
            _leave_out(row.id, place, in_force, symbols.findings)
        in_force |= own
    linker = _RuleLinker(symbols, participants, decisions)
    linked = tuple(linker.rule(rule, place) for rule, place in in_force.values())
    refuse_clashes(in_force.values(), decisions, participants, symbols.findings)
    return linked


def _by_id(salvaged: RuleFile, findings: Findings) -> dict[str, tuple[AnyRule, Place]]:
    found: dict[str, tuple[AnyRule, Place]] = {}
    for index, rule in enumerate(salvaged.file.rules):
        place = Place(salvaged.document, ("rules", salvaged.row("rules", index)))
        if isinstance(rule, LeftOut):
            continue
        if rule.id in found:
            findings.error(
                "duplicate-rule",
                f"rule {quoted(rule.id)} is defined twice",
                place / "id",
                hint="give one of the two another id",
            )
        found[rule.id] = (rule, place)
    return found


def _left_out(salvaged: RuleFile) -> Iterator[tuple[LeftOut, Place]]:
    for index, row in enumerate(salvaged.file.rules):
        if isinstance(row, LeftOut):
            yield row, Place(salvaged.document, ("rules", salvaged.row("rules", index)))


def _leave_out(
    word: str, place: Place, in_force: dict[str, tuple[AnyRule, Place]], findings: Findings
) -> None:
    """Take a rule of the framework out of force; of one that is not there, say which are."""
    if in_force.pop(word, None) is None:
        none = "only a framework's rules are left out, and there are none"
        findings.error(
            "unknown-rule",
            f"there is no rule {quoted(word)} to leave out",
            place / "id",
            hint=did_you_mean("rule", word, in_force) if in_force else none,
        )


class _RuleLinker:
    """Checks the references of each rule."""

    def __init__(
        self, symbols: SymbolTable, participants: Participants, decisions: Mapping[str, Decision]
    ) -> None:
        self._symbols = symbols
        self._participants = participants
        self._decisions = decisions

    def rule(self, rule: AnyRule, place: Place) -> AnyRule:
        """Return the rule with teams instead of ``all``, having checked its references."""
        if isinstance(rule, OnDecisions):
            self._symbols.check_all("decision", rule.decisions, place / "decisions")
            self._refuse_one_team(rule, place)
        for path, team in rule.teams_named():
            self._symbols.check_team(team, place.below(path))
        if isinstance(rule, Bonus):
            return self._bonus(rule, place)
        for key, effects in rule.points_by_key().items():
            self._symbols.check_effects(effects, place / key)
        return rule

    def _bonus(self, rule: Bonus, place: Place) -> Bonus:
        for team, effects in rule.points.items():
            self._symbols.check("team", team, place / "points" / team, at_key=True)
            self._symbols.check_effects(effects, place / "points" / team)
        self._symbols.check_condition(rule.when, place / "when")
        return rule.model_copy(update={"when": rule.when.with_teams(self._participants)})

    def _refuse_one_team(self, rule: OnDecisions, place: Place) -> None:
        """Refuse to compare teams on a decision that one of them takes alone."""
        for index, word in enumerate(rule.decisions or ()):
            decision = self._decisions.get(word)
            teams = self._participants.expand(decision.team) if decision is not None else ()
            if len(teams) == 1:
                self._symbols.findings.error(
                    "one-team-decision",
                    f"rule {quoted(rule.id)} compares what teams chose, but decision {quoted(word)} is put "
                    f"to {quoted(teams[0])} alone",
                    place / "decisions" / index,
                    hint=self._comparable(),
                )

    def _comparable(self) -> str:
        """Return a hint with the decisions that a rule could compare instead."""
        several = [
            word
            for word, decision in self._decisions.items()
            if len(self._participants.expand(decision.team)) > 1
        ]
        if not several:
            return "put the decision to several teams, as with 'team: all'"
        if len(several) > _SHOWN:
            return "name decisions that are put to several teams"
        return f"put to several teams: {', '.join(several)}"

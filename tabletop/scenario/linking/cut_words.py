"""Resolve the words of a cut: what it drops, deals, presets and times, by id or code."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from tabletop.scenario.base import ALL
from tabletop.scenario.cuts import Cut, Dropped
from tabletop.scenario.decisions import Decision
from tabletop.scenario.linking.findings import Findings, Place, did_you_mean
from tabletop.scenario.problems import quoted
from tabletop.scenario.scenario import Scenario

_KEYED: Final = {"presets": "decision", "times": "entry", "windows": "decision", "phases": "phase"}
"""The keys of a cut whose own keys name something, with the kind of it."""
_DROPPED: Final = ("decision", "entry", "phase", "probe")


@dataclass(slots=True)
class CutFindings:
    """The problems of one cut, each named with it."""

    word: str
    findings: Findings
    errors: int = 0

    def error(self, code: str, message: str, place: Place, hint: str, *, at_key: bool = False) -> None:
        """Record a mistake."""
        self.errors += 1
        self.findings.error(code, f"cut {quoted(self.word)}: {message}", place, hint=hint, at_key=at_key)

    def warning(self, code: str, message: str, place: Place, hint: str) -> None:
        """Record something that the author should look at."""
        text = f"cut {quoted(self.word)}: {message}"
        self.findings.warning(code, text, place, hint=hint, at_key=True)

    def unknown(
        self, kind: str, word: str, known: Collection[str], place: Place, *, at_key: bool = False
    ) -> None:
        """Record an unknown word, with the nearest known one."""
        hint = did_you_mean(kind, word, known)
        self.error(f"unknown-{kind}", f"unknown {kind} {quoted(word)}", place, hint, at_key=at_key)


@dataclass(slots=True)
class CutWords:
    """Resolves the words of one cut against the whole scenario."""

    whole: Scenario
    place: Place
    findings: CutFindings
    places: dict[tuple[str, str], Place] = field(default_factory=dict)
    """Where each thing is dropped, by kind and id."""
    _names: dict[str, dict[str, str]] = field(init=False)

    def __post_init__(self) -> None:
        whole = self.whole
        self._names = {
            "decision": _names({word: one.code for word, one in whole.decisions.items()}),
            "entry": _names({word: one.code for word, one in whole.entries.items()}),
            "card": _names({word: one.code for word, one in whole.cards.items()}),
            "phase": _names({phase.id: None for phase in whole.phases}),
            "probe": _names({probe.id: None for probe in whole.probes}),
        }

    def resolve(self, cut: Cut) -> Cut:
        """Return the cut with ids in place of codes."""
        changes: dict[str, Any] = {"deals": self._deals(cut)}
        for key, kind in _KEYED.items():
            changes[key] = self._keyed(kind, getattr(cut, key), self.place / key)
        changes["presets"] = {
            name: self._choice(name, choice, place) for name, (choice, place) in changes["presets"].items()
        }
        for key in ("times", "windows", "phases"):
            changes[key] = {name: value for name, (value, _) in changes[key].items()}
        return cut.model_copy(update=changes)

    def drops(self, words: Iterable[str]) -> Dropped:
        """Return what is dropped; a word may name a decision and an entry at once."""
        for index, word in enumerate(words):
            place, key = self.place / "drops" / index, word.casefold()
            found = [(kind, self._names[kind][key]) for kind in _DROPPED if key in self._names[kind]]
            if not found:
                known = [name for kind in _DROPPED for name in self._names[kind]]
                self.findings.error(
                    "unknown-drop",
                    f"no decision, entry, phase or probe is called {quoted(word)}",
                    place,
                    did_you_mean("word", word, known),
                )
            self.places.update(dict.fromkeys(found, place))
        return Dropped(*(frozenset(name for kind, name in self.places if kind == one) for one in _DROPPED))

    def _deals(self, cut: Cut) -> dict[str, tuple[str, ...]]:
        dealt = {}
        for team, cards in cut.deals.items():
            place = self.place / "deals" / team
            if team != ALL and team not in self.whole.teams:
                self.findings.unknown("team", team, [*self.whole.teams, ALL], place, at_key=True)
            found = (self._one("card", card, place / index) for index, card in enumerate(cards))
            dealt[team] = tuple(card for card in found if card)
        return dealt

    def _keyed(self, kind: str, written: Mapping[str, Any], place: Place) -> dict[str, tuple[Any, Place]]:
        """Return the values by the id of what their keys name, each with its place."""
        found = {
            self._one(kind, word, place / word, at_key=True): (value, place / word)
            for word, value in written.items()
        }
        found.pop("", None)
        return found

    def _one(self, kind: str, word: str, place: Place, *, at_key: bool = False) -> str:
        """Return the id of what a word names; nothing if it is unknown."""
        found = self._names[kind].get(word.casefold(), "")
        if not found:
            self.findings.unknown(kind, word, self._names[kind], place, at_key=at_key)
        return found

    def _choice(self, name: str, choice: str | Mapping[str, str], place: Place) -> str | dict[str, str]:
        """Return what was decided before play; it must say so for every team that is asked."""
        decision = self.whole.decisions[name]
        if isinstance(choice, str):
            return self._option(name, decision, choice, place)
        for team in choice:
            if team not in decision.team:
                self.findings.error(
                    "not-asked",
                    f"{quoted(team)} does not take decision {quoted(name)}",
                    place / team,
                    f"name the teams that take it: {', '.join(decision.team)}",
                    at_key=True,
                )
        missing = [team for team in decision.team if team not in choice]
        if missing:
            self.findings.error(
                "preset-unfinished",
                f"only some of its teams take decision {quoted(name)} before play",
                place,
                f"give an option for {', '.join(missing)} too, or one option for all",
                at_key=True,
            )
        return {team: self._option(name, decision, word, place / team) for team, word in choice.items()}

    def _option(self, name: str, decision: Decision, word: str, place: Place) -> str:
        options = _names({option: one.code for option, one in decision.options.items()})
        found = options.get(word.casefold())
        if found is None:
            self.findings.error(
                "unknown-option",
                f"unknown option {quoted(word)} of decision {quoted(name)}",
                place,
                did_you_mean("option", word, options),
            )
        return found or word


def _names(codes: Mapping[str, str | None]) -> dict[str, str]:
    """Return ids by everything that names them, in lower case; an id takes precedence over a code."""
    found = {code.casefold(): word for word, code in codes.items() if code is not None}
    return found | {word: word for word in codes}

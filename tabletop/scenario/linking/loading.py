"""Load a scenario from its files: read, merge, link and check."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tabletop.scenario.content import Capital, Decision, Inject, RatingBands, TimelineEntry
from tabletop.scenario.files import ScenarioFile
from tabletop.scenario.library import inject_folders, shown
from tabletop.scenario.linking.cards import check_cards
from tabletop.scenario.linking.cast import Cast
from tabletop.scenario.linking.deciding import link_decisions
from tabletop.scenario.linking.entries import EntryLinker, LinkedEntry
from tabletop.scenario.linking.findings import Findings, Place
from tabletop.scenario.linking.flow import check_cycles, check_presented, depends_on
from tabletop.scenario.linking.foundation import check_scoring, lay_foundation
from tabletop.scenario.linking.injects import Found, InjectLibrary, ScenarioInjects
from tabletop.scenario.linking.merging import Merger
from tabletop.scenario.linking.phrases import refuse_phrases
from tabletop.scenario.linking.rulebook import link_rules
from tabletop.scenario.linking.salvage import Salvaged, validate
from tabletop.scenario.linking.timing import check_times
from tabletop.scenario.linking.vocabulary import Vocabulary, refuse_doubles
from tabletop.scenario.problems import Problem, ProblemsFound, quoted
from tabletop.scenario.reading import read_document
from tabletop.scenario.reading.locating import value_at
from tabletop.scenario.scenario import Entry, Scenario


@dataclass(frozen=True, slots=True)
class Loaded:
    """A loaded scenario, its warnings, and the places of its parts in the files."""

    scenario: Scenario
    warnings: tuple[Problem, ...]
    places: Mapping[tuple[str, str], Place]
    """The place of each entry, decision, card and objective: ``("card", "detection")``."""


def load_scenario(path: Path) -> Loaded:
    """Load the scenario in a file, with its framework and the injects it uses.

    Raises ProblemsFound with all problems of all files; InputError for a link that leads out of the
    scenario's folder.
    """
    findings = Findings()
    draft = validate(read_document(path, name=shown(path)), ScenarioFile, findings)
    scenario, places = None, {}
    if draft is not None:
        linking = _Linking(path, draft, findings)
        scenario, places = linking.scenario(), linking.places
    errors = findings.errors
    if errors or scenario is None:
        raise ProblemsFound([*errors, *findings.warnings])
    return Loaded(scenario, tuple(findings.warnings), places)


class _Linking:
    """Links one scenario: first collects the definitions, then resolves the references."""

    def __init__(self, path: Path, draft: Salvaged[ScenarioFile], findings: Findings) -> None:
        self.findings = findings
        self.draft = draft
        self.places: dict[tuple[str, str], Place] = {}
        self._root = Place(draft.document)
        self._foundation = lay_foundation(path, draft, findings)
        self._injects = ScenarioInjects(draft, InjectLibrary(inject_folders(path), findings), findings)
        self._merger = Merger(Cast(tuple(self._foundation.teams)), findings)
        self._without_inject: list[tuple[TimelineEntry, Place]] = []
        self._rows = list(self._merged_rows())
        self._backlash = self._found_backlash()
        holders = {word: handed[0].card.holder or "" for word, handed in self._merger.cards.items()}
        self._cast = Cast(tuple(self._foundation.teams), holders)
        self._words = self._vocabulary()

    def scenario(self) -> Scenario:
        """Return the linked scenario, which is valid only if there are no errors among the findings."""
        file, foundation = self.draft.file, self._foundation
        check_scoring(foundation, self._words)
        linker = EntryLinker(self._words, self._cast)
        timeline = tuple(linker.link(row) for row in self._rows)
        for entry, place in self._without_inject:
            linker.check(entry, place)
        decisions = link_decisions(file.decisions, self._root / "decisions", self._words, self._cast)
        self._place_parts(timeline)
        self._check_flow(timeline, decisions)
        check_times(foundation, self.findings)
        self._refuse_phrases()
        self._warn_of_unused()
        own = {name: getattr(file, name) for name in _TAKEN_OVER}
        return Scenario.model_construct(
            **own,
            teams=dict(foundation.teams),
            objectives=dict(foundation.objectives),
            labels=dict(foundation.labels),
            late=foundation.late,
            capital=foundation.capital or Capital(),
            ratings=foundation.ratings or RatingBands(),
            rules=link_rules(foundation, self._words, self._cast),
            timeline=timeline,
            decisions=decisions,
            backlash=self._linked_backlash(),
            sources=dict(foundation.sources),
        )

    def _merged_rows(self) -> Iterator[LinkedEntry]:
        for index, entry in enumerate(self.draft.file.timeline):
            place = self._root / "timeline" / self.draft.row("timeline", index)
            found = self._injects.find(entry.inject, place / "inject")
            if found is None:
                self._without_inject.append((entry, place))
            else:
                yield LinkedEntry(index, entry, place, found, self._merger.merge(found, entry, place, index))

    def _found_backlash(self) -> Found | None:
        capital = self._foundation.capital
        if capital is None or capital.backlash is None:
            return None
        place = self._foundation.place("capital") / "backlash"
        found = self._injects.find(capital.backlash, place)
        if found is not None and (found.inject.card is not None or found.inject.additions):
            self.findings.error(
                "backlash-card",
                f"inject {quoted(capital.backlash)} is the backlash and cannot have cards or additions",
                place,
                hint="name an inject without cards and additions",
            )
        return found

    def _linked_backlash(self) -> Inject | None:
        """Return the backlash addressed to every team, since it may hit any of them."""
        if self._backlash is None:
            return None
        inject, place = self._backlash.inject, self._backlash.place
        self._words.check_all("objective", inject.objectives, place / "objectives")
        if inject.advice is not None and inject.advice.by is not None:
            self._words.check_team(inject.advice.by, place / "advice" / "by")
        return inject.model_copy(update={"to": tuple(self._foundation.teams)})

    def _vocabulary(self) -> Vocabulary:
        """Return the known ids by kind, without kinds of which some could not be read.

        They are dicts, for fast lookup and so that messages list them in order.
        """
        foundation, draft = self._foundation, self.draft
        known: dict[str, Collection[str]] = {}
        if not draft.lost("decisions"):
            known["decision"] = dict.fromkeys(draft.keys("decisions"))
        for kind, key in (("team", "teams"), ("objective", "objectives"), ("label", "labels")):
            if foundation.knows(key):
                known[kind] = dict.fromkeys(foundation.keys(key))
        if draft.whole("timeline"):
            known["entry"] = dict.fromkeys(entry.id or entry.inject for entry in draft.file.timeline)
        if self._complete:
            known["card"] = self._merger.cards
        options: dict[str, Collection[str]] = {
            word: decision.options for word, decision in draft.file.decisions.items()
        }
        return Vocabulary(self.findings, known, options)

    @property
    def _complete(self) -> bool:
        """Whether every timeline entry could be linked, so that an id not found in them does not exist."""
        return self.draft.whole("timeline", "injects") and not self._without_inject

    def _place_parts(self, timeline: Iterable[Entry]) -> None:
        """Record the place of each part. Of two with the same id the first counts."""
        for row, entry in zip(self._rows, timeline, strict=True):
            self.places.setdefault(("entry", entry.id), row.place)
        for word in self.draft.file.decisions:
            self.places["decision", word] = self._root / "decisions" / word
        for word in self._foundation.objectives:
            self.places["objective", word] = self._foundation.place("objectives", word)
        for word, handed in self._merger.cards.items():
            self.places["card", word] = handed[0].place

    def _check_flow(self, timeline: Sequence[Entry], decisions: Mapping[str, Decision]) -> None:
        """Check properties of several entries at once."""
        rows, handed = self._rows, self._merger.cards
        named = ((entry.id, entry.code, row.place) for row, entry in zip(rows, timeline, strict=True))
        refuse_doubles("entry", named, self.findings, ids=True)
        check_cards(
            handed, {row.index: entry for row, entry in zip(rows, timeline, strict=True)}, self.findings
        )
        check_presented(timeline, decisions, self.places, self.findings, whole=self._complete)
        ids = {row.index: row.id for row in rows}
        givers = {word: [ids[one.row] for one in places] for word, places in handed.items()}
        check_cycles(depends_on(timeline, decisions, givers), self.places, self.findings)

    def _refuse_phrases(self) -> None:
        documents = [self.draft.document]
        if self._foundation.framework is not None:
            documents.append(self._foundation.framework.document)
        for document in documents:
            refuse_phrases(Place(document), document.data, self.findings)
        used = {row.entry.inject: row.found.place for row in self._rows}
        if self._backlash is not None:
            used[""] = self._backlash.place
        for place in used.values():
            if place.document is not self.draft.document:
                refuse_phrases(place, value_at(place.document, place.loc), self.findings)

    def _warn_of_unused(self) -> None:
        """Warn of injects in the scenario's own file that no entry uses."""
        capital = self._foundation.capital
        used = {entry.inject for entry in self.draft.file.timeline}
        if capital is not None and capital.backlash is not None:
            used.add(capital.backlash)
        for word in self.draft.file.injects if self.draft.whole("timeline") else ():
            if word not in used:
                self.findings.warning(
                    "unused-inject",
                    f"no timeline entry sends out inject {quoted(word)}",
                    self._root / "injects" / word,
                    hint="add an entry for it (with 'contingency: true' to send it by hand), or remove it",
                    at_key=True,
                )


_TAKEN_OVER: Final = (
    "format",
    "id",
    "title",
    "summary",
    "situation",
    "report",
    "length",
    "hot_wash",
    "players",
    "ground_rules",
    "clock",
    "phases",
)
"""Fields that are copied unchanged from the scenario file."""

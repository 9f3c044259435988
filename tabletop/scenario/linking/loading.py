"""Load a scenario from its files: read, merge, link and check."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from tabletop.scenario.allowances import Allowance
from tabletop.scenario.attachments import StoredFile
from tabletop.scenario.capital import Capital
from tabletop.scenario.clock import LocalClock
from tabletop.scenario.decisions import Decision
from tabletop.scenario.files import ScenarioFile
from tabletop.scenario.imprint import Imprint
from tabletop.scenario.injects import Inject
from tabletop.scenario.library import inject_folders, own_injects, shown
from tabletop.scenario.linking.attached_files import AttachedFiles
from tabletop.scenario.linking.cards import check_cards
from tabletop.scenario.linking.cards_apart import CardsApart, check_card
from tabletop.scenario.linking.cuts import link_cuts
from tabletop.scenario.linking.decisions import link_decisions
from tabletop.scenario.linking.definitions import check_scoring, merge_definitions
from tabletop.scenario.linking.entries import EntryLinker, LinkedEntry
from tabletop.scenario.linking.findings import Findings, Place
from tabletop.scenario.linking.flow import check_cycles, check_presented, depends_on
from tabletop.scenario.linking.injects import Found, InjectLibrary, ScenarioInjects
from tabletop.scenario.linking.merging import Merger
from tabletop.scenario.linking.partial_file import PartialFile, validate
from tabletop.scenario.linking.participants import Participants
from tabletop.scenario.linking.phrases import refuse_phrases
from tabletop.scenario.linking.probes import link_probes
from tabletop.scenario.linking.rulebook import link_rules
from tabletop.scenario.linking.symbols import SymbolTable, refuse_duplicates
from tabletop.scenario.linking.timing import check_times
from tabletop.scenario.linking.zones import frozen_clock
from tabletop.scenario.objectives import RatingBands
from tabletop.scenario.problems import Problem, ProblemsFound, quoted
from tabletop.scenario.reading import read_document
from tabletop.scenario.reading.locating import value_at
from tabletop.scenario.scenario import Entry, Scenario
from tabletop.scenario.timeline import TimelineEntry


@dataclass(frozen=True, slots=True)
class Loaded:
    """A loaded scenario, its warnings, and the places of its parts in the files."""

    scenario: Scenario
    warnings: tuple[Problem, ...]
    places: Mapping[tuple[str, str], Place]
    """The place of each entry, decision, card and objective: ``("card", "detection")``."""
    root: Place
    """The scenario's own file."""
    framework: Place | None = None
    """The file of its framework."""
    cuts: Mapping[str, Scenario] = field(default_factory=dict)
    """Its shorter forms, each a scenario of its own."""
    allow: tuple[tuple[Allowance, Place], ...] = ()
    """Warnings that the author allows, and where that is written."""

    def cut(self, word: str) -> Loaded:
        """Return one of the cuts, as if it had been loaded from the same files. Raises KeyError."""
        return replace(self, scenario=self.cuts[word], warnings=(), cuts={})


def load_scenario(path: Path) -> Loaded:
    """Load the scenario in a file, with its framework and the injects it uses.

    Raises ProblemsFound with all problems of all files; InputError for a link that leads out of the
    scenario's folder.
    """
    findings = Findings()
    draft = validate(read_document(path, name=shown(path)), ScenarioFile, findings)
    if draft is None:
        raise ProblemsFound([*findings.errors, *findings.warnings])
    linking = _Linking(path, draft, findings)
    scenario, places = linking.scenario(), linking.places
    root = Place(draft.document)
    cuts = {} if findings.errors else link_cuts(draft.file.cuts, scenario, root / "cuts", findings)
    if findings.errors:
        raise ProblemsFound([*findings.errors, *findings.warnings])
    return Loaded(
        scenario,
        tuple(findings.warnings),
        places,
        root,
        framework=linking.framework,
        cuts=cuts,
        allow=tuple(linking.allowances()),
    )


def known_ids(path: Path) -> dict[str, list[str]]:
    """Return the ids of a scenario and its framework by kind, also if it has mistakes elsewhere.

    Raises ProblemsFound if no part of the scenario can be used, InputError as `load_scenario` does.
    """
    findings = Findings()
    draft = validate(read_document(path, name=shown(path)), ScenarioFile, findings)
    if draft is None:
        raise ProblemsFound(findings.errors)
    return _Linking(path, draft, findings).ids()


class _Linking:
    """Links one scenario: first collects the definitions, then resolves the references."""

    def __init__(self, path: Path, draft: PartialFile[ScenarioFile], findings: Findings) -> None:
        self.findings = findings
        self.draft = draft
        self.places: dict[tuple[str, str], Place] = {}
        self._root = Place(draft.document)
        self._definitions = merge_definitions(path, draft, findings)
        library = InjectLibrary(inject_folders(path), findings)
        library.check(own_injects(path))
        self._injects = ScenarioInjects(draft, library, findings)
        self._cards_apart = CardsApart(draft, findings)
        self._merger = Merger(
            Participants(tuple(self._definitions.teams)), findings, cards_apart=self._cards_apart
        )
        self._without_inject: list[tuple[TimelineEntry, Place]] = []
        self._rows = list(self._merged_rows())
        self._backlash = self._found_backlash()
        holders = {word: handed[0].card.holder or "" for word, handed in self._merger.cards.items()}
        self._participants = Participants(tuple(self._definitions.teams), holders)
        self._symbols = self._vocabulary()

    def scenario(self) -> Scenario:
        """Return the linked scenario, which is valid only if there are no errors among the findings."""
        file, definitions = self.draft.file, self._definitions
        check_scoring(definitions, self._symbols)
        linker = EntryLinker(self._symbols, self._participants)
        timeline = tuple(linker.link(row) for row in self._rows)
        for entry, place in self._without_inject:
            linker.check(entry, place)
        self._check_cards_apart()
        decisions = link_decisions(
            file.decisions, self._root / "decisions", self._symbols, self._participants
        )
        probes = link_probes(self.draft, self._symbols, self._participants)
        self._place_parts(timeline)
        self._check_flow(timeline, decisions)
        check_times(definitions, self.findings)
        self._refuse_phrases()
        self._warn_of_unused()
        own = {name: getattr(file, name) for name in _TAKEN_OVER}
        return Scenario.model_construct(
            **own,
            clock=self._clock(),
            teams=dict(definitions.teams),
            objectives=dict(definitions.objectives),
            labels=dict(definitions.labels),
            called=definitions.called,
            score=definitions.score,
            late=definitions.late,
            capital=definitions.capital or Capital(),
            ratings=definitions.ratings or RatingBands(),
            rules=link_rules(definitions, self._symbols, self._participants),
            timeline=timeline,
            decisions=decisions,
            probes=probes,
            backlash=self._linked_backlash(),
            files=self._attached_files(),
            sources=dict(definitions.sources),
        )

    @property
    def framework(self) -> Place | None:
        """The file of the framework, if there is one."""
        framework = self._definitions.framework
        return Place(framework.document) if framework is not None else None

    def allowances(self) -> Iterator[tuple[Allowance, Place]]:
        """Yield each warning that the author allows, with its place."""
        for index, allowance in enumerate(self.draft.file.allow):
            yield allowance, self._root / "allow" / self.draft.row("allow", index)

    def ids(self) -> dict[str, list[str]]:
        """Return the known ids by kind, without kinds of which some could not be read."""
        known = {kind: list(words) for kind, words in self._symbols.known.items()}
        options = (word for words in self._symbols.options.values() for word in words)
        known["option"] = list(dict.fromkeys(options))
        known["inject"] = list(dict.fromkeys(self._injects.ids()))
        return {kind: words for kind, words in known.items() if words}

    def _clock(self) -> LocalClock | None:
        known = self._definitions
        teams = {word: (team, known.place("teams", word)) for word, team in known.teams.items()}
        file = self.draft.file
        return frozen_clock(file.clock, self._root / "clock", teams, file.length, self.findings)

    def _merged_rows(self) -> Iterator[LinkedEntry]:
        for index, entry in enumerate(self.draft.file.timeline):
            place = self._root / "timeline" / self.draft.row("timeline", index)
            found = self._injects.find(entry.inject, place / "inject")
            if found is None:
                self._without_inject.append((entry, place))
            else:
                yield LinkedEntry(index, entry, place, found, self._merger.merge(found, entry, place, index))

    def _found_backlash(self) -> Found | None:
        capital = self._definitions.capital
        if capital is None or capital.backlash is None:
            return None
        place = self._definitions.place("capital") / "backlash"
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
        self._symbols.check_all("objective", inject.objectives, place / "objectives")
        if inject.advice is not None and inject.advice.by is not None:
            self._symbols.check_team(inject.advice.by, place / "advice" / "by")
        return inject.model_copy(update={"to": tuple(self._definitions.teams)})

    def _attached_files(self) -> dict[str, StoredFile]:
        """Return the files that the scenario and the injects it sends out attach."""
        attached = AttachedFiles(self.findings)
        attached.add(self.draft.file.attachments, self._root / "attachments")
        for row in self._rows:
            attached.add(row.found.inject.attachments, row.found.place / "attachments")
            attached.add(row.entry.attachments, row.place / "attachments")
        if self._backlash is not None:
            attached.add(self._backlash.inject.attachments, self._backlash.place / "attachments")
        attached.check_total(self._root)
        return attached.files

    def _vocabulary(self) -> SymbolTable:
        """Return the known ids by kind, without kinds of which some could not be read.

        They are dicts, for fast lookup and so that messages list them in order.
        """
        definitions, draft = self._definitions, self.draft
        known: dict[str, Collection[str]] = {}
        if not draft.lost("decisions"):
            known["decision"] = dict.fromkeys(draft.keys("decisions"))
        for kind, key in (("team", "teams"), ("objective", "objectives"), ("label", "labels")):
            if definitions.knows(key):
                known[kind] = dict.fromkeys(definitions.keys(key))
        if draft.whole("timeline"):
            known["entry"] = dict.fromkeys(entry.id or entry.inject for entry in draft.file.timeline)
        if self._complete:
            known["card"] = dict.fromkeys((*self._merger.cards, *draft.keys("cards")))
        options: dict[str, Collection[str]] = {
            word: decision.options for word, decision in draft.file.decisions.items()
        }
        asked: dict[str, Collection[str]] = {
            word: decision.team for word, decision in draft.file.decisions.items()
        }
        return SymbolTable(self.findings, known, options, asked)

    @property
    def _complete(self) -> bool:
        """Whether every timeline entry could be linked, so that an id not found in them does not exist."""
        return self.draft.whole("timeline", "injects", "cards") and not self._without_inject

    def _place_parts(self, timeline: Iterable[Entry]) -> None:
        """Record the place of each part. Of two with the same id the first counts."""
        for row, entry in zip(self._rows, timeline, strict=True):
            self.places.setdefault(("entry", entry.id), row.place)
        for word in self.draft.file.decisions:
            self.places["decision", word] = self._root / "decisions" / word
        for index, probe in enumerate(self.draft.file.probes):
            place = self._root / "probes" / self.draft.row("probes", index)
            self.places.setdefault(("probe", probe.id), place)
        for word in self._definitions.objectives:
            self.places["objective", word] = self._definitions.place("objectives", word)
        for word, handed in self._merger.cards.items():
            self.places["card", word] = handed[0].defined
        for card, place in self._cards_apart.each():
            self.places.setdefault(("card", card.id), place)

    def _check_flow(self, timeline: Sequence[Entry], decisions: Mapping[str, Decision]) -> None:
        """Check properties of several entries at once."""
        rows, handed = self._rows, self._merger.cards
        named = ((entry.id, entry.code, row.place) for row, entry in zip(rows, timeline, strict=True))
        refuse_duplicates("entry", named, self.findings, ids=True)
        check_cards(
            handed, {row.index: entry for row, entry in zip(rows, timeline, strict=True)}, self.findings
        )
        check_presented(timeline, decisions, self.places, self.findings, whole=self._complete)
        ids = {row.index: row.id for row in rows}
        givers = {word: [ids[one.row] for one in places] for word, places in handed.items()}
        check_cycles(depends_on(timeline, decisions, givers), self.places, self.findings)

    def _check_cards_apart(self) -> None:
        """Check the cards that stand under ``cards``, each of which an inject has to deal."""
        for card, place in self._cards_apart.each():
            check_card(card, place, self._symbols)
            if self._complete and card.id not in self._merger.cards:
                self.findings.error(
                    "never-dealt",
                    f"no inject of the timeline deals card {quoted(card.id)}",
                    place,
                    hint=f"write 'card: {card.id}' in the inject that brings it, or remove the card",
                    at_key=True,
                )

    def _refuse_phrases(self) -> None:
        documents = [self.draft.document]
        if self._definitions.framework is not None:
            documents.append(self._definitions.framework.document)
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
        capital = self._definitions.capital
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
    "phases",
    "attachments",
    *Imprint.model_fields,
)
"""Fields that are copied unchanged from the scenario file."""

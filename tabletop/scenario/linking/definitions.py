"""Merge the scenario's own teams, objectives and scoring over those of its framework."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tabletop.errors import InputError
from tabletop.scenario.base import ALL
from tabletop.scenario.capital import Capital
from tabletop.scenario.files import FrameworkFile, ScenarioFile
from tabletop.scenario.library import find_framework, framework_folders, frameworks_known, shown
from tabletop.scenario.linking.findings import Findings, Place, did_you_mean
from tabletop.scenario.linking.partial_file import PartialFile, validate
from tabletop.scenario.linking.symbols import SymbolTable, refuse_duplicates
from tabletop.scenario.objectives import Late, Objective, RatingBands, Score
from tabletop.scenario.problems import ProblemsFound, quoted
from tabletop.scenario.reading import read_document
from tabletop.scenario.teams import OTHER_SEATS, Team


@dataclass(frozen=True, slots=True)
class Definitions:
    """The merged definitions of a scenario and its framework; incomplete if `readable` is false."""

    draft: PartialFile[ScenarioFile]
    framework: PartialFile[FrameworkFile] | None
    readable: bool
    teams: Mapping[str, Team]
    objectives: Mapping[str, Objective]
    labels: Mapping[str, str]
    called: str
    score: Score
    late: Late | None
    capital: Capital | None
    ratings: RatingBands | None
    sources: Mapping[str, str]

    def place(self, key: str, word: str | None = None) -> Place:
        """Return where a part is defined: in the scenario if it defines it, else in the framework."""
        data = self.draft.document.data
        own = isinstance(data, dict) and key in data if word is None else word in self.draft.keys(key)
        document = self.draft.document if own or self.framework is None else self.framework.document
        return Place(document, (key,) if word is None else (key, word))

    def keys(self, key: str) -> list[str]:
        """Return the ids that both files define under a key, including those of invalid parts."""
        words = self.framework.keys(key) if self.framework is not None else []
        return list(dict.fromkeys(words + self.draft.keys(key)))

    def knows(self, key: str) -> bool:
        """Return whether all ids under a key are known, so that any other is a mistake."""
        lost = self.draft.lost(key) or (self.framework is not None and self.framework.lost(key))
        return self.readable and not lost


def merge_definitions(path: Path, draft: PartialFile[ScenarioFile], findings: Findings) -> Definitions:
    """Read the framework that the scenario names, if any, and merge the scenario's definitions over it."""
    file = draft.file
    framework = _framework(path, draft, findings) if file.framework is not None else None
    under = framework.file if framework is not None else None
    definitions = Definitions(
        draft,
        framework,
        readable=file.framework is None or framework is not None,
        teams={**(under.teams if under else {}), **file.teams},
        objectives={**(under.objectives if under else {}), **file.objectives},
        labels={**(under.labels if under else {}), **file.labels},
        called=file.called or (under.called if under else None) or "teams",
        score=file.score or (under.score if under else None) or Score(),
        late=file.late or (under.late if under else None),
        capital=file.capital or (under.capital if under else None),
        ratings=file.ratings or (under.ratings if under else None),
        sources={**(under.sources if under else {}), **file.sources},
    )
    _check_teams(definitions, findings)
    objectives = (
        (word, part.code, definitions.place("objectives", word))
        for word, part in definitions.objectives.items()
    )
    refuse_duplicates("objective", objectives, findings)
    return definitions


def check_scoring(definitions: Definitions, symbols: SymbolTable) -> None:
    """Check the references of the rule for late decisions and of domestic capital."""
    if definitions.late is not None:
        symbols.check("objective", definitions.late.objective, definitions.place("late") / "objective")
    bonus = definitions.capital.gate_bonus if definitions.capital is not None else None
    if bonus is not None:
        symbols.check("objective", bonus.objective, definitions.place("capital") / "gate-bonus" / "objective")


def _framework(
    path: Path, draft: PartialFile[ScenarioFile], findings: Findings
) -> PartialFile[FrameworkFile] | None:
    word, place = str(draft.file.framework), Place(draft.document, ("framework",))
    try:
        file = find_framework(path, word)
        if file is None:
            known = frameworks_known(path)
            near = did_you_mean("framework", word, known)
            looked = ", ".join(
                quoted(shown(folder / "frameworks"), 200) for folder in framework_folders(path)
            )
            findings.error(
                "unknown-framework",
                f"unknown framework {quoted(word)}",
                place,
                hint=f"{near} Looked in {looked}.",
            )
            return None
        document = read_document(file, name=shown(file))
    except ProblemsFound as found:
        findings.add(found.problems)
        return None
    except InputError as error:
        findings.error("link-out", error.message, place)
        return None
    framework = validate(document, FrameworkFile, findings)
    if framework is not None and framework.file.id != word:
        findings.error(
            "framework-id",
            f"the id {quoted(framework.file.id)} differs from the name of the file",
            Place(document, ("id",)),
            hint=f"write 'id: {word}', or rename the file",
        )
    return framework


def _check_teams(definitions: Definitions, findings: Findings) -> None:
    if definitions.knows("teams") and not definitions.keys("teams"):
        findings.error(
            "no-teams",
            "the scenario has no teams",
            Place(definitions.draft.document),
            hint="list them under 'teams', or name a 'framework' that has some",
        )
    seen = {word: word for word in definitions.teams}
    for word, team in definitions.teams.items():
        place = definitions.place("teams", word)
        if word == ALL:
            findings.error("reserved-word", "'all' means every team and cannot be one", place, at_key=True)
        if word in OTHER_SEATS:
            findings.error(
                "reserved-word", f"'{word}' is reserved for a seat and cannot be a team", place, at_key=True
            )
        # Teams whose names look alike on a screen would be confused.
        look = unicodedata.normalize("NFKC", team.name).casefold()
        if seen.setdefault(look, word) != word:
            findings.error(
                "duplicate-team-name",
                f"team {quoted(word)} has the same name as team {quoted(seen[look])}: {quoted(team.name)}",
                place / "name",
                hint="give one of the two another name",
            )

"""The inject library: find injects by id, and check the files that belong to the scenario."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from tabletop.scenario.files import InjectFile, ScenarioFile
from tabletop.scenario.injects import Inject
from tabletop.scenario.library import inject_files, passed_over, shown
from tabletop.scenario.linking.findings import Findings, Place
from tabletop.scenario.linking.partial_file import PartialFile
from tabletop.scenario.problems import Problem, ProblemsFound, quoted
from tabletop.scenario.reading import read_document
from tabletop.scenario.reading.document import Document
from tabletop.scenario.reading.encoding import read_bytes
from tabletop.scenario.reading.locating import value_at

_TOP_KEY: Final = re.compile(rb"""^["']?([a-z0-9-]+)["']?[ \t]*:""", re.MULTILINE)
"""A key at the start of a line. It also matches lines inside texts, so results are verified."""


@dataclass(frozen=True, slots=True)
class Found:
    """An inject and the place it was read from."""

    inject: Inject
    place: Place


class InjectLibrary:
    """Injects by id, in folders of which earlier ones take precedence.

    Searching for ids at the start of lines is fifty times as fast as parsing YAML, so a scenario that uses
    three of the three thousand injects that may come with the program loads fast. Those files are parsed in
    full only if that finds nothing, as a key can be written in other ways too.
    """

    def __init__(self, folders: Sequence[Path], findings: Findings) -> None:
        self._folders = folders
        self._findings = findings
        self._listed: dict[Path, list[Path]] = {}
        self._indexes: dict[Path, dict[str, list[Path]]] = {}
        self._documents: dict[Path, Document] = {}
        self._found: dict[str, Found | None] = {}
        self._unreadable = False

    def find(self, inject_id: str) -> Found | None:
        """Return the inject; None if there is none, or if it is invalid, which is then reported."""
        if inject_id not in self._found:
            self._found[inject_id] = self._look(inject_id)
        return self._found[inject_id]

    def knows(self, inject_id: str) -> bool:
        """Return whether a file defines the id, or may define it because it cannot be read."""
        return self._unreadable or any(self._holding(folder, inject_id) for folder in self._folders)

    def ids(self) -> list[str]:
        """Return every id of the library."""
        return [
            key for folder in self._folders for file in self._files(folder) for key in self._injects(file)
        ]

    def check(self, folder: Path) -> None:
        """Report what is wrong in any file of a folder, whether or not its injects are used."""
        if folder not in self._folders:
            return
        for file in self._files(folder):
            for inject_id in self._injects(file):
                self._validated(str(inject_id), self._document(file))
        for path, why in passed_over(folder).items():
            hint = "put the files themselves there"
            self._findings.add([Problem(shown(path), 0, 0, why, "not-read", hint=hint, severity="warning")])

    def _look(self, inject_id: str) -> Found | None:
        for folder in self._folders:
            files = self._holding(folder, inject_id)
            if files:
                self._refuse_duplicates(inject_id, files)
                return self._validated(inject_id, self._document(files[0]))
        return None

    def _holding(self, folder: Path, inject_id: str) -> list[Path]:
        """Return the files of a folder that define the id."""
        if folder not in self._indexes:
            self._indexes[folder] = _index(self._files(folder))
        likely = self._indexes[folder].get(inject_id, ())
        return [file for file in likely if inject_id in self._injects(file)] or [
            file for file in self._files(folder) if inject_id in self._injects(file)
        ]

    def _files(self, folder: Path) -> list[Path]:
        if folder not in self._listed:
            self._listed[folder] = inject_files(folder)
        return self._listed[folder]

    def _injects(self, file: Path) -> dict[str, object]:
        """Return the injects of a file as parsed; none if it cannot be read."""
        data = self._document(file).data
        return data if isinstance(data, dict) else {}

    def _document(self, file: Path) -> Document:
        if file in self._documents:
            return self._documents[file]
        name = shown(file)
        try:
            document = read_document(file, name=name)
        except ProblemsFound as found:
            self._findings.add(found.problems)
            self._unreadable = True
            document = Document(name, {}, {}, ())
        if not isinstance(document.data, dict):
            self._unreadable = True
            self._findings.error(
                "not-injects",
                "an inject file lists injects by their ids",
                Place(document),
                hint="begin each inject with its id and a colon, and indent what belongs to it",
            )
        self._findings.doubt(document, InjectFile)
        self._documents[file] = document
        return document

    def _refuse_duplicates(self, inject_id: str, files: list[Path]) -> None:
        for file in files[1:]:
            self._findings.error(
                "duplicate-inject",
                f"inject {quoted(inject_id)} is also defined in {quoted(shown(files[0]), 200)}",
                Place(self._document(file), (inject_id,)),
                hint="remove one of the two, or give it another id",
                at_key=True,
            )

    def _validated(self, inject_id: str, document: Document) -> Found | None:
        place = Place(document, (inject_id,))
        try:
            inject = Inject.model_validate(value_at(document, place.loc), by_alias=True, by_name=False)
        except ValidationError as error:
            self._findings.refuse([place], place, error, Inject)
            return None
        return Found(inject, place)


def _index(files: Iterable[Path]) -> dict[str, list[Path]]:
    """Return the files that seem to define each id. Unreadable files are reported later by the reader."""
    index: dict[str, list[Path]] = {}
    for file in files:
        with suppress(ProblemsFound):
            for key in dict.fromkeys(_TOP_KEY.findall(read_bytes(file, shown(file)))):
                index.setdefault(key.decode("ascii"), []).append(file)
    return index


class ScenarioInjects:
    """The injects that a scenario can use: those in its own file, then the library's."""

    def __init__(self, draft: PartialFile[ScenarioFile], library: InjectLibrary, findings: Findings) -> None:
        self._own = draft.file.injects
        self._written = dict.fromkeys(draft.keys("injects"))
        self._lost = draft.lost("injects")
        self._document = draft.document
        self._library = library
        self._findings = findings
        self._known: list[str] | None = None

    def find(self, inject_id: str, place: Place) -> Found | None:
        """Return the inject that `place` refers to; None if it is unknown or invalid."""
        own = self._own.get(inject_id)
        if own is not None:
            return Found(own, Place(self._document, ("injects", inject_id)))
        if inject_id in self._written:  # invalid, which is already reported
            return None
        found = self._library.find(inject_id)
        if found is None and not self._lost and not self._library.knows(inject_id):
            self._findings.unknown("inject", inject_id, self.ids(), place)
        return found

    def ids(self) -> list[str]:
        """Return every id that an entry can name."""
        if self._known is None:
            self._known = [*self._written, *self._library.ids()]
        return self._known

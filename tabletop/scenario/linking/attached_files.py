"""Read the files that a scenario attaches, and refuse those that cannot be shown."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tabletop.errors import InputError
from tabletop.scenario.attachments import MAX_FILE, MAX_FILES, Attachment, MediaType, StoredFile
from tabletop.scenario.library import within
from tabletop.scenario.linking.findings import Findings, Place
from tabletop.scenario.nearest import nearest
from tabletop.scenario.problems import quoted

_BEGINS: Final[tuple[tuple[bytes, MediaType], ...]] = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"%PDF-", "application/pdf"),
)
_ENDS: Final[dict[MediaType, bytes]] = {
    "image/png": b"IEND\xaeB`\x82",
    "image/jpeg": b"\xff\xd9",
    "application/pdf": b"%%EOF",
}
_TRAILER: Final = 1024
"""Bytes at the end of a file in which its end mark is looked for; cameras and editors append a few."""


@dataclass(slots=True)
class AttachedFiles:
    """Collects the files that a scenario and its injects attach, each once."""

    findings: Findings
    files: dict[str, StoredFile] = field(default_factory=dict)
    _from: dict[str, Path] = field(default_factory=dict)

    def add(self, attachments: Sequence[Attachment], place: Place) -> None:
        """Read the files that the list at `place` names, beside the file in which it stands."""
        folder = Path(place.document.name).absolute().parent
        for index, attachment in enumerate(attachments):
            self._add_one(folder, attachment.file, place / index / "file")

    def check_total(self, place: Place) -> None:
        """Refuse files that are too large together."""
        total = sum(file.size for file in self.files.values())
        if total > MAX_FILES:
            self.findings.error(
                "attachments-too-large",
                f"the attached files have {_megabytes(total)} together; at most {_megabytes(MAX_FILES)} can "
                "travel with an exercise",
                place,
                hint="save the largest pictures smaller",
                at_key=True,
            )

    def _add_one(self, folder: Path, name: str, place: Place) -> None:
        try:
            path = within(folder, *name.split("/"))
        except InputError as error:
            self.findings.error("attachment-outside", error.message, place)
            return
        if path is None:
            self.findings.error(
                "no-such-file",
                f"there is no file {quoted(name)} here",
                place,
                hint=_nearest_file(folder, name),
            )
            return
        before = self._from.setdefault(name, path)
        if before != path:
            self.findings.error(
                "attachment-twice",
                f"another file of this scenario is called {quoted(name)} too",
                place,
                hint="rename one of the two",
            )
        elif name not in self.files:
            self._read(path, name, place)

    def _read(self, path: Path, name: str, place: Place) -> None:
        try:
            with path.open("rb") as file:
                content = file.read(MAX_FILE + 1)
            size = path.stat().st_size
        except OSError as error:
            self.findings.error(
                "attachment-unreadable", f"{quoted(name)} cannot be read: {error.strerror or error}", place
            )
            return
        if len(content) > MAX_FILE:
            self.findings.error(
                "attachment-too-large",
                f"{quoted(name)} has {_megabytes(size)}; one attachment has at most {_megabytes(MAX_FILE)}",
                place,
                hint="save it smaller: 1,600 pixels wide are enough for any screen",
            )
            return
        media = next((media for begin, media in _BEGINS if content.startswith(begin)), None)
        if media is None:
            self.findings.error(
                "attachment-kind",
                f"{quoted(name)} is neither a PNG nor a JPEG picture nor a PDF",
                place,
                hint="save it as one of these" if content else "the file is empty",
            )
        elif _ENDS[media] not in content[-_TRAILER:]:
            self.findings.error(
                "attachment-cut",
                f"{quoted(name)} ends too early: a part of it is missing",
                place,
                hint="copy the file again",
            )
        else:
            self.files[name] = StoredFile(
                media=media,
                size=len(content),
                sha256=hashlib.sha256(content).hexdigest(),
                data=base64.b64encode(content).decode("ascii"),
            )


def _nearest_file(folder: Path, name: str) -> str:
    around = folder.joinpath(*name.split("/")[:-1])
    names = sorted(path.name for path in around.iterdir()) if around.is_dir() else []
    near = nearest(name.rpartition("/")[2], names)
    return (
        f"did you mean {quoted(near)}?" if near is not None else "put the file into the folder of this file"
    )


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:.1f} MB".replace(".0 ", " ")

"""Files that come with a scenario: maps, pictures and pages, shown beside an inject or before play."""

from __future__ import annotations

import base64
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field

from tabletop.scenario.base import Part, Text, no_control

MAX_FILE: Final = 2 * 1024 * 1024
"""Maximum size of one file in bytes."""

MAX_FILES: Final = 8 * 1024 * 1024
"""Maximum size of all files of a scenario together, in bytes."""

MediaType = Literal["image/png", "image/jpeg", "application/pdf"]

KINDS: Final[dict[str, str]] = {"image/png": "PNG", "image/jpeg": "JPEG", "application/pdf": "PDF"}
"""What people call each media type."""

FileName = Annotated[
    str,
    Field(min_length=1, max_length=200, pattern=r"^[^/\\:]+(/[^/\\:]+)*$"),
    AfterValidator(no_control),
]
"""A file's name, or its path below the folder of the file that names it, with forward slashes."""


class Attachment(Part):
    """A picture or a page, and what it shows in words."""

    file: FileName = Field(description="The file beside this one: PNG, JPEG or PDF, at most 2 MB.")
    alt: Text = Field(description="What it shows, for those who cannot see it.")


class StoredFile(Part):
    """An attached file as it travels with the scenario, so that a log alone can show it."""

    media: MediaType
    size: int
    sha256: str
    data: str = ""
    """Its bytes in base 64; empty where only its description was sent."""

    def content(self) -> bytes:
        """Return its bytes."""
        return base64.b64decode(self.data)

    @property
    def described(self) -> str:
        """Its kind and size for people: ``PNG, 120 kB``."""
        return f"{KINDS[self.media]}, {max(1, round(self.size / 1000)):,} kB"

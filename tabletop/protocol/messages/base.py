"""Base classes of frames, and types that they share."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Final

from pydantic import BaseModel, ConfigDict, Field, SerializerFunctionWrapHandler, model_serializer

VERSION: Final = 1
"""Protocol version. A host and a station of different versions disconnect with a readable reason."""

UNDERSTANDS: Final = ("addresses", "same-name", "pen-offer", "deferred", "floods", "view", "probes-left")
"""Features added since the first release of this version; a station lists them in its hello.

A frame with an unknown key is refused, so the host sends new keys only to stations that know them.
"""

MAX_PARTS: Final = 400
"""Maximum number of parts of a frame."""

Key = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]

Name = Annotated[str, Field(max_length=80)]

Secret = Annotated[str, Field(max_length=128)]


class Frame(BaseModel):
    """Base of all frames."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=True,
        hide_input_in_errors=True,
        validate_by_name=True,
        validate_by_alias=True,
        serialize_by_alias=True,
    )


class ExtendedFrame(Frame):
    """A frame with keys that older programs refuse: omitted while they have their default."""

    ADDED: ClassVar[frozenset[str]] = frozenset()
    """Names of the added keys, each of which has a default."""

    @model_serializer(mode="wrap")
    def _leave_out_added(self, serialize: SerializerFunctionWrapHandler) -> dict[str, Any]:
        fields = type(self).model_fields
        unsaid = {name for name in self.ADDED if getattr(self, name) == fields[name].default}
        data: dict[str, Any] = serialize(self)
        return {name: value for name, value in data.items() if name not in unsaid}

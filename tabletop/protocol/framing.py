"""Encode and decode frames as JSON text, with a size limit and strict validation."""

from __future__ import annotations

import json
import re
from typing import Any, Final, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError

from tabletop.errors import InputError
from tabletop.protocol.link import Sight
from tabletop.protocol.messages import Ack, Frame, FromHost, FromStation, Part, Ping

T = TypeVar("T")

MAX_FRAME: Final = 64 * 1024
"""Maximum size of a frame in bytes, in both directions."""

PART_BYTES: Final = 24 * 1024
"""Characters of a long frame in one `Part`: as JSON inside JSON they may take twice as many bytes."""


class FrameError(InputError):
    """A frame violates the protocol; the message never quotes it."""


_FROM_STATION: TypeAdapter[FromStation] = TypeAdapter(FromStation)
_KINDS: Final[dict[str, type[Ack] | type[Ping]]] = {"ack": Ack, "ping": Ping}
_USUAL: Final = re.compile(
    r'\{"type":"(ack|ping)","seen":(0|[1-9][0-9]{0,14}),"shown":(0|[1-9][0-9]{0,14})\}'
)
"""Nearly all frames from stations, in their exact form: parsed without the JSON decoder."""

_FROM_HOST: TypeAdapter[FromHost] = TypeAdapter(FromHost)
_SIGHT: TypeAdapter[Sight] = TypeAdapter(Sight)


def encode(frame: Frame) -> str:
    """Return the frame as JSON. A lone surrogate, which UTF-8 cannot encode, is written as an escape."""
    try:
        return frame.model_dump_json()
    except PydanticSerializationError:
        return json.dumps(frame.model_dump(mode="json"), separators=(",", ":"))


def encode_sight(sight: Sight) -> str:
    """Return an event as JSON, as it stands in a frame."""
    try:
        return _SIGHT.dump_json(sight, by_alias=True).decode()
    except PydanticSerializationError:
        return json.dumps(_SIGHT.dump_python(sight, mode="json", by_alias=True), separators=(",", ":"))


def size(text: str) -> int:
    """Return the size of an encoded frame in bytes."""
    return len(text) if text.isascii() else len(text.encode())


def in_parts(text: str) -> list[str]:
    """Return the frame itself if it is short enough, else `Part` frames that carry it."""
    if size(text) <= MAX_FRAME:
        return [text]
    step = PART_BYTES if text.isascii() else PART_BYTES // 2
    pieces = [text[at : at + step] for at in range(0, len(text), step)]
    return [encode(Part(index=index, count=len(pieces), text=piece)) for index, piece in enumerate(pieces)]


def from_station(text: str) -> FromStation:
    """Decode a frame from a station. Raises `FrameError`."""
    usual = _USUAL.fullmatch(text)
    if usual is not None:
        kind, seen, shown = usual.groups()
        return _KINDS[kind](seen=int(seen), shown=int(shown))
    return _read(_FROM_STATION, text)


def spoken(text: str) -> int | None:
    """Return the version that a hello of any version states; None if the text is no hello."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return None
    version = data.get("version") if isinstance(data, dict) and data.get("type") == "hello" else None
    return version if isinstance(version, int) and abs(version) < 2**31 else None


def from_host(text: str) -> FromHost:
    """Decode a frame from the host, whole or a part. Raises `FrameError`."""
    return _read(_FROM_HOST, text)


def _read(adapter: TypeAdapter[T], text: str) -> T:
    try:
        data = json.loads(text, parse_constant=_no_constant, object_pairs_hook=_once)
        return adapter.validate_python(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        place = ".".join(str(part)[:40] for part in first["loc"][:4])
        raise FrameError(f"a frame violates the protocol: {place or 'frame'}: {first['type']}") from None
    except (ValueError, RecursionError):
        raise FrameError("a frame is not valid JSON") from None


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is not a number")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("duplicate key")
    return found


class Assembly:
    """Reassemble a frame from its parts. If a part is missing, the frame is dropped."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._count = 0

    def add(self, part: Part) -> str | None:
        """Add a part; return the whole frame once its last part has arrived."""
        if part.index == 0:
            self._texts, self._count = [], part.count
        if part.index != len(self._texts) or part.count != self._count:
            self._texts, self._count = [], 0
            return None
        self._texts.append(part.text)
        if len(self._texts) < self._count:
            return None
        whole = "".join(self._texts)
        self._texts, self._count = [], 0
        return whole

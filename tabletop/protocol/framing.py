"""Frames as text: JSON, within a size, and refused unless it is exactly what the protocol allows."""

from __future__ import annotations

import json
import re
from typing import Any, Final, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError

from tabletop.errors import InputError
from tabletop.protocol.messages import Ack, Frame, FromHost, FromStation, Part, Ping

T = TypeVar("T")

MAX_FRAME: Final = 64 * 1024
"""Bytes of the longest frame that either side sends or takes."""

PART_BYTES: Final = 24 * 1024
"""Characters of a long frame that travel in one `Part`: as JSON in JSON they may take twice as many bytes."""


class FrameError(InputError):
    """A frame is not what the protocol allows; the message never quotes it."""


_FROM_STATION: TypeAdapter[FromStation] = TypeAdapter(FromStation)
_KINDS: Final[dict[str, type[Ack] | type[Ping]]] = {"ack": Ack, "ping": Ping}
_USUAL: Final = re.compile(
    r'\{"type":"(ack|ping)","seen":(0|[1-9][0-9]{0,14}),"shown":(0|[1-9][0-9]{0,14})\}'
)
"""Nearly all that stations send, as they send it: it need not go the long way."""

_FROM_HOST: TypeAdapter[FromHost] = TypeAdapter(FromHost)


def encode(frame: Frame) -> str:
    """The frame as JSON. Half a surrogate pair, which UTF-8 cannot hold, is written as an escape."""
    try:
        return frame.model_dump_json()
    except PydanticSerializationError:
        return json.dumps(frame.model_dump(mode="json"), separators=(",", ":"))


def size(text: str) -> int:
    """How many bytes a frame takes on its way."""
    return len(text) if text.isascii() else len(text.encode())


def in_parts(text: str) -> list[str]:
    """The frame itself if it is short enough, else the frames that carry its parts."""
    if size(text) <= MAX_FRAME:
        return [text]
    step = PART_BYTES if text.isascii() else PART_BYTES // 2
    pieces = [text[at : at + step] for at in range(0, len(text), step)]
    return [encode(Part(index=index, count=len(pieces), text=piece)) for index, piece in enumerate(pieces)]


def from_station(text: str) -> FromStation:
    """Read a frame that a station sent. Raises `FrameError`."""
    usual = _USUAL.fullmatch(text)
    if usual is not None:
        kind, seen, shown = usual.groups()
        return _KINDS[kind](seen=int(seen), shown=int(shown))
    return _read(_FROM_STATION, text)


def spoken(text: str) -> int | None:
    """The version that a hello of some other version of the protocol says it is; None if it is no hello."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return None
    version = data.get("version") if isinstance(data, dict) and data.get("type") == "hello" else None
    return version if isinstance(version, int) and abs(version) < 2**31 else None


def from_host(text: str) -> FromHost:
    """Read a frame that the host sent, a part or a whole. Raises `FrameError`."""
    return _read(_FROM_HOST, text)


def _read(adapter: TypeAdapter[T], text: str) -> T:
    try:
        data = json.loads(text, parse_constant=_no_constant, object_pairs_hook=_once)
        return adapter.validate_python(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        place = ".".join(str(part)[:40] for part in first["loc"][:4])
        raise FrameError(f"a frame is not of this protocol: {place or 'frame'}: {first['type']}") from None
    except (ValueError, RecursionError):
        raise FrameError("a frame is not JSON as this protocol has it") from None


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is no number")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


class Assembly:
    """The parts of one frame, in order. If one is missing the frame is lost, and is asked for again."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._count = 0

    def add(self, part: Part) -> str | None:
        """The whole frame once its last part is there."""
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

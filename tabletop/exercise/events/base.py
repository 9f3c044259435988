"""Base class of events, and types that they share."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

Teams = tuple[str, ...]
Timing = Literal["early", "on-time", "late"]
CONTROL: Literal["control"] = "control"
"""Exercise control as sender or receiver of a message."""


class BaseEvent(BaseModel):
    """Base class of events."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    v: Literal[1] = 1

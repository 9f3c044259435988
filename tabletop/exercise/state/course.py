"""Stages in the life of an exercise."""

from __future__ import annotations

from enum import StrEnum


class Stage(StrEnum):
    """Stage in the life of an exercise."""

    READY = "ready"
    RUNNING = "running"
    PAUSED = "paused"
    GATE = "gate"
    EMERGENCY = "emergency"
    ENDED = "ended"
    HOT_WASH = "hot-wash"
    CLOSED = "closed"

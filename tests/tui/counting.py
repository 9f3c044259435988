"""Counts how often the program goes to the trouble of something."""

from __future__ import annotations

from collections.abc import Callable

import pytest


def count(monkeypatch: pytest.MonkeyPatch, owner: type, method: str) -> list[object]:
    """What the method is called on from now on."""
    calls: list[object] = []
    original: Callable[..., object] = getattr(owner, method)

    def counted(*given: object, **named: object) -> object:
        calls.append(given[1] if len(given) > 1 else given[0])
        return original(*given, **named)

    monkeypatch.setattr(owner, method, counted)
    return calls

"""Textual calls private methods of its widgets by name: one of ours so named would be called instead.

One that takes such a place on purpose is marked with `override`.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator

import pytest
from textual.message_pump import MessagePump

import tabletop.tui


def classes() -> Iterator[type[MessagePump]]:
    """Every screen, widget and application of ours."""
    for module in pkgutil.walk_packages(tabletop.tui.__path__, "tabletop.tui."):
        for _, kind in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
            if issubclass(kind, MessagePump) and kind.__module__ == module.name:
                yield kind


@pytest.mark.parametrize("kind", list(classes()))
def test_no_private_name_of_textuals_is_taken(kind: type[MessagePump]) -> None:
    textual = [base for base in kind.__mro__ if base.__module__.startswith("textual")]
    taken = {
        name
        for name in vars(kind)
        if name.startswith("_") and not name.startswith("__") and not name.startswith("_on_")
        if any(name in vars(base) for base in textual)
        if inspect.isfunction(vars(kind)[name])
        if not getattr(vars(kind)[name], "__override__", False)  # on purpose
    }
    assert taken == set()

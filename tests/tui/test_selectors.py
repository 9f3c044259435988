"""Stylesheets name only widgets that there are: a class that is renamed would lose its style in silence."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.dom import DOMNode

import tabletop.tui

SOURCES = Path(tabletop.tui.__file__).parent
STYLESHEETS = sorted(SOURCES.rglob("*.tcss"))


def node_types(kind: type[DOMNode] = DOMNode) -> Iterator[str]:
    """Yield the names of all widgets, screens and applications, Textual's among them."""
    yield kind.__name__
    for derived in kind.__subclasses__():
        yield from node_types(derived)


@pytest.fixture(scope="module")
def known() -> set[str]:
    """Return the names of every kind of node once all screens are imported."""
    for module in pkgutil.walk_packages(tabletop.tui.__path__, "tabletop.tui."):
        importlib.import_module(module.name)
    return set(node_types())


def types_named(css: str) -> set[str]:
    """Return the types in the selectors of a stylesheet."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    selectors = re.findall(r"([^{};]+)\{", css)
    return {name for selector in selectors for name in re.findall(r"(?<![\w.#:$-])[A-Z]\w+", selector)}


@pytest.mark.parametrize("sheet", STYLESHEETS, ids=lambda path: path.name)
def test_a_stylesheet_names_only_widgets_that_there_are(sheet: Path, known: set[str]) -> None:
    assert types_named(sheet.read_text(encoding="utf-8")) <= known


def test_the_style_of_a_widget_names_only_widgets_that_there_are(known: set[str]) -> None:
    for module in SOURCES.rglob("*.py"):
        for css in re.findall(
            r'DEFAULT_CSS[^=]*= *f?"""(.*?)"""', module.read_text(encoding="utf-8"), re.DOTALL
        ):
            assert types_named(css) <= known, module.name

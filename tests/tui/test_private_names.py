"""Nothing in the program uses or overrides a private name of Textual, but for what stands in `ALLOWED`.

Textual may change its private names in any release, and calls some of its private methods by name, so that
one of ours of that name would be called in their place.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import textwrap
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import textual
from textual.driver import Driver
from textual.message_pump import MessagePump

import tabletop
import tabletop.tui

ALLOWED: dict[tuple[str, str], str] = {}
"""(module, name) -> why it cannot be done by public means. Each has a test on a pseudo-terminal."""

PACKAGE = Path(tabletop.__file__).parent
SOURCES = sorted((PACKAGE / "tui").rglob("*.py"))
"""The only modules that may import Textual; an import contract holds the others to that."""


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


def own_attributes(tree: ast.AST) -> set[str]:
    """Return the private names that code defines, or reaches by `self`, `cls` and `super()`."""
    names = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and is_own(node.value):
            names.add(node.attr)
        if isinstance(node, ast.ClassDef):
            names |= {
                name.id
                for line in node.body
                if isinstance(line, ast.Assign | ast.AnnAssign)
                for name in ast.walk(line)
                if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store)
            }
    return {name for name in names if is_private(name)}


def is_own(value: ast.expr) -> bool:
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Name):
        return value.func.id == "super"
    return isinstance(value, ast.Name) and value.id in ("self", "cls")


@cache
def tree_of(kind: type) -> ast.Module:
    return ast.parse(textwrap.dedent(inspect.getsource(kind)))


@cache
def attributes_of(kind: type) -> frozenset[str]:
    return frozenset(own_attributes(tree_of(kind)))


@cache
def private_names_of_textual() -> frozenset[str]:
    """Return every private name that any class of Textual defines."""
    names: set[str] = set()
    for file in Path(textual.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                names |= own_attributes(node)
    return frozenset(names)


def textual_bases(kind: type) -> list[type]:
    return [base for base in kind.__mro__ if base.__module__.split(".")[0] == "textual"]


def classes() -> Iterator[type]:
    """Yield every class of ours that has a class of Textual among its bases."""
    for module in pkgutil.walk_packages(tabletop.tui.__path__, "tabletop.tui."):
        for _, kind in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
            if kind.__module__ == module.name and textual_bases(kind):
                yield kind


def taken(kind: type) -> frozenset[str]:
    """Return the private names of its Textual bases that a class uses or overrides."""
    theirs: set[str] = set()
    for base in textual_bases(kind):
        theirs |= attributes_of(base)
    return attributes_of(kind) & theirs


@pytest.mark.parametrize("kind", list(classes()), ids=lambda kind: kind.__qualname__)
def test_no_class_takes_a_private_name_of_its_textual_bases(kind: type) -> None:
    assert {name for name in taken(kind) if (kind.__module__, name) not in ALLOWED} == set()


@pytest.mark.parametrize("file", SOURCES, ids=lambda file: file.stem)
def test_no_module_reaches_for_a_private_name_of_textual(file: Path) -> None:
    module = ".".join(("tabletop", *file.relative_to(PACKAGE).with_suffix("").parts))
    found = set(reached(ast.parse(file.read_text(encoding="utf-8"))))
    assert {name for name in found if (module, name) not in ALLOWED} == set()


def reached(tree: ast.AST) -> Iterator[str]:
    """Yield private modules and names imported from Textual, and its private names used on other objects."""
    for node in ast.walk(tree):
        match node:
            case ast.ImportFrom(module=str(module)) if module.split(".")[0] == "textual":
                yield from (part for part in module.split(".") if is_private(part))
                yield from (alias.name for alias in node.names if is_private(alias.name))
            case ast.Import():
                for alias in node.names:
                    if alias.name.split(".")[0] == "textual":
                        yield from (part for part in alias.name.split(".") if is_private(part))
            case ast.Attribute(value=value, attr=name) if not is_own(value):
                if is_private(name) and name in private_names_of_textual():
                    yield name
            case ast.ClassDef() if is_made_in_a_function(node, tree):
                # Its bases are known only when the function runs: hold it against all of them.
                yield from own_attributes(node) & own_attributes(tree_of(Driver))


def is_made_in_a_function(kind: ast.ClassDef, tree: ast.AST) -> bool:
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
    return any(kind in ast.walk(function) for function in functions)


def test_what_is_allowed_is_used() -> None:
    """A reason that is needed no longer goes."""
    used = {(kind.__module__, name) for kind in classes() for name in taken(kind)}
    assert set(ALLOWED) <= used


def test_a_private_name_is_found() -> None:
    """The check itself: what it must find."""
    code = """
    from textual._styles_cache import StylesCache
    import textual._wait
    screen._compositor
    Footer._bindings_ready
    def driver(base):
        class Ours(base):
            def write(self): self._app.exit()
    """
    found = set(reached(ast.parse(textwrap.dedent(code))))
    assert found == {"_styles_cache", "_wait", "_compositor", "_bindings_ready", "_app"}

    class Ours(MessagePump):
        async def _close_messages(self, wait: bool = True) -> None:
            self._closing = wait

    assert taken(Ours) == {"_close_messages", "_closing"}

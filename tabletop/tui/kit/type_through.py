"""Text that comes where something is chosen goes to the text of the form: nobody looks where the focus is."""

from __future__ import annotations

from typing import Any

from textual import events
from textual.screen import Screen
from textual.widgets import Input, Select, TextArea

from tabletop.tui.kit.words_field import WordsField


def type_through(form: Screen[Any], event: events.Key) -> None:
    """Type a character into the text behind the focus, or the first of the form, and put the focus there.

    Not the space bar, which chooses, nor a key that does something, nor where text is being typed or a list
    is dropped down.
    """
    here = form.focused
    if not event.character or not event.is_printable or event.character == " " or here is None:
        return
    dropped = any(isinstance(above, Select) and above.expanded for above in here.ancestors_with_self)
    bound = form.active_bindings.get(event.key)
    if dropped or isinstance(here, Input | TextArea) or (bound is not None and bound.enabled):
        return
    text = text_behind(form)
    if text is not None:
        event.stop()
        form.set_focus(text)
        text.insert(event.character)


def text_behind(form: Screen[Any]) -> WordsField | None:
    """Return the text field behind the focus, else the first of the form; None if it has none."""
    chain = form.focus_chain
    place = chain.index(form.focused) if form.focused in chain else 0
    return next((field for field in (*chain[place:], *chain) if isinstance(field, WordsField)), None)

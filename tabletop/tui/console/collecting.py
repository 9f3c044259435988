"""Keeps Python's collector of garbage from stopping the screen between a key and what it shows.

A full collection looks at every object there is, at a moment of its own choosing. The scenario and the log
stay for good and need not be looked at. Windows leave thousands of objects behind, which are best looked at
when one has closed and the console stands again, or when nobody has pressed a key for a while. New objects
are looked at behind each key, once the terminal has what it shows.
"""

from __future__ import annotations

import gc
from typing import Final

from textual._styles_cache import StylesCache

_THRESHOLDS: Final = (50_000, 20, 100)
"""New objects before a look at them alone, such looks before a longer one, and those before a full one.

They are for a desk that never rests. A window is made of fewer new objects than the first; with Python's own
figures, dozens of looks would interrupt its opening.
"""

_NEW: Final = 20_000
"""New objects that are worth a look at them alone, when nobody waits for it."""

_LOOKS: Final = 4
"""Such looks that are worth a longer one."""

_ENOUGH: Final = 5
"""Longer looks after which a full one is worth its time."""

_PAUSE: Final = 2
"""Calls of `look` without a key in between after which nobody waits."""

_REST: Final = 8
"""And after which nobody will notice a full look."""


class Collecting:
    """Full collections at quiet moments, from `begin` to `end`."""

    def __init__(self) -> None:
        self._before: tuple[int, int, int] | None = None
        self._quiet = 0

    def begin(self) -> None:
        """Leave out what is there already, and choose the moments from now on."""
        self._before = gc.get_threshold()
        gc.set_threshold(*_THRESHOLDS)
        gc.freeze()

    def pressed(self) -> None:
        """Say that a key was pressed."""
        self._quiet = 0

    def look(self) -> None:
        """Say a few times a second that time has passed."""
        self._quiet += 1
        if self._before is None:
            return
        if self._quiet >= _REST and gc.get_count()[2] >= _ENOUGH:
            gc.collect()
        elif self._quiet >= _PAUSE:
            self.shown()

    def shown(self) -> None:
        """What the last key brought about is on the screen, and no other key waits."""
        new, looks, _ = gc.get_count()
        if self._before is not None and new >= _NEW:
            gc.collect(1 if looks >= _LOOKS else 0)

    def closed(self) -> None:
        """A window has closed and what was below it is on the screen again: forget what it drew."""
        if self._before is not None:
            # A cache of a method, and so of every object that it was ever called on.
            StylesCache.get_inner_outer.cache_clear()
            gc.collect()

    def end(self) -> None:
        """Look at everything again, at Python's own moments."""
        if self._before is not None:
            gc.set_threshold(*self._before)
            self._before = None
            gc.unfreeze()

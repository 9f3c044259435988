"""Every key of a screen, offered in the command palette too."""

from __future__ import annotations

from functools import partial

from textual.binding import ActiveBinding
from textual.command import DiscoveryHit, Hit, Hits, Provider


class BindingCommands(Provider):
    """Lists what the keys of the current screen do. Keys that do nothing at the moment are left out."""

    def _bindings(self) -> list[ActiveBinding]:
        found = {
            active.binding.action: active
            for active in self.screen.active_bindings.values()
            if active.enabled
            and active.binding.id
            and active.binding.description
            and not active.binding.system
        }
        return list(found.values())

    async def discover(self) -> Hits:
        """Everything, before anything is typed."""
        for active in self._bindings():
            yield DiscoveryHit(
                active.binding.description,
                partial(self.app.run_action, active.binding.action, active.node),
                help=active.tooltip or None,
            )

    async def search(self, query: str) -> Hits:
        """Yield what matches what was typed."""
        matcher = self.matcher(query)
        for active in self._bindings():
            score = matcher.match(active.binding.description)
            if score > 0:
                yield Hit(
                    score,
                    matcher.highlight(active.binding.description),
                    partial(self.app.run_action, active.binding.action, active.node),
                    help=active.tooltip or None,
                )

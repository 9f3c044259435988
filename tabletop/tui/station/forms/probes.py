"""Answering the probes of a gate: one form with all questions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tabletop.exercise.commands import UNKNOWN, AnswerProbes, Command
from tabletop.exercise.decide.probes import UNKNOWN_TEXT
from tabletop.exercise.events import AskedProbe
from tabletop.tui.kit.fields import Field, PicksField
from tabletop.tui.kit.pending import Feedback
from tabletop.tui.kit.picks import Pick
from tabletop.tui.kit.rows import Part
from tabletop.tui.station.attention import how_to_answer
from tabletop.tui.station.forms.team_form import TeamForm, TeamSeat


class ProbesForm(TeamForm):
    """Asks how the team sees the situation."""

    title_text = "How do you see the situation?"

    def __init__(self, seat: TeamSeat) -> None:
        self._probes = dict(seat.model.probes.open)
        super().__init__(seat, seat.draft("probes", "+".join(self._probes)))

    def heading(self, now: float) -> list[Part]:
        """Say how long is left, if there is a limit, and that nobody tells who was right."""
        rule = how_to_answer(self.seat.model, self.seat.link.probes_left())
        return [(f"{rule} Who was right is told in the hot wash.", "plain")]

    def fields(self) -> Sequence[Field]:
        """Return a list of answers for each question."""
        return [self._field(probe) for probe in self._probes.values()]

    def _field(self, probe: AskedProbe) -> Field:
        given = self.seat.model.probes.answers.get(probe.id)
        items = [Pick(option.id, option.text) for option in probe.options]
        return PicksField(
            f"probe-{probe.id}",
            probe.asks,
            [*items, Pick(UNKNOWN, UNKNOWN_TEXT)],
            chosen=() if given is None else (given,),
            needed=f"Choose an answer, or “{UNKNOWN_TEXT}”: {probe.asks}",
        )

    def see(self) -> None:
        """Close with the probes: what was not sent by then does not count."""
        super().see()
        if (
            self.is_active
            and not self._sending
            and not self._probes.keys() <= self.seat.model.probes.open.keys()
        ):
            self.draft.discard()
            words = "The questions are closed. What was recorded counts; what you chose since was not sent."
            self.dismiss(Feedback(words, "warn"))

    def build(self, given: dict[str, Any]) -> Command:
        """Return the answers."""
        return AnswerProbes(answers={probe: given[f"probe-{probe}"] for probe in self._probes})

    def done(self) -> str:
        """Answered."""
        return "Recorded: your answers can be changed until the facilitator closes the probes."

"""Fill in the form of a station again from the command that came from it. Pure."""

from __future__ import annotations

from tabletop.exercise import commands as c
from tabletop.host.drafts import Choice, Draft
from tabletop.tui.station.forms.decide import OWN_WORDS
from tabletop.tui.station.forms.share import AS_IS, FREELY, KEEP, SANITISED
from tabletop.tui.station.forms.team_form import NONE


def as_draft(command: c.Command, title: str) -> tuple[str, Draft] | None:  # noqa: PLR0911
    """Return the name of the form's draft, and what stood in the form; None for what no form was for."""
    match command:
        case c.Decide() | c.Propose():
            words = command.words
            choices: dict[str, Choice] = {"options": (OWN_WORDS if words else command.option,)}
            return f"decide/{command.decision}", Draft(title, {"reason": words or command.rationale}, choices)
        case c.Share():
            choices = {
                "card": (command.card,),
                "partners": command.with_,
                "form": (SANITISED if command.sanitised else AS_IS,),
                "onward": (FREELY if command.onward else KEEP,),
            }
            return "share", Draft(title, {}, choices)
        case c.Grant():
            choices = {"card": (command.card,), "partners": command.to, "onward": (FREELY,)}
            return "share", Draft(title, {}, choices)
        case c.Consult():
            choices = {"partners": command.with_, "about": (command.about or NONE,)}
            return "consult", Draft(title, {"words": command.text}, choices)
        case c.Answer():
            return f"answer/{command.consult or ''}", Draft(title, {"words": command.text})
        case c.State():
            label = f"label/{command.label}" if command.label else NONE
            choices = {"label": (label,), "about": (command.about or NONE,)}
            return "state", Draft(title, {"words": command.text}, choices)
        case c.Initial():
            return "initial", Draft(title, {"name": command.name})
        case c.Message():
            return "message", Draft(title, {"words": command.text}, {"partners": command.to})
    return None

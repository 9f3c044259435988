"""One command of every kind, as a person may give it in the exercise of `tests.builders`."""

from __future__ import annotations

from typing import Any

from tabletop.exercise.commands import COMMAND, COMMAND_MODELS, Command

_FIELDS: dict[str, dict[str, Any]] = {
    "pausex": {"reason": "a break"},
    "rate": {"rate": 2.0},
    "jump": {"to": "T+6"},
    "auto": {"on": False},
    "release": {"inject": "leak"},
    "hold": {"inject": "leak"},
    "unhold": {"inject": "leak"},
    "skip": {"inject": "leak"},
    "edit": {"inject": "leak", "text": "Nothing is printed."},
    "address": {"inject": "leak", "to": ["tokyo"], "confirm": True},
    "inject": {"title": "A call", "from": "Press", "to": ["tokyo"], "text": "They ask."},
    "initial": {"name": "KN"},
    "read": {"inject": "notice"},
    "decide": {"decision": "push-track", "option": "both"},
    "propose": {"decision": "push-track", "option": "both", "by": "Lee"},
    "withdraw": {"decision": "push-track", "by": "Lee"},
    "share": {"card": "track", "with": ["tokyo"]},
    "grant": {"card": "track", "to": ["tokyo"]},
    "consult": {"with": ["tokyo"], "text": "What do you see?"},
    "answer": {"from": "tokyo", "text": "A light."},
    "state": {"text": "We are looking into it."},
    "message": {"to": ["seoul"], "text": "Please call."},
    "answer-probes": {"answers": {"who-knew": "a"}},
    "rate-self": {"ratings": {"share": "S"}},
    "open": {"decision": "push-track"},
    "judge": {"decision": "push-track", "team": "washington", "as": "both"},
    "lapse": {"decision": "push-track"},
    "unlock": {"decision": "push-track", "option": "both", "team": "washington"},
    "observe": {"text": "The call came first.", "about": "push-track"},
    "note": {"text": "Ask them later."},
    "adjust": {"team": "tokyo", "objective": "share", "points": 0.5, "reason": "By hand"},
    "tick": {"inject": "leak"},
    "grade": {"objective": "share", "rating": "S", "note": "By luck"},
}

EVERY_COMMAND: tuple[Command, ...] = tuple(
    COMMAND.validate_python({"do": kind.verb(), **_FIELDS.get(kind.verb(), {})}) for kind in COMMAND_MODELS
)

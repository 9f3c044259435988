"""Scenarios and records made by hand, small enough to hold in the head, for tests of any layer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tabletop.exercise.events import Event, ExerciseCreated, Record
from tabletop.rules.version import RULES_VERSION
from tabletop.scenario.scenario import Scenario

TEAMS = ("washington", "tokyo", "seoul")

_TEAMS: dict[str, Any] = {
    "washington": {"name": "Washington", "utc": "-04:00", "offices": ["President", "Missile warning"]},
    "tokyo": {"name": "Tokyo", "utc": "+09:00", "offices": ["Prime Minister", "Crisis manager"]},
    "seoul": {"name": "Seoul", "utc": "+09:00", "offices": ["President", "Joint Chiefs of Staff"]},
}

_OBJECTIVES: dict[str, Any] = {
    "share": {"code": "O1", "title": "Timely warning data", "time-critical": True, "weight": 2},
    "message": {"code": "O4", "title": "Message consistency"},
    "warning": {"code": "O5", "title": "Accurate public warning", "time-critical": True},
}

_TIMELINE: list[dict[str, Any]] = [
    {
        "id": "notice",
        "code": "K1",
        "at": "T+0",
        "inject": {
            "title": "Notice of a launch",
            "from": "Hydrographic office",
            "channel": "notice",
            "to": list(TEAMS),
            "text": "A satellite will be launched southward within two days.",
            "objectives": ["message"],
        },
    },
    {
        "id": "detection",
        "code": "K2",
        "at": "T+5",
        "inject": {
            "title": "Heat signature, heading south",
            "from": "Missile warning centre",
            "channel": "warning-net",
            "to": ["washington"],
            "text": "Heat signature at the western site, heading south. Confidence moderate.",
            "expected": "Push to both partners within two minutes.",
            "card": {
                "id": "track",
                "code": "C1",
                "title": "First track",
                "holder": "washington",
                "sanitised": "An object is heading south.",
                "window": "2 min",
                "tags": ["data"],
            },
        },
        "decisions": ["push-track"],
    },
    {
        "id": "sighting",
        "code": "K3",
        "at": "T+6",
        "inject": {
            "title": "A vessel reports a flash",
            "from": "Coast guard",
            "channel": "radio",
            "to": ["tokyo", "seoul"],
            "text": "A fishing vessel saw a flash to the west.",
            "card": {"id": "flash", "code": "C2", "title": "Flash", "holder": "seoul", "window": "5 min"},
            "additions": [
                {"when": {"shared": "track"}, "text": "The place fits the track.", "to": ["seoul"]},
            ],
        },
        "decisions": ["alert"],
    },
    {
        "id": "alert-sounds",
        "code": "K4",
        "on": "alert",
        "latest": "T+12",
        "when": {"chose": {"alert": ["okinawa", "nationwide"]}},
        "inject": {
            "title": "Sirens",
            "from": "Broadcaster",
            "channel": "television",
            "to": list(TEAMS),
            "text": "Sirens sound on the islands.",
        },
        "decisions": ["name-it"],
    },
    {
        "id": "complaint",
        "code": "K5",
        "once": {"all": [{"chose": {"push-track": ["confirm-first"]}}, {"not": {"shared": "track"}}]},
        "inject": {
            "title": "The partners were not told",
            "from": "Liaison officer",
            "channel": "telephone",
            "to": ["washington"],
            "text": "Both partners ask why they were not told.",
        },
    },
    {
        "id": "leak",
        "code": "K6",
        "contingency": True,
        "inject": {
            "title": "The track is in the press",
            "from": "News agency",
            "channel": "press",
            "to": ["tokyo", "seoul"],
            "text": "A newspaper prints the track.",
        },
    },
]

_DECISIONS: dict[str, Any] = {
    "push-track": {
        "code": "D1",
        "title": "Share the first track",
        "question": "Whom do you tell, and when?",
        "team": "washington",
        "window": "2 min",
        "options": {
            "both": {
                "code": "D1a",
                "text": "Voice and data to both at once",
                "tradeoff": "Fast, and perhaps wrong",
                "effects": {"share": 2, "warning": 1},
                "capital": -1,
                "shares-raw": [{"card": "track", "with": ["tokyo", "seoul"]}],
                "consults": ["tokyo", "seoul"],
            },
            "confirm-first": {
                "code": "D1b",
                "text": "Confirm before telling anyone",
                "effects": {"share": -2, "warning": -1},
            },
        },
        "none": {"effects": {"share": -2, "warning": -1}},
    },
    "alert": {
        "code": "D2",
        "title": "Alert the public",
        "question": "Where do the sirens sound?",
        "team": "tokyo",
        "window": "3 min",
        "options": {
            "okinawa": {
                "text": "Okinawa alone",
                "effects": {"warning": 2},
                "public": True,
                "label": "missile",
                "capital": -1,
            },
            "nationwide": {
                "text": "The whole country",
                "effects": {"warning": -1},
                "public": True,
                "capital": -6,
            },
            "quiet": {"text": "Nowhere", "effects": {"warning": -2}, "capital": 1},
        },
        "none": {"effects": {"warning": -2}},
    },
    "name-it": {
        "code": "D3",
        "title": "Name the object",
        "question": "What do you call it in public?",
        "team": list(TEAMS),
        "window": "4 min",
        "options": {
            "missile": {
                "text": "A ballistic missile",
                "effects": {"message": 1},
                "label": "missile",
                "public": True,
            },
            "satellite": {"text": "A satellite launch", "label": "satellite", "public": True, "capital": 1},
        },
        "none": {"effects": {"message": -1}},
    },
}

_SCENARIO: dict[str, Any] = {
    "format": 1,
    "id": "tiny",
    "title": "Tiny",
    "summary": "Three capitals, one object, twenty minutes.",
    "length": "20 min",
    "teams": _TEAMS,
    "objectives": _OBJECTIVES,
    "labels": {"missile": "A ballistic missile", "satellite": "A satellite launch"},
    "late": {"objective": "share", "points": -1},
    "capital": {
        "start": 6,
        "reset": 2,
        "backlash": "protest",
        "gate-bonus": {"objective": "share", "score": 60, "points": 1},
    },
    "phases": [
        {"id": "launch", "title": "Launch", "from": "T+0", "prompts": ["Who knew what, and when?"]},
        {"id": "aftermath", "title": "Aftermath", "from": "T+10"},
    ],
    "timeline": _TIMELINE,
    "decisions": _DECISIONS,
    "backlash": {
        "title": "Protest at home",
        "from": "Parliament",
        "channel": "television",
        "to": list(TEAMS),
        "text": "Members ask why the capital gives so much away.",
    },
}


def with_storylines(scenario: Scenario, **storylines: str) -> Scenario:
    """Return the scenario with a storyline for each of these entries."""
    timeline = tuple(
        entry.model_copy(
            update={"inject": entry.inject.model_copy(update={"storyline": storylines.get(entry.id)})}
        )
        for entry in scenario.timeline
    )
    return scenario.model_copy(update={"timeline": timeline})


def tiny_scenario(**changes: Any) -> Scenario:
    """Return a scenario of three teams, two phases and twenty minutes; `changes` replace its top-level keys.

    Changes are written as an author writes them: times as ``T+5``, lengths as ``2 min``, aliases such as
    ``time-critical``; models of the scenario package may stand in their places too.

    phases     launch T+0 · aftermath T+10
    timeline   notice T+0 (all) · detection T+5 (washington; card `track`; asks `push-track`) · sighting T+6
               (tokyo and seoul; card `flash` to seoul; for seoul a paragraph more if `track` was shared; asks
               `alert`) · alert-sounds on `alert`, at T+12 at the latest, if sirens were chosen (all; asks
               `name-it`) · complaint once washington chose confirm-first and `track` is not shared · leak
               (contingency)
    decisions  push-track (washington; `both` shares `track`, consults both partners, costs 1) · alert (tokyo;
               public but for `quiet`; `nationwide` costs 6, all the capital there is) · name-it (all three;
               public; labels missile and satellite)
    """
    return Scenario.model_validate({**_SCENARIO, **changes})


def records_of(events: Iterable[Event], first: int = 1, **fields: Any) -> list[Record]:
    """Number the events as records from `first`, a game minute apart; `fields` go into every record."""
    return [
        Record(
            **{
                "seq": seq,
                "at": 60 * (seq - 1),
                "wall": f"2026-03-01T09:{seq // 60 % 60:02}:{seq % 60:02}Z",
                "seat": "facilitator",
                "key": f"key-{seq}",
                "digest": f"{seq:064x}",
                "event": event,
                **fields,
            }
        )
        for seq, event in enumerate(events, first)
    ]


def created(scenario: Scenario | None = None, **changes: Any) -> ExerciseCreated:
    """Return the first event of a log of that scenario, else of `tiny_scenario()`."""
    scenario = scenario or tiny_scenario()
    fields = {
        "name": "Spring exercise",
        "scenario": scenario,
        "scenario_hash": scenario.content_hash,
        "seed": 7,
        "program": "0.1.0",
        "rules_version": RULES_VERSION,
    }
    return ExerciseCreated(**{**fields, **changes})


def expecting(**columns: Any) -> Scenario:
    """The tiny scenario with two expected actions of its second inject, and other columns of an MSEL."""
    written = tiny_scenario().model_dump(mode="json")
    detection = next(entry for entry in written["timeline"] if entry["id"] == "detection")
    first = {"action": "Push the track", "by": "2 min", "team": "washington", "objective": "share"}
    detection["inject"] |= {"expected": [first, {"action": "Somebody rings"}], **columns}
    return Scenario.model_validate(written)

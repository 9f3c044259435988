"""What people type into commands: never without a limit, and blank text is no text."""

from __future__ import annotations

from typing import Any, Literal, get_args, get_origin

import pytest
from pydantic import ValidationError

from tabletop.exercise import commands as c
from tabletop.exercise.commands.base import MAX_TEXT
from tests.commands import EVERY_COMMAND
from tests.game import Game

IDS = frozenset(
    ["inject", "decision", "option", "team", "card", "about", "objective", "from_", "consult", "as_", "to"]
) | {"with_", "answers"}
"""Fields that name something; what has no such name is refused."""

LONG = "x" * (MAX_TEXT + 1)


def too_long(annotation: object) -> object:
    """A value of that type with a text beyond the limit; None if it holds no text."""
    if annotation is str:
        return LONG
    if get_origin(annotation) is Literal:
        return None
    inner = [value for one in get_args(annotation) if (value := too_long(one)) is not None]
    if get_origin(annotation) is dict:
        return {"share": LONG} if inner else None
    return inner[0] if inner else None


TYPED = [
    (command, field.alias or name, too_long(field.annotation))
    for command in EVERY_COMMAND
    for name, field in type(command).model_fields.items()
    if name not in IDS and too_long(field.annotation) is not None
]


@pytest.mark.parametrize(
    ("command", "key", "value"), TYPED, ids=[f"{command.do} {key}" for command, key, _ in TYPED]
)
def test_every_text_that_a_person_types_has_a_limit(command: c.Command, key: str, value: object) -> None:
    fields: dict[str, Any] = command.model_dump(by_alias=True, exclude_defaults=True)
    with pytest.raises(ValidationError):
        c.COMMAND.validate_python({**fields, "do": command.do, key: value})


@pytest.mark.parametrize(
    "advice", [("Sakura prefecture in the south", "shelter"), ("sakura", "stay at home now")]
)
def test_advice_that_nobody_could_compare_is_refused(advice: tuple[str, str]) -> None:
    area, says = advice
    said = c.State(text="Hear us", area=area, says=says)
    assert Game().start().refuse("tokyo", said) == "long-advice"


@pytest.mark.parametrize("blank", [" ", "\n", "\r\n\t"])
def test_blank_words_beside_an_option_are_none(blank: str) -> None:
    game = Game().start().pass_to(360)
    proposed = c.Propose(decision="alert", option="quiet", words=blank)
    [event] = game.grant("tokyo", proposed)
    assert (event.type, getattr(event, "option", "")) == ("option-proposed", "quiet")
    decided = c.Decide(decision="alert", option="quiet", words=blank)
    assert game.grant("tokyo", decided)[0].type == "decision-recorded"
    assert game.refuse("tokyo", decided) == "nothing-to-do"


@pytest.mark.parametrize("blank", ["", " \n"])
def test_a_blank_label_area_or_advice_is_none(blank: str) -> None:
    [said] = Game().start().grant("tokyo", c.State(text="Hear us", label=blank, area=blank, says=blank))
    assert (getattr(said, "label", ""), getattr(said, "area", ""), getattr(said, "says", "")) == (None,) * 3

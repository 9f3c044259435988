"""A command fills in the form that it came from: what the form then sends is the same command."""

from __future__ import annotations

import pytest

from tabletop.exercise import commands as c
from tabletop.host.drafts import DraftStore
from tabletop.tui.station.as_draft import as_draft
from tabletop.tui.station.memory import StationMemory
from tests.tui.station.playing import Play, StationApp, dialog


@pytest.mark.parametrize(
    "command",
    [
        c.Decide(decision="alert", option="okinawa", rationale="As agreed"),
        c.Share(card="flash", with_=("tokyo",), sanitised=False, onward=True),
        c.Consult(with_=("washington", "tokyo"), text="What now?"),
        c.State(text="We watch.", label="satellite"),
        c.Message(to=("washington", "control"), text="Please call."),
    ],
    ids=lambda command: command.do,
)
async def test_n6_a_form_opened_with_it_gives_the_same_command(command: c.Command) -> None:
    seat = "tokyo" if isinstance(command, c.Decide) else "seoul"
    drafts = DraftStore().of(seat)
    form = as_draft(command, "title")
    assert form is not None
    drafts.put(*form)
    app = StationApp(Play().start().until(6), seat, StationMemory(drafts))
    async with app.run_test(size=(110, 40)) as pilot:
        assert app.station.reopen(form[0])
        await pilot.pause()
        assert dialog(app).command() == command


def test_n6_an_answer_goes_to_its_own_question_and_what_has_no_form_to_none() -> None:
    answer = c.Answer(from_="tokyo", consult="consult-1", text="Yes")
    name, draft = as_draft(answer, "title") or ("", None)
    assert name == "answer/consult-1"
    assert draft is not None
    assert draft.words == "Yes"
    grant = c.Grant(card="track", to=("tokyo",))
    assert as_draft(grant, "title") is not None
    for command in (c.Read(inject="notice"), c.Withdraw(decision="alert")):
        assert as_draft(command, "title") is None

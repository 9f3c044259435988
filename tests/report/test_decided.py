"""Every option with its marks, also what nobody chose; and every situation that could move a score."""

from __future__ import annotations

from typing import Any

import pytest

from tabletop.exercise.commands import COMMAND
from tabletop.pages.text import TextPage
from tabletop.report.explaining import explain
from tabletop.report.model.explanation import Explanation
from tabletop.report.sections.explanation import write_explanation
from tabletop.report.sections.explanation_summary import write_explanation_summary
from tests.builders import tiny_scenario
from tests.game import Game
from tests.report.exercises import full_records


def written(found: Explanation) -> str:
    page = TextPage(400)
    write_explanation(page, found)
    return page.text()


def decisions() -> dict[str, Any]:
    known: dict[str, Any] = tiny_scenario().model_dump(mode="json", by_alias=True)["decisions"]
    known["alert"]["options"]["okinawa"]["requires"] = {"held": {"card": "track", "by": "seoul"}}
    known["alert"]["options"]["okinawa"]["locked"] = "Seoul has no track"
    known["push-track"]["options"]["both"] |= {"good": {"share": "Both hear it"}, "effects": {}}
    known["push-track"]["options"]["confirm-first"] |= {
        "bad": {"share": "Nobody hears it"},
        "effects": {},
        "if": [{"when": {"held": {"card": "track", "by": "seoul"}}, "good": {"share": "Seoul had it"}}],
    }
    known["name-it"]["fits"] = [{team: ["satellite"] for team in known["name-it"]["team"]}]
    return known


def played(option: str = "both") -> Game:
    game = Game(tiny_scenario(decisions=decisions())).start()
    for at, seat, fields in (
        (330, "washington", {"do": "decide", "decision": "push-track", "option": option}),
        (400, "tokyo", {"do": "decide", "decision": "alert", "option": "nationwide"}),
    ):
        game.grant(seat, COMMAND.validate_python(fields), at=at)
    return game


def test_the_reasons_of_options_that_nobody_chose_are_told_too() -> None:
    text = written(explain(played().records, what_if=False))
    assert "O1 −1 Nobody hears it" in text
    assert "if Seoul holds C1: O1 +1 Seoul had it" in text
    assert "Chosen by Washington T+5:30" in text


def test_an_option_that_was_locked_says_so_with_its_reason() -> None:
    found = explain(played("confirm-first").records, what_if=False)
    (alert,) = (one for one in found.decisions if one.id == "alert")
    locked = {option.id: [one.locked for one in option.locked] for option in alert.options}
    assert locked["okinawa"] == ["Seoul has no track"]
    assert "Locked to Tokyo: “Seoul has no track”" in written(found)


def test_the_table_of_situations_adds_up_to_the_bar() -> None:
    for records in (played().records, full_records()):
        for one in explain(records, what_if=False).explained:
            assert sum(row.mark for row in one.judged) == pytest.approx(one.earned)
            assert sum(row.best for row in one.judged) == pytest.approx(one.best)
            assert sum(row.worst for row in one.judged) == pytest.approx(one.worst)
            assert len(one.judged) == one.situations


def test_each_text_is_written_once() -> None:
    text = written(explain(full_records(), what_if=False))
    assert text.count("Confidence moderate.") == 2, "with the inject and with the card"


def test_the_summary_has_a_line_for_each_team_and_says_how_to_go_deeper() -> None:
    found = explain(full_records())
    page = TextPage(100)
    write_explanation_summary(page, found, ["tabletop explain LOG --all"])
    text = page.text()
    assert len(text.splitlines()) < len(written(found).splitlines()) / 2
    assert "tabletop explain LOG --all" in text
    for one in found.explained:
        assert one.name in text


def test_a_partner_that_could_not_choose_otherwise_is_not_blamed() -> None:
    known = decisions()
    known["name-it"]["options"]["satellite"] |= {
        "effects": {},
        "if": [{"when": {"partners": ["satellite"]}, "good": {"message": "All say the same"}}],
        "requires": {"not": {"held": {"card": "track", "by": "seoul"}}},
        "locked": "Seoul knows better",
    }
    known["alert"]["options"]["okinawa"] |= {"requires": None, "locked": None}
    game = Game(tiny_scenario(decisions=known)).start()
    moves = [(400, "tokyo", "alert", "okinawa"), (410, "tokyo", "name-it", "satellite")]
    for at, seat, decision, option in moves:
        fields = {"do": "decide", "decision": decision, "option": option}
        game.grant(seat, COMMAND.validate_python(fields), at=at)
    share = {"do": "share", "card": "track", "with": ["seoul"]}
    game.grant("washington", COMMAND.validate_python(share), at=415)
    for team in ("washington", "seoul"):
        fields = {"do": "decide", "decision": "name-it", "option": "missile"}
        game.grant(team, COMMAND.validate_python(fields), at=420)
    (found,) = explain(game.records, team="tokyo", objective="message", what_if=False).explained
    assert (
        "“A satellite launch” was locked to Washington and Seoul: Seoul knows better."
        in found.sentences[0].text
    )

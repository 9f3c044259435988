"""Why each point was given: in `tabletop explain`, and in the console's window."""

from __future__ import annotations

from tabletop.pages.terminal import TerminalPage
from tabletop.report.explaining import explain
from tabletop.report.sections.explanation import write_best, write_explanation, write_outlooks, write_points
from tests.game import Game
from tests.report.exercises import full_records
from tests.report.sections.saying import block, decide, game, said

DECIDED = (decide(330, "washington", "push-track", "both", rationale="Speed counts."),)
ADJUSTED = {
    "do": "adjust",
    "team": "washington",
    "objective": "share",
    "points": -0.5,
    "reason": "Asked twice.",
}


def test_points_with_what_they_rest_on_and_what_would_have_changed_them() -> None:
    found = explain(game(*DECIDED, until=340).records, team="washington", objective="share")
    assert said(write_explanation, found) == block("""
        O1 Timely warning data

        Washington: 1 of 1 situation went well: too few to rate
        Time    Source  What happened                           Mark  Best  Worst
        T+5:30  D1      chose “Voice and data to both at once”    +1    +1     −1

        Washington, Timely warning data, +1: at T+5:30 it chose “Voice and data to both at once” for “Share
        the first track”, one minute and 30 seconds inside its window.
        Rule: Marks of the options chosen
          - [7] T+5 Washington was asked to decide D1 “Share the first track” by T+7
            Inject K2 “Heat signature, heading south”: Heat signature at the western site, heading south.
            Confidence moderate.
            Question D1 “Share the first track”: Whom do you tell, and when?
          - [8] T+5:30 Washington decided D1 “Share the first track”
            Option D1a: Voice and data to both at once
            Rationale: Speed counts.
          - [9] T+5:30 Washington shared the card C1 “First track” with Tokyo and Seoul, by its decision D1
            “Share the first track”
            Card C1 “First track”: Heat signature at the western site, heading south. Confidence moderate.
          - [10] T+5:30 Washington consulted Tokyo and Seoul as part of its decision D1 “Share the first
            track”

        What would have changed it
        No change that was tried would have raised it.
          - What saved it: if Washington had chosen “Confirm before telling anyone” (D1): −2 here (O1), −2
            O5, capital +1

        What would have helped most
        No change that was tried would have brought more good marks than it takes.

        Every option and its marks
        The marks that each option carries, chosen or not. A mark under a condition stands in place of the
        plain one where the condition held.

        D1 Share the first track
          ● D1a) Voice and data to both at once
            Domestic capital: −1
            Chosen by Washington T+5:30
            O1 +1; O5 +1
          ○ D1b) Confirm before telling anyone
            O1 −1; O5 −1
          ○ Nothing is decided
            O1 −1; O5 −1
        """)


def test_the_window_shows_points_before_it_knows_what_would_have_changed_them() -> None:
    found = explain(game(*DECIDED, until=340).records, what_if=False)
    assert said(write_points, found) == said(write_explanation, found)
    assert "would have changed" not in said(write_points, found)


def test_changes_alone() -> None:
    found = explain(game(*DECIDED, until=340).records)
    assert said(write_outlooks, found.only("washington", None)) == block("""
        O1 Timely warning data

        Washington: 1 of 1 situation went well: too few to rate
        No change that was tried would have raised it.
          - What saved it: if Washington had chosen “Confirm before telling anyone” (D1): −2 here (O1), −2
            O5, capital +1

        O5 Accurate public warning

        Washington: 1 of 1 situation went well: too few to rate
        No change that was tried would have raised it.
          - What saved it: if Washington had chosen “Confirm before telling anyone” (D1): −2 here (O5), −2
            O1, capital +1
        """)


def test_the_best_improvements_with_what_each_brings_and_takes() -> None:
    late = decide(430, "washington", "push-track", "confirm-first")
    assert said(write_best, explain(game(late, until=440).records)) == block("""
        What would have helped most
        Of all changes that were tried, by one team and by several together, these would have brought the
        exercise as a whole most, all marks of all teams together: one for each decision, card or
        consultation.
          - +2 if Washington had chosen “Voice and data to both at once” (D1): Washington +1 O1, +1 O5,
            capital −1
          - +2 if Tokyo had chosen “Okinawa alone” by T+9 (D2): Tokyo +2 O5, capital −1
        """)


def test_an_adjusted_score_tells_what_the_rules_alone_gave() -> None:
    played = game(*DECIDED, (335, "evaluator", ADJUSTED), until=340)
    text = said(write_points, explain(played.records, team="washington", objective="share", what_if=False))
    assert text == block("""
        O1 Timely warning data

        Washington: 1 of 1 situation went well: too few to rate
        Time    Source  What happened                           Mark  Best  Worst
        T+5:30  D1      chose “Voice and data to both at once”    +1    +1     −1

        Washington, Timely warning data, +1: at T+5:30 it chose “Voice and data to both at once” for “Share
        the first track”, one minute and 30 seconds inside its window.
        Rule: Marks of the options chosen
          - [7] T+5 Washington was asked to decide D1 “Share the first track” by T+7
            Inject K2 “Heat signature, heading south”: Heat signature at the western site, heading south.
            Confidence moderate.
            Question D1 “Share the first track”: Whom do you tell, and when?
          - [8] T+5:30 Washington decided D1 “Share the first track”
            Option D1a: Voice and data to both at once
            Rationale: Speed counts.
          - [9] T+5:30 Washington shared the card C1 “First track” with Tokyo and Seoul, by its decision D1
            “Share the first track”
            Card C1 “First track”: Heat signature at the western site, heading south. Confidence moderate.
          - [10] T+5:30 Washington consulted Tokyo and Seoul as part of its decision D1 “Share the first
            track”

        Washington, Timely warning data, −0.5: at T+5:35 the evaluator adjusted it, because “Asked twice”.
        Rule: Adjustments by people
          - [11] T+5:35 An evaluator adjusted Washington's score on Timely warning data by −0.5
            Reason: Asked twice.

        Every option and its marks
        The marks that each option carries, chosen or not. A mark under a condition stands in place of the
        plain one where the condition held.

        D1 Share the first track
          ● D1a) Voice and data to both at once
            Domestic capital: −1
            Chosen by Washington T+5:30
            O1 +1; O5 +1
          ○ D1b) Confirm before telling anyone
            O1 −1; O5 −1
          ○ Nothing is decided
            O1 −1; O5 −1
        """)


def test_nothing_to_explain() -> None:
    nothing = "Nothing of this has given or could have given a mark so far."
    found = explain(Game().start().records)
    assert said(write_points, found) == said(write_outlooks, found) == nothing
    assert said(write_points, explain(full_records()).only("tokyo", "legal")) == nothing


def test_what_was_won_and_what_was_lost_have_tones_of_their_own() -> None:
    page = TerminalPage(100)
    write_points(page, explain(full_records(), what_if=False))
    tones = {tone for line in page.lines for text, tone in line if "Seoul, Message consistency, −1" in text}
    assert tones == {"bad"}
    assert {tone for line in page.lines for text, tone in line if ", +1: at" in text} == {"good"}
    assert {tone for line in page.lines for text, tone in line if text.startswith("Rule:")} == {"dim"}

"""Every decision, with the choices of all that were asked."""

from __future__ import annotations

from tabletop.pages.html import HtmlPage
from tabletop.report.build import build_report
from tabletop.report.sections.decisions import write_decisions
from tests.report.exercises import full_records
from tests.report.sections.saying import block, decide, report, said
from tests.report.test_proposals import records as proposed


def test_in_time_late_amended_and_not_taken() -> None:
    assert said(write_decisions, build_report(full_records())) == block("""
        D1 Share the first track
          Whom do you tell, and when?
        Put with K2 Heat signature, heading south at T+5 (D 06:05, UTC+09:00); window 2 min, due T+7.
          ● D1a) Voice and data to both at once (Fast, and perhaps wrong) – chosen by Washington
          ○ D1b) Confirm before telling anyone

        Team        Outcome                 Marks                  Capital  Rationale
        Washington  D1a at T+5:50, in time  O1 +1, O5 +1 [11, 16]       −1  Speed counts.
                                                                            Amended. At T+5:40 the choice
                                                                            was “Confirm before telling
                                                                            anyone”: Be sure.

        D2 Alert the public
          Where do the sirens sound?
        Put with K3 A vessel reports a flash at T+6 (D 06:06, UTC+09:00); window 3 min, due T+9.
          ○ Okinawa alone
          ● The whole country – chosen by Tokyo
          ○ Nowhere

        Team   Outcome                             Marks           Capital  Rationale
        Tokyo  nationwide at T+9:30, late by 30 s  O5 −1 [21, 24]       −6  Better safe.

        D3 Name the object
          What do you call it in public?
        Put with K4 Sirens at T+9:30 (D 06:09, UTC+09:00); window 4 min, due T+13:30.
          ● A ballistic missile – chosen by Washington, Tokyo
          ○ A satellite launch

        Team        Outcome                      Marks           Capital  Rationale
        Washington  missile at T+9:40, in time   O4 +1 [30, 33]        0  –
        Tokyo       missile at T+9:50, in time   O4 +1 [31, 35]        0  As agreed.
        Seoul       not taken (the phase ended)  O4 −1 [32, 37]        0  –
        """)


def test_nothing_was_asked() -> None:
    assert said(write_decisions, report(until=60)) == "No decision was put to the teams."


def test_a_decision_that_is_still_open() -> None:
    assert said(write_decisions, report(until=None)) == "No decision was put to the teams."
    asked = report((310, "washington", {"do": "read", "inject": "detection"}), until=None)
    assert said(write_decisions, asked) == block("""
        D1 Share the first track
          Whom do you tell, and when?
        Put with K2 Heat signature, heading south at T+5; window 2 min, due T+7.
          ○ D1a) Voice and data to both at once (Fast, and perhaps wrong)
          ○ D1b) Confirm before telling anyone

        Team        Outcome  Marks     Capital  Rationale
        Washington  open     none [7]        0  –
        """)


def test_a_decision_that_control_closed_says_why_and_too_late_does_no_good() -> None:
    lapse = (540, "facilitator", {"do": "lapse", "decision": "push-track"})
    closed = said(write_decisions, report(lapse, until=550))
    assert "not taken (closed by exercise control)" in " ".join(closed.split())
    late = said(write_decisions, report(decide(500, "washington", "push-track", "both"), until=550))
    late = late[late.index("Team") : late.index("D2")].rstrip()
    assert late == block("""
        Team        Outcome                            Marks         Capital  Rationale
        Washington  D1a at T+8:20, late by 1 min 20 s  none [7, 11]       −1  –
        """)


def test_proposals_stand_below_with_what_came_of_them() -> None:
    text = said(write_decisions, build_report(proposed()))
    start = text.index("  - Proposed")
    assert block(text[start : text.index("D3")]) == block("""
          - Proposed in Tokyo at T+6:10 by Sato (Crisis manager): Okinawa alone – The path is known; so
            decided [11]
          - Proposed in Tokyo at T+6:10 by Tanaka: Nowhere; replaced later [12]
          - Proposed in Tokyo at T+6:10 by Tanaka: The whole country [13]
          - Proposed in Tokyo at T+6:10 by Mori (Spokesperson): Nowhere; withdrawn [14]
        """)
    hidden = said(write_decisions, build_report(proposed(), anonymous=True))
    words = " ".join(hidden.split())
    assert "by a member of the team: Okinawa alone – The path is known; so decided" in words


def test_in_html_a_rationale_stands_below_the_row_of_its_team() -> None:
    page = HtmlPage(title="")
    write_decisions(page, build_report(full_records()))
    text = page.text()
    assert (
        '<tr class="below"><td colspan="4"><small>Rationale:</small> <bdi>Better safe.</bdi></td></tr>'
        in text
    )
    assert text.count('<tr class="below">') == 3, "a team that gave no reason has no such row"
    assert text.count("<article") == text.count("</article>") == 3
    assert text.count('<li class="chosen">') == 3

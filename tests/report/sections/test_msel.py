"""The master scenario events list as played."""

from __future__ import annotations

from tabletop.exercise import commands as c
from tabletop.pages.html import HtmlPage
from tabletop.report.build import build_report
from tabletop.report.sections.msel import write_msel
from tests.builders import tiny_scenario, with_storylines
from tests.game import Game
from tests.report.exercises import full_records
from tests.report.sections.saying import block, report, said


def test_released_held_back_by_hand_ad_hoc_and_after_a_backlash() -> None:
    assert said(write_msel, build_report(full_records())) == block("""
        Code  Planned            Released           Inject             To                 Read
        K1    T+0                T+0 (D 06:00)      Notice of a        Washington,        Washington T+1
                                 on time            launch             Tokyo, Seoul       not confirmed:
                                                    Hydrographic                          Tokyo, Seoul
                                                    office, notice
                                                    [4]
        K2    T+5                T+5 (D 06:05)      Heat signature,    Washington         Washington T+5:10
                                 on time            heading south
                                                    Missile warning
                                                    centre,
                                                    warning-net; puts
                                                    D1 [9]
                                                    Expected: Push to
                                                    both partners
                                                    within two
                                                    minutes.
        K3    T+6                T+6 (D 06:06)      A vessel reports   Tokyo, Seoul       not confirmed
                                 on time            a flash
                                                    Coast guard,
                                                    radio; puts D2
                                                    [19]
        B1    not planned        T+9:30 (D 06:09)   Protest at home    Tokyo              not confirmed
                                 backlash           Parliament,
                                                    television [28]
        K4    on D2, T+12 at     T+9:30 (D 06:09)   Sirens             Washington,        not confirmed
              the latest         on time            Broadcaster,       Tokyo, Seoul
                                                    television; puts
                                                    D3 [29]
        X2    not planned        T+11:40 (D 06:11)  A call             Seoul              not confirmed
                                 ad hoc             Embassy, message
                                                    [42]
        K6    by hand only       T+12 (D 06:12)     The track is in    Tokyo, Seoul       not confirmed
                                 by hand            the press
                                                    News agency,
                                                    press [43]
        K5    on a condition     held back          The partners were  Washington
                                                    not told
                                                    Liaison officer,
                                                    telephone
                                                    Held back: Too
                                                    early
        """)


def test_early_late_skipped_edited_and_re_addressed() -> None:
    played = report(
        (60, "facilitator", {"do": "release", "inject": "detection"}),
        (60, "facilitator", {"do": "hold", "inject": "sighting"}),
        (60, "facilitator", {"do": "edit", "inject": "leak", "title": "Nothing new", "text": "No news."}),
        (60, "facilitator", {"do": "address", "inject": "leak", "to": ["washington"], "confirm": True}),
        (60, "facilitator", {"do": "release", "inject": "leak"}),
        (60, "facilitator", {"do": "skip", "inject": "alert-sounds", "reason": "No time"}),
        (900, "facilitator", {"do": "release", "inject": "sighting"}),
    )
    assert said(write_msel, played) == block("""
        Code  Planned                Released  Inject                  To                      Read
        K1    T+0                    T+0       Notice of a launch      Washington, Tokyo,      not confirmed
                                     on time   Hydrographic office,    Seoul
                                               notice [4]
        K2    T+5                    T+1       Heat signature,         Washington              not confirmed
                                     early     heading south
                                               Missile warning
                                               centre, warning-net;
                                               puts D1 [5]
                                               Expected: Push to both
                                               partners within two
                                               minutes.
        K6    by hand only           T+1       Nothing new (edited)    Washington              not confirmed
                                     by hand   (re-addressed)
                                               News agency, press
                                               [11]
        K4    on D2, T+12 at the     skipped   Sirens                  Washington, Tokyo,
              latest                           Broadcaster,            Seoul
                                               television; puts D3
                                               Skipped: No time
        K3    T+6                    T+15      A vessel reports a      Tokyo, Seoul            not confirmed
                                     late      flash
                                               Coast guard, radio;
                                               puts D2 [13]
        K5    on a condition         not used  The partners were not   Washington
                                               told
                                               Liaison officer,
                                               telephone
        """)


def test_before_startex_nothing_has_gone_out() -> None:
    assert said(write_msel, build_report(Game().records)) == block("""
        Code  Planned                  Released     Inject                    To                        Read
        K1    T+0                      not reached  Notice of a launch        Washington, Tokyo, Seoul
                                                    Hydrographic office,
                                                    notice
        K2    T+5                      not reached  Heat signature, heading   Washington
                                                    south
                                                    Missile warning centre,
                                                    warning-net; puts D1
                                                    Expected: Push to both
                                                    partners within two
                                                    minutes.
        K3    T+6                      not reached  A vessel reports a flash  Tokyo, Seoul
                                                    Coast guard, radio; puts
                                                    D2
        K4    on D2, T+12 at the       not reached  Sirens                    Washington, Tokyo, Seoul
              latest                                Broadcaster, television;
                                                    puts D3
        K5    on a condition           not used     The partners were not     Washington
                                                    told
                                                    Liaison officer,
                                                    telephone
        K6    by hand only             not used     The track is in the       Tokyo, Seoul
                                                    press
                                                    News agency, press
        """)
    page = HtmlPage(title="")
    write_msel(page, build_report(Game().records))
    assert page.text().count('<tr class="muted">') == 6, "what did not go out stands back"
    assert "<figure>" not in page.text()


def test_html_draws_the_timeline_above_the_list() -> None:
    page = HtmlPage(title="")
    write_msel(page, build_report(full_records()))
    text = page.text()
    assert text.index("<figure>") < text.index("<svg") < text.index("</figure>") < text.index("<table")


def test_each_storyline_is_told_by_itself() -> None:
    scenario = with_storylines(tiny_scenario(), notice="the launch", detection="the launch", leak="press")
    game = Game(scenario).start()
    game.grant("facilitator", c.Endex(), at=330)
    text = " ".join(said(write_msel, build_report(game.records)).split())
    assert "Storylines" in text
    assert "The launch: K1 Notice of a launch (at T+0); K2 Heat signature, heading south (at T+5)" in text
    assert "Press: K" in text
    alone = Game(with_storylines(tiny_scenario(), notice="the launch")).start()
    assert "Storylines" not in said(write_msel, build_report(alone.records))

"""How to read the report: times, numbers, codes, labels and terms."""

from __future__ import annotations

from textwrap import dedent

from tabletop.report.build import build_report
from tabletop.report.sections.reading import write_reading
from tests.report.exercises import full_records
from tests.report.sections.saying import block, said


def test_what_a_reader_who_was_not_there_must_know() -> None:
    assert dedent(said(write_reading, build_report(full_records()))) == block("""
            - Times. T+57 is 57 minutes of game time after the start (STARTEX), T+57:30 half a minute later.
              Where a local time stands beside it, its zone is UTC+09:00.
            - Numbers in brackets. [12, 16] are the numbers of the events in the log on which a sentence
              rests. “tabletop log” prints them.
            - Codes. D1 to D3 are decisions (section “Decisions”); C1 and C2 are cards, which hold information
              (“Information shared”); K1 to K6, B1 and X2 are injects, the messages that the exercise put to
              teams (“MSEL as played”); O1 to O9 are objectives.
            - Labels used in public. missile: A ballistic missile; satellite: A satellite launch.
            - Marks and bars. A mark is good (+) or bad (−) and has a reason. A situation is anything that
              could have given a team a mark. A bar runs from 0, the worst that the situations allowed, to
              100, the best.
            - Terms. The MSEL (master scenario events list) is the plan of all injects; a gate is the stop
              between two phases; ENDEX is the end of play; domestic capital is what a team can still afford
              at home; an option dearer than that is locked.
        """)

"""Link the cuts of a scenario: make each of them, and name what it leaves hanging."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from tabletop.scenario.cuts import Cut, Dropped, making
from tabletop.scenario.gametime import format_time
from tabletop.scenario.linking.cut_words import CutFindings, CutWords
from tabletop.scenario.linking.findings import Findings, Place
from tabletop.scenario.linking.zones import frozen_clock
from tabletop.scenario.problems import quoted
from tabletop.scenario.scenario import Entry, Scenario
from tabletop.scenario.timeline import Phase

_LONGEST_ID: Final = 64
_LONGEST_TITLE: Final = 300


def link_cuts(
    cuts: Mapping[str, Cut], whole: Scenario, place: Place, findings: Findings
) -> dict[str, Scenario]:
    """Return each cut as a scenario of its own, with its problems among the findings."""
    return {word: _linked(word, cut, whole, place / word, findings) for word, cut in cuts.items()}


def _linked(word: str, cut: Cut, whole: Scenario, place: Place, findings: Findings) -> Scenario:
    """Return one cut; the whole scenario if its words are not in order."""
    own = CutFindings(word, findings)
    words = CutWords(whole, place, own)
    resolved, dropped = words.resolve(cut), words.drops(cut.drops)
    _check_name(word, cut, whole, place, own)
    if own.errors:
        return whole
    made = making.make_cut(whole, word, resolved, dropped)
    if cut.clock is not None:
        teams = {team: (one, place / "clock") for team, one in made.teams.items()}
        clock = frozen_clock(cut.clock, place / "clock", teams, cut.length, findings)
        made = made.model_copy(update={"clock": clock})
    checks = _Checks(resolved, whole, made, place, dropped, words.places, own)
    checks.times()
    checks.phases()
    checks.followed()
    checks.lost()
    return made


def _check_name(word: str, cut: Cut, whole: Scenario, place: Place, findings: CutFindings) -> None:
    if len(whole.id) + 1 + len(word) > _LONGEST_ID:
        findings.error(
            "cut-name",
            f"its id would be '{whole.id}-{word}', which is longer than {_LONGEST_ID} characters",
            place,
            "choose a shorter word for the cut",
            at_key=True,
        )
    if len(whole.title) + 2 + len(cut.title or word) > _LONGEST_TITLE:
        findings.error(
            "cut-name",
            f"its title and that of the scenario have more than {_LONGEST_TITLE} characters",
            place / "title",
            "choose a shorter title",
        )


class _Checks:
    """Checks a cut as it was made from the whole scenario."""

    def __init__(
        self,
        cut: Cut,
        whole: Scenario,
        made: Scenario,
        place: Place,
        dropped: Dropped,
        places: Mapping[tuple[str, str], Place],
        findings: CutFindings,
    ) -> None:
        self._cut = cut
        self._whole = whole
        self._made = made
        self._place = place
        self._dropped = dropped
        self._places = places
        self._findings = findings

    def times(self) -> None:
        """Refuse times and windows of what is left out, and entries after the end of the cut."""
        cut, made = self._cut, self._made
        for word in cut.times:
            if word in self._dropped.entries:
                self._findings.error(
                    "dropped-and-timed",
                    f"entry {quoted(word)} is dropped and given a time",
                    self._places["entry", word],
                    "keep it under 'drops' or under 'times'",
                )
        for word in cut.windows:
            if word not in made.decisions or word in made.presets:
                self._findings.error(
                    "window-unasked",
                    f"decision {quoted(word)} has a window here, but nobody is asked it",
                    self._place / "windows",
                    "remove its window, or ask it",
                )
        for entry in made.timeline:
            if entry.at is not None and entry.at > made.length:
                self._findings.error(
                    "after-endex",
                    f"entry {quoted(entry.id)} goes out at {format_time(entry.at)}, after the end at "
                    f"{format_time(made.length)}",
                    self._place / ("times" if entry.id in cut.times else "length"),
                    "give it an earlier time under 'times', or name it under 'drops'",
                )
        if not made.timeline:
            self._findings.error(
                "cut-empty", "no entry of the timeline is left", self._place / "drops", "keep at least one"
            )

    def phases(self) -> None:
        """Refuse phases that do not begin with the exercise, one after another, with something in each."""
        phases, place = self._made.phases, self._place / ("phases" if self._cut.phases else "length")
        if not phases or phases[0].from_ != 0:
            self._findings.error(
                "first-phase",
                "no phase begins with the exercise",
                place,
                "write under 'phases' which one begins at T+0",
            )
        ends = [*(phase.from_ for phase in phases[1:]), self._made.length]
        for phase, end in zip(phases, ends, strict=False):
            if phase.from_ >= end:
                self._findings.error(
                    "phase-order",
                    f"phase {quoted(phase.id)} begins at {format_time(phase.from_)}, and what follows it at "
                    f"{format_time(end)}",
                    place,
                    "give it an earlier time under 'phases', or name it under 'drops'",
                )
            elif not _holds_something(phase, end, self._made.timeline):
                self._findings.error(
                    "empty-phase",
                    f"nothing goes out in phase {quoted(phase.id)}",
                    place,
                    "name the phase under 'drops', or give it another time under 'phases'",
                )

    def followed(self) -> None:
        """Refuse entries that follow something that the cut leaves out."""
        for entry in self._made.timeline:
            lost = self._lost(entry)
            if lost is None:
                continue
            kind, word = lost
            what = "is not put to anybody" if kind == "decision" else "does not go out"
            preset = f", preset {quoted(word)}" if kind == "decision" else ""
            self._findings.error(
                "follows-dropped",
                f"entry {quoted(entry.id)} follows {kind} {quoted(word)}, which {what}",
                self._places.get((kind, word), self._place / "drops"),
                f"give entry {quoted(entry.id)} a time under 'times'{preset}, or drop it too",
            )

    def lost(self) -> None:
        """Warn of entries that never go out, since their condition asks about something dropped."""
        for entry in self._whole.timeline:
            if entry.id not in self._made.entries and entry.id not in self._dropped.entries:
                self._findings.warning(
                    "cut-loses-entry",
                    f"entry {quoted(entry.id)} never goes out, since its condition asks about something "
                    "that the cut drops",
                    self._place / "drops",
                    f"drop {quoted(entry.id)} as well, or say under 'presets' what was decided",
                )

    def _lost(self, entry: Entry) -> tuple[str, str] | None:
        """Return what an entry follows, if the cut leaves it out."""
        if entry.on is not None and entry.on not in self._made.decisions:
            return "decision", entry.on
        if entry.after is not None and entry.after not in self._made.entries:
            return "entry", entry.after
        return None


def _holds_something(phase: Phase, end: int, timeline: Iterable[Entry]) -> bool:
    """Return whether an entry goes out between the two, or may do so when something else has happened."""
    return any(
        not entry.contingency if entry.at is None else phase.from_ <= entry.at < end for entry in timeline
    )

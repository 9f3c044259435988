"""The decisions put to a team: open, recorded, amended or lapsed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tabletop.exercise import events as e


@dataclass(frozen=True, slots=True)
class Question:
    """One decision and what became of it."""

    decision: str
    code: str
    title: str
    question: str
    options: tuple[e.OfferedOption, ...]
    entry: str
    at: int
    due: int
    halved: bool = False
    option: str | None = None
    rationale: str = ""
    decided_at: int | None = None
    amended: bool = False
    late: bool = False
    lapsed: str | None = None
    """Why it closed without a decision."""
    prompt: str = ""
    """What the team talked about first."""
    write_in: bool = False
    """Whether it may be answered in the team's own words."""
    words: str = ""
    """The decision in the team's own words."""
    locked: Mapping[str, str] = field(default_factory=dict)
    """Options that the team cannot choose now, each with the reason."""

    @property
    def open(self) -> bool:
        """Nothing recorded yet, and not lapsed."""
        return self.decided_at is None and self.lapsed is None

    @property
    def name(self) -> str:
        """What it is called for short."""
        return self.code or self.title

    @property
    def full_name(self) -> str:
        """Its code, if it has one, and its title."""
        return f"{self.code} {self.title}" if self.code else self.title

    @property
    def chosen(self) -> str:
        """The words that were recorded: of an option, or the team's own."""
        if self.words:
            return self.words
        return next((option.text for option in self.options if option.id == self.option), self.option or "")

    def left(self, now: float) -> int:
        """Game seconds until the window closes; negative once it has."""
        return self.due - int(now)

    def amendable(self, now: float) -> bool:
        """Return whether it is recorded and the window is still open."""
        return self.decided_at is not None and self.left(now) >= 0


@dataclass(frozen=True, slots=True)
class TalkFirst:
    """What the team talks about until the options of a decision open."""

    decision: str
    full_name: str
    name: str
    prompt: str
    entry: str
    at: int
    opens: int
    due: int


@dataclass(slots=True)
class Decisions:
    """Decisions by id, in the order in which they were put."""

    questions: dict[str, Question] = field(default_factory=dict)
    talks: dict[str, TalkFirst] = field(default_factory=dict)
    """Those whose options are not open yet."""

    def see(self, at: int, event: e.Event) -> None:
        """Take in an event."""
        match event:
            case e.DiscussionBegan():
                self.talks[event.decision] = _talk(at, event)
            case e.DiscussionClosed():
                self.talks.pop(event.decision, None)
            case e.DecisionPresented():
                talk = self.talks.pop(event.decision, None)
                self.questions[event.decision] = _question(at, event, talk.prompt if talk is not None else "")
            case e.DecisionRecorded():
                self._change(
                    event.decision,
                    option=event.option,
                    rationale=event.rationale,
                    decided_at=at,
                    amended=event.amended,
                    late=event.late,
                    words="",
                )
            case e.AnswerWritten():
                self._change(
                    event.decision,
                    option=None,
                    words=event.text,
                    rationale=event.rationale,
                    decided_at=at,
                    amended=event.amended,
                    late=event.late,
                )
            case e.DecisionLapsed():
                self._change(event.decision, lapsed=event.reason)
            case e.OptionsLocked():
                self._change(event.decision, locked=event.reasons)
            case e.OptionUnlocked():
                known = self.questions.get(event.decision)
                if known is not None:
                    left = {word: why for word, why in known.locked.items() if word != event.option}
                    self._change(event.decision, locked=left)
            case _:
                pass

    def _change(self, decision: str, **changes: Any) -> None:
        known = self.questions.get(decision)
        if known is not None:
            self.questions[decision] = replace(known, **changes)

    @property
    def open(self) -> list[Question]:
        """Those that wait to be decided, the most urgent first."""
        waiting = [question for question in self.questions.values() if question.open]
        return sorted(waiting, key=lambda question: question.due)

    @property
    def next_talk(self) -> TalkFirst | None:
        """What the team talks about first, of several that whose options open next."""
        return min(self.talks.values(), key=lambda talk: talk.opens, default=None)

    def full_name(self, decision: str) -> str:
        """Return the name of a decision that was put, or that is talked about; empty for any other."""
        known = self.questions.get(decision) or self.talks.get(decision)
        return known.full_name if known is not None else ""

    def of_inject(self, entry: str) -> list[Question]:
        """Those that an inject put to the team."""
        return [question for question in self.questions.values() if question.entry == entry]


def _talk(at: int, event: e.DiscussionBegan) -> TalkFirst:
    return TalkFirst(
        decision=event.decision,
        full_name=f"{event.code} {event.title}" if event.code else event.title,
        name=event.code or event.title,
        prompt=event.prompt,
        entry=event.entry,
        at=at,
        opens=event.opens,
        due=event.due,
    )


def _question(at: int, event: e.DecisionPresented, prompt: str) -> Question:
    """Return a question as it was put; `prompt` is what the team talked about before."""
    return Question(
        decision=event.decision,
        code=event.code,
        title=event.title,
        question=event.question,
        options=event.options,
        entry=event.entry,
        at=at if event.since is None else event.since,
        due=event.due,
        halved=event.halved,
        prompt=prompt,
        write_in=event.write_in,
    )

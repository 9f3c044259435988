"""What a team said and heard: consultations, statements in public, messages."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from tabletop.exercise import events as e


@dataclass(frozen=True, slots=True)
class ConsultationReply:
    """A partner's answer to a consultation."""

    by: str
    text: str
    at: int


@dataclass(frozen=True, slots=True)
class ConsultationThread:
    """A team asked partners before acting."""

    consult: str
    by: str
    to: tuple[str, ...]
    text: str
    at: int
    about: str | None = None
    replies: tuple[ConsultationReply, ...] = ()

    def waits_for(self, team: str) -> bool:
        """Whether that team was asked and has not answered."""
        return team in self.to and all(reply.by != team for reply in self.replies)


@dataclass(frozen=True, slots=True)
class PublicStatement:
    """Something said in public."""

    number: int
    by: str
    text: str
    label: str | None
    at: int
    advice: str = ""
    """What it advises the public to do, and where; may be empty."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A message between teams, or to or from exercise control."""

    number: int
    by: str
    to: tuple[str, ...]
    text: str
    at: int


@dataclass(slots=True)
class Talk:
    """Everything said, in the order in which it was said."""

    team: str
    consultations: dict[str, ConsultationThread] = field(default_factory=dict)
    statements: dict[int, PublicStatement] = field(default_factory=dict)
    letters: dict[int, Letter] = field(default_factory=dict)

    def see(self, number: int, at: int, event: e.Event) -> None:
        """Take in an event, the `number`-th that this seat sees."""
        match event:
            case e.ConsultRequested():
                self.consultations[event.consult] = ConsultationThread(
                    consult=event.consult, by=event.by, to=event.to, text=event.text, at=at, about=event.about
                )
            case e.ConsultAnswered():
                asked = self.consultations.get(event.consult)
                if asked is not None:
                    reply = ConsultationReply(event.by, event.text, at)
                    self.consultations[event.consult] = replace(asked, replies=(*asked.replies, reply))
            case e.StatementMade():
                self.statements[number] = PublicStatement(
                    number, event.by, event.text, event.label, at, event.advice
                )
            case e.MessageSent():
                self.letters[number] = Letter(number, event.by, event.to, event.text, at)
            case _:
                pass

    @property
    def asked_of_us(self) -> list[ConsultationThread]:
        """Consultations that wait for this team's answer, the oldest first."""
        return [asked for asked in self.consultations.values() if asked.waits_for(self.team)]

"""The injects a team was sent, and which of them it has read."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from tabletop.exercise import events as e


@dataclass(frozen=True, slots=True)
class ReceivedInject:
    """An inject as this team reads it."""

    entry: str
    title: str
    sender: str
    channel: str
    paragraphs: tuple[str, ...]
    at: int
    attachments: tuple[e.Attached, ...] = ()
    office: str = ""
    read: bool = False


@dataclass(slots=True)
class Inbox:
    """Injects by entry, in the order in which they came."""

    injects: dict[str, ReceivedInject] = field(default_factory=dict)

    def see(self, at: int, event: e.Event) -> None:
        """Take in an event."""
        match event:
            case e.InjectReleased():
                self.injects[event.entry] = ReceivedInject(
                    entry=event.entry,
                    title=event.title,
                    sender=event.sender,
                    channel=event.channel,
                    paragraphs=(event.text, *(paragraph.text for paragraph in event.additions)),
                    at=at,
                    attachments=event.attachments,
                    office=event.office,
                )
            case e.InjectRead():
                inject = self.injects.get(event.entry)
                if inject is not None:
                    self.injects[event.entry] = replace(inject, read=True)
            case _:
                pass

    @property
    def unread(self) -> int:
        """How many have not been opened."""
        return sum(not inject.read for inject in self.injects.values())

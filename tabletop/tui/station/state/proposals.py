"""What members of the team propose to whoever decides for it."""

from __future__ import annotations

from dataclasses import dataclass, field

from tabletop.exercise import events as e
from tabletop.exercise.state import proposer_key


@dataclass(frozen=True, slots=True)
class PutForward:
    """What one member of the team proposes for a decision."""

    who: str
    """Tells the members from one another."""
    name: str
    office: str
    option: str
    """The option's id; empty for a decision in their own words."""
    text: str
    rationale: str
    at: int

    @property
    def called(self) -> str:
        """Who it is, as they said when they joined."""
        if not self.name.strip():
            return self.office.strip() or "Somebody"
        return f"{self.name} ({self.office})" if self.office.strip() else self.name


@dataclass(slots=True)
class Proposals:
    """What stands, by decision; each member has one proposal for each."""

    standing: dict[str, dict[str, PutForward]] = field(default_factory=dict)

    def see(self, at: int, event: e.Event) -> None:
        """Take in an event."""
        match event:
            case e.OptionProposed():
                who = proposer_key(event.person, event.name)
                known = self.standing.setdefault(event.decision, {})
                known.pop(who, None)  # the newest stands last
                known[who] = PutForward(
                    who, event.name, event.office, event.option, event.text, event.rationale, at
                )
            case e.ProposalWithdrawn():
                self.standing.get(event.decision, {}).pop(proposer_key(event.person, event.name), None)
            case _:
                pass

    def of(self, decision: str) -> list[PutForward]:
        """Return what is proposed for a decision, the oldest first."""
        return list(self.standing.get(decision, {}).values())

    def own(self, decision: str, seat: str) -> PutForward | None:
        """Return what that seat proposes for it."""
        return self.standing.get(decision, {}).get(seat)

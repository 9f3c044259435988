"""What the console knows: teams, contacts, scores; and that it knows it without a screen."""

from __future__ import annotations

import subprocess
import sys

from tabletop.exercise import commands as c
from tabletop.tui.overview.wording import short_names
from tests.tui.console.staging import Play


def test_the_model_knows_nothing_of_a_screen() -> None:
    """Its modules and the pages' import neither Textual nor Rich."""
    modules = [
        "overview.overview_model",
        "overview.banner",
        "overview.events",
        "console.advice",
        "console.pages.contacts",
        "console.pages.inject",
        "console.pages.teams",
    ]
    imports = "; ".join(f"import tabletop.tui.{module}" for module in modules)
    found = "sorted(name for name in sys.modules if name.split('.')[0] in {'textual', 'rich'})"
    code = f"import sys; {imports}; print({found})"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_what_a_team_has_not_read() -> None:
    """Until it opens it."""
    play = Play().start().release("notice")
    assert all(standing.unread == {"notice": "K1"} for standing in play.model().standings.teams.values())
    play.do(c.Read(inject="notice"), "seoul")
    unread = {team: len(standing.unread) for team, standing in play.model().standings.teams.items()}
    assert unread == {"washington": 1, "tokyo": 1, "seoul": 0}


def test_decisions_due_late_and_taken() -> None:
    """Open ones by when they are due; late ones counted."""
    play = Play().start().until(5).release("detection").until(6).release("sighting")
    model = play.model()
    assert [(asked.team, asked.name, asked.due) for asked in model.standings.open()] == [
        ("washington", "D1", 420),
        ("tokyo", "D2", 540),
    ]
    assert [asked.name for asked in model.overdue(421)] == ["D1"]
    play.until(8).do(c.Decide(decision="push-track", option="both"), "washington")
    washington = play.model().standings.teams["washington"]
    assert (washington.decided, washington.late, washington.open) == (1, 1, {})
    play.do(c.Lapse(decision="alert", team="tokyo"))
    assert play.model().standings.teams["tokyo"].lapsed == 1


def test_amending_is_not_deciding_twice() -> None:
    """A decision counts once."""
    play = Play().start().until(5).release("detection")
    play.do(c.Decide(decision="push-track", option="both"), "washington")
    play.do(c.Decide(decision="push-track", option="confirm-first"), "washington")
    assert play.model().standings.teams["washington"].decided == 1


def test_who_shared_consulted_and_wrote() -> None:
    """Cards once, however often they are given; answers reduce what waits."""
    play = Play().start().until(5).release("detection")
    play.do(c.Share(card="track", with_=("tokyo",), sanitised=True), "washington")
    play.do(c.Share(card="track", with_=("tokyo", "seoul")), "washington")
    play.do(c.Consult(with_=("seoul", "washington"), text="What do you see?"), "tokyo")
    play.do(c.Message(to=("tokyo", "control"), text="Hold on"), "seoul")
    play.do(c.State(text="We are watching", label="missile"), "tokyo")
    contacts = play.model().contacts
    assert len(contacts.between("washington", "tokyo").cards) == 1
    assert (contacts.unanswered("seoul"), contacts.unanswered("washington")) == (1, 1)
    assert contacts.between("seoul", "tokyo").messages == 1
    assert contacts.statements == {"tokyo": 1}
    play.do(c.Answer(from_="tokyo", text="A flash"), "seoul")
    contacts = play.model().contacts
    assert (contacts.unanswered("seoul"), contacts.unanswered("washington")) == (0, 1)
    assert contacts.waiting("washington")[0][1] == "tokyo"
    assert contacts.between("tokyo", "seoul").answered == 1


def test_a_decision_that_implies_consulting_counts() -> None:
    """As asked and answered."""
    play = Play().start().until(5).release("detection")
    play.do(c.Decide(decision="push-track", option="both"), "washington")
    contact = play.model().contacts.between("washington", "seoul")
    assert (contact.asked, contact.answered, len(contact.cards)) == (1, 1, 1)


def test_scores_follow_what_moves_them() -> None:
    """And nothing else works them out anew."""
    play = Play().start().until(5).release("detection")
    model = play.model()
    assert model.scorecard().overall is None
    play.do(c.Decide(decision="push-track", option="both"), "washington")
    model = play.model()
    assert model.scorecard() == play.session.scorer.scorecard()
    change = model.changes()["share"]
    assert (change.team, change.points, change.at) == ("washington", 1.0, 300)
    card = model.scorecard()
    play.do(c.Note(text="Well done"))
    model.see(play.sights()[-1])
    assert model.scorecard() is card
    play.do(c.Adjust(team="washington", objective="share", points=-0.5, reason="It was known before"))
    model.see(play.sights()[-1])
    assert model.changes()["share"].points == -0.5


def test_audiences_are_short() -> None:
    """In a narrow column."""
    model = Play().model()
    assert model.audience(("washington", "tokyo", "seoul")) == "all"
    assert model.audience(("tokyo", "seoul")) == "TOK SEO"
    assert model.teams(("washington", "tokyo", "seoul")) == "Washington, Tokyo and Seoul"


def test_short_names_tell_teams_apart() -> None:
    """However alike they begin."""
    assert short_names(["north", "northeast"]) == {"north": "NORTH", "northeast": "NORTHE"}
    assert short_names(["a"]) == {"a": "A"}
    assert short_names([]) == {}

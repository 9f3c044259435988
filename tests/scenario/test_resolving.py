"""What people type, resolved: ids and codes in any case, and a plain answer to anything else."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.errors import TabletopError
from tabletop.scenario.resolving import Resolver, UnknownIdError
from tests.scenario.authoring import load


@pytest.fixture(scope="module")
def resolver(tmp_path_factory: pytest.TempPathFactory) -> Resolver:
    folder: Path = tmp_path_factory.mktemp("strait")
    return Resolver(
        load(folder, ("    inject: editorial\n", "    inject: editorial\n    code: A4\n")).scenario
    )


@pytest.mark.parametrize(
    ("kind", "word", "found"),
    [
        ("decision", "D1", "tell-partner"),
        ("decision", " d1 ", "tell-partner"),
        ("decision", "Tell-Partner", "tell-partner"),
        ("card", "k1", "contact"),
        ("card", "contact", "contact"),
        ("entry", "a4", "editorial"),
        ("entry", "radar-contact", "radar-contact"),
        ("objective", "o2", "speak"),
        ("team", "NORLAND", "norland"),
        ("team", "sudland", "sudland"),
    ],
)
def test_an_id_or_a_code_in_any_case(kind: str, word: str, found: str, resolver: Resolver) -> None:
    assert getattr(resolver, kind)(word) == found


def test_options_are_those_of_a_decision(resolver: Resolver) -> None:
    assert resolver.option("tell-partner", "A") == "tell-now"
    assert resolver.option("what-to-say", "A") == "joint"


@pytest.mark.parametrize(
    ("kind", "word", "said"),
    [
        ("card", "K2", "no card 'K2'; known: K1, contact"),
        ("card", "contcat", "no card 'contcat'; did you mean contact?"),
        ("team", "norlan", "no team 'norlan'; did you mean norland?"),
        ("decision", "", "no decision ''; known: D1, tell-partner, D2, what-to-say"),
    ],
)
def test_an_unknown_word_gets_the_nearest_one(kind: str, word: str, said: str, resolver: Resolver) -> None:
    with pytest.raises(UnknownIdError) as raised:
        getattr(resolver, kind)(word)
    assert raised.value.message == said
    assert isinstance(raised.value, TabletopError)


@given(st.text(max_size=200))
def test_any_text_at_all_is_answered(resolver: Resolver, word: str) -> None:
    with suppress(UnknownIdError):
        assert resolver.decision(word) in {"tell-partner", "what-to-say"}

"""Conditions as authors write them: every form is read and written back, and nesting has an end."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, TypeAdapter, ValidationError

from tabletop.scenario.conditions import CONDITION_KEYS, MAX_DEPTH, BaseCondition, Condition
from tabletop.scenario.linking import load_scenario
from tabletop.scenario.linking.prerequisites import prerequisites
from tests.attachments import PNG

ADAPTER: TypeAdapter[Any] = TypeAdapter(Condition)
CONSTRUCTS: Final = Path(__file__).parent / "every-construct"

_word = st.from_regex(r"[a-z]{1,5}(-[a-z]{1,5})?", fullmatch=True)
_words = st.lists(_word, min_size=1, max_size=3)
_choices = st.dictionaries(_word, _words, min_size=1, max_size=2)
_simple = st.one_of(
    st.builds(lambda value: {"chose": value}, _choices),
    st.builds(lambda value: {"everyone-chose": value}, _choices),
    st.builds(
        lambda decision, options, by: {"chose": {"decision": decision, "options": options, "by": by}},
        _word,
        _words,
        _word,
    ),
    st.builds(lambda value: {"decided": value}, _words),
    st.builds(lambda value: {"on-time": value}, _words),
    st.builds(lambda card, by, to: {"shared": {"card": card, "by": by, "with": to}}, _word, _word, _words),
    st.builds(lambda by, to: {"consulted": {"by": by, "with": to}}, _word, _words),
    st.builds(lambda by, label: {"stated": {"by": by, "label": label}}, _word, _word),
    st.builds(
        lambda word, are: {"labels": {"decision": word, "are": are}},
        _word,
        st.sampled_from(["same", "differ"]),
    ),
    st.builds(lambda value: {"released": value}, _words),
    st.builds(lambda options: {"partners": {"options": options, "at-least": 1}}, _words),
    st.builds(lambda card, by: {"held": {"card": card, "by": by}}, _word, _word),
    st.builds(lambda team: {"capital": {"team": team, "at-least": 2}}, _word),
    st.builds(
        lambda about, team, objective: {
            "observed": {
                "about": about,
                "action": 1,
                "team": team,
                "objective": objective,
                "kind": "strength",
            }
        },
        _word,
        _word,
        _word,
    ),
)


def _nested(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(
        st.builds(lambda value: {"all": value}, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda value: {"any": value}, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda value: {"not": value}, inner),
        st.builds(lambda value: {"by": {"at": "T+5", "that": value}}, inner),
    )


conditions = st.recursive(_simple, _nested, max_leaves=8)


@given(conditions)
def test_a_condition_is_written_back_as_it_was_read(written: dict[str, Any]) -> None:
    read = ADAPTER.validate_python(written)
    assert ADAPTER.dump_python(read, mode="json") == written


@given(conditions)
def test_what_a_condition_needs_is_named_in_it(written: dict[str, Any]) -> None:
    read = ADAPTER.validate_python(written)
    named = {reference.word for reference in read.references()}
    assert {word for _, word in prerequisites(read)} <= named


@given(conditions)
def test_every_reference_stands_where_it_says(written: dict[str, Any]) -> None:
    for reference in ADAPTER.validate_python(written).references():
        value: Any = written
        for part in reference.loc[:-1]:
            value = value[part]
        found = reference.loc[-1] if reference.at_key else value[reference.loc[-1]]
        assert found == reference.word


def test_a_single_word_stands_for_a_list() -> None:
    assert ADAPTER.validate_python({"decided": "alert"}) == ADAPTER.validate_python({"decided": ["alert"]})
    assert ADAPTER.validate_python({"shared": "track"}) == ADAPTER.validate_python(
        {"shared": {"card": "track"}}
    )


@pytest.mark.parametrize(
    "written", [{}, {"all": []}, {"chose": {}}, {"al": []}, {"not": {}, "all": []}, "decided", 3, None]
)
def test_anything_else_is_refused(written: object) -> None:
    with pytest.raises(ValidationError):
        ADAPTER.validate_python(written)


@pytest.mark.parametrize("depth", [MAX_DEPTH * 2, 500, 20_000])
def test_nesting_has_an_end(depth: int) -> None:
    written: dict[str, Any] = {"decided": ["a"]}
    for _ in range(depth):
        written = {"not": written}
    with pytest.raises(ValidationError, match=f"at most {MAX_DEPTH} levels deep"):
        ADAPTER.validate_python(written)


def test_the_keys_are_listed() -> None:
    assert set(CONDITION_KEYS) >= {"all", "any", "not", "by", "chose", "released"}


def test_a_scenario_yields_every_condition_that_its_author_wrote(tmp_path: Path) -> None:
    """What walks conditions cannot leave out a place where one may stand."""
    folder = tmp_path / "constructs"
    copytree(CONSTRUCTS, folder)
    (folder / "slick.png").write_bytes(PNG)
    scenario = load_scenario(folder / "scenario.yaml").scenario
    assert {id(one) for one in scenario.conditions()} == {id(one) for one in outermost(scenario)}


def outermost(value: object) -> Iterator[BaseCondition]:
    """Yield each condition within a value that is in no other."""
    if isinstance(value, BaseCondition):
        yield value
    elif isinstance(value, BaseModel):
        yield from outermost(list(dict(value).values()))
    elif isinstance(value, dict | list | tuple):
        for one in value.values() if isinstance(value, dict) else value:
            yield from outermost(one)

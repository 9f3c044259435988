"""The forbidden phrase, however it is spelt."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.scenario.linking.findings import Findings, Place
from tabletop.scenario.linking.phrases import refuse_phrases
from tabletop.scenario.reading.document import Document
from tests.scenario.authoring import at, load, problems, sends


def found(data: object) -> int:
    findings = Findings()
    refuse_phrases(Place(Document("x.yaml", data, {}, ())), data, findings)
    return len(findings.errors)


@pytest.mark.parametrize(
    "text",
    [
        "this is not a drill",
        "THIS IS NOT A DRILL!!!",
        "This  is\nnot -- a 'drill'",
        "thisisnotadrill",
        "T.h.i.s i.s n.o.t a d.r.i.l.l",
        "Ｔｈｉｓ　ｉｓ　ｎｏｔ　ａ　ｄｒｉｌｌ",
        "this is not a dr\u200bill",
        "this is no\u0301t a drill".replace("\u0301", "\u0332"),
        "…, this_is_not_a_drill, …",
        "これは訓練ではない。",
        "これは、訓練では ありません",
        "이것은 훈련이 아니다",
        "이것은훈련이 아닙니다!",
    ],
)
def test_no_spelling_hides_it(text: str) -> None:
    assert found({"text": text}) == 1
    assert found({text: "x"}) == 1
    assert found([[{"a": ["b", text]}]]) == 1


@pytest.mark.parametrize(
    "text",
    ["", "This is a drill.", "this is not", "It is not a drilling rig", "これは訓練です", "훈련", "a drill"],
)
def test_other_words_are_left_alone(text: str) -> None:
    assert found({"a": text, "b": "this is not a", "c": "drill"}) == 0


# Without a d there is no drill; Hypothesis also tries the texts that it finds in the program.
_texts = st.text(st.characters(codec="latin-1", exclude_characters="dD"))


@given(st.recursive(st.none() | st.integers() | _texts, lambda x: st.lists(x) | st.dictionaries(_texts, x)))
def test_any_data_can_be_searched(data: object) -> None:
    assert found(data) == 0


@pytest.mark.parametrize(
    ("old", "new", "pointed"),
    [
        ("# A team is a capital", "# this is not a drill", None),
        ("title: Tomorrow's front page", "title: This is not a drill", "This is"),
        ("      - Who knew what, and when?", "      - a\n      - This is not a drill", "This is"),
    ],
)
def test_it_is_found_in_every_text_but_not_in_notes(
    old: str, new: str, pointed: str | None, tmp_path: Path
) -> None:
    where = [at(problem) for problem in problems(tmp_path, (old, new)) if problem.code == "forbidden-phrase"]
    assert len(where) == (pointed is not None)
    assert all(place.startswith(str(pointed)) for place in where)


def test_only_the_injects_that_are_used_are_searched(tmp_path: Path) -> None:
    storm = "  title: Storm\n  from: Harbour\n  channel: radio\n  to: all\n"
    text = f"storm:\n{storm}  text: A storm.\nfake:\n{storm}  text: This is not a drill.\n"
    files = {"injects/weather.yaml": text}
    assert load(tmp_path / "a", sends("storm"), files=files).warnings == ()
    [problem] = problems(tmp_path / "b", sends("fake"), files=files)
    assert (Path(problem.file).name, problem.line) == ("weather.yaml", 12)

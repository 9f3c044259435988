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
        "This is not an exercise.",
        "this is no drill",
        "This isn't a drill",
        "This isn’t an exercise",
        "This is no exercise!",
        "This is NOT just an exercise",
        "This is not a test. Take cover.",
        "It's not a drill, take cover",
        "Not an exercise",
        "All stations: not a drill. Take cover.",
        "real, not a drill",
        "No drill! Take cover!",
        "This is real. Take cover.",
        "This is the real thing",
        "This is not part of the exercise.",
        "訓練ではありません",
        "これは演習ではない",
        "演習じゃない！",
        "これは訓練ではなく、実際の攻撃です",
        "繰り返す。本番です。",
        "훈련이 아닙니다",
        "훈련 상황이 아닙니다",
        "연습이 아니다",
        "실제 상황입니다",
        "이것은 실전입니다",
        "这不是演习",
        "這不是演習！",
        "这 不是 一次 演练",
        "并非演习",
        "這是實戰",
        "Ceci n'est pas un exercice",
        "Ce n’est pas un exercice !",
        "Il ne s'agit pas d'un exercice",
        "Pas d'exercice : alerte réelle",
        "Ce n'est pas une simulation",
        "Dies ist keine Übung",
        "DAS IST KEINE UEBUNG",
        "keine U\u0308bung!",
        "Das ist der Ernstfall",
        "Esto no es un simulacro",
        "No es un ejercicio",
        "no se trata de un simulacro",
    ],
)
def test_no_spelling_hides_it(text: str) -> None:
    assert found({"text": text}) == 1
    assert found({text: "x"}) == 1
    assert found([[{"a": ["b", text]}]]) == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "This is a drill.",
        "this is not",
        "It is not a drilling rig",
        "これは訓練です",
        "훈련",
        "a drill",
        "This is an exercise",
        "EXERCISE EXERCISE EXERCISE",
        "Exercise restraint",
        "It is no exercise of power",
        "This is not an exercise of power",
        "This is not an exercise in blame.",
        "This is not a test of wills",
        "Norland has no exercise planned for the spring.",
        "No exercise area was closed.",
        "Do not exercise your veto. Test the line.",
        "The radar is not tested. This is really late.",
        "Pyongyang says it is not a test",
        "Phones are not part of the exercise.",
        "This is a real concern for the capital.",
        "The latest news is real estate.",
        "これは演習です。訓練、訓練。",
        "訓練ではないか、と記者が尋ねる。",
        "실제 상황을 가정한 훈련입니다",
        "훈련은 아침에 시작한다",
        "这是演习",
        "他们并非训练有素",
        "那不是演习区",
        "Ceci est un exercice",
        "Ce n'est pas un exercice de style",
        "Dies ist eine Übung",
        "Sie haben keine Übung im Umgang mit der Presse",
        "Esto es un simulacro",
        "No es un ejercicio de poder",
    ],
)
def test_other_words_are_left_alone(text: str) -> None:
    assert found({"a": text, "b": "this is not a", "c": "drill"}) == 0
    assert found([text]) == 0


# Without a d there is no drill; Hypothesis also tries the texts that it finds in the program.
_texts = st.text(st.characters(codec="latin-1", exclude_characters="dD"))


@given(st.recursive(st.none() | st.integers() | _texts, lambda x: st.lists(x) | st.dictionaries(_texts, x)))
def test_any_data_can_be_searched(data: object) -> None:
    assert found(data) == 0


@pytest.mark.parametrize(
    ("old", "new", "pointed"),
    [
        ("# A team decides together.", "# this is not a drill", None),
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

"""Whatever is fed to the reader, it answers with a document or with plain words: no traceback and no hang."""

import json
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet
from hypothesis import given
from hypothesis import strategies as st

from tabletop.errors import InputError
from tabletop.scenario.reading import parse_document
from tabletop.scenario.reading.document import Document
from tabletop.scenario.reading.encoding import MAX_BYTES
from tests.harmless import has_control

CORPORA = Path(__file__).parents[3] / "shared" / "corpora"
ABSENT = "the corpora are not beside this checkout"


def corpus(folder: str, pattern: str) -> list[ParameterSet]:
    """Return the files of a corpus as parameters, or one that is skipped when it is absent."""
    files = sorted((CORPORA / folder).glob(pattern))
    if not files:
        return [pytest.param(None, marks=pytest.mark.skip(reason=ABSENT), id="absent")]
    return [pytest.param(path, id=path.name) for path in files]


def read(content: str | bytes) -> Document | str:
    """Return the document, or the message with which it is refused."""
    try:
        return parse_document(content, "hostile.yaml")
    except InputError as error:
        return str(error)


def plain(refusal: str) -> bool:
    """Whether it is what every refusal must be."""
    return 0 < len(refusal) < 100_000 and not has_control(refusal)


def answered(content: str | bytes) -> bool:
    """Whether there is a document or a plain refusal."""
    answer = read(content)
    return isinstance(answer, Document) or plain(answer)


@pytest.mark.parametrize("path", corpus("yaml-test-suite", "src/*.yaml"))
def test_yaml_test_suite(path: Path) -> None:
    assert answered(path.read_bytes())
    suite = read(path.read_text(encoding="utf-8"))
    cases = suite.data if isinstance(suite, Document) and isinstance(suite.data, list) else []
    for case in cases:
        # The suite writes its invisible characters as signs.
        text = str(case.get("yaml", ""))
        for sign, character in (("␣", " "), ("↵", "\n"), ("∎\n", ""), ("←", "\r"), ("⇔", "\ufeff")):
            text = text.replace(sign, character)
        for tab in ("————»", "———»", "——»", "—»"):
            text = text.replace(tab, "\t")
        assert answered(text)


@pytest.mark.parametrize("path", corpus("jsontestsuite", "test_parsing/*.json"))
def test_json_test_suite(path: Path) -> None:
    assert answered(path.read_bytes())


@pytest.mark.parametrize("path", corpus("utf8tests", "utf8tests.*"))
def test_malformed_utf8(path: Path) -> None:
    for line in path.read_bytes().splitlines():
        assert answered(b"a: " + line)


@pytest.mark.parametrize("path", corpus("blns", "blns.json"))
def test_naughty_strings_as_values(path: Path) -> None:
    for text in json.loads(path.read_text(encoding="utf-8")):
        assert answered(f"a: {text}")
        assert answered(f"{text}: a")
        document = read("a: '" + text.replace("'", "''") + "'")
        if isinstance(document, Document):
            assert document.data == {"a": text}
        else:
            assert has_control(text)


@given(st.text(st.characters()))
def test_any_text(text: str) -> None:
    assert answered(text)


@given(st.binary())
def test_any_bytes(content: bytes) -> None:
    assert answered(content)


@given(st.text(st.sampled_from("ab:- \n\t'\"[]{},&*!|>%#?~<@.01+e\\\u2028\x85\ufeff海\x1b"), max_size=60))
def test_any_text_that_looks_like_yaml(text: str) -> None:
    assert answered(text)


ALIAS_BOMB = "a0: &a0 [x, x]\n" + "".join(
    f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 9)}]\n" for level in range(1, 41)
)
MERGE_BOMB = "a0: &a0 {x: 1}\n" + "".join(
    f"a{level}: &a{level} {{<<: [*a{level - 1}, *a{level - 1}]}}\n" for level in range(1, 41)
)


# None of these is timed: each would keep the test run waiting for minutes, or end it, if it were not bounded.
@pytest.mark.parametrize(
    "text",
    [
        pytest.param(ALIAS_BOMB, id="aliases"),
        pytest.param(MERGE_BOMB, id="merge keys"),
        pytest.param("[" * 20_000, id="lists"),
        pytest.param("[" * MAX_BYTES, id="very many lists"),
        pytest.param("{" * MAX_BYTES, id="blocks in braces"),
        pytest.param("- " * (MAX_BYTES // 2), id="dashes"),
        pytest.param("? " * (MAX_BYTES // 2), id="question marks"),
        pytest.param("%TAG !a! b\n" * (MAX_BYTES // 11), id="directives"),
        pytest.param("x: 1\n...\n" + "%TAG !a! b\n" * (MAX_BYTES // 12), id="directives after the end"),
        pytest.param('"' + "a" * (MAX_BYTES - 1), id="unclosed quote"),
        pytest.param("!" * MAX_BYTES, id="tag"),
        pytest.param("&a " * (MAX_BYTES // 3), id="anchors"),
        pytest.param("\x01" * MAX_BYTES, id="control characters"),
        pytest.param("a: 010\n" * (MAX_BYTES // 7), id="the same mistake"),
        pytest.param("[" + "a," * (MAX_BYTES // 2 - 1) + "]", id="too many values"),
        pytest.param("x" * (MAX_BYTES + 1), id="too large"),
        pytest.param("".join(f"k{n}: 1\n" for n in range(200_000)) * 2, id="duplicate keys"),
        pytest.param("a: b: " + "x" * 1_000_000, id="very long line"),
    ],
)
def test_bombs_are_refused(text: str) -> None:
    refusal = read(text)
    assert isinstance(refusal, str)
    assert plain(refusal)


@pytest.mark.parametrize("content", [b"\xff" * MAX_BYTES, b"\0" * MAX_BYTES, b"x\0" * (MAX_BYTES // 2)])
def test_binary_bombs_are_refused(content: bytes) -> None:
    refusal = read(content)
    assert isinstance(refusal, str)
    assert plain(refusal)

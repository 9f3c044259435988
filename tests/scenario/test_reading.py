"""Reading what authors write: data, the place of every key and value, and plain words for every mistake."""

import gc
import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tabletop.scenario.problems import Problem, ProblemsFound
from tabletop.scenario.reading import Document, Mark, Position, parse_document, read_document
from tabletop.scenario.reading import yaml as reading
from tabletop.scenario.reading.encoding import MAX_BYTES

pytestmark = pytest.mark.newcomer


@pytest.fixture(params=["CSafeLoader", "SafeLoader"])
def either_parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run a test with libyaml and with PyYAML's own parser, used where it was built without libyaml."""
    loader = getattr(yaml, request.param, None)
    if loader is None:
        pytest.skip("PyYAML was built without libyaml here")
    monkeypatch.setattr(reading, "_loader", lambda: loader)


def problems_in(text: str | bytes) -> tuple[Problem, ...]:
    """Return what is wrong with a text that must not be readable."""
    with pytest.raises(ProblemsFound) as caught:
        parse_document(text, "x.yaml")
    return caught.value.problems


def places(text: str | bytes) -> list[tuple[str, int, int]]:
    return [(problem.code, problem.line, problem.column) for problem in problems_in(text)]


# --- Scalars -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("0", 0),
        ("-0", 0),
        ("+2", 2),
        ("-1", -1),
        ("999999999999999", 999999999999999),
        ("0.5", 0.5),
        (".5", 0.5),
        ("+1.5", 1.5),
        ("-2.", -2.0),
        ("1e3", 1000.0),
        ("no", "no"),
        ("Yes", "Yes"),
        ("True", "True"),
        ("NULL", "NULL"),
        ("on", "on"),
        ("12:30", "12:30"),
        ("12:30:45", "12:30:45"),
        ("2026-11-22", "2026-11-22"),
        ("T+36", "T+36"),
        ("0x10", "0x10"),
        ("0o17", "0o17"),
        ("1_000", "1_000"),
        ("1.2.3", "1.2.3"),
        ("inf", "inf"),
        ("٣", "٣"),
        ("'010'", "010"),
        ('"true"', "true"),
        ("''", ""),
        ("|\n  two\n  lines\n", "two\nlines\n"),
        ("cafe\u0301", "cafe\u0301"),
    ],
)
@pytest.mark.usefixtures("either_parser")
def test_scalars(written: str, value: object) -> None:
    data = parse_document(f"a: {written}", "x.yaml").data
    assert isinstance(data, dict)
    assert data == {"a": value}
    assert type(data["a"]) is type(value)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("010", "leading-zero"),
        ("-007", "leading-zero"),
        ("00", "leading-zero"),
        ("01.5", "leading-zero"),
        (".nan", "number-not-finite"),
        ("-.inf", "number-not-finite"),
        ("1e999", "number-too-large"),
        ("1e15", "number-too-large"),
        ("1234567890123456", "number-too-long"),
        ("9" * 5000, "number-too-long"),
        ("0." + "3" * 5000, "number-too-long"),
    ],
)
def test_numbers_that_may_be_meant_otherwise_are_refused(written: str, code: str) -> None:
    (problem,) = problems_in(f"a:\n  b: {written}\n")
    assert (problem.code, problem.line, problem.column) == (code, 2, 6)
    assert problem.hint is not None
    assert len(problem.message) < 100


# --- Positions -----------------------------------------------------------------------------------------

TEXT = """\
# a comment
format: 1
目標:
  - {id: o1, "weight": 2}
  -
    id: o2

to: [washington,
     tokyo]
"""


@pytest.mark.usefixtures("either_parser")
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_path_has_the_place_of_its_key_and_value(newline: str) -> None:
    document = parse_document("\ufeff" + TEXT.replace("\n", newline), "x.yaml")
    assert dict(document.marks) == {
        (): Mark(Position(2, 1), None),
        ("format",): Mark(Position(2, 9), Position(2, 1)),
        ("目標",): Mark(Position(4, 3), Position(3, 1)),
        ("目標", 0): Mark(Position(4, 5), None),
        ("目標", 0, "id"): Mark(Position(4, 10), Position(4, 6)),
        ("目標", 0, "weight"): Mark(Position(4, 24), Position(4, 14)),
        ("目標", 1): Mark(Position(6, 5), None),
        ("目標", 1, "id"): Mark(Position(6, 9), Position(6, 5)),
        ("to",): Mark(Position(8, 5), Position(8, 1)),
        ("to", 0): Mark(Position(8, 6), None),
        ("to", 1): Mark(Position(9, 6), None),
    }
    assert len(document.marks) == 11
    assert document.lines[2] == document.line(3) == "目標:"
    assert document.line(0) is document.line(99) is None


@pytest.mark.parametrize("path", [("a", 1), ("a", -2), ("a", "0"), ("b",), (0,), ("a", 0, "c")])
def test_what_is_not_in_the_file_has_no_mark(path: tuple[str | int, ...]) -> None:
    document = parse_document("a: [x]", "x.yaml")
    assert path not in document.marks
    with pytest.raises(KeyError):
        document.marks[path]


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**15) + 1, 10**15 - 1)
    | st.floats(-1e14, 1e14).filter(lambda number: number == 0 or abs(number) > 1e-9)
    | st.text(st.characters(exclude_categories=("Cc", "Cf", "Cs", "Cn", "Zl", "Zp"))),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.text(st.characters(categories=("L", "N", "P", "Zs")), max_size=9), inner, max_size=4
        )
    ),
    max_leaves=20,
)


class Quoting(yaml.SafeDumper):
    """Puts every text in quotes, as PyYAML takes other words for text than we do, and writes no alias."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def _in_quotes(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"')


Quoting.add_representer(str, _in_quotes)


def count_of_values(value: object) -> int:
    children = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + sum(map(count_of_values, children))


@given(VALUES, st.booleans())
def test_what_was_written_is_read_back_with_a_mark_everywhere(value: object, flow: bool) -> None:
    text = yaml.dump(value, Dumper=Quoting, allow_unicode=True, default_flow_style=flow, sort_keys=False)
    document = parse_document(text, "x.yaml")
    assert document.data == value
    assert len(list(document.marks)) == len(document.marks) == count_of_values(value)
    for path, mark in document.marks.items():
        assert (mark.key is None) == (not path or isinstance(path[-1], int))
        line = document.line(mark.value.line)
        assert line is not None
        assert 1 <= mark.value.column <= len(line) + 1


# --- What is refused -----------------------------------------------------------------------------------


@pytest.mark.usefixtures("either_parser")
def test_all_problems_are_found_at_once() -> None:
    text = """\
a: &x 1
b: *x
<<: {c: 1}
d: !!python/object:os.system x
d: {b: 1, b: 2}
? [x]
: 010
1.5: 2
e: "\\x1b[31m"
f: 海峡\u202e
~: 3
"<<": text
*x : 1
g: [1, 2
"""
    assert places(text) == [
        ("anchor", 1, 4),
        ("alias", 2, 4),
        ("merge-key", 3, 1),
        ("tag", 4, 4),
        ("duplicate-key", 5, 1),
        ("duplicate-key", 5, 11),
        ("key-not-text", 6, 3),
        ("leading-zero", 7, 3),
        ("key-not-text", 8, 1),
        ("control-character", 9, 4),
        ("control-character", 10, 6),
        ("key-not-text", 11, 1),
        ("alias", 13, 1),
        ("unclosed-bracket", 14, 9),
    ]


def test_a_duplicate_key_names_the_line_of_the_first() -> None:
    text = "a: {b: [1, {c: 2}]}\nd: 1\na: 2\ne: 3\nd: 4\ne: 5\n"
    messages = [(problem.line, problem.message) for problem in problems_in(text)]
    assert messages == [
        (3, "the key 'a' is already used on line 1"),
        (5, "the key 'd' is already used on line 2"),
        (6, "the key 'e' is already used on line 4"),
    ]


@pytest.mark.usefixtures("either_parser")
@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("title: Alert: Okinawa", "colon-in-text", 1, 13),
        ("a: 1\n b: 2", "bad-indentation", 2, 3),
        ("a:\n  - b\n c: 1", "bad-indentation", 3, 2),
        ("- a\nb: 1", "bad-indentation", 2, 1),
        ("a:\n\tb: 1", "tab-indentation", 2, 1),
        ('a: "x', "unclosed-quote", 1, 4),
        ('a: "x\n---\nb: 1"', "unclosed-quote", 1, 4),
        ("a: [1, 2", "unclosed-bracket", 1, 9),
        ("a: [1, 2\nb: 1", "unclosed-bracket", 2, 2),
        ("a: {b: c\n\n", "unclosed-bracket", 1, 9),
        ("a: [\n\n", "unclosed-bracket", 1, 5),
        ("a: [,]", "missing-value", 1, 5),
        ('a: "x" y', "text-after-value", 1, 8),
        ("a: [draft] x", "text-after-value", 1, 12),
        ("a: 'it's'", "text-after-value", 1, 8),
        ("a: @x", "reserved-character", 1, 4),
        ("a: `x", "reserved-character", 1, 4),
        ("a: %x", "reserved-character", 1, 4),
        ("a: & x", "reserved-character", 1, 5),
        ("a: * x", "reserved-character", 1, 5),
        ("a: - b", "misplaced-dash", 1, 4),
        ("a: 1\nfoo\nb: 2", "missing-colon", 2, 1),
        ("a: |x\n y", "bad-block-text", 1, 5),
        ('a: "\\q"', "bad-escape", 1, 5),
        ("%YAML 1.2\n---\na: 1", "directive", 1, 1),
        ("# c\n%TAG ! x\n---\na: 1", "directive", 2, 1),
        ("[" * 50, "too-deep", 1, 41),
        ("a: 1\n---\nb: 2", "second-document", 2, 1),
        ("a: 1\n...\n---\nb: 2", "second-document", 3, 1),
    ],
)
def test_syntax_errors_are_said_in_plain_words(text: str, code: str, line: int, column: int) -> None:
    (problem,) = problems_in(text)
    assert (problem.code, problem.line) == (code, line)
    # The two parsers may differ by the character they stopped at, never by the line.
    assert abs(problem.column - column) <= 1
    assert problem.source == text.split("\n")[line - 1]
    assert problem.hint
    for jargon in ("token", "scalar", "mapping", "sequence", "flow", "node", "stream", "<"):
        assert jargon not in problem.message


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("[" * 1_100, [("too-deep", 1, 41)], id="lists"),
        pytest.param("[" * 999 + "]" * 999, [("too-deep", 1, 41)], id="as deep as libyaml reads"),
        pytest.param("a: &x 海峡\nb: " + "[" * 1_100, [("anchor", 1, 4), ("too-deep", 2, 43)], id="below"),
        pytest.param(
            "{" * 1_100,
            [*(("key-not-text", 1, column) for column in range(2, 42)), ("too-deep", 1, 41)],
            id="blocks in braces",
        ),
        pytest.param("- " * 1_100 + "x", [("too-deep", 1, 81)], id="dashes"),
        pytest.param("".join(" " * n + "a:\n" for n in range(1_100)), [("too-deep", 41, 41)], id="keys"),
    ],
)
def test_deep_nesting_is_refused_in_the_same_place_with_every_pyyaml(
    text: str, found: list[tuple[str, int, int]]
) -> None:
    """PyYAML 6.0.4's libyaml gives up by itself at 1,000 levels, and earlier than the builder sees them."""
    assert places(text) == found
    assert problems_in(text)[-1].message == "this is nested too deep"


def test_positions_of_syntax_errors_are_exact_under_wide_characters() -> None:
    assert places("見出し: 警報: 沖縄") == [("colon-in-text", 1, 8)]


@pytest.mark.usefixtures("either_parser")
@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "\ufeff", b"", b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused(text: str | bytes) -> None:
    assert places(text) == [("file-empty", 0, 0)]


def test_too_many_problems_end_the_pass() -> None:
    problems = problems_in("- &a x\n" * 100_000)
    assert len(problems) == reading.MAX_PROBLEMS + 1
    assert problems[-1].code == "too-many-problems"


def test_the_collector_is_left_as_it_was() -> None:
    assert gc.isenabled()
    parse_document("a: 1", "x.yaml")
    problems_in("a: [")
    assert gc.isenabled()
    gc.disable()
    try:
        parse_document("a: 1", "x.yaml")
        assert not gc.isenabled()
    finally:
        gc.enable()


# --- Files ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "code", "line", "column"),
    [
        (b"a: caf\xe9\nb: 1", "file-encoding", 1, 7),
        ("あ: 1\nい: ".encode() + b"\x82\xa0", "file-encoding", 2, 4),
        (b"\xef\xbb\xbfa: \xff", "file-encoding", 1, 4),
        ("a: é".encode("utf-16"), "file-encoding", 0, 0),
        ("a: 1".encode("utf-16-le"), "file-encoding", 0, 0),
        ("a: 1".encode("utf-16-be"), "file-encoding", 0, 0),
        ("a: 1".encode("utf-32"), "file-encoding", 0, 0),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "file-binary", 0, 0),
        (b"a: 1\nb: \0", "file-binary", 0, 0),
        (b"a: x\n" * (MAX_BYTES // 5 + 1), "file-too-large", 0, 0),
    ],
)
def test_files_that_are_no_utf8_text(
    tmp_path: Path, content: bytes, code: str, line: int, column: int
) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(content)
    with pytest.raises(ProblemsFound) as caught:
        read_document(path)
    (problem,) = caught.value.problems
    assert (problem.file, problem.code, problem.line, problem.column) == (str(path), code, line, column)


def make_nothing(path: Path) -> None:
    path.unlink(missing_ok=True)


def make_pipe(path: Path) -> None:
    os.mkfifo(path)


def make_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))


def make_loop(path: Path) -> None:
    path.symlink_to(path)


def make_huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(100 * 2**30)


@pytest.mark.skipif(os.name == "nt", reason="these kinds of files are POSIX")
@pytest.mark.parametrize(
    ("make", "code"),
    [
        (Path.mkdir, "file-is-directory"),
        (make_pipe, "file-not-ordinary"),
        (make_socket, "file-not-ordinary"),
        (make_loop, "file-unreadable"),
        (make_huge, "file-too-large"),
        (lambda path: path.symlink_to("/dev/zero"), "file-not-ordinary"),
        (make_nothing, "file-missing"),
    ],
)
def test_what_is_no_ordinary_file_is_refused_unopened(
    make: Callable[[Path], None], code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # the address of a socket has to be short
    make(Path("x.yaml"))
    with pytest.raises(ProblemsFound) as caught:
        read_document(Path("x.yaml"))
    assert [(problem.code, problem.line) for problem in caught.value.problems] == [(code, 0)]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the permission does not bind this user")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("a: 1")
    path.chmod(0)
    with pytest.raises(ProblemsFound, match="may not read"):
        read_document(path)


@pytest.mark.parametrize("path", ["a\0b", "x" * 5000, "no\x1b[31msuch"])
def test_impossible_names(path: str) -> None:
    with pytest.raises(ProblemsFound) as caught:
        read_document(Path(path))
    assert "\x1b" not in str(caught.value)


def test_a_file_is_called_by_the_name_it_is_given(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes("目標: [海峡]\r\n".encode("utf-8-sig"))
    document = read_document(path, name="scenario.yaml")
    assert isinstance(document, Document)
    assert (document.name, document.data) == ("scenario.yaml", {"目標": ["海峡"]})

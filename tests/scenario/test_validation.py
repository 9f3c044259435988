"""What a model refuses is said in plain words, at the place in the file where the author has to look."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal, get_args

import pytest
from pydantic import (
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    TypeAdapter,
    ValidationError,
    field_validator,
)
from pydantic_core import InitErrorDetails, PydanticCustomError
from pydantic_core.core_schema import ErrorType

from tabletop.exercise.commands import COMMAND, Command
from tabletop.scenario.files import FrameworkFile, ScenarioFile
from tabletop.scenario.injects import Inject as BundledInject
from tabletop.scenario.problems import Problem
from tabletop.scenario.reading import Document, locate, parse_document, problems_from

pytestmark = pytest.mark.newcomer


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Chose(Strict):
    chose: dict[str, list[str]]


class Not(Strict):
    not_: "Condition" = Field(alias="not")


class All(Strict):
    all: list["Condition"] = Field(min_length=1)


def _kind(value: object) -> str | None:
    return str(next(iter(value))) if isinstance(value, dict) and len(value) == 1 else None


Condition = Annotated[
    Annotated[Chose, Tag("chose")] | Annotated[Not, Tag("not")] | Annotated[All, Tag("all")],
    Discriminator(_kind),
]


class Email(Strict):
    kind: Literal["email"]
    subject: str


class Call(Strict):
    kind: Literal["call"]
    caller: str


class Inject(Strict):
    title: str = Field(min_length=1, max_length=20)
    from_: str | None = Field(default=None, alias="from")
    at: str = "T+0"
    channel: Literal["press", "phone", "warning-net"] = "press"
    priority: int = Field(default=1, ge=1, le=5)
    weight: float = 1.0
    public: bool = False
    to: list[str] | Literal["all"] = "all"
    when: Condition | None = None
    message: Annotated[Email | Call, Field(discriminator="kind")] | None = None
    word: str = Field(default="x", pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")

    @field_validator("at")
    @classmethod
    def _is_a_time(cls, value: str) -> str:
        if not value.startswith("T+"):
            raise ValueError("a game time is written T+36")
        return value

    @field_validator("from_")
    @classmethod
    def _is_known(cls, value: str | None) -> str | None:
        if value == "nobody":
            raise PydanticCustomError("unknown_sender", "nobody sends this", {"hint": "name a sender"})
        return value


class Library(Strict):
    injects: list[Inject]
    labels: dict[Annotated[str, Field(pattern="^[a-z]+$")], str] = {}


Not.model_rebuild()
All.model_rebuild()
Inject.model_rebuild()


def refused(text: str, model: type[BaseModel] = Library) -> list[Problem]:
    """Return the problems of a text that can be read and that the model does not take."""
    document = parse_document(text, "x.yaml")
    with pytest.raises(ValidationError) as caught:
        model.model_validate(document.data)
    return problems_from(document, caught.value, model=model)


def short(problem: Problem) -> tuple[int, int, str, str, str | None]:
    return problem.line, problem.column, problem.code, problem.message, problem.hint


ONE = "injects:\n  - title: x\n    "


@pytest.mark.parametrize(
    ("line", "column", "code", "message", "hint"),
    [
        ("priorty: 2", 5, "unknown-key", "'priorty' is not a key that is known here in item 1 of 'injects'",
         "did you mean 'priority'?"),
        ("form: Tokyo", 5, "unknown-key", "'form' is not a key that is known here in item 1 of 'injects'",
         "did you mean 'from'?"),
        ("at: 12", 9, "wrong-kind", "'at' must be text, not the number 12",
         'put it in quotes to make it text: "12"'),
        ("at:", 8, "wrong-kind", "'at' must be text, not empty",
         "write a value after the colon, or remove the key"),
        ("at: soon", 9, "bad-value", "a game time is written T+36", None),
        ("from: nobody", 11, "unknown-sender", "nobody sends this", "name a sender"),
        ("channel: pres", 14, "unknown-value", "'channel' cannot be the text 'pres'",
         "did you mean 'press'?"),
        ("channel: fax", 14, "unknown-value", "'channel' cannot be the text 'fax'",
         "one of: press, phone, warning-net"),
        ("priority: 9", 15, "out-of-range", "'priority' must be 5 or less, not the number 9", None),
        ("priority: 0", 15, "out-of-range", "'priority' must be 1 or more, not the number 0", None),
        ("priority: 1.5", 15, "wrong-kind", "'priority' must be a whole number, not the number 1.5", None),
        ("priority: '3'", 15, "wrong-kind", "'priority' must be a whole number, not the text '3'",
         "write it without quotes: 3"),
        ("weight: heavy", 13, "wrong-kind", "'weight' must be a number, not the text 'heavy'", None),
        ("public: yes", 13, "wrong-kind", "'public' must be true or false, not the text 'yes'", "write true"),
        ("to: [tokyo, 5]", 17, "wrong-kind", "item 2 of 'to' must be text, not the number 5",
         'put it in quotes to make it text: "5"'),
        ("to: [[]]", 10, "wrong-kind", "item 1 of 'to' must be text, not a list", None),
        ("to: {a: b}", 9, "wrong-kind", "'to' must be a list or a word, not a block of keys", None),
        ("to: al", 9, "unknown-value", "'to' cannot be the text 'al'", "did you mean 'all'?"),
        ("when: {chosen: {a: [b]}}", 12, "unknown-kind", "'chosen' is not known here",
         "did you mean 'chose'?"),
        ("when: {not: {al: []}}", 18, "unknown-kind", "'al' is not known here", "did you mean 'all'?"),
        ("when: {not: {all: []}}", 23, "too-few", "'all' needs at least 1 entry", None),
        ("when: {not: {not: {chose: {a: b}}}}", 35, "wrong-kind", "'a' must be a list, not the text 'b'",
         "write it in brackets, [one, two], or on lines that begin with a dash"),
        ("when: {all: [{chose: {a: [b]}}, {chose: 1}]}", 45, "wrong-kind",
         "'chose' must be a block of keys, not the number 1",
         "write its keys on lines of their own, indented, or between { and }"),
        ("when: {chose: {}, not: {}}", 11, "unknown-kind",
         "'when' has a form that is not known here",
         "one of: chose, not, all"),
        ("when: later", 11, "wrong-kind", "'when' must be a block of keys, not the text 'later'",
         "one of: chose, not, all"),
        ("message: {kind: emial, subject: x}", 21, "unknown-kind", "'emial' is not known here",
         "did you mean 'email'?"),
        ("message: {kind: email, sbject: x}", 28, "unknown-key",
         "'sbject' is not a key that is known here in 'message'", "did you mean 'subject'?"),
        ("message: {kind: call}", 14, "missing-key", "'caller' is missing from 'message'", None),
        ("message: {subject: x}", 14, "missing-key", "'kind' is missing from 'message'", None),
        ("word: Two Words", 11, "wrong-form", "'word' cannot be written as 'Two Words'",
         "did you mean 'two-words'? An id is lower-case words joined by hyphens"),
    ],
)  # fmt: skip
def test_each_mistake_is_one_problem(
    line: str, column: int, code: str, message: str, hint: str | None
) -> None:
    assert [short(problem) for problem in refused(ONE + line)] == [(3, column, code, message, hint)]


def test_the_forms_of_a_union_are_joined_or_the_nearest_is_explained() -> None:
    class Several(Strict):
        to: list[str] | str
        card: Email | str

    found = refused("to: 5\ncard: {kind: email}\n", Several)
    assert [(problem.line, problem.message) for problem in found] == [
        (1, "'to' must be a list or text, not the number 5"),
        (2, "'subject' is missing from 'card'"),
    ]


def test_what_is_missing_is_placed_at_what_it_is_missing_from() -> None:
    found = refused("injects:\n  - from: x\n  - {}\n")
    assert [short(problem)[:4] for problem in found] == [
        (2, 5, "missing-key", "'title' is missing from item 1 of 'injects'"),
        (3, 5, "missing-key", "'title' is missing from item 2 of 'injects'"),
    ]
    assert [short(problem)[:4] for problem in refused("labels: {}")] == [
        (1, 1, "missing-key", "'injects' is missing")
    ]


def test_a_key_of_the_wrong_form_is_pointed_at_itself() -> None:
    (problem,) = refused("injects: []\nlabels: {ok: x, Not OK: y}")
    assert short(problem)[:4] == (2, 17, "wrong-form", "the key 'Not OK' cannot be written as 'Not OK'")


def test_text_that_is_too_long_or_empty() -> None:
    found = refused(f"injects:\n  - title: ''\n  - title: {'x' * 30}\n")
    assert [problem.message for problem in found] == [
        "'title' must not be empty",
        "'title' can have at most 20 characters, not 30",
    ]


def test_a_document_of_the_wrong_kind() -> None:
    (problem,) = refused("- a\n- b\n")
    assert short(problem)[:4] == (1, 1, "wrong-kind", "the file must be a block of keys, not a list")


def test_part_of_a_document_is_named_by_its_prefix() -> None:
    document = parse_document("a: {title: x}\nb: {title: x, at: 5}\n", "x.yaml")
    assert isinstance(document.data, dict)
    with pytest.raises(ValidationError) as caught:
        Inject.model_validate(document.data["b"])
    (problem,) = problems_from(document, caught.value, ("b",), model=Inject)
    assert (problem.line, problem.column, problem.source) == (2, 19, "b: {title: x, at: 5}")


@pytest.mark.parametrize(
    ("loc", "at_key", "place"),
    [
        ((), False, (1, 1)),
        (("a",), False, (1, 4)),
        (("a",), True, (1, 1)),
        (("a", "not", "not", "all", "all", 0, "x"), False, (1, 21)),
        (("a", "not", "not", "all", "all", 0, "x"), True, (1, 18)),
        (("a", "not", "absent"), False, (1, 10)),
        (("a", "[key]"), False, (1, 1)),
        (("function-after[f()]", "a"), False, (1, 4)),
        (("b", 0), False, (2, 4)),
        (("absent",), False, (1, 1)),
    ],
)
def test_locate(loc: tuple[str | int, ...], at_key: bool, place: tuple[int, int]) -> None:
    document = parse_document("a: {not: {all: [{x: y}]}}\nb: c\n", "x.yaml")
    assert locate(document, loc, at_key=at_key) == place


def test_locate_stays_quick_where_tags_and_keys_are_the_same_word() -> None:
    text = "{a: " * 39 + "1" + "}" * 39
    assert locate(parse_document(text, "x.yaml"), ("a",) * 78) == (1, 157)


EXAMPLE_CONTEXT: dict[str, Any] = {
    "gt": 1,
    "ge": 1,
    "lt": 1,
    "le": 1,
    "multiple_of": 2,
    "min_length": 2,
    "max_length": 2,
    "actual_length": 3,
    "field_type": "List",
    "pattern": "x",
    "expected": "'a' or 'b'",
    "tag": "t",
    "expected_tags": "'u', 'v'",
    "discriminator": "'kind'",
    "error": ValueError("in its own words"),
    "class_name": "Inject",
    "class": "Inject",
    "attribute": "x",
    "method_name": "x",
    "encoding": "x",
    "encoding_error": "x",
    "tz_expected": 1,
    "tz_actual": 2,
    "expected_schemes": "x",
    "expected_version": 4,
    "max_digits": 1,
    "decimal_places": 1,
    "whole_digits": 1,
}


@pytest.mark.parametrize("kind", get_args(ErrorType))
@pytest.mark.parametrize("value", ["text", 5, None, [], {"k": 1}], ids=str)
def test_every_error_of_pydantic_has_plain_words(kind: str, value: object) -> None:
    context = dict(EXAMPLE_CONTEXT)
    if kind not in {"value_error", "assertion_error"}:
        context["error"] = "input should be model"
    details = InitErrorDetails(type=kind, loc=("a",), input=value, ctx=context)
    document = Document("x.yaml", {"a": value}, parse_document("a: 1", "x.yaml").marks, ["a: 1"])
    error = ValidationError.from_exception_data("Library", [details])
    (problem,) = problems_from(document, error, model=Library)
    said = f"{problem.message} {problem.hint}".lower()
    for jargon in (
        "input",
        "should",
        "valid ",
        "string",
        "dictionary",
        "integer",
        "tag",
        "model",
        "instance",
    ):
        assert jargon not in said
    assert problem.code == problem.code.lower().replace("_", "-")


WORDED_TYPES = {"str", "int", "float", "bool", "literal", "dict", "tuple", "union", "tagged-union", "model"}
STRUCTURE = {"model-fields", "model-field", "nullable", "default", "definitions", "definition-ref"}


def schema_types(schema: object) -> Iterator[str]:
    """Yield the type of every part of a core schema of pydantic."""
    if isinstance(schema, dict):
        # A field may be called "type": then the value is its schema.
        if isinstance(schema.get("type"), str):
            yield schema["type"]
        for key, part in schema.items():
            if key not in {"metadata", "serialization"}:
                yield from schema_types(part)
    elif isinstance(schema, list | tuple):
        for part in schema:
            yield from schema_types(part)


@pytest.mark.parametrize(
    "model",
    [ScenarioFile, FrameworkFile, BundledInject, COMMAND],
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_the_models_hold_only_types_whose_errors_are_worded(
    model: type[BaseModel] | TypeAdapter[Command],
) -> None:
    schema = model.core_schema if isinstance(model, TypeAdapter) else model.__pydantic_core_schema__
    found = {kind for kind in schema_types(schema) if not kind.startswith("function-") and kind != "no-info"}
    assert {"str"} <= found <= WORDED_TYPES | STRUCTURE

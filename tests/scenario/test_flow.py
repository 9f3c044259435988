"""Circles between entries, decisions and cards: found at loading, and named from end to end."""

import re
from collections import defaultdict
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.scenario.linking.findings import Findings, Place
from tabletop.scenario.linking.flow import check_cycles
from tabletop.scenario.linking.prerequisites import Node
from tabletop.scenario.reading.document import Document
from tests.scenario.authoring import Edit, at, load, problems

WHEN = "    when: {not: {shared: contact}}   #"


def circle(tmp_path: Path, *edits: Edit) -> str:
    found = [problem for problem in problems(tmp_path, *edits) if problem.code == "circle"]
    assert len(found) == 1
    return found[0].message


def test_an_entry_that_waits_for_the_decision_it_puts(tmp_path: Path) -> None:
    edits = [
        ("    decision: what-to-say\n", ""),
        ("inject: editorial\n", "inject: editorial\n    decision: what-to-say\n"),
    ]
    assert circle(tmp_path, *edits) == (
        "a circle: entry 'editorial' waits for decision 'what-to-say', which waits for entry 'editorial'"
    )


def test_entries_that_wait_for_each_other(tmp_path: Path) -> None:
    edits = [
        ("  - at: T+8\n", "  - once: {released: fishermen}\n"),
        (WHEN, "    #"),
        (
            "    contingency: true\n",
            "    once: {all: [{released: [debris-on-beach]}, {stated: {by: norland}}]}\n",
        ),
    ]
    assert circle(tmp_path, *edits) == (
        "a circle: entry 'debris-on-beach' waits for entry 'fishermen', "
        "which waits for entry 'debris-on-beach'"
    )


def test_a_card_that_has_to_be_shared_before_it_is_there(tmp_path: Path) -> None:
    edit = ("    inject: radar-contact\n", "    inject: radar-contact\n    when: {shared: contact}\n")
    assert "card 'contact', which waits for entry 'radar-contact'" in circle(tmp_path, edit)


def test_the_place_is_an_entry(tmp_path: Path) -> None:
    edit = ("    code: D1 ", "    when: {chose: {tell-partner: wait}}\n    code: D1 ")
    [problem] = problems(tmp_path, edit)
    assert problem.message == "a circle: decision 'tell-partner' waits for decision 'tell-partner'"
    edit = ("    inject: radar-contact\n", "    inject: radar-contact\n    when: {decided: tell-partner}\n")
    [problem] = problems(tmp_path, edit)
    assert at(problem).startswith("at: T+0")


@pytest.mark.parametrize(
    "when",
    [
        "{not: {decided: tell-partner}}",
        "{any: [{decided: tell-partner}, {stated: {by: norland}}]}",
        "{chose: {tell-partner: [wait, none]}}",
    ],
)
def test_what_may_be_true_anyway_is_no_circle(when: str, tmp_path: Path) -> None:
    edit = ("    inject: radar-contact\n", f"    inject: radar-contact\n    when: {when}\n")
    assert load(tmp_path, edit).scenario.entries["radar-contact"].when is not None


def test_several_circles_are_all_named(tmp_path: Path) -> None:
    edits = [
        ("    inject: radar-contact\n", "    inject: radar-contact\n    when: {decided: tell-partner}\n"),
        ("    inject: reporters-call\n", "    inject: reporters-call\n    when: {decided: what-to-say}\n"),
    ]
    assert [problem.code for problem in problems(tmp_path, *edits)] == ["circle", "circle"]


_nodes = st.tuples(st.sampled_from(["entry", "decision", "card"]), st.sampled_from("abcd"))


@given(st.dictionaries(_nodes, st.sets(_nodes, max_size=3), max_size=12))
def test_circles_are_found_whatever_the_graph(graph: dict[Node, set[Node]]) -> None:
    findings = Findings()
    place = Place(Document("x.yaml", {}, {}, ()))
    check_cycles(graph, defaultdict(lambda: place), findings)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError:
        assert findings.errors
    else:
        assert not findings.errors
    for problem in findings.errors:
        nodes = [tuple(re.findall(r"(\w+) '(\w+)'", part)[0]) for part in problem.message.split("waits for")]
        assert nodes[0] == nodes[-1]
        assert all(later in graph[earlier] for earlier, later in pairwise(nodes))

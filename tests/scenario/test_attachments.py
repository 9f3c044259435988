"""Attached files: what is read, what is refused, and what travels with the scenario."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tabletop.scenario.attachments import MAX_FILE
from tabletop.scenario.linking import load_scenario
from tabletop.scenario.problems import Problem, ProblemsFound
from tests.attachments import JPEG, PDF, PNG

SCENARIO = """\
format: 1
id: maps
title: Maps
length: 10 min
teams: {north: {name: North}, south: {name: South}}
objectives: {share: {code: O1, title: Share}}
phases: [{id: one, title: One, from: T+0}]
timeline:
  - {at: T+1, inject: picture}
attachments: [{file: handout.pdf, alt: The handout}]
injects:
  picture:
    title: A map
    from: Map office
    channel: courier
    to: [north]
    text: See the map.
    objectives: [share]
    attachments:
      - {file: map.png, alt: The strait}
      - {file: photo.jpg, alt: A quay}
"""


def write(folder: Path, **files: bytes) -> Path:
    """Write the scenario with its files; a file named here replaces the good one of that name."""
    good = {"handout.pdf": PDF, "map.png": PNG, "photo.jpg": JPEG}
    for name, content in {**good, **{key.replace("__", "."): value for key, value in files.items()}}.items():
        (folder / name).write_bytes(content)
    path = folder / "scenario.yaml"
    path.write_text(SCENARIO, encoding="utf-8")
    return path


def refused(path: Path) -> Problem:
    """Load it, which must fail with one problem."""
    with pytest.raises(ProblemsFound) as found:
        load_scenario(path)
    errors = [problem for problem in found.value.problems if problem.severity == "error"]
    assert len(errors) == 1, errors
    return errors[0]


def test_files_travel_with_the_scenario(tmp_path: Path) -> None:
    scenario = load_scenario(write(tmp_path)).scenario
    assert {name: (file.media, file.content()) for name, file in scenario.files.items()} == {
        "handout.pdf": ("application/pdf", PDF),
        "map.png": ("image/png", PNG),
        "photo.jpg": ("image/jpeg", JPEG),
    }
    assert scenario.files["map.png"].sha256 == hashlib.sha256(PNG).hexdigest()
    assert scenario.files["map.png"].size == len(PNG)


def test_another_picture_is_another_scenario_and_its_bytes_may_stay_behind(tmp_path: Path) -> None:
    scenario = load_scenario(write(tmp_path)).scenario
    other = load_scenario(write(tmp_path, map__png=PNG.replace(b"IDAT", b"IDAT\0"))).scenario
    assert other.content_hash != scenario.content_hash
    described = scenario.without_data()
    assert described.content_hash == scenario.content_hash
    assert not any(file.data for file in described.files.values())


@pytest.mark.parametrize(
    ("content", "code", "message"),
    [
        (b"", "attachment-kind", "'map.png' is neither a PNG nor a JPEG picture nor a PDF"),
        (b"GIF89a", "attachment-kind", "'map.png' is neither a PNG nor a JPEG picture nor a PDF"),
        (PNG[:-8], "attachment-cut", "'map.png' ends too early: a part of it is missing"),
        (
            PNG[:8] + bytes(MAX_FILE),
            "attachment-too-large",
            "'map.png' has 2 MB; one attachment has at most 2 MB",
        ),
    ],
)
def test_what_cannot_be_shown_is_refused_where_it_is_named(
    tmp_path: Path, content: bytes, code: str, message: str
) -> None:
    problem = refused(write(tmp_path, map__png=content))
    assert (problem.code, problem.message) == (code, message)
    assert problem.line == SCENARIO[: SCENARIO.index("map.png")].count("\n") + 1


def test_a_missing_file_is_named_with_the_nearest_one(tmp_path: Path) -> None:
    path = write(tmp_path)
    (tmp_path / "map.png").rename(tmp_path / "maps.png")
    problem = refused(path)
    assert (problem.code, problem.message) == ("no-such-file", "there is no file 'map.png' here")
    assert problem.hint == "did you mean 'maps.png'?"


@pytest.mark.parametrize("name", ["../map.png", "/etc/map.png", "C:\\map.png", "a//b.png", ""])
def test_a_file_lies_beside_the_scenario(tmp_path: Path, name: str) -> None:
    path = write(tmp_path)
    path.write_text(path.read_text().replace("file: map.png", f"file: '{name}'"), encoding="utf-8")
    assert refused(path).line == SCENARIO[: SCENARIO.index("map.png")].count("\n") + 1


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "scenario"
    folder.mkdir()
    path = write(folder)
    (tmp_path / "outside.png").write_bytes(PNG)
    (folder / "map.png").unlink()
    (folder / "map.png").symlink_to(tmp_path / "outside.png")
    assert refused(path).code == "attachment-outside"


def test_all_files_together_are_limited(tmp_path: Path) -> None:
    rows = "".join(f"  - {{file: {number}.png, alt: Map}}\n" for number in range(5))
    path = write(tmp_path)
    path.write_text(
        SCENARIO.replace("attachments: [{file: handout.pdf, alt: The handout}]\n", f"attachments:\n{rows}"),
        encoding="utf-8",
    )
    for number in range(5):
        content = PNG[:8] + bytes(MAX_FILE - len(PNG)) + PNG[8:]
        (tmp_path / f"{number}.png").write_bytes(content)
    problem = refused(path)
    assert problem.code == "attachments-too-large"
    assert problem.message.startswith("the attached files have 10 MB together; at most 8 MB")


def test_words_for_those_who_cannot_see_it_are_required(tmp_path: Path) -> None:
    path = write(tmp_path)
    path.write_text(SCENARIO.replace(", alt: The strait", ""), encoding="utf-8")
    assert "alt" in refused(path).message


def test_two_different_files_of_one_name_are_refused(tmp_path: Path) -> None:
    path = write(tmp_path)
    library = tmp_path / "injects"
    library.mkdir()
    (library / "map.png").write_bytes(PNG)
    inject = "title: Again\n  from: A\n  channel: B\n  to: [north]\n  text: C\n  objectives: [share]\n"
    (library / "more.yaml").write_text(
        f"again:\n  {inject}  attachments: {{file: map.png, alt: Another}}\n", encoding="utf-8"
    )
    path.write_text(
        SCENARIO.replace("attachments: [{", "  - {at: T+2, inject: again}\nattachments: [{"), encoding="utf-8"
    )
    assert refused(path).code == "attachment-twice"


def test_a_cut_carries_only_what_it_shows(tmp_path: Path) -> None:
    path = write(tmp_path)
    text = SCENARIO.replace(
        "  - {at: T+1, inject: picture}\n", "  - {at: T+1, inject: picture}\n  - {at: T+2, inject: word}\n"
    )
    text += (
        "  word: {title: W, from: F, channel: C, to: all, text: T, objectives: [share]}\n"
        "cuts:\n  5: {length: 5 min, drops: [picture]}\n  8: {length: 8 min, drops: [word]}\n"
    )
    path.write_text(text, encoding="utf-8")
    loaded = load_scenario(path)
    assert list(loaded.cut("5").scenario.files) == ["handout.pdf"]
    assert set(loaded.cut("8").scenario.files) == {"handout.pdf", "map.png", "photo.jpg"}
    assert len(loaded.scenario.files) == 3

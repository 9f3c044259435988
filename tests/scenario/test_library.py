"""Finding scenarios, frameworks and injects: by name, by path, and never outside of their folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tabletop.errors import ExitCode, InputError
from tabletop.paths import bundled
from tabletop.scenario.library import bundled_scenarios, find_framework, find_scenario, inject_folders
from tabletop.scenario.linking import load_scenario
from tabletop.scenario.linking.findings import Findings
from tabletop.scenario.linking.injects import InjectLibrary
from tests.scenario.authoring import load, problems, sends, write

STORM = "storm:\n  title: Storm\n  from: Harbour\n  channel: radio\n  to: all\n  text: A storm.\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder that the program runs in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_scenario_is_a_file_a_folder_or_a_name(here: Path) -> None:
    path = write(here / "strait")
    assert find_scenario("strait") == Path("strait/scenario.yaml")
    assert find_scenario(str(here / "strait")) == path
    assert find_scenario("strait/scenario.yaml") == Path("strait/scenario.yaml")
    assert find_scenario("sakishima-dawn") == bundled("scenarios") / "sakishima-dawn" / "scenario.yaml"


def test_a_folder_here_goes_before_a_bundled_name(here: Path) -> None:
    write(here / "sakishima-dawn")
    assert find_scenario("sakishima-dawn") == Path("sakishima-dawn/scenario.yaml")


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("sakishima-dwn", "Did you mean 'sakishima-dawn'?"),
        ("xyzzy", "The bundled ones are: "),
        ("", "Name a scenario"),
        ("a\0b", "Name a scenario"),
        ("x" * 5000, "There is no scenario 'xxx"),
        ("empty", "The folder 'empty' has no scenario.yaml."),
        ("notes.txt", "does not end in .yaml"),
        ("../../etc/passwd.yaml", "There is no scenario"),
    ],
)
def test_a_name_that_leads_nowhere_is_answered_plainly(word: str, said: str, here: Path) -> None:
    (here / "empty").mkdir()
    (here / "notes.txt").touch()
    with pytest.raises(InputError) as raised:
        find_scenario(word)
    assert said in raised.value.message
    assert raised.value.exit_code == ExitCode.USAGE


def test_a_folder_whose_scenario_is_a_link_out_is_refused(here: Path) -> None:
    elsewhere = write(here / "elsewhere")
    (here / "linked").mkdir()
    (here / "linked" / "scenario.yaml").symlink_to(elsewhere)
    with pytest.raises(InputError, match="is a link to a file outside its folder"):
        find_scenario("linked")


def test_a_link_within_the_folder_is_followed(here: Path) -> None:
    write(here / "strait").rename(here / "strait" / "v2.yaml")
    (here / "strait" / "scenario.yaml").symlink_to("v2.yaml")
    assert load_scenario(find_scenario("strait")).scenario.id == "strait"


def test_an_inject_file_that_is_a_link_out_is_refused(here: Path) -> None:
    (here / "secret.yaml").write_text(STORM, encoding="utf-8")
    path = write(here / "strait", sends("storm"))
    (here / "strait" / "injects").mkdir()
    (here / "strait" / "injects" / "storm.yaml").symlink_to(here / "secret.yaml")
    with pytest.raises(InputError, match="is a link to a file outside its folder"):
        load_scenario(path)


def test_every_bundled_scenario_is_named_after_its_folder() -> None:
    paths = bundled_scenarios()
    assert paths
    for path in paths:
        assert load_scenario(path).scenario.id == path.parent.name


def test_frameworks_stand_beside_the_scenario_or_its_folder_or_come_with_the_program(here: Path) -> None:
    scenario = write(here / "games" / "strait")
    assert (
        find_framework(scenario, "trilateral")
        == bundled("scenarios").absolute() / "frameworks/trilateral.yaml"
    )
    shared = here / "games" / "frameworks" / "trilateral.yaml"
    shared.parent.mkdir()
    shared.touch()
    assert find_framework(scenario, "trilateral") == shared
    own = here / "games" / "strait" / "frameworks" / "trilateral.yaml"
    own.parent.mkdir()
    own.touch()
    assert find_framework(scenario, "trilateral") == own
    assert find_framework(scenario, "nowhere") is None


def test_injects_of_the_scenarios_folder_go_first(here: Path) -> None:
    bundled_inject = "heat-at-sohae"
    own = STORM.replace("storm:", f"{bundled_inject}:")
    files = {"injects/own.yaml": own}
    edit = sends(bundled_inject)
    linked = load(here / "strait", edit, files=files).scenario.entries[bundled_inject].inject
    assert linked.title == "Storm"


def test_files_of_the_library_are_checked_though_no_entry_uses_them(here: Path) -> None:
    files = {
        "injects/broken.yaml": "storm: {title: [}\n",
        "injects/more.yaml": STORM.replace("title", "titel"),
        "injects/.draft.yaml": "calm: {title: [}\n",
        "injects/notes.txt": "calm: {title: [}\n",
    }
    found = problems(here, files=files)
    assert [(Path(one.file).name, one.line, one.severity) for one in found] == [
        ("broken.yaml", 1, "error"),
        ("more.yaml", 2, "error"),
    ]


def test_hidden_files_hold_no_injects(here: Path) -> None:
    found = problems(here, sends("storm"), files={"injects/.storm.yaml": STORM})
    assert [one.code for one in found] == ["unknown-inject"]


def test_both_usual_endings_are_found(here: Path) -> None:
    path = write(here / "strait")
    path.rename(path.with_suffix(".yml"))
    assert find_scenario("strait") == Path("strait/scenario.yml")


def test_a_folder_of_injects_that_cannot_be_read_is_one_plain_message(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_folder: Path) -> Iterator[Path]:
        raise PermissionError(13, "Permission denied")

    path = write(here / "strait", files={"injects/storm.yaml": STORM})
    monkeypatch.setattr(Path, "iterdir", refuse)
    with pytest.raises(InputError) as raised:
        load_scenario(path)
    assert raised.value.message.startswith("The folder 'strait/injects' cannot be read: Permission denied.")


@pytest.mark.parametrize(
    "text",
    [
        STORM,
        STORM.replace("storm:", '"storm":'),
        STORM.replace("storm:", "storm :"),
        STORM.replace("storm:", "? storm\n:"),
        "".join(f"  {line}\n" for line in STORM.splitlines()),
        "{storm: {title: Storm, from: Harbour, channel: radio, to: all, text: A storm.}}",
        STORM.replace("storm", "other").replace("A other.", "|\n    a") + STORM,
    ],
)
def test_an_inject_is_found_however_its_key_is_written(text: str, here: Path) -> None:
    edit = sends("storm")
    assert (
        load(here, edit, files={"injects/weather.yaml": text}).scenario.entries["storm"].inject.title
        == "Storm"
    )


def test_a_line_of_text_is_not_taken_for_a_key(here: Path) -> None:
    other = STORM.replace("storm:", "other:").replace("title: Storm", 'title: "\nstorm: no"')
    files = {"injects/other.yaml": other, "injects/weather.yaml": STORM}
    assert load(here, sends("storm"), files=files).warnings == ()


def test_a_file_that_cannot_be_read_is_named_when_an_inject_is_missing(here: Path) -> None:
    found = problems(here, sends("storm"), files={"injects/broken.yaml": "a: [\n"})
    assert [Path(problem.file).name for problem in found] == ["broken.yaml"]


def test_a_file_that_is_no_mapping_is_explained(here: Path) -> None:
    found = problems(here, sends("storm"), files={"injects/list.yaml": "- storm\n"})
    assert [problem.code for problem in found] == ["not-injects"]


def test_an_id_that_two_files_define_is_refused(here: Path) -> None:
    files = {"injects/a.yaml": STORM, "injects/b.yaml": "\n" + STORM}
    [problem] = problems(here, sends("storm"), files=files)
    assert (problem.file, problem.line, problem.code) == ("injects/b.yaml", 2, "duplicate-inject")
    assert "injects/a.yaml" in problem.message


def test_every_bundled_inject_is_valid() -> None:
    findings = Findings()
    library = InjectLibrary(inject_folders(bundled("scenarios") / "any" / "scenario.yaml"), findings)
    ids = library.ids()
    assert ids
    assert all(library.find(word) is not None for word in ids)
    assert findings.errors == []

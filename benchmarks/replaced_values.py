"""Every value of Sakishima Dawn replaced by each of six others: what is loaded, reported, or a fault.

    python benchmarks/replaced_values.py [EVERY]

The values are those of the scenario, its framework and the injects it sends out. A fault is an exception, a
refusal without an error at the value, or a scenario that loads with less than was written or with something
else. With EVERY only each so-many-th value is tried; all of them take some minutes.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tabletop.scenario.library import find_framework, find_scenario, inject_files, inject_folders
from tabletop.scenario.reading.document import Path as DataPath
from tests.scenario.parts import loaded_parts, written_parts
from tests.scenario.replacing import REPLACEMENTS, SCENARIO, Outcome, Replaced, ScenarioFolder, paths


def copied(folder: Path) -> ScenarioFolder:
    """Return a copy of the flagship with its framework and the inject files."""
    flagship = find_scenario("sakishima-dawn")
    framework = find_framework(flagship, "trilateral")
    assert framework is not None
    library = [file for injects in inject_folders(flagship) for file in inject_files(injects)]
    return ScenarioFolder(folder, flagship, framework, *library)


def tried_paths(copy: ScenarioFolder, name: str) -> Iterator[DataPath]:
    """Yield the path of each value of a file, but for injects that nobody sends out: nobody reads those."""
    data = copy.files[name]
    if not name.startswith("injects/"):
        yield from paths(data)
        return
    framework = next(other for file, other in copy.files.items() if file.startswith("frameworks/"))
    sent = {entry["inject"] for entry in copy.files[SCENARIO]["timeline"]}
    sent.add(framework["capital"]["backlash"])
    yield from (path for path in paths(data) if path[:1] and path[0] in sent)


def main() -> int:
    """Replace each value, print the table, then each fault; return 1 if there is any."""
    every = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    start = perf_counter()
    faults: list[Replaced] = []
    print(f"{'file':32}{'values':>8}{'tried':>8}{'loaded':>8}{'reported':>10}{'faults':>8}")
    with tempfile.TemporaryDirectory() as folder:
        copy = copied(Path(folder))
        assert written_parts(copy.files) == loaded_parts(copy.scenario())
        for name in copy.files:
            values = list(tried_paths(copy, name))[::every]
            outcomes: Counter[Outcome] = Counter()
            for path in values:
                found = [copy.replace(name, path, value) for value in REPLACEMENTS]
                outcomes.update(one.outcome for one in found)
                faults += [one for one in found if one.outcome == "fault"]
            columns = f"{outcomes['loaded']:8,}{outcomes['reported']:10,}{outcomes['fault']:8,}"
            print(f"{name:32}{len(values):8,}{outcomes.total():8,}{columns}", flush=True)
    print(f"\n{perf_counter() - start:.0f} s")
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())

"""A migration that was done by hand, beside the same migration by consolidate, on the repository netra-systems/zen.

`python by_hand.py --repo PATH [--python PYTHON] [--consolidate CMD] [--out results.json] [--table FILE.md]...`

Three states are measured: the commit before, the commit made by hand, and what `consolidate apply --all` makes of the
commit before. The measures are oracles of their own (ast, pyflakes, pytest), see README.md. The repository at PATH is
only read; needs the standard library alone (git, consolidate and PYTHON run as child processes).
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shlex
import shutil
import statistics
import sys
import tempfile
import tomllib
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import checkout
import collection
import dangling
import migration
import statements
import table
import undefined
from reading import Reading, read

BEFORE = "dbe07bd17d154c39667ce60423632821bcbc1f4e"
BY_HAND = "cb121935b27b78fe81cc8859bfd7d856bfcfd44d"
CONFIG = Path(__file__).with_name("execution-engine.toml")


@dataclass(frozen=True, slots=True)
class State:
    """One commit: where its objects are, its Python files, and what each of them says."""

    repository: Path
    commit: str
    files: dict[str, str]
    readings: dict[str, Reading]

    def sources(self, paths: list[str]) -> dict[str, bytes]:
        wanted = [path for path in paths if path in self.files]
        contents = checkout.blobs(self.repository, [self.files[path] for path in wanted])
        return {path: contents[self.files[path]] for path in wanted}


@dataclass(slots=True)
class Bench:
    """What every measure shares: legacy module, interpreter with pytest, scratch folder, readings by blob."""

    repository: Path
    module: str
    python: str | None
    scratch: Path
    read_blobs: dict[str, Reading] = field(default_factory=dict)

    def state(self, repository: Path, commit: str) -> State:
        files = checkout.python_files(repository, commit)
        wanted = [blob for blob in dict.fromkeys(files.values()) if blob not in self.read_blobs]
        note(f"reading {len(wanted)} files of {commit[:9]}")
        with ProcessPoolExecutor(os.cpu_count()) as pool:
            for start in range(0, len(wanted), checkout.SLICE):
                part = checkout.blobs(repository, wanted[start : start + checkout.SLICE])
                self.read_blobs.update(zip(part, pool.map(read, part.values(), chunksize=25), strict=True))
        return State(repository, commit, files, {path: self.read_blobs[blob] for path, blob in files.items()})

    def statements(self, state: State) -> list[tuple[str, Any]]:
        return statements.of_module(state.readings, self.module)

    def collect(self, state: State, files: list[str], name: str) -> collection.Collection | None:
        if self.python is None:
            return None
        note(f"collecting {len(files)} test files of {name}")
        place = checkout.make_checkout(state.repository, state.commit, self.scratch / f"collect-{name}")
        return collection.collect(self.python, place, files)


def note(text: str) -> None:
    print(f"by_hand: {text}", file=sys.stderr)


def listed(difference: Counter[Any]) -> list[str]:
    return sorted(": ".join(key) for key in difference.elements())


def compare(bench: Bench, before: State, after: State, tests: list[str], collected: dict[str, Any]) -> dict[str, Any]:
    """Return the figures of one way to migrate: what is left, and what is worse than before."""
    changed = checkout.changed_paths(after.repository, before.commit, after.commit)
    unparsable = [path for path in sorted(after.readings) if after.readings[path].error]
    unparsable = [path for path in unparsable if path not in before.readings or not before.readings[path].error]
    hidden = sum(statements.in_text(source, bench.module) for source in after.sources(unparsable).values())
    unbound = None
    if bench.python is not None:
        old, new = (
            undefined.undefined(bench.python, state.sources([path for path in changed if path.endswith(".py")]))
            for state in (before, after)
        )
        unbound = listed(new - old)
    return {
        "commit": after.commit,
        "files_changed": len(changed),
        "statements_left": len(bench.statements(after)) + hidden,
        "newly_unparsable": unparsable,
        "newly_unbound": unbound,
        "newly_dangling": listed(dangling.dangling(after.readings) - dangling.dangling(before.readings)),
        "test_files_gone": [path for path in tests if path not in after.files],
        **collected,
    }


def compare_tests(before: collection.Collection | None, after: collection.Collection | None) -> dict[str, Any]:
    """Return what was lost and gained, test by test; all None where nothing was collected."""
    if before is None or after is None:
        return dict.fromkeys(("tests", "tests_lost", "tests_gained", "newly_uncollectable"))
    return {
        "tests": len(after.tests),
        "tests_lost": sorted(before.tests - after.tests),
        "tests_gained": sorted(after.tests - before.tests),
        "newly_uncollectable": sorted(after.errors - before.errors),
    }


def by_hand(bench: Bench, before: State, tests: list[str], first: collection.Collection | None) -> dict[str, Any]:
    after = bench.state(bench.repository, BY_HAND)
    second = bench.collect(after, tests, "by-hand")
    figures = compare(bench, before, after, tests, compare_tests(first, second))
    return figures | {"commits": 1, "statements_silent": figures["statements_left"]}  # nobody listed what was left


def by_consolidate(
    bench: Bench, before: State, tests: list[str], first: collection.Collection | None, command: str
) -> dict[str, Any]:
    place = checkout.make_checkout(bench.repository, before.commit, bench.scratch / "consolidate")
    tool = migration.Tool(tuple(shlex.split(command)), place, CONFIG)
    note("planning")
    runs = migration.plan_runs(tool)
    note("applying")
    code, said = migration.apply_all(tool)
    after = bench.state(place, checkout.resolve(place, "HEAD"))
    second = bench.collect(after, tests, "consolidate")
    accounted = statements.account(bench.statements(before), bench.statements(after), runs.plan["references"])
    figures = compare(bench, before, after, tests, compare_tests(first, second))
    return figures | {
        "commits": int(checkout.git(place, "rev-list", "--count", f"{before.commit}..{after.commit}")),
        "statements_rewritten": accounted.rewritten,
        "statements_listed": accounted.listed,
        "statements_silent": accounted.silent,
        "statements_untrue": accounted.untrue,
        "apply_exit": code,
        "apply_stderr": said.replace(str(place), "CHECKOUT"),
        "version": runs.plan["tool"],
        "actions": dict(sorted(Counter(found["action"] for found in runs.plan["references"]).items())),
        "phases": len(runs.plan["phases"]),
        "plan_seconds": [round(seconds, 2) for seconds in runs.seconds],
        "plan_median": round(statistics.median(runs.seconds), 2),
        "plan_digests": runs.digests,
        "plan_identical": len(set(runs.digests.values())) == 1,
    }


def measure(repository: Path, python: str | None, command: str | None, scratch: Path) -> dict[str, Any]:
    """Return everything that results.json holds."""
    engine = tomllib.loads(CONFIG.read_text(encoding="utf-8"))["engine"][0]["legacy"]
    bench = Bench(repository, engine.partition(":")[0], python, scratch)
    before = bench.state(repository, checkout.resolve(repository, BEFORE))
    tests = collection.test_files(checkout.changed_paths(repository, BEFORE, BY_HAND))
    first = bench.collect(before, tests, "before")
    found = bench.statements(before)
    unread = [path for path in sorted(before.readings) if before.readings[path].error]
    return {
        "repository": "netra-systems/zen",
        "module": bench.module,
        "test_files": len(tests),
        "machine": {"python": platform.python_version(), "cores": os.cpu_count(), "system": platform.system()},
        "pytest": first.pytest if first else None,
        "before": {
            "commit": before.commit,
            "python_files": len(before.files),
            "unparsable": len(unread),
            "statements_in_unparsable": sum(
                statements.in_text(source, bench.module) for source in before.sources(unread).values()
            ),
            "import_statements": len(found),
            "importing_files": len({path for path, _ in found}),
            "dangling": sum(dangling.dangling(before.readings).values()),
            "tests": len(first.tests) if first else None,
            "uncollectable": sorted(first.errors) if first else None,
        },
        "by_hand": by_hand(bench, before, tests, first),
        "consolidate": by_consolidate(bench, before, tests, first, command) if command else None,
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--repo", type=Path, required=True, help="a clone of netra-systems/zen, bare or not; only read")
    parser.add_argument("--python", help="interpreter with requirements.txt, for pytest and pyflakes")
    parser.add_argument("--consolidate", metavar="CMD", help="how to run consolidate (default: from PATH, if there)")
    parser.add_argument("--out", type=Path, default=Path("results.json"), help="where the figures go")
    parser.add_argument("--table", type=Path, action="append", default=[], help="Markdown file to put the table into")
    parser.add_argument("--scratch", type=Path, help="keep the checkouts in this folder (must not exist)")
    arguments = parser.parse_args()
    command = arguments.consolidate or shutil.which("consolidate")
    if arguments.python is None:
        note("no --python: names and tests are not measured")
    if command is None:
        note("no consolidate: only the columns by hand are measured")
    scratch = arguments.scratch or Path(tempfile.mkdtemp(prefix="by-hand-"))
    try:
        scratch.mkdir(parents=True, exist_ok=arguments.scratch is None)
        results = measure(arguments.repo.resolve(), arguments.python, command, scratch.resolve())
    finally:
        if arguments.scratch is None:
            shutil.rmtree(scratch, ignore_errors=True)
    arguments.out.write_text(json.dumps(results, indent=2, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")
    text = table.markdown(results)
    for path in arguments.table:
        table.insert(path, text, "by_hand.py")
    print(text, end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())

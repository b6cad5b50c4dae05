"""The whole consolidation, twelve modules, on the repository netra-systems/zen: what moves, what stays, what breaks.

`python twelve.py --repo PATH --python PYTHON [--consolidate CMD] [--no-timing] [--out FILE] [--table FILE.md]...`

Plans and applies twelve-engines.toml to one commit, measures each phase's commit with oracles of their own (ast,
pyflakes, pytest, git grep), runs the engine tests before and after, and reverts everything. README.md says what each
row means. The repository at PATH is only read; needs the standard library alone (git, consolidate and PYTHON run as
child processes).
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
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import checkout
import collection
import dangling
import inventory
import migration
import outcomes
import statements
import table
import twelve_table
import undefined
from by_hand import Bench, State, compare_tests, listed

COMMIT = "b804938e216ec76e0ec77db49447561e27ce4ffc"
CONFIG = Path(__file__).with_name("twelve-engines.toml")
PASSED = "passed"
RERUNS = 3


@dataclass(frozen=True, slots=True)
class Engines:
    """What the configuration says: legacy modules in its order, and modules to which an engine of another one moves."""

    modules: tuple[str, ...]
    successors: frozenset[str]

    @classmethod
    def read(cls, config: Path) -> Engines:
        content = tomllib.loads(config.read_text(encoding="utf-8"))
        target = content["migration"]["target"]
        legacy = [engine["legacy"].partition(":")[0] for engine in content["engine"]]
        goes = {
            engine.get("replacement", target).partition(":")[0]
            for engine in content["engine"]
            if engine.get("mode") != "report"
        }
        return cls(tuple(dict.fromkeys(legacy)), frozenset(goes))


def note(text: str) -> None:
    print(f"twelve: {text}", file=sys.stderr, flush=True)


def phase_figures(bench: Bench, place: Path, before: State) -> list[dict[str, Any]]:
    """Return what is worse than before at the commit of each phase, in order: each compared with the first commit."""
    commits = checkout.git(place, "rev-list", "--reverse", f"{before.commit}..HEAD").decode().split()
    dangled = dangling.dangling(before.readings)
    found = []
    for commit in commits:
        after = bench.state(place, commit)
        changed = checkout.changed_paths(place, before.commit, commit)
        sources = [path for path in changed if path.endswith(".py")]
        old, new = (undefined.undefined(str(bench.python), state.sources(sources)) for state in (before, after))
        broken = [path for path in sorted(after.readings) if after.readings[path].error]
        found.append(
            {
                "title": checkout.git(place, "show", "-s", "--format=%s", commit).decode().strip(),
                "files_changed": len(checkout.changed_paths(place, f"{commit}^", commit)),
                "newly_unparsable": [p for p in broken if p not in before.readings or not before.readings[p].error],
                "newly_unbound": listed(new - old),
                "newly_dangling": listed(dangling.dangling(after.readings) - dangled),
            }
        )
    return found


def engine_tests(python: str, before: tuple[Path, list[str]], after: Path, jobs: int) -> dict[str, Any]:
    """Run test files in both checkouts; return every test that passed and does not pass any more.

    A suspect's file runs again, three times in each state. It is flaky if it does not pass each time before, or passes
    once after.
    """
    place, files = before
    note(f"running {len(files)} test files before")
    first = outcomes.run(python, place, files, jobs)
    useful = sorted({node.partition("::")[0] for node, outcome in first.items() if outcome == PASSED})
    note(f"running {len(useful)} test files after")
    second = outcomes.run(python, after, useful, jobs)
    suspects = sorted(node for node, said in first.items() if said == PASSED and second.get(node) != PASSED)
    again = sorted({node.partition("::")[0] for node in suspects})
    note(f"{len(suspects)} suspects; running {len(again)} test files again")
    runs = [(outcomes.run(python, place, again, jobs), outcomes.run(python, after, again, jobs)) for _ in range(RERUNS)]
    flaky = [
        node
        for node in suspects
        if any(old.get(node) != PASSED for old, _ in runs) or any(new.get(node) == PASSED for _, new in runs)
    ]
    return {
        "files": len(files),
        "before": dict(sorted(Counter(first.values()).items())),
        "passed_before": sum(outcome == PASSED for outcome in first.values()),
        "passed_after": sum(outcome == PASSED for outcome in second.values()),
        "newly_failing": {node: second.get(node, "gone") for node in suspects if node not in flaky},
        "flaky": flaky,
        "newly_passing": sorted(n for n, said in second.items() if said == PASSED and first.get(n) != PASSED),
    }


def plan_figures(plan: dict[str, Any]) -> dict[str, Any]:
    """Return how much is rewritten, manual and left, by engine and by kind of reason."""
    references = plan["references"]
    return {
        "references": len(references),
        "actions": dict(sorted(Counter(found["action"] for found in references).items())),
        "files": len({found["path"] for found in references}),
        "engines": [
            {"legacy": engine["legacy"], "shim": engine["shim"], "importers": len(engine["importers"])}
            | engine["references"]
            for engine in plan["engines"]
        ],
        "manual": inventory.reasons(references, "manual"),
        "left": inventory.reasons(references, "left"),
        "without_reason": sum(not found["reason"] for found in references if found["action"] != "rewritten"),
        "skipped": {skipped["path"]: skipped["reason"] for skipped in plan["skipped"]},
        "scanned": plan["scanned"],
    }


def measure(bench: Bench, command: str, timing: bool, jobs: int) -> dict[str, Any]:
    """Return everything that twelve.json holds."""
    python = str(bench.python)
    engines = Engines.read(CONFIG)
    before = bench.state(bench.repository, checkout.resolve(bench.repository, COMMIT))
    place = checkout.make_checkout(bench.repository, before.commit, bench.scratch / "consolidate")
    tool = migration.Tool(tuple(shlex.split(command)), place, CONFIG)
    note("planning")
    runs = migration.plan_runs(tool, timing)
    note("applying")
    code, said = migration.apply_all(tool)
    phases = phase_figures(bench, place, before)
    after = bench.state(place, checkout.resolve(place, "HEAD"))
    importers = [
        inventory.module_figures(
            module,
            inventory.grepped(bench.repository, before.commit, module),
            (statements.of_module(before.readings, module), statements.of_module(after.readings, module)),
            runs.plan["references"],
            module in engines.successors,
        )
        for module in engines.modules
    ]
    named = inventory.naming(bench.repository, before.commit, engines.modules)
    tests = collection.test_files(named)
    trees = [
        checkout.make_checkout(state.repository, state.commit, bench.scratch / name)
        for state, name in ((before, "tests-before"), (after, "tests-after"))
    ]
    collected = [bench.collect(state, tests, name) for state, name in ((before, "before"), (after, "after"))]
    figures = {
        "repository": "netra-systems/zen",
        "commit": before.commit,
        "machine": {"python": platform.python_version(), "cores": os.cpu_count(), "system": platform.system()},
        "version": runs.plan["tool"],
        "importers": [module.figures() for module in importers],
        "importing_files": len({p for m in engines.modules for p, _ in statements.of_module(before.readings, m)}),
        "imports_beyond": inventory.beyond(before.readings, engines.modules, runs.plan["references"]),
        "plan": plan_figures(runs.plan),
        "plan_seconds": [round(seconds, 2) for seconds in runs.seconds],
        "plan_median": round(statistics.median(runs.seconds), 2) if runs.seconds else None,
        "plan_digests": runs.digests,
        "apply_exit": code,
        "apply_stderr": said.replace(str(place), "CHECKOUT"),
        "phases": phases,
        "test_files": len(tests),
        "before": {"tests": len(collected[0].tests), "uncollectable": sorted(collected[0].errors)},
        "after": compare_tests(collected[0], collected[1]),
        "outcomes": engine_tests(python, (trees[0], [path for path in tests if "/unit/" in path]), trees[1], jobs),
    }
    note("reverting")
    reverted = tool.run("revert", "--phase", "1", "--through")
    ids = [checkout.git(place, "rev-parse", f"{commit}^{{tree}}").decode().strip() for commit in (COMMIT, "HEAD")]
    return figures | {"revert_exit": reverted.returncode, "revert_tree_equal": ids[0] == ids[1]}


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--repo", type=Path, required=True, help="a clone of netra-systems/zen, bare or not; only read")
    parser.add_argument("--python", required=True, help="interpreter with requirements.txt, for pytest and pyflakes")
    parser.add_argument("--consolidate", metavar="CMD", help="how to run consolidate (default: from PATH)")
    parser.add_argument("--no-timing", action="store_true", help="leave the clock out: the counts alone")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="test files that run at a time")
    parser.add_argument("--out", type=Path, default=Path("twelve.json"), help="where the figures go")
    parser.add_argument("--table", type=Path, action="append", default=[], help="Markdown file to put all tables into")
    parser.add_argument("--summary", type=Path, action="append", default=[], help="Markdown file for the main tables")
    parser.add_argument("--scratch", type=Path, help="keep the checkouts in this folder (must not exist)")
    arguments = parser.parse_args()
    command = arguments.consolidate or shutil.which("consolidate")
    if command is None:
        raise SystemExit("error: there is no consolidate on PATH; say how to run it with --consolidate")
    scratch = arguments.scratch or Path(tempfile.mkdtemp(prefix="twelve-"))
    try:
        scratch.mkdir(parents=True, exist_ok=arguments.scratch is None)
        bench = Bench(arguments.repo.resolve(), "", arguments.python, scratch.resolve())
        results = measure(bench, command, not arguments.no_timing, arguments.jobs)
    finally:
        if arguments.scratch is None:
            shutil.rmtree(scratch, ignore_errors=True)
    arguments.out.write_text(json.dumps(results, indent=2, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")
    for path in arguments.table:
        table.insert(path, twelve_table.markdown(results), "twelve.py")
    for path in arguments.summary:
        table.insert(path, twelve_table.summary(results), "twelve.py")
    print(twelve_table.markdown(results), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())

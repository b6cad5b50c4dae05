"""Mutation testing of planner/ and codemods/: which changes of the code does no test notice?

`python run.py --python PYTHON [--sample 500] [--seed 1] [--again FILE] [--out FILE] [--table FILE.md]...`

Takes the tree of HEAD, a seeded sample of its mutants (mutants.py; `--sample 0`: all of them), and runs for each the
tests that reach its line, those first that reach the fewest lines (suite.py). README.md says what the figures mean.
PYTHON is an environment with the project's dependencies and requirements.txt, without the project itself; this file
needs the standard library alone.
"""

from __future__ import annotations

import argparse
import ast
import hashlib
import io
import itertools
import json
import subprocess
import sys
import tarfile
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import report

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PACKAGES = ("planner", "codemods")
TESTS = ("test_cases.py", "planner", "codemods", "python2", "templates", "planfile")
# These run in a process of their own, where the map sees nothing. There are more tests of it, slow ones.
UNSEEN = {
    "codemods/command_worker.py": (
        "tests/codemods/test_command_worker.py",
        *(
            f"tests/cli/test_own_codemods.py::test_{name}"
            for name in (
                "a_file_on_which_a_codemod_fails_is_left_with_a_reason",
                "what_a_codemod_prints_and_writes_stays_with_it",
                "no_file_sees_what_the_one_before_it_left_behind",
                "a_command_is_told_where_it_is",
                "edits_are_marked_unproved_unless_the_trees_are_equal",
                "without_the_flag_nothing_of_the_repository_is_imported",
                "what_cannot_be_used_is_exit_2_with_table_and_key",
            )
        ),
    )
}
NEAR = 15  # tests that are taken because they reach little else
QUICK = 0.05  # seconds of a test that is tried before others


def note(text: str) -> None:
    print(f"mutation: {text}", file=sys.stderr, flush=True)


@dataclass(frozen=True)
class Reach:
    """Which tests reach a line, how long each takes, and how many seconds those of one mutant may take."""

    seconds: dict[str, float]
    lines: dict[str, dict[str, list[str]]]
    root: Path
    budget: float

    @cached_property
    def weight(self) -> Counter[str]:
        """Return how many lines each test reaches."""
        reached = (names for lines in self.lines.values() for names in lines.values())
        return Counter(name for names in reached for name in names)

    def tests(self, path: str, line: int, hint: str) -> dict[str, float]:
        """Return the tests for a mutant in order, as many as the budget allows.

        First the one that killed it before, then some that reach little else, then the quick ones, then the others.
        """
        reaching = (name for name in self._reaching(path, line) if self.seconds[name] < self.budget / 2)
        names = sorted(reaching, key=lambda name: (self.weight[name], name))
        others = sorted(names[NEAR:], key=lambda name: hashlib.sha256(name.encode()).digest())
        others.sort(key=lambda name: self.seconds[name] > QUICK)
        order = list(dict.fromkeys([hint] * (hint in names) + names[:NEAR] + others))
        spent = itertools.accumulate(self.seconds[name] for name in order)
        chosen = (name for name, seconds in zip(order, spent, strict=True) if seconds < self.budget)
        return {name: self.seconds[name] for name in chosen}

    def _reaching(self, path: str, line: int) -> set[str]:
        """Return the tests of the statement at a line; for what runs on import, those of the file, or of every file."""
        if path in UNSEEN:
            return {name for name in self.seconds if name.startswith(UNSEEN[path])}
        known = self.lines.get(path, {})
        first, last, inside = _statement(self.root / path, line)
        reached = {name for number in range(first, last + 1) for name in known.get(str(number), ())}
        if inside and reached != {""}:
            return reached - {""}
        whole = {name for names in known.values() for name in names} - {""}
        return whole or {name for name in self.seconds if not name.startswith(tuple(itertools.chain(*UNSEEN.values())))}


def _statement(path: Path, line: int) -> tuple[int, int, bool]:
    """Return the lines of the innermost statement at a line, without its body, and if it runs within a function."""
    best, inside = (1, 1), False
    waiting: list[tuple[ast.AST, bool]] = [(ast.parse(path.read_text(encoding="utf-8")), False)]
    while waiting:
        node, within = waiting.pop()
        function = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for field, value in ast.iter_fields(node):
            below = within or (function and field == "body")
            waiting += [
                (item, below) for item in (value if isinstance(value, list) else [value]) if isinstance(item, ast.AST)
            ]
        if isinstance(node, ast.stmt | ast.ExceptHandler | ast.match_case):
            first = getattr(node, "lineno", None) or node.pattern.lineno  # type: ignore[union-attr]
            last = getattr(node, "end_lineno", None) or node.pattern.end_lineno  # type: ignore[union-attr]
            first = min([first, *(item.lineno for item in getattr(node, "decorator_list", []))])
            body = getattr(node, "body", None) or getattr(node, "cases", None)
            if body:
                start = getattr(body[0], "lineno", None) or body[0].pattern.lineno
                last = max(first, start - 1)
            if first <= line <= last and first >= best[0]:
                best, inside = (first, last), within
    return (*best, inside)


class Suite:
    """The process that runs the tests."""

    def __init__(self, python: str, root: Path, scratch: Path) -> None:
        self.process = subprocess.Popen(
            [python, str(HERE / "suite.py"), str(root), str(scratch)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit("error: the process that runs the tests has ended")
        return json.loads(line)


def export(commit: str, folder: Path) -> str:
    """Write the tree of a commit to a folder; return the commit's hash."""
    git = ["git", "-C", str(ROOT)]
    packed = subprocess.run([*git, "archive", commit], capture_output=True, check=True).stdout
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(folder, filter="data")
    named = subprocess.run([*git, "rev-parse", commit], capture_output=True, check=True, text=True)
    return named.stdout.strip()


def drawn(python: str, root: Path, size: int, seed: int) -> dict[str, Any]:
    """Return the number of sites and the mutants, as mutants.py prints them."""
    command = [python, str(HERE / "mutants.py"), str(root), str(size), str(seed), *PACKAGES]
    return json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)


def trials(
    suite: Suite,
    reach: Reach,
    mutants: list[dict[str, Any]],
    killers: dict[str, str],
    keep: Callable[[list[dict[str, Any]]], object],
) -> None:
    """Add to each mutant what becomes of it."""
    for number, mutant in enumerate(mutants, 1):
        if "verdict" not in mutant:
            tests = reach.tests(mutant["path"], mutant["line"], killers.get(mutant["key"], ""))
            answer = {"verdict": "survived", "by": ""}
            if tests:
                answer = suite.ask({"path": mutant["path"], "text": mutant["text"], "tests": tests})
            mutant |= {"verdict": answer["verdict"], "by": answer["by"], "tests": len(tests)}
        if number % 25 == 0 or number == len(mutants):
            tried = mutants[:number]
            keep(tried)
            note(f"{number} of {len(mutants)}, {sum(item['verdict'] == 'survived' for item in tried)} survive")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python", required=True)
    parser.add_argument("--commit", default="HEAD")
    parser.add_argument("--sample", type=int, default=500)
    parser.add_argument("--first", type=int, help="only so many of the sample, in an order of chance")
    parser.add_argument("--only", nargs="+", metavar="PATH", help="only mutants of these files")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--budget", type=float, default=12.0, help="seconds that the tests of a mutant take, at most")
    parser.add_argument("--again", type=Path, help="results: what was killed there is not tried again")
    parser.add_argument("--hints", type=Path, action="append", default=[], help="results: killers are tried first")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--table", type=Path, action="append", default=[])
    given = parser.parse_args()
    begun = time.monotonic()
    killers = {key: by for path in given.hints for key, by in json.loads(path.read_text())["killed"].items()}
    with tempfile.TemporaryDirectory(prefix="mutation-") as name:
        root, scratch = Path(name, "tree"), Path(name, "scratch")
        scratch.mkdir()
        commit = export(given.commit, root)
        found = drawn(given.python, root, given.sample, given.seed)
        mutants = found["mutants"]
        mutants = [item for item in mutants if given.only is None or item["path"] in given.only]
        before = json.loads(given.again.read_text(encoding="utf-8")) if given.again else None
        for item in mutants if before else ():
            if item["key"] in before["killed"]:
                item |= {"verdict": "killed", "by": before["killed"][item["key"]]}
        # In an order of chance, so that the beginning of the results is a sample as well.
        mutants.sort(key=lambda item: hashlib.sha256(f"{given.seed}{item['key']}".encode()).digest())
        mutants = mutants[: given.first]
        note(f"{len(mutants)} mutants of {found['sites']} sites, at {commit[:12]}")
        suite = Suite(given.python, root, scratch)
        answer = suite.ask({"map": [*(f"tests/{item}" for item in TESTS), *itertools.chain(*UNSEEN.values())]})
        if answer["failed"]:  # without a mutant
            note(f"these fail without a mutant and are left out: {' '.join(answer['failed'])}")
        reach = Reach(answer["seconds"], answer["lines"], root, given.budget)
        note(f"{len(reach.seconds)} tests")
        path = f"{PACKAGES[0]}/__init__.py"
        some = dict(itertools.islice(reach.seconds.items(), 0, None, 10))
        control = {"path": path, "text": (root / path).read_text(encoding="utf-8"), "tests": some}
        if (answer := suite.ask(control))["verdict"] != "survived":
            raise SystemExit(f"error: without a mutant, too, {answer['by']} is {answer['verdict']}")
        facts = {"taken": before["commit"]} if before else {}
        facts |= {"commit": commit, "sites": found["sites"], "seed": given.seed, "tests": len(reach.seconds)}

        def keep(tried: list[dict[str, Any]]) -> dict[str, Any]:
            results = facts | {"seconds": round(time.monotonic() - begun)} | report.results(tried)
            if given.out:
                given.out.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
            return results

        trials(suite, reach, mutants, killers, keep)
        results = keep(mutants)
    for path in given.table:
        report.insert(path, results)
    print(report.figures(results))


if __name__ == "__main__":
    main()

"""The tests of one phase after another: before, after, what newly fails again, and the comparison."""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from consolidate.errors import Refused, UsageProblem
from consolidate.render.words import number as counted
from consolidate.repository import Prepared, Repository
from consolidate.verifying.compare import Comparison, compare
from consolidate.verifying.environment import command_line, of_tests
from consolidate.verifying.junit import Outcome
from consolidate.verifying.kept import GROUPS, Kept, run_facts
from consolidate.verifying.running import COMMAND, TIMEOUT, Ran, reports_named, run_tests
from consolidate.verifying.scratch import Scratch

Tick = Callable[[str, float], None]
_SHELL_FAILED = (126, 127)  # not executable, not found (POSIX, "Exit Status for Commands")


class Request(Struct, frozen=True):
    """What to run: the command, further reports (files or patterns), seconds for one run, how often to run it again."""

    command: str
    junit: tuple[str, ...] = ()
    timeout: float = TIMEOUT
    reruns: int = 2
    fresh: bool = False


class Verdict(Struct, frozen=True):
    """What the tests say of a phase: commits and runs before and after, the comparison, and where the outputs lie.

    `recalled` tells that the results before are those of an earlier run.
    """

    phase: int
    commits: tuple[str, str]
    before: Ran
    after: Ran
    comparison: Comparison
    logs: tuple[Path, ...]
    recalled: bool

    @property
    def good(self) -> bool:
        """Whether no test fails or is gone that passed before."""
        return not self.comparison.bad

    def facts(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        found = self.comparison
        return {
            "phase": self.phase,
            "good": self.good,
            "before": run_facts(self.commits[0], self.before),
            "after": run_facts(self.commits[1], self.after),
            "recalled": self.recalled,
            **{
                group: [
                    {"name": case.name, "outcome": str(case.outcome), "why": case.message}
                    for case in getattr(found, group)
                ]
                for group in GROUPS
            },
            "renamed": [[old.name, new.name] for old, new in found.renamed],
            "logs": [str(log) for log in self.logs],
        }


class Verifier:
    """Runs the tests of commits in a scratch folder. Results before a phase are used again while they are fresh."""

    def __init__(
        self, repository: Repository, scratch: Scratch, request: Request, source_roots: Sequence[str], tick: Tick
    ) -> None:
        self._repository = repository
        self._scratch = scratch
        self._request = request
        self._roots = tuple(source_roots)
        self._tick = tick
        self._kept = Kept(repository.git_dir)
        self._here: dict[str, Ran] = {}  # by tree: the results of this process

    def verify(self, phase: int, before: str, after: str) -> Verdict:
        """Compare the tests of two commits (full ids). Raises UsageProblem where there is nothing to compare."""
        old, recalled = self._before(phase, before)
        new = self._run(phase, "after", after)
        found = compare(old.cases, new.cases)
        if found.bad and recalled:  # the world may have changed since
            old, recalled = self._run(phase, "before", before), False
            self._check(old)
            found = compare(old.cases, new.cases)
        for again in range(self._request.reruns):
            if not found.bad or new.status is None:
                break
            found = found.repeated(compare(old.cases, self._run(phase, f"after-{again + 2}", after).cases))
        self._kept.result(phase, self._request.command, {"before": (before, old), "after": (after, new)}, found)
        if not found.bad:
            self._here[self._scratch.tree_id(after)] = new
        logs = tuple(self._kept.folder / f"phase-{phase}-{side}.log" for side in ("before", "after"))
        return Verdict(phase, (before, after), old, new, found, logs, recalled)

    def _before(self, phase: int, commit: str) -> tuple[Ran, bool]:
        tree = self._scratch.tree_id(commit)
        if tree in self._here:
            return self._here[tree], False
        known = None if self._request.fresh else self._kept.recall(self._key(tree))
        ran = known or self._run(phase, "before", commit)
        self._check(ran)
        if known is None:
            self._kept.remember(self._key(tree), ran)
        return ran, known is not None

    def _run(self, phase: int, side: str, commit: str) -> Ran:
        scratch, request = self._scratch, self._request
        self._tick(f"laying out phase {phase}, {side}", 0)
        scratch.lay(commit)
        report = scratch.reports / "junit.xml"
        root = self._repository.root
        name = "before" if side == "before" else "after"
        ran = run_tests(
            command_line(request.command, root, scratch.tree),
            scratch.tree,
            of_tests(os.environ, name, report, root=root, tree=scratch.tree, source_roots=self._roots),
            reports=(glob.escape(str(report)), *reports_named(request.command), *request.junit),
            mark=str(scratch.folder),
            timeout=request.timeout,
            tick=lambda seconds: self._tick(f"tests of phase {phase}, {side}", seconds),
        )
        self._kept.log(phase, side, ran)
        return ran

    def _check(self, ran: Ran) -> None:
        """Raise UsageProblem where the results before a phase are nothing to compare with."""
        own = ran.cases[COMMAND]
        alone = len(ran.cases) == 1
        if ran.status is None:
            hint = "give them more time: --timeout SECONDS"
            raise UsageProblem(f"the tests before the phase {own.message}", "--tests", hint)
        if alone and ran.status in _SHELL_FAILED:
            raise UsageProblem(f"the tests cannot be run: {own.message}", "--tests", "name a command that runs them")
        if ran.complaint:
            raise UsageProblem(ran.complaint, "--junit", "name reports that the tests write")
        if not any(case.outcome is Outcome.PASSED for case in ran.tests.values()):
            log = str(self._kept.folder)
            hint = f"read the output in {log}; pytest needs no options, other runners a report: --junit FILE"
            why = f" ({own.message})" if own.bad else ""
            raise UsageProblem(f"no test passes before the phase{why}: there is nothing to compare", "--tests", hint)

    def _key(self, tree: str) -> tuple[str, ...]:
        seen = ("PATH", "VIRTUAL_ENV", "PYTHONPATH", "PYTEST_ADDOPTS")
        request = self._request
        return (tree, request.command, *request.junit, *self._roots, *(os.environ.get(name, "") for name in seen))


def refusal(verdict: Verdict) -> Refused:
    """Return the error for a phase whose tests forbid its commit."""
    failing, gone = len(verdict.comparison.newly_failing), len(verdict.comparison.gone)
    parts = [f"{counted(failing, 'test')} newly failing"] if failing else []
    parts += [f"{counted(gone, 'test')} gone"] if gone else []
    return Refused(
        f"phase {verdict.phase} was not committed: {' and '.join(parts)}",
        str(verdict.logs[-1]),
        "nothing was touched; mend the code or the tests, commit, and plan again",
        code="verify",
        details=[case.name for case in verdict.comparison.bad],
    )


def gate(verifier: Verifier, phase: int, tell: Callable[[Verdict], None]) -> Callable[[Prepared], str]:
    """Return the gate that lets a phase's prepared commit through if its tests do (see `Repository.apply`)."""

    def look(prepared: Prepared) -> str:
        verdict = verifier.verify(phase, prepared.before, prepared.commit)
        tell(verdict)
        if not verdict.good:
            raise refusal(verdict)
        return prepared.message

    return look

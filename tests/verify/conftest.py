"""A small project whose "test runner" is a shell script: what it reports before and after is the test's to choose."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Result, project, run
from tests.cli.projects import git
from tests.git.sandbox import Sandbox

__all__ = ["project", "run"]

COMMAND = ("--junit", "report.xml")


@pytest.fixture
def state(project) -> Callable[[], dict[str, str]]:
    """Return a function that tells refs, index and work tree of the project."""
    return Sandbox(project).state


@pytest.fixture
def runner(project, tmp_path) -> Callable[..., str]:
    """Return a function that makes a test command of what its reports say, each time that it runs on a side.

    `before` and `after` are lists of reports, one for each run; a report is `{test: outcome}`. The last is repeated.
    """

    def make(before: list[dict[str, str]], after: list[dict[str, str]], status: str = "0") -> str:
        folder = tmp_path / "runs"
        folder.mkdir(exist_ok=True)
        for side, reports in (("before", before), ("after", after)):
            for old in folder.glob(f"{side}*"):
                old.unlink()
            for number, report in enumerate(reports, 1):
                (folder / f"{side}-{number}.xml").write_text(junit(report))
        script = folder / "runner.sh"
        script.write_text(
            f'cd "{folder}"; side=$CONSOLIDATE_VERIFY\n'
            'echo x >> "$side.count"; n=$(wc -l < "$side.count"); n=$((n))\n'
            'while [ ! -f "$side-$n.xml" ] && [ $n -gt 0 ]; do n=$((n - 1)); done\n'
            f'echo "ran $side"; cp "$side-$n.xml" "$OLDTREE/report.xml"; exit {status}\n'
        )
        return f'OLDTREE="$PWD" sh {script}'

    return make


def runs(tmp_path: Path, side: str) -> int:
    """Return how often the test command ran on a side."""
    file = tmp_path / "runs" / f"{side}.count"
    return len(file.read_text().splitlines()) if file.exists() else 0


def junit(report: dict[str, str]) -> str:
    """Return a JUnit report: `{"a.b::name": "passed"}`; other outcomes are `failed`, `error` and `skipped`."""
    element = {"failed": "failure", "error": "error", "skipped": "skipped"}
    cases = []
    for name, outcome in report.items():
        classname, _, test = name.rpartition("::")
        inner = f'<{element[outcome]} message="why {test}"/>' if outcome != "passed" else ""
        cases.append(f'<testcase classname="{classname}" name="{test}">{inner}</testcase>')
    return f"<testsuites><testsuite>{''.join(cases)}</testsuite></testsuites>"


def commit(project: Path, files: dict[str, str]) -> None:
    """Commit files to the project."""
    for path, text in files.items():
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        (project / path).write_text(text)
    git(project, "add", *files)
    git(project, "commit", "-q", "-m", "more")


def hook(project: Path, name: str, script: str, folder: str = ".git/hooks") -> None:
    """Write a hook."""
    file = project / folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(script)
    file.chmod(0o755)


def lines(result: Result) -> list[str]:
    """Return the lines of stdout without their indentation."""
    return [line.strip() for line in result.out.splitlines()]

"""Runs a repository's tests with this interpreter's pytest, as the demo does, and tells what became of each."""

from __future__ import annotations

import glob
import os
import sys
import tempfile
from pathlib import Path

from consolidate.errors import UsageProblem
from consolidate.verifying.junit import Outcome
from consolidate.verifying.running import COMMAND
from consolidate.verifying.running import run_tests as run

_SECONDS = 300


def run_tests(folder: Path) -> dict[str, bool]:
    """Return for each test (`tests/unit/test_x.py::Class::test_name`) whether it passed; skipped ones are left out.

    Nothing is written into the folder. Raises UsageProblem where pytest doesn't run.
    """
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "PYTHON"))}
    environment["PYTHONDONTWRITEBYTECODE"] = "1"
    with tempfile.TemporaryDirectory(prefix="consolidate-tests-") as scratch:
        report = Path(scratch) / "report.xml"
        command = [
            *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-o", "junit_family=xunit1"),
            *("--continue-on-collection-errors", f"--junitxml={report}", f"--basetemp={scratch}/basetemp"),
        ]
        done = run(command, folder, environment, reports=[glob.escape(str(report))], mark=scratch, timeout=_SECONDS)
    if done.status is None:
        raise UsageProblem(f"the tests took longer than {_SECONDS} seconds", str(folder))
    if len(done.cases) == 1:
        what = f"pytest does not run: {done.cases[COMMAND].message or 'no report'}"
        raise UsageProblem(what, str(folder), "install pytest beside consolidate")
    found = {name: case for name, case in done.tests.items() if case.outcome is not Outcome.SKIPPED}
    return {name: not case.bad for name, case in found.items()}

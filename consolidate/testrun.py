"""Runs a repository's tests with pytest in a process of their own, and tells what became of each."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree

from consolidate.errors import UsageProblem

_SECONDS = 300
_NOT_PASSED = {"failure", "error"}


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
            "--continue-on-collection-errors",
        ]
        try:
            done = subprocess.run(  # noqa: S603  (this interpreter, fixed words)
                [*command, f"--junitxml={report}", f"--basetemp={scratch}/basetemp"],
                cwd=folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                errors="replace",
                timeout=_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise UsageProblem(f"the tests took longer than {_SECONDS} seconds", str(folder)) from None
        if not report.is_file():
            lines = (done.stderr or done.stdout).strip().splitlines() or ["no output"]
            what = f"pytest does not run: {lines[-1][:200]}"
            raise UsageProblem(what, str(folder), "install pytest beside consolidate")
        return read_report(report.read_bytes())


def read_report(data: bytes) -> dict[str, bool]:
    """Return for each test of a JUnit report of pytest (family xunit1) whether it passed; skipped ones are left out."""
    results: dict[str, bool] = {}
    for case in ElementTree.fromstring(data).iter("testcase"):  # noqa: S314  (pytest wrote it just now)
        outcomes = {child.tag for child in case}
        file, name = case.get("file", ""), case.get("name", "")
        module = file.removesuffix(".py").replace("/", ".")
        inner = case.get("classname", "").removeprefix(module).strip(".")
        test = "::".join(part for part in (file, inner.replace(".", "::"), name) if part)
        if outcomes & _NOT_PASSED or "skipped" not in outcomes:
            # A test that passes and then fails in its teardown stands there twice.
            results[test] = results.get(test, True) and not outcomes & _NOT_PASSED
    return results

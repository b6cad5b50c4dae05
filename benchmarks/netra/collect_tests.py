"""Run by collection.py in the checkout's interpreter: `collect_tests.py OUT TESTFILE...` writes what pytest collects.

OUT gets JSON: `tests`, the node ids in pytest's order, and `errors`, the node ids of what could not be collected.
A plugin object writes it, because the repository's modules print to stdout while they are imported.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

OPTIONS = (
    "--collect-only",
    "-q",
    "-p",
    "no:cacheprovider",
    "--continue-on-collection-errors",
    # The repository's own options end a run after ten errors and need the cache plugin; its import mode is kept.
    "-o",
    "addopts=--import-mode=importlib",
)


class Recorder:
    def __init__(self) -> None:
        self.tests: list[str] = []
        self.errors: list[str] = []

    def pytest_collectreport(self, report: Any) -> None:
        if report.failed:
            self.errors.append(report.nodeid)

    def pytest_collection_finish(self, session: Any) -> None:
        self.tests = [item.nodeid for item in session.items]


def main() -> int:
    output, *files = sys.argv[1:]
    sys.path[0] = str(Path.cwd())  # as `python -m pytest` has it, instead of this file's folder
    recorder = Recorder()
    code = pytest.main([*OPTIONS, *files], plugins=[recorder])
    found = {"exit": int(code), "pytest": pytest.__version__, "tests": recorder.tests, "errors": recorder.errors}
    Path(output).write_text(json.dumps(found), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

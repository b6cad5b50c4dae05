"""Run by outcomes.py in the checkout's interpreter: `run_tests.py OUT TESTFILE SECONDS` runs one test file, offline.

OUT gets a line per test as soon as the test has ended, so that a run which is cut off keeps what it has: `[node id,
outcome]`, in JSON. Connections are refused and no name resolves, whatever the machine offers: a test that passes here
needs no service.
"""

from __future__ import annotations

import json
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

OPTIONS = ("-q", "-p", "no:cacheprovider", "-o", "addopts=--import-mode=importlib")  # as in collect_tests.py


class Recorder:
    """A test's outcome is that of its first phase that did not pass: set-up, call or tear-down."""

    def __init__(self, output: Path) -> None:
        self.output = output.open("w", encoding="utf-8")
        self.outcomes: dict[str, str] = {}

    def pytest_runtest_logreport(self, report: Any) -> None:
        outcome = report.outcome
        if hasattr(report, "wasxfail"):
            outcome = "xpassed" if report.passed else "xfailed"
        elif report.failed and report.when != "call":
            outcome = "error"
        if self.outcomes.get(report.nodeid, "passed") == "passed":
            self.outcomes[report.nodeid] = outcome

    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        self.output.write(json.dumps([nodeid, self.outcomes.get(nodeid, "none")]) + "\n")
        self.output.flush()


def refuse(connect: Callable[..., Any]) -> Callable[..., Any]:
    def refused(self: socket.socket, *arguments: Any) -> Any:
        if self.family == socket.AF_UNIX:
            return connect(self, *arguments)
        raise ConnectionRefusedError("this run is offline")

    return refused


def no_address(*_: Any, **__: Any) -> Any:
    raise socket.gaierror(socket.EAI_NONAME, "this run is offline")


def main() -> int:
    output, file, seconds = sys.argv[1:]
    sys.path[0] = str(Path.cwd())  # as `python -m pytest` has it, instead of this file's folder
    socket.socket.connect = refuse(socket.socket.connect)  # type: ignore[method-assign]
    socket.socket.connect_ex = refuse(socket.socket.connect_ex)  # type: ignore[method-assign]
    socket.getaddrinfo = no_address
    return int(pytest.main([*OPTIONS, f"--timeout={seconds}", file], plugins=[Recorder(Path(output))]))


if __name__ == "__main__":
    sys.exit(main())

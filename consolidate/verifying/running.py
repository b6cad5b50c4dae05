"""One run of the test command in a folder: what became of each test."""

from __future__ import annotations

import glob
import os
import re
import signal
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from consolidate.errors import UsageProblem
from consolidate.verifying.junit import Case, Outcome, ReportError, read_reports
from consolidate.verifying.process import Finished, run

TIMEOUT = 1800.0  # seconds
COMMAND = "(the command)"  # the test that stands for the command's exit status
_MOST = 1000  # reports of one run
_OWN_REPORT = re.compile(r"--junit-?xml[= ]['\"]?([^\s'\";&|]+)")


class Ran(Struct, frozen=True):
    """The tests of one run by name, the exit status (None: it took too long), the output, seconds.

    `complaint` says what is wrong with the reports, "" where nothing is.
    """

    cases: Mapping[str, Case]
    status: int | None
    output: bytes
    seconds: float
    complaint: str = ""

    @property
    def tests(self) -> dict[str, Case]:
        """The tests without the one that stands for the command, unless it is the only one."""
        named = {name: case for name, case in self.cases.items() if name != COMMAND}
        return named or dict(self.cases)


def run_tests(
    command: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    *,
    reports: Sequence[str],
    mark: str,
    timeout: float = TIMEOUT,
    tick: Callable[[float], None] | None = None,
) -> Ran:
    """Run a command in `folder` and read its reports.

    `reports` are files or patterns (`**` for folders), relative to the folder; those that are there beforehand don't
    count. Without any, the exit status is the only test. Raises UsageProblem where the command cannot be started.
    """
    known = {file: _stamp(file) for file in _matching(reports, folder)}
    try:
        done = run(command, folder, environment, timeout=timeout, mark=mark, tick=tick)
    except OSError as error:
        raise UsageProblem(f"the tests cannot be started: {error.strerror}", command[0]) from None
    complaint, cases = "", dict[str, Case]()
    files = [file for file in _matching(reports, folder) if known.get(file) != _stamp(file)]
    try:
        if len(files) > _MOST:
            raise ReportError(f"more than {_MOST} reports")
        cases = read_reports(files, folder)
    except ReportError as error:
        complaint = f"a JUnit report cannot be read: {error}"
    cases[COMMAND] = Case(COMMAND, Outcome.ERROR, complaint) if complaint else _of_command(done, cases)
    return Ran(cases, done.status, done.output, done.seconds, complaint)


def reports_named(command: str) -> tuple[str, ...]:
    """Return the reports that the command itself asks pytest for."""
    return tuple(glob.escape(name) for name in _OWN_REPORT.findall(command))


def _of_command(done: Finished, cases: Mapping[str, Case]) -> Case:
    """Return the exit status as a test: failed where no test explains it."""
    if done.status == 0 or (done.status is not None and any(case.bad for case in cases.values())):
        return Case(COMMAND, Outcome.PASSED)
    if done.status is None:
        return Case(COMMAND, Outcome.FAILED, f"took longer than {done.seconds:.0f} seconds and was ended")
    why = f"exit status {done.status}"
    if done.status < 0:
        why = f"killed by {signal.strsignal(-done.status) or -done.status}"
    last = done.output.decode("utf-8", "replace").strip().rpartition("\n")[2].strip()
    return Case(COMMAND, Outcome.FAILED, f"{why}: {last[:200]}" if last else why)


def _matching(patterns: Sequence[str], folder: Path) -> list[Path]:
    found: dict[Path, None] = {}
    for pattern in patterns:
        for name in sorted(glob.glob(pattern, root_dir=folder, recursive=True, include_hidden=True)):  # noqa: PTH207
            found[folder / name] = None
    return list(found)


def _stamp(file: Path) -> tuple[int, int, int]:
    try:
        status = os.stat(file)  # noqa: PTH116
    except OSError:
        return (0, 0, 0)
    return (status.st_ino, status.st_mtime_ns, status.st_size)

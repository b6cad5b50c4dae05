"""The tests of a tree, in processes that are forked from this one, which has loaded everything but the tree itself.

`python suite.py ROOT SCRATCH` reads requests from its standard input, one JSON object on a line, and answers each:

    {"map": [test files]}                        ->  {"seconds": {test: seconds}, "lines": {path: {line: [tests, ""]}}}
    {"path", "text", "tests": {test: seconds}}   ->  {"verdict", "by", "ran"}

A line that an import runs has "" among its tests. The second runs the tests in their order, to the first that fails,
with `text` in the place of the file at `path`. A test that takes three times as long as it did, and five seconds, is
stopped: of the processor's time, so that another load on the machine does not matter; where it waits, after ten times
as much. Verdicts: killed, timeout, survived.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import os
import resource
import shutil
import signal
import sys
import time
import traceback
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import coverage
import hypothesis
import pytest

PACKAGES = ("planner", "codemods")
# What takes long to import and is not the tree's own; none of them imports it.
LOADED = ("bowler", "click", "fissix.pgen2.driver", "git", "jinja2", "libcst", "libcst.matchers", "libcst.metadata")
MEMORY = 4 * 1024**3
COLLECTING = 120.0
OPTIONS = ("-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-W", "ignore::pytest.PytestAssertRewriteWarning")


class Clock:
    """Records the seconds of each test that passes, and the lines of the tree that it reaches."""

    def __init__(self, cover: coverage.Coverage) -> None:
        self.cover = cover
        self.seconds: dict[str, float] = defaultdict(float)
        self.failed: set[str] = set()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self.cover.switch_context(item.nodeid)
        result = yield
        self.cover.switch_context("")
        return result

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.seconds[report.nodeid] += report.duration
        if not report.passed:
            self.failed.add(report.nodeid)


class Select:
    """Runs the wanted tests in their order, each within its time; writes down which was the last to begin."""

    def __init__(self, tests: dict[str, float], record: Path) -> None:
        self.tests, self.record, self.ran = tests, record, 0

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        place = {name: number for number, name in enumerate(self.tests)}
        items[:] = sorted((item for item in items if item.nodeid in place), key=lambda item: place[item.nodeid])

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self.ran += 1
        self.record.write_text(f"{self.ran} {item.nodeid}", encoding="utf-8")
        signal.setitimer(signal.ITIMER_PROF, 3 * self.tests[item.nodeid] + 5)
        signal.setitimer(signal.ITIMER_REAL, 10 * self.tests[item.nodeid] + 30)
        result = yield
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
        return result


def run_pytest(files: list[str], plugin: object, scratch: Path, *more: str) -> int:
    """Run pytest in this process, as the project's settings want it, but without what differs from run to run."""
    hypothesis.settings.register_profile("mutation", deadline=None, derandomize=True, database=None)
    hypothesis.settings.load_profile("mutation")
    return int(pytest.main([*files, *OPTIONS, *more, f"--basetemp={scratch / 'tests'}"], plugins=[plugin]))


def forked(record: Path, work: Any) -> int:
    """Return the exit status of `work` in a child with a process group of its own, of which nothing is left behind."""
    child = os.fork()
    if not child:
        os.setsid()
        silence = os.open(record.with_suffix(".log"), os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        for descriptor in (1, 2):
            os.dup2(silence, descriptor)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        code = 70
        try:
            code = work()
        except BaseException:  # noqa: BLE001
            os.write(2, traceback.format_exc().encode())
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    with suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    shutil.rmtree(record.parent / "tests", ignore_errors=True)  # else the next one does, while its time runs
    return os.waitstatus_to_exitcode(status)


def mapped(root: Path, files: list[str], scratch: Path) -> dict[str, Any]:
    """Return how long each test takes, and which tests reach a line; runs all of them once, under coverage."""
    answer = scratch / "map.json"

    def work() -> int:
        cover = coverage.Coverage(
            data_file=None, config_file=False, include=[f"{root}/{package}/*" for package in PACKAGES]
        )
        clock = Clock(cover)
        with cover.collect():
            code = run_pytest(files, clock, scratch, "--maxfail=1000")
        data = cover.get_data()
        lines: dict[str, dict[int, list[str]]] = {}
        for path in data.measured_files():
            reached = data.contexts_by_lineno(path)
            lines[Path(path).relative_to(root).as_posix()] = {
                line: sorted(set(names) - clock.failed) for line, names in reached.items()
            }
        seconds = {name: value for name, value in clock.seconds.items() if name not in clock.failed}
        answer.write_text(json.dumps({"seconds": seconds, "lines": lines, "failed": sorted(clock.failed)}))
        return code

    answer.unlink(missing_ok=True)
    code = forked(scratch / "record", work)
    if code not in (0, 1) or not answer.exists():
        raise SystemExit(f"error: the tests ended with {code}; see {scratch / 'record.log'}")
    return json.loads(answer.read_text())


@contextmanager
def replaced(path: Path, text: str) -> Iterator[None]:
    """Put another text in the place of a file, for a while; what Python compiled from the first one stays valid."""
    before, times = path.read_bytes(), path.stat()
    compiled = Path(importlib.util.cache_from_source(str(path)))
    aside = compiled.with_suffix(".aside")
    if compiled.exists():
        compiled.rename(aside)
    path.write_text(text, encoding="utf-8")
    try:
        yield
    finally:
        path.write_bytes(before)
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
        compiled.unlink(missing_ok=True)
        if aside.exists():
            aside.rename(compiled)


def tried(root: Path, request: dict[str, Any], scratch: Path) -> dict[str, Any]:
    """Return what becomes of one mutant."""
    tests, record = request["tests"], scratch / "record"
    files = sorted({name.partition("::")[0] for name in tests})
    record.write_text("0 -")

    def work() -> int:
        sys.dont_write_bytecode = True
        os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
        signal.setitimer(signal.ITIMER_REAL, COLLECTING)
        return run_pytest(files, Select(tests, record), scratch)

    begun = time.monotonic()
    with replaced(root / request["path"], request["text"]):
        code = forked(record, work)
    ran, _, last = record.read_text(encoding="utf-8").partition(" ")
    if code == 5:
        raise SystemExit(f"error: no tests were found among {files}")
    verdict = {0: "survived", -signal.SIGPROF: "timeout", -signal.SIGALRM: "timeout"}.get(code, "killed")
    by = "the import" if verdict != "survived" and ran == "0" else last
    seconds = round(time.monotonic() - begun, 1)
    return {"verdict": verdict, "by": "" if verdict == "survived" else by, "ran": int(ran), "seconds": seconds}


def main() -> None:
    root, scratch = (Path(item).resolve() for item in sys.argv[1:])
    os.chdir(root)
    sys.path[0] = str(root)
    for name in LOADED:
        importlib.import_module(name)
    assert not any(name.partition(".")[0] in (*PACKAGES, "consolidate", "tests") for name in sys.modules)
    for request in sys.stdin:
        asked = json.loads(request)
        answer = mapped(root, asked["map"], scratch) if "map" in asked else tried(root, asked, scratch)
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()

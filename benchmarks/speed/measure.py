"""One command, run and measured: wall time, processor time and memory of the process and everything it starts.

Linux alone: memory is read from /proc while the command runs.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

INTERVAL = 0.02  # seconds between two looks at the memory
PAGE = os.sysconf("SC_PAGE_SIZE")
SAID = 2000  # bytes of what a command says last that are kept


@dataclass(frozen=True, slots=True)
class Run:
    """What a command cost. `failed` says why it gave up, "" where it did not.

    `seconds` is wall time, `processor` user and system time of the command and of all processes below it that it waited
    for. `largest` is the peak of the one largest process (the kernel's own figure; at least that of these scripts,
    some 30 MB, from which the process is made), `tree` the peak of the sum over all
    processes that run at the same time, by samples; both in MB (1,000,000 bytes). Pages that processes share count in
    each of them, so `tree` is an upper bound.
    """

    seconds: float
    processor: float
    largest: float
    tree: float
    failed: str = ""
    out: bytes = b""

    def figures(self) -> dict[str, Any]:
        """Return what results.json keeps."""
        found = {key: round(value, 3) for key, value in asdict(self).items() if isinstance(value, float)}
        return found | ({"failed": self.failed} if self.failed else {})


def run(
    command: Sequence[str],
    place: Path,
    *,
    limit: float = 600,
    accepted: Sequence[int] = (0,),
    environment: dict[str, str] | None = None,
    keep: bool = False,
    only_held: bool = False,
) -> Run:
    """Run a command in a folder and return what it cost; after `limit` seconds it is killed, with all below it.

    `accepted` are the exit codes that are no failure; with `keep`, its stdout is returned too. With `only_held`,
    `tree` is what the command holds for itself (`held`), which costs it time to find out.
    """
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "CONSOLIDATE_"))}
    clean |= {"NO_COLOR": "1", "LC_ALL": "C.UTF-8", **(environment or {})}
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=place, env=clean, stdin=subprocess.DEVNULL, stdout=out, stderr=err, start_new_session=True
        )
        try:
            with _Watch(process.pid, limit, held if only_held else resident) as watch:
                _, status, usage = os.wait4(process.pid, 0)
                seconds = time.perf_counter() - start
        except BaseException:  # interrupted: what has a session of its own would go on
            kill(process.pid)
            raise
        process.returncode = os.waitstatus_to_exitcode(status)
        failed = _failure(process.returncode, accepted, err, out, place)
        if watch.over:
            failed = f"no end within {limit:g} s"
        out.seek(0)
        return Run(
            seconds,
            usage.ru_utime + usage.ru_stime,
            usage.ru_maxrss * 1024 / 1e6,
            (watch.peak if only_held else max(watch.peak, usage.ru_maxrss * 1024)) / 1e6,
            failed,
            out.read() if keep else b"",
        )


def together(runs: Sequence[Run]) -> Run:
    """Return what several commands cost, run one after the other."""
    return Run(
        sum(one.seconds for one in runs),
        sum(one.processor for one in runs),
        max(one.largest for one in runs),
        max(one.tree for one in runs),
        next((one.failed for one in runs if one.failed), ""),
    )


def _failure(code: int, accepted: Sequence[int], err: Any, out: Any, place: Path) -> str:
    """Return why a command failed: the last line that it said, without the places of this machine."""
    if code in accepted:
        return ""
    said = b""
    for stream in (err, out):
        stream.seek(0, os.SEEK_END)
        stream.seek(max(0, stream.tell() - SAID))
        said = said or stream.read().strip()
    lines = said.decode(errors="replace").replace(str(place), "").splitlines()
    return f"exit {code}: {lines[-1].strip()[:300]}" if lines else f"exit {code}"


class _Watch:
    """Looks at a process and all below it until it is left; kills them after `limit` seconds."""

    def __init__(self, pid: int, limit: float, memory: Callable[[int], int]) -> None:
        self.peak, self.over = 0, False  # bytes
        self._memory = memory
        self._pid, self._limit = pid, limit
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> _Watch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _look(self) -> None:
        end = time.monotonic() + self._limit
        while not self._done.wait(INTERVAL):
            self.peak = max(self.peak, sum(self._memory(pid) for pid in tree(self._pid)))
            if time.monotonic() > end and not self.over:
                self.over = True
                kill(self._pid)


def kill(group: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)


def tree(pid: int) -> list[int]:
    """Return a process and all below it; those that end meanwhile may be missing."""
    found, todo = [], [pid]
    while todo:
        one = todo.pop()
        found.append(one)
        with contextlib.suppress(OSError):
            for task in Path(f"/proc/{one}/task").iterdir():
                todo += map(int, (task / "children").read_text().split())
    return found


def resident(pid: int) -> int:
    """Return how many bytes of a process are in memory, 0 where it has ended."""
    try:
        with open(f"/proc/{pid}/statm", "rb") as file:  # noqa: PTH123 - asked fifty times a second
            return int(file.read().split()[1]) * PAGE
    except (OSError, IndexError):
        return 0


def held(pid: int) -> int:
    """Return how many bytes of a process are in memory and no copy of a file, a shared page divided by its owners.

    What is a mapped file's the system takes back when it needs it: git maps a whole pack.
    """
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_bytes().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith((b"Pss_Anon:", b"Pss_Shmem:")))

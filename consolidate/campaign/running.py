"""Many repositories side by side: a process for each, with limits, none of which is left behind.

The processes are forks of this one, which has the program loaded: to load it costs more than most repositories do.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from msgspec import Struct, field

from consolidate.campaign import child
from consolidate.campaign.job import Job

_GRACE = 10.0  # seconds between SIGTERM, at which a run leaves everything in order, and SIGKILL
_STEP = 0.02  # seconds between two looks
# Python says so by an exception, a thread and the dynamic loader by errors of their own.
_NO_MEMORY = (b"MemoryError", b"can't start new thread", b"failed to map segment", b"Cannot allocate memory")
_LOADED = ("consolidate.planning", "consolidate.plans")
_LOADED_TO_PLAN = (*_LOADED, "consolidate.commands.plan", "consolidate.render.plan_text", "libcst", "templates.render")
_LOADED_TO_APPLY = (*_LOADED, "consolidate.commands.apply", "consolidate.workflow")


class Limits(Struct, frozen=True):
    """How many at once, seconds for each (0: any), bytes of memory for each (0: any)."""

    jobs: int
    seconds: float = 0
    memory: int = 0


class Ended(Struct, frozen=True):
    """What a process told (`exit`, `head`, `counts`), its last error, "" where all is well, and its time in seconds."""

    told: dict[str, Any]
    reason: str
    seconds: float


class _Running(Struct):
    job: Job
    pid: int
    status: int | None = None  # exit status, negative for a signal
    since: float = field(default_factory=time.monotonic)
    late: float = 0.0  # when it was told to end


def run_all(jobs: Sequence[Job], limits: Limits, ended: Callable[[Job, Ended], None]) -> None:
    """Run all jobs, in order, and call `ended` after each. The processes inherit all file descriptors.

    However it ends, by an exception too, nothing of it is running afterwards.
    """
    waiting, running = deque(jobs), list[_Running]()
    for command, names in (("plan", _LOADED_TO_PLAN), ("apply", _LOADED_TO_APPLY)):
        if any(command in job.words for job in jobs):
            for name in names:
                importlib.import_module(name)
    try:
        while waiting or running:
            while waiting and len(running) < limits.jobs:
                running.append(_start(waiting.popleft(), limits))
            for item in list(running):
                if _is_over(item):
                    running.remove(item)
                    _sweep(item)
                    ended(item.job, _outcome(item, limits))
                elif limits.seconds and time.monotonic() - item.since > limits.seconds:
                    _hurry(item)
            time.sleep(_STEP)
    finally:
        _end(running)


def _start(job: Job, limits: Limits) -> _Running:
    job.log.parent.mkdir(parents=True, exist_ok=True)
    job.result.unlink(missing_ok=True)
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid == 0:
        _be_child(job, limits)
    return _Running(job, pid)


def _be_child(job: Job, limits: Limits) -> NoReturn:
    """Do the job, in a session of its own: a Ctrl-C is the campaign's affair, which then tells each to end."""
    status = 1
    try:
        os.setsid()
        nothing = os.open(os.devnull, os.O_RDONLY)
        log = os.open(job.log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
        for old, new in ((nothing, 0), (log, 1), (log, 2)):
            os.dup2(old, new)
        # What the environment says to this program was said to the campaign, and not to `plan` or `apply`.
        for name in [name for name in os.environ if name.startswith("CONSOLIDATE_")]:
            del os.environ[name]
        child.do(job, limits.memory)
        status = 0
    except BaseException:  # noqa: BLE001 - it must not come back to where it was forked
        import traceback

        traceback.print_exc()
    finally:
        with contextlib.suppress(BaseException):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(status)


def _is_over(item: _Running) -> bool:
    if item.status is None:
        pid, status = os.waitpid(item.pid, os.WNOHANG)
        if pid:
            item.status = os.waitstatus_to_exitcode(status)
    return item.status is not None


def _send(item: _Running, number: signal.Signals) -> None:
    """Send a signal to a process that nobody has asked for its status, so its id is still its own."""
    if item.status is None:
        os.kill(item.pid, number)


def _hurry(item: _Running) -> None:
    """Tell a process to end; after a while, make it."""
    now = time.monotonic()
    if not item.late:
        item.late = now
        _send(item, signal.SIGTERM)
    elif now - item.late > _GRACE:
        _send(item, signal.SIGKILL)


def _sweep(item: _Running) -> None:
    """End what a process has left in its group."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(item.pid, signal.SIGKILL)


def _end(running: Sequence[_Running]) -> None:
    for item in running:
        _send(item, signal.SIGTERM)
    deadline = time.monotonic() + _GRACE
    while not all(_is_over(item) for item in running) and time.monotonic() < deadline:
        time.sleep(_STEP)
    for item in running:
        _send(item, signal.SIGKILL)
        _sweep(item)
        while not _is_over(item):
            time.sleep(_STEP)


def _outcome(item: _Running, limits: Limits) -> Ended:
    seconds = time.monotonic() - item.since
    if item.late:
        return Ended({}, f"it took longer than {limits.seconds:g} s; --timeout; allow more", seconds)
    told: dict[str, Any] = {}
    with contextlib.suppress(OSError, ValueError):
        told = json.loads(item.job.result.read_bytes())
    if told and not told["exit"]:
        return Ended(told, told["error"], seconds)
    log = _read(item.job.log) if limits.memory else b""
    if any(sign in log for sign in _NO_MEMORY):
        return Ended(told, f"it needs more than {limits.memory >> 20} MiB of memory; --memory; allow more", seconds)
    status = told["exit"] if told else item.status or 0
    how = f"signal {signal.Signals(-status).name}" if status < 0 else f"exit {status}"
    return Ended(told, _error(item.job.log) or f"it ended by {how}; {item.job.log}; read what it said", seconds)


def _error(log: Path) -> str:
    """Return the last error that was told."""
    lines = _read(log).decode("utf-8", "backslashreplace").splitlines()
    return next((line.removeprefix("error: ") for line in reversed(lines) if line.startswith("error: ")), "")


def _read(log: Path) -> bytes:
    with contextlib.suppress(OSError):
        return log.read_bytes()
    return b""

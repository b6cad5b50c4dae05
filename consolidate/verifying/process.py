"""One command in processes of its own: with a time limit, its output bounded, and none of its children left behind."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct

HEAD, TAIL = 500_000, 1_500_000  # bytes kept of an output's beginning and of its end
MARK = "CONSOLIDATE_VERIFY_RUN"  # the variable by which the processes of a run are known
_GRACE = 2.0  # seconds between SIGTERM and SIGKILL
_STEP = 0.2  # seconds between two looks


class Finished(Struct, frozen=True):
    """The end of a command: exit status (negative: the signal; None: it took too long), output, seconds."""

    status: int | None
    output: bytes
    seconds: float


def run(
    command: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    *,
    timeout: float,
    mark: str,
    tick: Callable[[float], None] | None = None,
) -> Finished:
    """Run a command in `folder` to its end or its time limit (seconds); stdout and stderr are one.

    `mark` is the value of the variable MARK in its environment. `tick` is called every now and then with the seconds
    since the start. However it ends, by an exception too, nothing of it is running afterwards. Raises OSError where the
    program cannot be started.
    """
    start = time.monotonic()
    process = subprocess.Popen(  # noqa: S603  (what the user asked for)
        command,
        cwd=folder,
        env={**environment, MARK: mark},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    kept = _Kept()
    reader = threading.Thread(target=kept.drain, args=(process.stdout,), daemon=True)
    status: int | None = None
    try:
        reader.start()
        pause = 0.005
        while (status := process.poll()) is None and time.monotonic() - start < timeout:
            time.sleep(pause)
            pause = min(2 * pause, _STEP)
            if tick:
                tick(time.monotonic() - start)
    finally:
        end(mark, process)
        process.wait()
        reader.join(_GRACE)  # a process that escaped may hold the pipe: it is not waited for
        if process.stdout and not reader.is_alive():
            process.stdout.close()
    return Finished(status, kept.value(), time.monotonic() - start)


def end(mark: str, process: subprocess.Popen[bytes] | None = None) -> None:
    """End a process, its group and every process that has the mark: politely first, then by SIGKILL.

    What SIGKILL does not end (waiting for a disk) is left after some seconds.
    """
    start = time.monotonic()
    sent = None
    while (passed := time.monotonic() - start) < 2 * _GRACE:
        if process:
            process.poll()  # an ended leader would count as alive until somebody asks for its status
        wanted = signal.SIGTERM if passed < _GRACE else signal.SIGKILL
        alive = _alive(process.pid if process else 0, mark)
        if not alive:
            return
        if wanted is signal.SIGKILL or sent is None:
            for pid in alive:
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.kill(pid, wanted)
            sent = wanted
        time.sleep(0.02)


def _alive(group: int, mark: str) -> list[int]:
    """Return the ids of the live processes of a group, and of those that have the mark in their environment.

    Where there is no /proc, it is the group alone, by its negative number as kill(2) takes it.
    """
    try:
        names = [name for name in os.listdir("/proc") if name.isdigit()]  # noqa: PTH208  (names are enough)
    except OSError:
        names = []
    if not names:
        try:
            os.killpg(group, 0)
        except (ProcessLookupError, PermissionError):
            return []
        return [-group] if group else []
    return [int(name) for name in names if _belongs(name, group, f"{MARK}={mark}".encode())]


def _belongs(pid: str, group: int, mark: bytes) -> bool:
    try:
        # pid (name) state ppid pgrp …: the name may hold anything (proc(5)).
        fields = Path("/proc", pid, "stat").read_bytes().rpartition(b")")[2].split()
        if fields[0] in (b"Z", b"X"):
            return False
        # Group 0 is that of processes of the kernel, or of outside of a container: no group of ours.
        return (group > 0 and int(fields[2]) == group) or mark in Path("/proc", pid, "environ").read_bytes().split(
            b"\0"
        )
    except (OSError, IndexError, ValueError):
        return False


class _Kept:
    """The beginning and the end of an output."""

    def __init__(self) -> None:
        self._head = bytearray()
        self._tail = bytearray()
        self._size = 0

    def drain(self, stream: BinaryIO) -> None:
        """Read to the end."""
        with contextlib.suppress(OSError, ValueError):
            while data := os.read(stream.fileno(), 65536):
                self._size += len(data)
                room = max(HEAD - len(self._head), 0)
                self._head += data[:room]
                self._tail += data[room:]
                if len(self._tail) > 2 * TAIL:
                    del self._tail[:-TAIL]

    def value(self) -> bytes:
        """Return what was kept; where something was left out, a line says how much."""
        tail = bytes(self._tail[-TAIL:])
        left_out = self._size - len(self._head) - len(tail)
        gap = f"\n[... {left_out:,} bytes left out ...]\n".encode() if left_out > 0 else b""
        return bytes(self._head) + gap + tail

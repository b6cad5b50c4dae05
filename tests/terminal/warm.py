"""The program in processes that are forked from one that has imported it: a screen costs a fifth of the time.

What they run is the program's `main`, in a session and on a terminal of their own. How Python is started (locale,
encoding) is the server's, so that modes which differ in that are run in processes that are started anew.
"""

from __future__ import annotations

import fcntl
import io
import multiprocessing
import os
import sys
import termios
from collections.abc import Mapping, Sequence
from multiprocessing.connection import Connection
from pathlib import Path

# With what Emulator starts: commands import the rest when they run.
_PRELOADED = [
    "consolidate.cli",
    "consolidate.planning",
    "consolidate.plans",
    "consolidate.repository",
    "consolidate.workflow",
    "consolidate.gates",
    "consolidate.render.plan_text",
    "codemods.registry",
]
_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload([*_PRELOADED, __name__])


class Warm:
    """A running command, with what is used of `subprocess.Popen`. `terminal` is the path of a pseudo-terminal."""

    def __init__(self, words: Sequence[str], terminal: str, folder: Path, environment: Mapping[str, str]) -> None:
        ours, theirs = _context.Pipe(duplex=False)
        arguments = (theirs, tuple(words), terminal, str(folder), dict(environment))
        self._process = _context.Process(target=_run, args=arguments)
        self._process.start()
        theirs.close()
        with ours:
            ours.recv()  # it has opened the terminal, which would be at its end if we closed it before

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        self._process.join(timeout)
        assert self._process.exitcode is not None, "it does not end"
        return self._process.exitcode

    def kill(self) -> None:
        self._process.kill()


def _run(ready: Connection, words: tuple[str, ...], terminal: str, folder: str, environment: dict[str, str]) -> None:
    os.setsid()
    descriptor = os.open(terminal, os.O_RDWR)
    fcntl.ioctl(descriptor, termios.TIOCSCTTY, 0)
    for stream in range(3):
        os.dup2(descriptor, stream)
    os.close(descriptor)
    ready.send(None)
    ready.close()
    sys.stdin = io.TextIOWrapper(io.FileIO(0), encoding="utf-8")
    sys.stdout = io.TextIOWrapper(io.BufferedWriter(io.FileIO(1, "w")), encoding="utf-8", line_buffering=True)
    sys.stderr = io.TextIOWrapper(io.FileIO(2, "w"), encoding="utf-8", line_buffering=True)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)

    from consolidate.cli import main

    code = main(words)
    sys.stdout.flush()
    os._exit(code)

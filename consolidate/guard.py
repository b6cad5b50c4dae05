"""A process for what may crash, hang or eat memory: parsers at work on files that somebody made to do so.

Each piece of work runs in a child of its own with limits, forked by a server that has the modules loaded. What becomes
of a child costs that piece of work alone. The server is started when it is first needed.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import struct
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

PROGRAM = Path(__file__).with_name("guarded.py")
MEMORY = 2 * 1024**3
"""Bytes of address space that a piece of work may use."""
SECONDS = 30
"""Seconds of processor time that it may use."""


class Lost(Exception):  # noqa: N818 - told to the user, not an error of ours
    """A piece of work came to no end; the text says how its process ended, and is the same on every run."""


class Guard:
    """Runs work in children with limits. A context manager, at whose end no process is left."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._pipes: tuple[IO[bytes], IO[bytes]] | None = None
        self._lock = threading.Lock()

    def __enter__(self) -> Guard:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def run(self, work: Callable[[Item], Result], item: Item, seconds: int = SECONDS) -> Result:
        """Return `work(item)`; `work` is a function of a module, item and result pickle. Raises Lost.

        What the work itself raises is raised here, too.
        """
        with self._lock:
            answer = self._ask((work, item, seconds))
        if isinstance(answer, Exception):
            raise answer
        return answer  # type: ignore[no-any-return]

    def close(self) -> None:
        """End the server, and with it the child that it has."""
        process, self._process = self._process, None
        pipes, self._pipes = self._pipes, None
        if process is None:
            return
        for stream in pipes or ():
            with contextlib.suppress(OSError):
                stream.close()
        try:
            process.wait(2)  # it ends by itself when nobody asks any more
        except subprocess.TimeoutExpired:
            with contextlib.suppress(OSError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def _ask(self, request: object) -> Any:
        try:
            requests, answers = self._pipes or self._start()
            send(requests, pickle.dumps(request))
            return pickle.loads(receive(answers))  # noqa: S301 - by our own program
        except BaseException as error:
            self.close()
            if isinstance(error, OSError | EOFError):
                return Lost("the process that reads it ends")
            raise

    def _start(self) -> tuple[IO[bytes], IO[bytes]]:
        process = subprocess.Popen(  # noqa: S603 - our own program, by its path
            [sys.executable, "-I", str(PROGRAM)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # a Ctrl-C is this process's affair, which then closes the pipes
        )
        self._process = process
        if process.stdin is None or process.stdout is None:
            raise EOFError
        self._pipes = (process.stdin, process.stdout)
        # Our own folder first: whatever else is on the path, this version's modules are the ones to load.
        path = [str(PROGRAM.parent.parent), *(os.path.abspath(entry) for entry in sys.path)]  # noqa: PTH100
        send(process.stdin, pickle.dumps({"path": path, "memory": MEMORY}))
        return self._pipes


def send(stream: IO[bytes], data: bytes) -> None:
    """Write a frame: eight bytes of length, then the data."""
    stream.write(struct.pack(">Q", len(data)))
    stream.write(data)
    stream.flush()


def receive(stream: IO[bytes]) -> bytes:
    """Read a frame. Raises EOFError where there is none, or not all of it."""
    head = stream.read(8)
    size = struct.unpack(">Q", head)[0] if len(head) == 8 else 0
    data = stream.read(size) if size else b""
    if len(head) < 8 or len(data) < size:
        raise EOFError
    return data

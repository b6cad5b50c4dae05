"""The processes that run commands: started once, given file after file, ended whatever happens."""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import signal
import struct
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType
from typing import Any

from msgspec import Struct

WORKER = Path(__file__).parent.parent.parent / "codemods" / "command_worker.py"
MEMORY = 2 * 1024**3
"""Bytes of address space that a command may use."""
LOAD_SECONDS = 30
_GRACE = 5.0
_LARGEST = 256 * 1024 * 1024
_ENDED = "it ends the process that runs it"


class HostError(Exception):
    """A process of ours cannot be started, doesn't answer, or answers nonsense."""


class Setup(Struct, frozen=True):
    """What a process needs before the first file.

    `files` are the repository's own codemods, by path, `root` the folder that nothing is imported from, `commands` the
    ids of what is to be loaded.
    """

    commands: tuple[str, ...]
    files: tuple[tuple[str, bytes], ...] = ()
    root: str = ""


class Job(Struct, frozen=True):
    """One file for one command."""

    command: str
    path: str
    module: str
    package: str
    code: bytes
    seconds: int


class Answer(Struct, frozen=True):
    """What a command makes of a file: its new contents, or None and why it is left; and what it warns of."""

    code: bytes | None
    reason: str = ""
    warnings: tuple[str, ...] = ()


class Hosts:
    """Up to `most` processes. A context manager, at whose end none of them is left."""

    def __init__(self, setup: Setup, most: int) -> None:
        self._setup, self._most = setup, max(1, most)
        self._folder = tempfile.TemporaryDirectory(prefix="consolidate-codemods-", ignore_cleanup_errors=True)
        self._hosts: list[_Host] = []
        self._idle: SimpleQueue[_Host] = SimpleQueue()

    def __enter__(self) -> Hosts:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        for host in self._hosts:
            host.close()
        self._folder.cleanup()

    def load(self) -> Mapping[str, Mapping[str, str]]:
        """Start the first process and return what it says of each command. Raises HostError."""
        root = Path(self._folder.name)
        for path, data in self._setup.files:
            (root / "source" / path).parent.mkdir(parents=True, exist_ok=True)
            (root / "source" / path).write_bytes(data)
        host = self._add()
        return host.start()

    def run(self, jobs: Sequence[Job], done: Callable[[int], None]) -> list[Answer]:
        """Return the answers in the order of the jobs; `done` is told how many there are so far."""
        while len(self._hosts) < min(self._most, 1 + len(jobs) // 8):
            self._add()
        answers: list[Answer] = []
        pool = ThreadPoolExecutor(len(self._hosts))
        try:
            for answer in pool.map(self._run, jobs):
                answers.append(answer)
                done(len(answers))
        except BaseException:
            for host in self._hosts:
                host.close()
            raise
        finally:
            pool.shutdown(cancel_futures=True)
        return answers

    def _add(self) -> _Host:
        host = _Host(self._setup, Path(self._folder.name))
        self._hosts.append(host)
        self._idle.put(host)
        return host

    def _run(self, job: Job) -> Answer:
        host = self._idle.get()
        try:
            return host.run(job)
        finally:
            self._idle.put(host)


class _Host:
    """One process; started again after a command has ended it."""

    def __init__(self, setup: Setup, folder: Path) -> None:
        self._setup, self._folder = setup, folder
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = False

    def start(self) -> dict[str, dict[str, str]]:
        """Start the process and return what it says of each command. Raises HostError."""
        if self._closed:
            raise HostError("its process is gone")
        empty = tempfile.mkdtemp(dir=self._folder)
        environment = {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": empty,
            "TMPDIR": empty,
            "LC_ALL": "C.UTF-8",
            "PYTHONHASHSEED": "0",
            "PYTHONUTF8": "1",
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        self._process = subprocess.Popen(  # noqa: S603 - our own program, by its path
            [sys.executable, "-P", "-s", str(WORKER)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=empty,
            env=environment,
            start_new_session=True,
            bufsize=0,
        )
        source = os.path.realpath(self._folder / "source")
        installed = ("purelib", "platlib", "stdlib", "platstdlib")
        setup = {
            "forbidden": os.path.realpath(self._setup.root) if self._setup.root else "",
            "allowed": sorted({os.path.realpath(sysconfig.get_path(name)) for name in installed}),
            "path": [source] if self._setup.files else [],
            "memory": MEMORY,
            "commands": list(self._setup.commands),
        }
        found = self._exchange(setup, LOAD_SECONDS)
        if not all(isinstance(found.get(name), dict) for name in self._setup.commands):
            raise HostError("its process answers nonsense")
        return found

    def run(self, job: Job) -> Answer:
        """Return the answer; a process that a command has ended or confused is replaced before the next file."""
        try:
            if self._process is None:
                self.start()
            request = {
                "command": job.command,
                "file": job.path,
                "module": job.module,
                "package": job.package,
                "code": job.code.decode("latin-1"),
                "seconds": job.seconds,
            }
            return _answer(self._exchange(request, job.seconds + _GRACE))
        except HostError:
            self._end()
            return Answer(None, _ENDED)

    def close(self) -> None:
        """End the process for good."""
        self._closed = True
        self._end()

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        with contextlib.suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                stream.close()

    def _exchange(self, request: Mapping[str, Any], seconds: float) -> dict[str, Any]:
        """Send a frame and return the one that comes back. Raises HostError."""
        process = self._process
        if process is None or self._closed or process.stdin is None or process.stdout is None:
            raise HostError("its process is gone")
        data = json.dumps(request).encode("ascii")
        sent = memoryview(struct.pack(">I", len(data)) + data)
        received = bytearray()
        deadline = time.monotonic() + seconds
        os.set_blocking(process.stdin.fileno(), False)
        with selectors.DefaultSelector() as selector:
            selector.register(process.stdin, selectors.EVENT_WRITE)
            selector.register(process.stdout, selectors.EVENT_READ)
            while len(received) < 4 or len(received) - 4 < struct.unpack(">I", received[:4])[0]:
                events = selector.select(max(0.0, deadline - time.monotonic()))
                if not events:
                    raise HostError(f"its process doesn't answer within {seconds:.0f} s")
                for key, _ in events:
                    if key.fileobj is process.stdin:
                        sent = self._send(process, sent)
                        if not sent:
                            selector.unregister(process.stdin)
                    else:
                        part = os.read(process.stdout.fileno(), 1 << 20)
                        received += part
                        if not part or len(received) > _LARGEST:
                            raise HostError("its process ends")
        try:
            found = json.loads(bytes(received[4:]))
        except ValueError:
            raise HostError("its process answers nonsense") from None
        if not isinstance(found, dict):
            raise HostError("its process answers nonsense")
        return found

    @staticmethod
    def _send(process: subprocess.Popen[bytes], data: memoryview) -> memoryview:
        try:
            return data[os.write(process.stdin.fileno(), data[: 1 << 16]) :]  # type: ignore[union-attr]
        except BlockingIOError:
            return data
        except OSError:
            raise HostError("its process ends") from None


def _answer(found: Mapping[str, Any]) -> Answer:
    """Return a frame as an answer, whatever it holds. Raises HostError for nonsense."""
    code, reason, warnings = found.get("code"), found.get("reason", ""), found.get("warnings")
    if not isinstance(warnings, list) or not isinstance(reason, str):
        raise HostError("its process answers nonsense")
    told = tuple(str(item) for item in warnings)
    if found.get("status") == "done" and isinstance(code, str):
        try:
            return Answer(code.encode("latin-1"), "", told)
        except UnicodeEncodeError:
            raise HostError("its process answers nonsense") from None
    return Answer(None, reason or ("it skips the file" if found.get("status") == "skipped" else _ENDED), told)

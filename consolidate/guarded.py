"""The program behind `consolidate.guard`: started by path, it forks a child with limits for each piece of work.

It reads frames (eight bytes of length, then a pickle) from its standard input: first the import path and the limit of
memory, then `(work, item, seconds)`; it answers each of these with the result, or with the exception that came of it.
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import resource
import select
import signal
import sys
import time
from typing import IO, TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from consolidate.guard import Lost

_STACK = 4 * 1024**2
"""Bytes of stack, half of what a process commonly has: what passes here passes there, below some frames of ours."""
_PATIENCE = 4  # times the processor time that may pass on the clock: the machine may be busy
_LOADED = ("consolidate.trial", "consolidate.proving", "consolidate.scanning", "consolidate.gates")


def main() -> int:
    """Answer requests until there are no more."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nothing, descriptor)
    setup = _setup(requests)
    if setup is None:
        return 0
    from consolidate.guard import receive, send

    for name in _LOADED:
        __import__(name)
    _limit(resource.RLIMIT_STACK, _STACK)
    _limit(resource.RLIMIT_CORE, 0)
    gc.freeze()
    while True:
        try:
            request = receive(requests)
        except EOFError:
            return 0
        answer = _in_child(request, setup["memory"], (requests, answers))
        if answer is None:
            return 0
        send(answers, answer)


def _setup(requests: IO[bytes]) -> dict[str, Any] | None:
    head = requests.read(8)
    if len(head) < 8:
        return None
    setup: dict[str, Any] = pickle.loads(requests.read(int.from_bytes(head, "big")))  # noqa: S301
    sys.path[:] = setup["path"]
    return setup


def _limit(kind: int, most: int) -> None:
    with contextlib.suppress(ValueError, OSError):
        hard = resource.getrlimit(kind)[1]
        resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _in_child(request: bytes, memory: int, ours: tuple[IO[bytes], IO[bytes]]) -> bytes | None:
    """Do a piece of work in a forked child; return the pickled answer, None where nobody waits for it any more."""
    work, item, seconds = pickle.loads(request)  # noqa: S301 - by the process that started this one
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        for stream in ours:
            os.close(stream.fileno())
        os.close(reader)
        _child(work, item, seconds, memory, writer)
    os.close(writer)
    data: bytes | None = None
    try:
        data, late = _collect(reader, ours[0].fileno(), time.monotonic() + seconds * _PATIENCE)
    finally:
        os.close(reader)
        if data is None:  # one that has written all it has to say is at its end, and must come to it by itself
            with contextlib.suppress(OSError):
                os.kill(child, signal.SIGKILL)
        ended = os.waitpid(child, 0)[1]
    if data is None and not late:
        return None
    if data and os.WIFEXITED(ended) and os.WEXITSTATUS(ended) == 0:
        return data
    return pickle.dumps(_lost(late, ended, seconds))


def _lost(late: bool, ended: int, seconds: int) -> Lost:
    from consolidate.guard import Lost

    if late or (os.WIFSIGNALED(ended) and os.WTERMSIG(ended) in (signal.SIGXCPU, signal.SIGKILL)):
        return Lost(f"it takes longer than {seconds} s to read")
    if os.WIFSIGNALED(ended) and os.WTERMSIG(ended) in (signal.SIGSEGV, signal.SIGBUS):
        return Lost("it crashes the parser")
    return Lost("it takes too much memory to read")


def _collect(reader: int, requests: int, deadline: float) -> tuple[bytes | None, bool]:
    """Return what the child writes, and whether time ran out; None where the one who asked is gone."""
    parts: list[bytes] = []
    while True:
        wait = deadline - time.monotonic()
        if wait <= 0:
            return None, True
        ready = select.select([reader, requests], [], [], wait)[0]
        if requests in ready:  # nothing more is asked before the answer: this is the end of the pipe
            return None, False
        if reader in ready:
            part = os.read(reader, 1 << 20)
            if not part:
                return b"".join(parts), False
            parts.append(part)


def _child(work: Any, item: Any, seconds: int, memory: int, writer: int) -> NoReturn:
    """Do a piece of work and write the answer. Exit code 0 where it is whole."""
    code = 1
    try:
        _limit(resource.RLIMIT_AS, memory)
        _limit(resource.RLIMIT_CPU, seconds)
        try:
            answer = pickle.dumps(work(item))
        except MemoryError:
            os._exit(2)
        except Exception as error:  # noqa: BLE001 - raised again by the one who asked
            answer = pickle.dumps(error)
        with os.fdopen(writer, "wb") as stream:
            stream.write(answer)
        code = 0
    finally:
        os._exit(code)


if __name__ == "__main__":
    sys.exit(main())

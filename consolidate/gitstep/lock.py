"""One run at a time in a repository, linked worktrees included.

The lock is the kernel's (flock(2)) on a file that says who holds it: a holder that dies releases it, so a dead
holder's lock needs no guess about process ids. The git processes of a run inherit the lock: one that outlives a killed
run keeps it until it has ended, and nobody decides on a repository that is still being changed.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import socket
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from consolidate.errors import LockHeld, Refused

# How long (seconds) to wait for the last git process of a holder that is dead.
PATIENCE = 5.0


# Descriptors of locks that this process holds.
_held: set[int] = set()


def _let_go() -> None:
    """Close them in a process that was forked: a worker that outlives a killed run would keep the lock."""
    for descriptor in _held:
        os.close(descriptor)
    _held.clear()


os.register_at_fork(after_in_child=_let_go)


@contextlib.contextmanager
def hold(path: Path, command: str) -> Iterator[int]:
    """Hold the lock while the block runs; hands out the file descriptor that holds it.

    `command` is what others are told. Raises LockHeld, naming the holder, while another run is alive.
    """
    try:
        path.parent.mkdir(exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666)
    except OSError as error:
        raise _unusable(path, error) from error
    owner = os.getpid()
    try:
        try:
            _acquire(descriptor)
        except OSError as error:
            raise _unusable(path, error) from error
        holder = {
            "pid": os.getpid(),
            "host": socket.gethostname(),
            "command": command,
            "since": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        with contextlib.suppress(OSError):  # the lock holds without the name
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, json.dumps(holder).encode("ascii"), 0)
        _held.add(descriptor)
        yield descriptor
    finally:
        if os.getpid() == owner:  # else it is closed, and its number may be another file's
            if descriptor in _held:  # a run that ends with an error has ended, too
                with contextlib.suppress(OSError):
                    os.ftruncate(descriptor, 0)
            _held.discard(descriptor)
            os.close(descriptor)


def holder(path: Path) -> tuple[str, bool]:
    """Return who wrote the lock file, in words ("" where nobody did), and whether the lock is held now."""
    try:
        # O_NONBLOCK: opening a pipe in its place must not wait for a writer.
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return "", False
    try:
        held = _is_locked(descriptor)
        found = _holder(descriptor)
        return (_described(found) if found or held else "", held)
    finally:
        os.close(descriptor)


def _is_locked(descriptor: int) -> bool:
    try:
        # Released at once; a run that comes in this moment waits, because no holder has given its name.
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    fcntl.flock(descriptor, fcntl.LOCK_UN)
    return False


def _unusable(path: Path, error: OSError) -> Refused:
    return Refused(f"the lock cannot be taken: {error.strerror}", str(path), code="read-only")


def _acquire(descriptor: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = _holder(descriptor)
            if _alive(holder) or time.monotonic() > deadline:
                raise LockHeld(f"another run holds the lock: {_described(holder)}", hint="wait for it to end") from None
            time.sleep(0.02)
        else:
            return


def _holder(descriptor: int) -> dict[str, object]:
    """Return what the holder wrote, or nothing in the moment before it has."""
    try:
        holder = json.loads(os.pread(descriptor, 4096, 0))
    except (OSError, ValueError, RecursionError):
        return {}
    return holder if isinstance(holder, dict) else {}


def _alive(holder: dict[str, object]) -> bool:
    """Whether the holder is a live process; one on another machine counts as alive."""
    pid = holder.get("pid")
    if not isinstance(pid, int) or pid <= 0:
        return False
    if holder.get("host") != socket.gethostname():
        return True
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):  # nobody, or a number that no process has
        return False
    except PermissionError:
        return True
    return True


def _described(holder: dict[str, object]) -> str:
    if not holder:
        return "a process that has not said its name"
    command, pid, host, since = (holder.get(key, "?") for key in ("command", "pid", "host", "since"))
    return f"`{command}` (process {pid} on {host}, since {since})"

"""Operations on files that fail: for one process, the n-th one, or every writing one from there on.

Python tells an audit hook of what it is about to open, rename, remove, make, link or start, and the hook may raise;
reading, writing, fsync and stat are wrapped. What Python itself imports does not count.
"""

from __future__ import annotations

import builtins
import io
import os
import stat
import sys
import sysconfig
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parents[2]

# Audit events (https://docs.python.org/3/library/audit_events.html) that stand for one system call.
WRITING = ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.chmod")
EVENTS = frozenset((*WRITING, "open", "os.utime", "os.listdir", "os.scandir", "fcntl.flock", "subprocess.Popen"))
_WRITE_FLAGS = os.O_WRONLY | os.O_RDWR | os.O_CREAT


@dataclass(slots=True)
class Faults:
    """Which operation fails, by its number (from 1; 0: none), with which errno; `sticky`: and all writing ones after.

    `seen` are the operations so far. `install` works for the rest of this process.
    """

    number: int
    errno: int = 0
    sticky: bool = False
    seen: list[str] = field(default_factory=list)
    _quiet: bool = True

    def install(self) -> None:
        """Begin to count, and to fail."""
        sys.addaudithook(self._audit)
        for name in ("fsync", "pwrite", "pread", "sendfile", "stat", "lstat"):
            setattr(os, name, self._wrapped(name, getattr(os, name)))
        opener = self._opening(io.open)
        for module in (io, builtins, sys.modules["_io"]):
            module.open = opener  # type: ignore[attr-defined]
        self._quiet = False

    def stop(self) -> None:
        """End counting and failing."""
        self._quiet = True

    def happen(self, operation: str, path: object, *, writing: bool) -> None:
        """Count an operation; raise OSError if it is to fail."""
        if self._quiet or _python(path):
            return
        self.seen.append(operation)
        count = len(self.seen)
        if count == self.number or (self.sticky and writing and 0 < self.number < count):
            raise OSError(self.errno, os.strerror(self.errno), path if isinstance(path, str | bytes) else None)

    def _audit(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event in EVENTS:
            writing = event in WRITING or (event == "open" and bool((arguments[2] or 0) & _WRITE_FLAGS))
            self.happen(
                f"{event}{' for writing' if event == 'open' and writing else ''}", arguments[0], writing=writing
            )

    def _wrapped(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        writing = name in ("fsync", "pwrite", "sendfile")

        def call(*arguments: Any, **named: Any) -> Any:
            self.happen(name, arguments[0], writing=writing)
            return real(*arguments, **named)

        return call

    def _opening(self, real: Callable[..., Any]) -> Callable[..., Any]:
        """Return an `open` whose files fail too. Pipes don't, nor do text files, of which the git step has none."""

        def open_(file: Any, mode: str = "r", buffering: int = -1, *rest: Any, **named: Any) -> Any:
            pipe = isinstance(file, int) and not stat.S_ISREG(os.fstat(file).st_mode)
            if self._quiet or "b" not in mode or pipe or _python(file):
                return real(file, mode, buffering, *rest, **named)
            raw = _file(self)(
                file, mode.replace("b", ""), **{key: named[key] for key in ("closefd", "opener") if key in named}
            )
            if buffering == 0:
                return raw
            if "+" in mode:
                return io.BufferedRandom(raw)
            return io.BufferedReader(raw) if mode.startswith("r") else io.BufferedWriter(raw)

        return open_


def _file(faults: Faults) -> type[io.FileIO]:
    class File(io.FileIO):
        def readinto(self, buffer: Any) -> int:
            faults.happen("read", None, writing=False)
            return super().readinto(buffer)  # type: ignore[return-value]

        def readall(self) -> bytes:
            faults.happen("read", None, writing=False)
            return super().readall()  # type: ignore[return-value]

        def write(self, data: Any) -> int:
            faults.happen("write", None, writing=True)
            return super().write(data)  # type: ignore[return-value]

    return File


_ROOTS = tuple(
    {
        sys.prefix,
        sys.base_prefix,
        *(sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")),
        str(CHECKOUT),
        "/dev/",
        "/proc/",
        "/etc/",
    }
)


def _python(path: object) -> bool:
    text = os.fsdecode(path) if isinstance(path, str | bytes | os.PathLike) else ""
    return text.startswith(_ROOTS)

"""A command in a pseudo-terminal whose screen pyte draws: needs no terminal and no tmux."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType

import pyte

from tests.terminal.project import PROGRAM
from tests.terminal.screen import COLUMNS, Emulated, Screen, seen
from tests.terminal.warm import Warm

_PATIENCE = 60.0  # seconds until a screen that does not come is a failure


class Emulator:
    """A running command and its screen. `sent` is every byte that reached the terminal."""

    def __init__(self, command: Sequence[str], folder: Path, environment: Mapping[str, str], rows: int) -> None:
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, COLUMNS, 0, 0))

        self._screen = Emulated(rows)
        self._stream = pyte.ByteStream(self._screen)
        self.sent, self._typed = b"", 0
        self._process: subprocess.Popen[bytes] | Warm
        if command[: len(PROGRAM)] == PROGRAM and environment["PYTHONUTF8"] == "1":
            self._process = Warm(command[len(PROGRAM) :], os.ttyname(theirs), folder, environment)
            os.close(theirs)
            return

        def control() -> None:
            fcntl.ioctl(0, termios.TIOCSCTTY, 0)  # a pager reads its keys from /dev/tty

        self._process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            preexec_fn=control,
        )
        os.close(theirs)

    def __enter__(self) -> Emulator:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        os.close(self._ours)

    def until(self, text: str) -> Screen:
        """Return the screen as soon as its last line ends with the text: the question that the command asks."""
        deadline = time.monotonic() + _PATIENCE
        while True:
            screen = seen(self._screen)
            # What was typed is on the screen first, so that a question that stood there stands there no more.
            if len(self.sent) > self._typed and screen.lines and screen.lines[-1].text.endswith(text):
                return screen
            assert time.monotonic() < deadline, f"no {text!r} came:\n{seen(self._screen)}"
            assert self._read(0.2), f"it ended without {text!r}:\n{seen(self._screen)}"

    def type(self, keys: str) -> None:
        """Type keys, as a person would; the terminal shows them."""
        self._typed = len(self.sent)
        os.write(self._ours, keys.encode())

    def end(self) -> Screen:
        """Wait for the end of the command and return the last screen."""
        deadline = time.monotonic() + _PATIENCE
        while self._read(0.2):
            assert time.monotonic() < deadline, f"it does not end:\n{seen(self._screen)}"
        return seen(self._screen, self._process.wait(_PATIENCE))

    def _read(self, seconds: float) -> bool:
        """Draw what has come; return False at the end."""
        if not select.select([self._ours], [], [], seconds)[0]:
            return True
        try:
            data = os.read(self._ours, 65536)
        except OSError:  # Linux says so when nobody holds the other end any more
            return False
        self.sent += data
        self._stream.feed(data)
        return bool(data)
